package dev.ashlar.local.internal.web;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ashlar.local.internal.lambda.Functions;
import dev.ashlar.local.internal.template.AssemblyStack;
import dev.ashlar.local.internal.template.Resource;
import dev.ashlar.local.internal.template.Template;
import dev.ashlar.local.internal.template.UnresolvedTokenException;
import java.net.URI;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * All that answers HTTP: distributions, HTTP APIs, function URLs. Their ports are open before anything else, because other
 * resources are told their addresses.
 */
public final class WebServers implements AutoCloseable {
    private static final String DISTRIBUTION = "AWS::CloudFront::Distribution";
    private static final String API = "AWS::ApiGatewayV2::Api";
    private static final String FUNCTION_URL = "AWS::Lambda::Url";
    private static final String HOST = "127.0.0.1";

    private final ThreadFactory threads = daemons();
    private final ExecutorService executor = Executors.newCachedThreadPool(threads);
    private final IdentityHashMap<JsonNode, LocalServer> servers = new IdentityHashMap<>();
    private final List<Listing> fronts = new CopyOnWriteArrayList<>();
    private final List<Listing> behind = new CopyOnWriteArrayList<>();
    private final List<String> reported = new CopyOnWriteArrayList<>();
    private volatile Consumer<String> log = line -> {};
    private int port;
    private @Nullable String passedOver;
    private @Nullable EdgeFunctions edgeFunctions;

    private WebServers(int port) {
        this.port = port;
    }

    /**
     * Opens a port for each server: distributions get the first ones, then APIs, then function URLs.
     *
     * @param stacks the stacks that are run
     * @param port the first port, of which the next free one is taken; 0 for any
     */
    public static WebServers open(List<AssemblyStack> stacks, int port) {
        WebServers servers = new WebServers(port);
        for (String type : List.of(DISTRIBUTION, API, FUNCTION_URL)) {
            for (AssemblyStack stack : stacks) {
                for (JsonNode definition : stack.template().path("Resources")) {
                    if (definition.path("Type").asText().equals(type)) {
                        servers.server(definition);
                    }
                }
            }
        }
        return servers;
    }

    /** {@return the URL of an API or function URL, without a slash at the end} */
    public String api(Resource api) {
        return "http://" + apiHost(api);
    }

    /** {@return the host and port of a distribution} */
    public String distribution(Resource distribution) {
        return "localhost:" + server(distribution.definition()).getPort();
    }

    /**
     * Uploads the sites and answers from now on.
     *
     * @param templates the stacks; those nested in them are found
     * @param functions invokes functions
     * @param s3 where S3's stand-in answers, whose buckets are there
     * @param options what else is to be known
     */
    public void start(List<Template> templates, Functions functions, URI s3, WebOptions options) {
        log = options.log();
        Upstream upstream = new Upstream(executor);
        S3Objects objects = new S3Objects(s3, upstream);
        FunctionCaller caller = new FunctionCaller(functions, executor, log);
        new SiteUploads(objects, reported::add).run(templates);

        Map<String, Origin> origins = new HashMap<>();
        Map<String, Origin> signed = new HashMap<>();
        HttpApiReader apis = new HttpApiReader(templates, caller, upstream, options.claims(), reported::add);
        each(templates, API, api -> startApi(api, apis, origins));
        each(templates, FUNCTION_URL, url -> startUrl(url, caller, origins, signed));
        EdgeFunctions edge = new EdgeFunctions(log);
        edgeFunctions = edge;
        DistributionReader distributions = new DistributionReader(
                templates,
                (host, isSigned) -> Optional.ofNullable(
                        isSigned && signed.containsKey(host) ? signed.get(host) : origins.get(host)),
                objects,
                upstream,
                edge,
                log,
                reported::add);
        each(templates, DISTRIBUTION, distribution -> {
            String host = distribution(distribution.resource());
            DistributionReader.Read read = distributions.read(distribution, host);
            serve(distribution, "http://" + host, read.handler(), read.entries());
        });
        reportRest(templates);
        reportLostRoutes(templates);
    }

    /** What only AWS knows keeps one resource from running, not all. */
    private void each(List<Template> templates, String type, Consumer<Declared> start) {
        for (Declared resource : Declared.find(templates, type)) {
            try {
                start.accept(resource);
            } catch (UnresolvedTokenException e) {
                reported.add(
                        "[%s] is not run here, its address answers 503: %s".formatted(resource.path(), e.getMessage()));
            }
        }
    }

    private void startApi(Declared api, HttpApiReader apis, Map<String, Origin> origins) {
        if (!api.textOr("ProtocolType", "HTTP").equals("HTTP")) {
            reported.add("[%s] WebSocket APIs are not run here: its address answers 503".formatted(api.path()));
            return;
        }
        String host = apiHost(api.resource());
        HttpApiReader.Api read = apis.read(api, host);
        serve(api, "http://" + host, read.handler(), read.entries());
        Origin origin = local(api, host, read.handler());
        origins.put(host, origin);
        origins.put("%s.execute-api.%s.amazonaws.com".formatted(api.ref(), api.region()), origin);
    }

    private void startUrl(
            Declared url, FunctionCaller caller, Map<String, Origin> origins, Map<String, Origin> signed) {
        String host = apiHost(url.resource());
        FunctionUrl handler = new FunctionUrl(url, host, caller);
        if (handler.isSigned()) {
            reported.add("[%s] signatures are not checked here: only distributions with an origin access control get in"
                    .formatted(url.path()));
        }
        serve(url, "http://" + host, handler, List.of(new Listing.Entry("*", handler.name())));
        origins.put(host, local(url, host, handler));
        signed.put(host, local(url, host, handler::handleSigned));
    }

    /** {@return what answers where, once it is started: distributions first} */
    public List<Listing> getListing() {
        return Stream.concat(fronts.stream(), behind.stream()).toList();
    }

    /** {@return that another port than the one that was asked for is used, if so} */
    public Optional<String> getPassedOver() {
        return Optional.ofNullable(passedOver);
    }

    /** {@return what is not done here, and what happens instead} */
    public List<String> getReported() {
        return List.copyOf(reported);
    }

    @Override
    public void close() {
        servers.values().forEach(LocalServer::close);
        if (edgeFunctions != null) {
            edgeFunctions.close();
        }
        executor.shutdownNow();
    }

    private void serve(Declared resource, String address, Handler handler, List<Listing.Entry> entries) {
        server(resource.resource().definition()).serve(handler);
        List<Listing> list = resource.resource().type().equals(DISTRIBUTION) ? fronts : behind;
        list.add(new Listing(resource.path(), address, entries));
    }

    /** API Gateway and Lambda know their APIs by the host, and refuse a host that the viewer has asked for. */
    private Origin local(Declared api, String host, Handler handler) {
        Handler target = request -> {
            String asked = request.headers().get("Host").orElse(host);
            if (asked.equals(host)) {
                return handler.handle(request);
            }
            log.accept(
                    "[%s] the distribution passes the host %s on, with which AWS finds no API: 403; use the origin request policy AllViewerExceptHostHeader"
                            .formatted(api.path(), asked));
            return Response.message(403, "Forbidden");
        };
        return new Origin(api.path() + " (http://" + host + ")", host, "", Map.of(), target);
    }

    private void reportRest(List<Template> templates) {
        Map<String, String> rest = Map.of(
                "AWS::ApiGateway::RestApi", "REST APIs are not run here: nothing answers",
                "AWS::ApiGatewayV2::DomainName", "custom domains are not run here: the API answers at its own address",
                "AWS::CloudFront::KeyValueStore", "is not there here: a function that reads it fails");
        Declared.find(templates, rest.keySet().stream().sorted().toArray(String[]::new))
                .forEach(resource -> reported.add("[%s] %s"
                        .formatted(resource.path(), rest.get(resource.resource().type()))));
    }

    private void reportLostRoutes(List<Template> templates) {
        List<String> apis =
                Declared.find(templates, API).stream().map(Declared::ref).toList();
        Declared.find(templates, "AWS::ApiGatewayV2::Route").stream()
                .filter(route -> apis.stream().noneMatch(api -> route.says("ApiId", api)))
                .forEach(route ->
                        reported.add("[%s] is of an API that is not here: nothing answers".formatted(route.path())));
    }

    private String apiHost(Resource api) {
        return HOST + ":" + server(api.definition()).getPort();
    }

    private synchronized LocalServer server(JsonNode definition) {
        LocalServer known = servers.get(definition);
        if (known != null) {
            return known;
        }
        LocalServer server = LocalServer.open(port, threads, line -> log.accept(line));
        if (servers.isEmpty() && port != 0 && server.getPort() != port) {
            passedOver = "Port %d is taken; the next free one is %d".formatted(port, server.getPort());
        }
        port = port == 0 ? 0 : server.getPort() + 1;
        servers.put(definition, server);
        return server;
    }

    private static ThreadFactory daemons() {
        AtomicInteger number = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, "ashlar-web-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }
}

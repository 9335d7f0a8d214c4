package dev.ashlar.local.internal.web;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ashlar.local.internal.lambda.Functions;
import dev.ashlar.local.internal.template.Account;
import dev.ashlar.local.internal.template.Addresses;
import dev.ashlar.local.internal.template.AssemblyStack;
import dev.ashlar.local.internal.template.CloudAssembly;
import dev.ashlar.local.internal.template.PhysicalNames;
import dev.ashlar.local.internal.template.Resource;
import dev.ashlar.local.internal.template.Template;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Stack;

/** The servers of a stack that a test declares with plain CDK. */
final class LocalWeb implements AutoCloseable {
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final URI NO_S3 = URI.create("http://127.0.0.1:9");

    final List<String> log = new CopyOnWriteArrayList<>();
    final WebServers servers;
    final Template template;

    private LocalWeb(AssemblyStack stack) {
        this.servers = WebServers.open(List.of(stack), 0);
        this.template = template(stack, servers, name -> Optional.empty());
    }

    static Template template(AssemblyStack stack, WebServers servers, Function<String, Optional<String>> imports) {
        Account account = Account.of(stack);
        return new Template(
                stack, account, self -> new PhysicalNames(self, account, new ServerAddresses(servers)), imports);
    }

    /** Writes a stack called Shop, and opens its ports. */
    static LocalWeb open(Consumer<Stack> content) {
        App app = App.Builder.create()
                .analyticsReporting(false)
                .context(Map.of("aws:cdk:enable-path-metadata", true))
                .build();
        content.accept(new Stack(app, "Shop"));
        return new LocalWeb(CloudAssembly.read(app.synth().getDirectory()).getStack("Shop"));
    }

    static LocalWeb start(Consumer<Stack> content, Functions functions) {
        return open(content).start(functions, NO_S3, Map.of());
    }

    LocalWeb start(Functions functions, URI s3, Map<String, String> claims) {
        servers.start(List.of(template), functions, s3, new WebOptions(claims, log::add));
        return this;
    }

    Listing listing(String path) {
        return servers.getListing().stream()
                .filter(listing -> listing.path().equals("Shop/" + path))
                .findFirst()
                .orElseThrow();
    }

    /** Sends a request to the construct of a path: names and values of headers by turns. */
    HttpResponse<String> send(String construct, String method, String target, String body, String... headers)
            throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create(listing(construct).address() + target))
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return CLIENT.send(request.build(), BodyHandlers.ofString());
    }

    HttpResponse<String> get(String construct, String target, String... headers) throws Exception {
        return send(construct, "GET", target, "", headers);
    }

    @Override
    public void close() {
        servers.close();
    }

    static String header(HttpResponse<?> response, String name) {
        return String.join(" | ", response.headers().allValues(name));
    }

    static String text(JsonNode node, String pointer) {
        return node.at(pointer).asText();
    }

    private record ServerAddresses(WebServers servers) implements Addresses {
        @Override
        public String queue(String name) {
            return "http://queues/" + name;
        }

        @Override
        public String api(Resource api) {
            return servers.api(api);
        }

        @Override
        public String distribution(Resource distribution) {
            return servers.distribution(distribution);
        }
    }
}

package dev.ashlar.local.internal.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.ashlar.local.internal.web.HttpEvents.Call;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP API. Neither throttling nor access logs are there.
 *
 * @see <a href="https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api.html">HTTP APIs</a>
 */
final class HttpApi implements Handler {
    /** <a href="https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html">Quotas</a>. */
    private static final int LARGEST_BODY_BYTES = 10 * 1024 * 1024;

    private final Identity identity;
    private final Map<String, JsonNode> stages;
    private final List<Route> routes;
    private final Cors cors;

    /**
     * Creates an API.
     *
     * @param identity what it is called
     * @param stages the variables of each stage by its name
     * @param routes its routes
     * @param cors how it answers cross-origin requests
     */
    HttpApi(Identity identity, Map<String, JsonNode> stages, List<Route> routes, Cors cors) {
        this.identity = identity;
        this.stages = stages;
        this.routes = routes.stream()
                .sorted((one, other) -> one.key().compareTo(other.key()))
                .toList();
        this.cors = cors;
    }

    /** What an API is called: the account, its id, and its host and port. */
    record Identity(String accountId, String id, String domainName) {}

    /** What answers a call. */
    interface Integration {
        Response answer(Call call);
    }

    /** A route. */
    record Route(RouteKey key, Authorization authorization, Integration integration) {}

    private record Stage(String name, JsonNode variables, String path) {}

    private record Match(Route route, Map<String, String> variables) {}

    @Override
    public Response handle(Request request) {
        String id = UUID.randomUUID().toString();
        Response response = cors.preflight(request).orElseGet(() -> cors.addTo(answer(request, id), request));
        response.headers().set("Apigw-Requestid", id);
        return response;
    }

    private Response answer(Request request, String id) {
        if (request.body().length > LARGEST_BODY_BYTES) {
            return Response.message(413, "Request Entity Too Large");
        }
        // Unlike REST APIs and function URLs, HTTP APIs decode the path before all else.
        String path = Percent.decodePath(request.path());
        Stage stage = stage(path);
        Match match = stage == null ? null : match(request.method(), stage.path());
        if (stage == null || match == null) {
            return Response.message(404, "Not Found");
        }
        Call call = new Call(
                identity.accountId(),
                identity.id(),
                identity.domainName(),
                stage.name(),
                stage.variables(),
                match.route().key().toString(),
                path,
                match.variables(),
                JsonNodeFactory.instance.objectNode(),
                id,
                forwarded(request, identity.domainName()));
        Authorization.Decision decision = match.route().authorization().decide(call);
        return decision.refusal() == null
                ? match.route().integration().answer(call.with(decision.context()))
                : decision.refusal();
    }

    /** {@return the request with what AWS's front doors write into each} */
    static Request forwarded(Request request, String domainName) {
        Fields headers = request.headers().copy();
        String address = request.client().ip();
        headers.set("Content-Length", "" + request.body().length);
        headers.setIfAbsent("Host", domainName);
        headers.setIfAbsent("X-Amzn-Trace-Id", traceId());
        headers.set(
                "X-Forwarded-For",
                headers.joined("X-Forwarded-For")
                        .map(before -> before + ", " + address)
                        .orElse(address));
        headers.set("X-Forwarded-Port", domainName.replaceFirst(".*:", ""));
        headers.set("X-Forwarded-Proto", "http");
        return request.with(request.path(), request.query(), headers);
    }

    private static String traceId() {
        byte[] random = new byte[12];
        ThreadLocalRandom.current().nextBytes(random);
        return "Root=1-%08x-%s"
                .formatted(System.currentTimeMillis() / 1000, HexFormat.of().formatHex(random));
    }

    private @Nullable Stage stage(String path) {
        String first = path.substring(1).split("/", 2)[0];
        if (stages.containsKey(first) && !first.equals(RouteKey.DEFAULT)) {
            String rest = path.substring(1 + first.length());
            return new Stage(first, variables(first), rest.isEmpty() ? "/" : rest);
        }
        return stages.containsKey(RouteKey.DEFAULT)
                ? new Stage(RouteKey.DEFAULT, variables(RouteKey.DEFAULT), path)
                : null;
    }

    private JsonNode variables(String stage) {
        return stages.getOrDefault(stage, JsonNodeFactory.instance.objectNode());
    }

    private @Nullable Match match(String method, String path) {
        for (Route route : routes) {
            Optional<Map<String, String>> variables = route.key().match(method, path);
            if (variables.isPresent()) {
                return new Match(route, Collections.unmodifiableMap(variables.get()));
            }
        }
        return null;
    }
}

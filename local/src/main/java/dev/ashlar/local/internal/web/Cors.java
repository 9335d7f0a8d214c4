package dev.ashlar.local.internal.web;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Cross-origin requests, as an HTTP API or a function URL answers them by itself.
 *
 * @see <a href="https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-cors.html">CORS for HTTP APIs</a>
 */
final class Cors {
    private final JsonNode configuration;

    /**
     * Reads a configuration.
     *
     * @param configuration {@code CorsConfiguration} of an API, {@code Cors} of a function URL, or a missing node
     */
    Cors(JsonNode configuration) {
        this.configuration = configuration;
    }

    /** {@return the answer to a preflight request, if it is one and is answered here} */
    Optional<Response> preflight(Request request) {
        if (configuration.isEmpty()
                || !request.method().equals("OPTIONS")
                || !request.headers().has("Origin")
                || !request.headers().has("Access-Control-Request-Method")) {
            return Optional.empty();
        }
        Fields headers = new Fields();
        if (allow(request, headers)) {
            set(headers, "Access-Control-Allow-Methods", "AllowMethods");
            set(headers, "Access-Control-Allow-Headers", "AllowHeaders");
            if (configuration.has("MaxAge")) {
                headers.set(
                        "Access-Control-Max-Age", configuration.path("MaxAge").asText());
            }
        }
        return Optional.of(new Response(204, headers, new byte[0]));
    }

    /** {@return an answer with the headers of the configuration, which count more than those of the function} */
    Response addTo(Response response, Request request) {
        if (configuration.isEmpty()) {
            return response;
        }
        response.headers().removeIf(name -> name.toLowerCase(Locale.ROOT).startsWith("access-control-"));
        if (allow(request, response.headers())) {
            set(response.headers(), "Access-Control-Expose-Headers", "ExposeHeaders");
        }
        return response;
    }

    private boolean allow(Request request, Fields headers) {
        Optional<String> origin = request.headers().get("Origin");
        List<String> allowed = list("AllowOrigins");
        if (origin.isEmpty() || allowed.stream().noneMatch(pattern -> matches(pattern, origin.get()))) {
            return false;
        }
        headers.set("Access-Control-Allow-Origin", allowed.contains("*") ? "*" : origin.get());
        if (configuration.path("AllowCredentials").asBoolean()) {
            headers.set("Access-Control-Allow-Credentials", "true");
        }
        return true;
    }

    private static boolean matches(String pattern, String origin) {
        return pattern.endsWith("*")
                ? origin.startsWith(pattern.substring(0, pattern.length() - 1))
                : origin.equalsIgnoreCase(pattern);
    }

    private void set(Fields headers, String header, String property) {
        List<String> values = list(property);
        if (!values.isEmpty()) {
            headers.set(header, String.join(",", values));
        }
    }

    private List<String> list(String property) {
        return configuration.path(property).valueStream().map(JsonNode::asText).toList();
    }
}

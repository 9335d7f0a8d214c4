package dev.ashlar.local.internal.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ashlar.local.internal.web.EdgeFunctions.FailedException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * What CloudFront Functions get, and what their results mean.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/functions-event-structure.html">CloudFront
 *     Functions event structure</a>
 */
final class EdgeEvents {
    /**
     * Headers that a function may not change.
     *
     * @see <a href="https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/edge-function-restrictions-all.html">Restrictions
     *     on edge functions</a>
     */
    private static final List<String> READ_ONLY = List.of("content-length", "host", "transfer-encoding", "via");

    private final String domainName;
    private final String distributionId;

    EdgeEvents(String domainName, String distributionId) {
        this.domainName = domainName;
        this.distributionId = distributionId;
    }

    ObjectNode request(Request request) {
        return event("viewer-request", request);
    }

    ObjectNode response(Request request, Response response) {
        ObjectNode event = event("viewer-response", request);
        ObjectNode node = event.putObject("response");
        node.put("statusCode", response.status());
        node.set("headers", headers(response.headers(), "Set-Cookie"));
        ObjectNode cookies = node.putObject("cookies");
        response.headers().all("Set-Cookie").forEach(cookie -> {
            String[] parts = cookie.split(";", 2);
            String[] pair = parts[0].split("=", 2);
            ObjectNode value = cookies.putObject(pair[0].strip()).put("value", pair.length == 2 ? pair[1] : "");
            if (parts.length == 2) {
                value.put("attributes", parts[1].strip());
            }
        });
        return event;
    }

    /** {@return whether a result answers the viewer by itself} */
    static boolean isResponse(JsonNode result) {
        return result.has("statusCode");
    }

    /** {@return a request as a function has changed it} */
    static Request changed(Request request, JsonNode before, JsonNode result) throws FailedException {
        String uri = result.path("uri").asText();
        if (!uri.startsWith("/")) {
            throw new FailedException(
                    "it must return a request whose uri begins with /, or a response with a statusCode");
        }
        Fields headers = request.headers().copy();
        JsonNode sent = before.path("request").path("headers");
        JsonNode wanted = result.path("headers");
        for (String name : READ_ONLY) {
            if (!sent.path(name).equals(wanted.path(name))) {
                throw new FailedException("it may not change the header " + name);
            }
        }
        headers.removeIf(name -> !wanted.has(name.toLowerCase(Locale.ROOT)));
        wanted.properties().forEach(header -> {
            if (!header.getValue().equals(sent.path(header.getKey()))) {
                headers.remove(header.getKey());
                values(header.getValue()).forEach(value -> headers.add(header.getKey(), value));
            }
        });
        List<String> cookies = pairs(result.path("cookies"));
        headers.remove("Cookie");
        if (!cookies.isEmpty()) {
            headers.set("Cookie", String.join("; ", cookies));
        }
        boolean isSameQuery =
                result.path("querystring").equals(before.path("request").path("querystring"));
        String query = isSameQuery ? request.query() : String.join("&", pairs(result.path("querystring")));
        return request.with(uri, query == null || query.isEmpty() ? null : query, headers);
    }

    /** {@return the answer that a function made, or made of another} */
    static Response response(JsonNode result, byte[] body) throws FailedException {
        int status = result.path("statusCode").asInt();
        if (status < 100 || status > 599) {
            throw new FailedException("its statusCode must be 100 to 599, got "
                    + result.path("statusCode").asText());
        }
        Fields headers = new Fields();
        result.path("headers")
                .properties()
                .forEach(header -> values(header.getValue()).forEach(value -> headers.add(header.getKey(), value)));
        result.path("cookies")
                .properties()
                .forEach(cookie -> each(cookie.getValue()).forEach(value -> {
                    String attributes = value.path("attributes").asText();
                    headers.add(
                            "Set-Cookie",
                            cookie.getKey() + "=" + value.path("value").asText()
                                    + (attributes.isEmpty() ? "" : "; " + attributes));
                }));
        return new Response(status, headers, result.has("body") ? body(result.path("body")) : body);
    }

    private static byte[] body(JsonNode body) {
        if (body.path("encoding").asText().equals("base64")) {
            return Base64.getDecoder().decode(body.path("data").asText());
        }
        return (body.isTextual() ? body : body.path("data")).asText().getBytes(UTF_8);
    }

    private ObjectNode event(String type, Request request) {
        ObjectNode event = JsonNodeFactory.instance.objectNode().put("version", "1.0");
        event.putObject("context")
                .put("distributionDomainName", domainName)
                .put("distributionId", distributionId)
                .put("eventType", type)
                .put("requestId", UUID.randomUUID().toString());
        event.putObject("viewer").put("ip", request.client().ip());
        ObjectNode node = event.putObject("request");
        node.put("method", request.method()).put("uri", request.path());
        if (request.query() != null) {
            node.put("rawQueryString", request.query());
        }
        node.set("querystring", multi(Percent.parseQuery(request.queryOrEmpty())));
        node.set("headers", headers(request.headers(), "Cookie"));
        Map<String, List<String>> cookies = new LinkedHashMap<>();
        request.headers().all("Cookie").stream()
                .flatMap(header -> Arrays.stream(header.split(";")))
                .map(cookie -> cookie.strip().split("=", 2))
                .forEach(pair -> cookies.computeIfAbsent(pair[0], name -> new ArrayList<>())
                        .add(pair.length == 2 ? pair[1] : ""));
        node.set("cookies", multi(cookies));
        return event;
    }

    private static ObjectNode headers(Fields headers, String without) {
        Map<String, List<String>> values = new LinkedHashMap<>();
        headers.forEach((name, all) -> {
            if (!name.equalsIgnoreCase(without)) {
                values.put(name.toLowerCase(Locale.ROOT), all);
            }
        });
        return multi(values);
    }

    private static ObjectNode multi(Map<String, List<String>> values) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        values.forEach((name, all) -> {
            ObjectNode entry = object.putObject(name).put("value", all.get(0));
            if (all.size() > 1) {
                ArrayNode multiValue = entry.putArray("multiValue");
                all.forEach(value -> multiValue.addObject().put("value", value));
            }
        });
        return object;
    }

    private static List<String> pairs(JsonNode object) {
        List<String> pairs = new ArrayList<>();
        object.properties()
                .forEach(entry -> values(entry.getValue()).forEach(value -> pairs.add(entry.getKey() + "=" + value)));
        return pairs;
    }

    private static Stream<String> values(JsonNode entry) {
        return each(entry).map(value -> value.path("value").asText());
    }

    private static Stream<JsonNode> each(JsonNode entry) {
        return entry.has("multiValue") ? entry.path("multiValue").valueStream() : Stream.of(entry);
    }
}

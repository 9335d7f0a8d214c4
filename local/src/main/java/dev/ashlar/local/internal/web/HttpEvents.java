package dev.ashlar.local.internal.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ashlar.local.internal.template.Json;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The events of HTTP APIs and function URLs. What is empty is left out, as there.
 *
 * @see <a href="https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html">Lambda
 *     proxy integrations</a>
 */
final class HttpEvents {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss Z", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private HttpEvents() {}

    /**
     * A call of an API.
     *
     * @param accountId the account
     * @param apiId the API
     * @param domainName where the API answers
     * @param stage the stage
     * @param stageVariables its variables, or an empty object
     * @param routeKey the key of the route, such as {@code GET /notes/{id}}
     * @param path the path as the function sees it, with the stage
     * @param pathParameters what stands in the path for the route's variables
     * @param authorizer what the authorizer said, or an empty object
     * @param requestId the id of the request
     * @param request the request
     */
    record Call(
            String accountId,
            String apiId,
            String domainName,
            String stage,
            JsonNode stageVariables,
            String routeKey,
            String path,
            Map<String, String> pathParameters,
            JsonNode authorizer,
            String requestId,
            Request request) {
        Call with(JsonNode authorizer) {
            return new Call(
                    accountId,
                    apiId,
                    domainName,
                    stage,
                    stageVariables,
                    routeKey,
                    path,
                    pathParameters,
                    authorizer,
                    requestId,
                    request);
        }
    }

    /** {@return the event of a payload format: {@code 1.0}, else {@code 2.0}} */
    static ObjectNode event(Call call, String format) {
        ObjectNode event = withoutBody(call, format);
        byte[] body = call.request().body();
        boolean isText = isText(call.request().headers().get("Content-Type").orElse(""));
        if (body.length > 0) {
            event.put(
                    "body",
                    isText ? new String(body, UTF_8) : Base64.getEncoder().encodeToString(body));
        } else if (format.equals("1.0")) {
            event.putNull("body");
        }
        return event.put("isBase64Encoded", body.length > 0 && !isText);
    }

    /** {@return the event as authorizers get it} */
    static ObjectNode withoutBody(Call call, String format) {
        return format.equals("1.0") ? version1(call) : version2(call);
    }

    /** Found by trial against API Gateway: <a href="https://github.com/ministackorg/ministack/pull/766">all else is binary</a>. */
    private static boolean isText(String contentType) {
        String type = contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        return type.startsWith("text/")
                || List.of("application/json", "application/xml", "application/javascript")
                        .contains(type);
    }

    private static ObjectNode version2(Call call) {
        Request request = call.request();
        Instant now = Instant.now();
        ObjectNode event = JsonNodeFactory.instance.objectNode();
        event.put("version", "2.0").put("routeKey", call.routeKey()).put("rawPath", call.path());
        event.put("rawQueryString", request.queryOrEmpty());
        ArrayNode cookies = cookies(request.headers());
        if (!cookies.isEmpty()) {
            event.set("cookies", cookies);
        }
        ObjectNode headers = event.putObject("headers");
        request.headers().forEach((name, values) -> {
            if (!name.equalsIgnoreCase("Cookie")) {
                headers.put(name.toLowerCase(Locale.ROOT), String.join(",", values));
            }
        });
        Map<String, List<String>> query = Percent.decodeQuery(request.queryOrEmpty());
        if (!query.isEmpty()) {
            ObjectNode parameters = event.putObject("queryStringParameters");
            query.forEach((name, values) -> parameters.put(name, String.join(",", values)));
        }
        ObjectNode context = event.putObject("requestContext");
        context.put("accountId", call.accountId()).put("apiId", call.apiId());
        if (!call.authorizer().isEmpty()) {
            context.set("authorizer", call.authorizer());
        }
        context.put("domainName", call.domainName()).put("domainPrefix", prefix(call.domainName()));
        context.putObject("http")
                .put("method", request.method())
                .put("path", call.path())
                .put("protocol", request.protocol())
                .put("sourceIp", request.client().ip())
                .put("userAgent", request.headers().get("User-Agent").orElse(""));
        context.put("requestId", call.requestId())
                .put("routeKey", call.routeKey())
                .put("stage", call.stage())
                .put("time", TIME.format(now))
                .put("timeEpoch", now.toEpochMilli());
        setUnlessEmpty(event, "pathParameters", object(call.pathParameters()));
        setUnlessEmpty(event, "stageVariables", call.stageVariables());
        return event;
    }

    private static ObjectNode version1(Call call) {
        Request request = call.request();
        Instant now = Instant.now();
        String resource = call.routeKey().substring(call.routeKey().indexOf(' ') + 1);
        ObjectNode event = JsonNodeFactory.instance.objectNode();
        event.put("version", "1.0").put("resource", resource).put("path", call.path());
        event.put("httpMethod", request.method());
        ObjectNode headers = event.putObject("headers");
        ObjectNode multiValueHeaders = event.putObject("multiValueHeaders");
        request.headers().forEach((name, values) -> {
            headers.put(name.toLowerCase(Locale.ROOT), values.get(values.size() - 1));
            multiValueHeaders.set(name.toLowerCase(Locale.ROOT), array(values));
        });
        ObjectNode query = JsonNodeFactory.instance.objectNode();
        ObjectNode multiValueQuery = JsonNodeFactory.instance.objectNode();
        Percent.decodeQuery(request.queryOrEmpty()).forEach((name, values) -> {
            query.put(name, values.get(values.size() - 1));
            multiValueQuery.set(name, array(values));
        });
        setOrNull(event, "queryStringParameters", query);
        setOrNull(event, "multiValueQueryStringParameters", multiValueQuery);
        ObjectNode context = event.putObject("requestContext");
        context.put("accountId", call.accountId()).put("apiId", call.apiId());
        if (!call.authorizer().isEmpty()) {
            context.set("authorizer", call.authorizer());
        }
        context.put("domainName", call.domainName())
                .put("domainPrefix", prefix(call.domainName()))
                .put("extendedRequestId", call.requestId())
                .put("httpMethod", request.method());
        context.putObject("identity")
                .put("sourceIp", request.client().ip())
                .put("userAgent", request.headers().get("User-Agent").orElse(""));
        context.put("path", call.path())
                .put("protocol", request.protocol())
                .put("requestId", call.requestId())
                .put("requestTime", TIME.format(now))
                .put("requestTimeEpoch", now.toEpochMilli())
                .put("resourceId", call.routeKey())
                .put("resourcePath", resource)
                .put("stage", call.stage());
        setOrNull(event, "pathParameters", object(call.pathParameters()));
        setOrNull(event, "stageVariables", call.stageVariables());
        return event;
    }

    private static ArrayNode cookies(Fields headers) {
        return array(headers.all("Cookie").stream()
                .flatMap(header -> Arrays.stream(header.split(";")))
                .map(String::strip)
                .filter(cookie -> !cookie.isEmpty())
                .toList());
    }

    private static String prefix(String domainName) {
        return domainName.split("[.:]", 2)[0];
    }

    private static JsonNode object(Map<String, String> values) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        values.forEach(object::put);
        return object;
    }

    private static ArrayNode array(List<String> values) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        values.forEach(array::add);
        return array;
    }

    private static void setUnlessEmpty(ObjectNode event, String field, JsonNode value) {
        if (!value.isEmpty()) {
            event.set(field, value);
        }
    }

    private static void setOrNull(ObjectNode event, String field, JsonNode value) {
        event.set(field, value.isEmpty() ? JsonNodeFactory.instance.nullNode() : value);
    }

    /** {@return an event as bytes} */
    static byte[] write(ObjectNode event) {
        return Json.write(event).getBytes(UTF_8);
    }
}

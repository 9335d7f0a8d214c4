package dev.ashlar.local;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLEncoder;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A request as an HTTP API hands it to a function, made by {@link LambdaEvents#httpApi(String, String)}. Each method returns
 * one more request; this one stays as it is.
 *
 * @see <a href="https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html">The
 *     payload format 2.0</a>
 */
public final class HttpApiEvent implements LambdaEvent {
    private static final String API = "abcdefghij";
    private static final String HOST = API + ".execute-api." + LambdaEvents.REGION + ".amazonaws.com";
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss Z", Locale.ENGLISH);

    private final String method;
    private final String path;
    private String route;
    private final List<Map.Entry<String, String>> query = new ArrayList<>();
    private final Map<String, String> headers = new TreeMap<>();
    private final List<String> cookies = new ArrayList<>();
    private final Map<String, String> pathParameters = new TreeMap<>();
    private final Map<String, String> claims = new TreeMap<>();
    private @Nullable String body;
    private boolean base64;

    HttpApiEvent(String method, String path) {
        this.method = method;
        this.path = path;
        this.route = method + " " + path;
        headers.put("accept", "*/*");
        headers.put("host", HOST);
        headers.put("user-agent", "test");
        headers.put("x-forwarded-for", "127.0.0.1");
        headers.put("x-forwarded-port", "443");
        headers.put("x-forwarded-proto", "https");
    }

    private HttpApiEvent(HttpApiEvent from) {
        this.method = from.method;
        this.path = from.path;
        this.route = from.route;
        this.query.addAll(from.query);
        this.headers.putAll(from.headers);
        this.cookies.addAll(from.cookies);
        this.pathParameters.putAll(from.pathParameters);
        this.claims.putAll(from.claims);
        this.body = from.body;
        this.base64 = from.base64;
    }

    /**
     * Sets the route that matched.
     *
     * <p>Default: that of the method and the path.
     *
     * @param routeKey such as {@code GET /notes/{id}} or {@code $default}
     * @return the request
     */
    public HttpApiEvent route(String routeKey) {
        HttpApiEvent event = new HttpApiEvent(this);
        event.route = routeKey;
        return event;
    }

    /**
     * Adds a part of the path that the route names.
     *
     * @param name the name, such as {@code id} or {@code proxy}
     * @param value the value, decoded
     * @return the request
     */
    public HttpApiEvent pathParameter(String name, String value) {
        HttpApiEvent event = new HttpApiEvent(this);
        event.pathParameters.put(name, value);
        return event;
    }

    /**
     * Adds a query parameter. Values of one name are joined by commas, as API Gateway does.
     *
     * @param name the name, decoded
     * @param value the value, decoded
     * @return the request
     */
    public HttpApiEvent query(String name, String value) {
        HttpApiEvent event = new HttpApiEvent(this);
        event.query.add(Map.entry(name, value));
        return event;
    }

    /**
     * Adds a header. Values of one name are joined by commas; those that are there by default are replaced.
     *
     * @param name the name, which the function sees in lower case
     * @param value the value
     * @return the request
     */
    public HttpApiEvent header(String name, String value) {
        HttpApiEvent event = new HttpApiEvent(this);
        String lower = name.toLowerCase(Locale.ROOT);
        boolean byDefault = value(new HttpApiEvent(method, path), lower).equals(value(this, lower));
        event.headers.merge(lower, value, (old, added) -> byDefault ? added : old + "," + added);
        return event;
    }

    /**
     * Adds a cookie.
     *
     * @param name the name
     * @param value the value
     * @return the request
     */
    public HttpApiEvent cookie(String name, String value) {
        HttpApiEvent event = new HttpApiEvent(this);
        event.cookies.add(name + "=" + value);
        return event;
    }

    /**
     * Sets the body.
     *
     * @param text the body, a text
     * @return the request
     */
    public HttpApiEvent body(String text) {
        HttpApiEvent event = new HttpApiEvent(this);
        event.body = text;
        event.base64 = false;
        return event;
    }

    /**
     * Sets the body, which is handed on in Base64.
     *
     * @param bytes the body
     * @return the request
     */
    public HttpApiEvent body(byte[] bytes) {
        HttpApiEvent event = new HttpApiEvent(this);
        event.body = Base64.getEncoder().encodeToString(bytes);
        event.base64 = true;
        return event;
    }

    /**
     * Adds a claim of the token that a JWT authorizer has accepted.
     *
     * @param name such as {@code sub}
     * @param value the value; lists are texts too, such as {@code [readers writers]}
     * @return the request
     */
    public HttpApiEvent claim(String name, String value) {
        HttpApiEvent event = new HttpApiEvent(this);
        event.claims.put(name, value);
        return event;
    }

    @Override
    public String toJson() {
        ObjectNode event = JsonNodeFactory.instance.objectNode();
        event.put("version", "2.0");
        event.put("routeKey", route);
        event.put("rawPath", path);
        event.put(
                "rawQueryString",
                query.stream()
                        .map(pair -> encode(pair.getKey()) + "=" + encode(pair.getValue()))
                        .collect(Collectors.joining("&")));
        if (!cookies.isEmpty()) {
            ArrayNode array = event.putArray("cookies");
            cookies.forEach(array::add);
        }
        put(event, "headers", headers);
        if (!query.isEmpty()) {
            put(event, "queryStringParameters", joined());
        }
        event.set("requestContext", context());
        if (!pathParameters.isEmpty()) {
            put(event, "pathParameters", pathParameters);
        }
        if (body != null) {
            event.put("body", body);
        }
        event.put("isBase64Encoded", base64);
        return event.toString();
    }

    private ObjectNode context() {
        ObjectNode context = JsonNodeFactory.instance.objectNode();
        context.put("accountId", LambdaEvents.ACCOUNT);
        context.put("apiId", API);
        if (!claims.isEmpty()) {
            ObjectNode jwt = context.putObject("authorizer").putObject("jwt");
            put(jwt, "claims", claims);
            jwt.putNull("scopes");
        }
        context.put("domainName", HOST);
        context.put("domainPrefix", API);
        context.putObject("http")
                .put("method", method)
                .put("path", path)
                .put("protocol", "HTTP/1.1")
                .put("sourceIp", "127.0.0.1")
                .put("userAgent", value(this, "user-agent"));
        context.put("requestId", "JKJaXmPLvHcESHA=");
        context.put("routeKey", route);
        context.put("stage", "$default");
        context.put("time", LambdaEvents.TIME.atZone(ZoneOffset.UTC).format(TIME));
        context.put("timeEpoch", LambdaEvents.TIME.toEpochMilli());
        return context;
    }

    private Map<String, String> joined() {
        Map<String, String> joined = new TreeMap<>();
        query.forEach(pair -> joined.merge(pair.getKey(), pair.getValue(), (one, other) -> one + "," + other));
        return joined;
    }

    private static void put(ObjectNode parent, String name, Map<String, String> values) {
        ObjectNode object = parent.putObject(name);
        values.forEach(object::put);
    }

    private static String value(HttpApiEvent event, String header) {
        return event.headers.getOrDefault(header, "");
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, UTF_8).replace("+", "%20");
    }
}

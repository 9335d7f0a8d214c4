package dev.ashlar.local.internal.service;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** One request to a gate, and the way to the server behind it. */
final class Call {
    /** What a connection is about, and not a message. */
    private static final Set<String> HOP_BY_HOP = Set.of(
            "connection", "content-length", "expect", "host", "keep-alive", "te", "transfer-encoding", "upgrade");

    private static final String CONTENT_LENGTH = "Content-Length";

    private final HttpExchange exchange;
    private final HttpClient client;
    private final SortedMap<String, String> query;

    Call(HttpExchange exchange, HttpClient client) {
        this.exchange = exchange;
        this.client = client;
        this.query = parameters(
                Optional.ofNullable(exchange.getRequestURI().getRawQuery()).orElse(""));
    }

    String method() {
        return exchange.getRequestMethod();
    }

    String rawPath() {
        return exchange.getRequestURI().getRawPath();
    }

    String rawQuery() {
        return Optional.ofNullable(exchange.getRequestURI().getRawQuery()).orElse("");
    }

    /** {@return the query's parameters, decoded} */
    SortedMap<String, String> query() {
        return query;
    }

    Optional<String> query(String name) {
        return Optional.ofNullable(query.get(name));
    }

    Optional<String> header(String name) {
        return Optional.ofNullable(exchange.getRequestHeaders().getFirst(name));
    }

    Headers headers() {
        return exchange.getRequestHeaders();
    }

    String clientAddress() {
        return exchange.getRemoteAddress().getAddress().getHostAddress();
    }

    /** {@return the body, which can be read once} */
    byte[] body() throws IOException {
        return exchange.getRequestBody().readAllBytes();
    }

    /** Adds a header to the answer, whoever gives it. */
    void addToAnswer(String name, String value) {
        exchange.getResponseHeaders().set(name, value);
    }

    /** Sends the request on, its body as it comes. */
    HttpResponse<InputStream> send(URI target) throws IOException {
        return send(target, streamed(), Set.of());
    }

    /** Sends the request on with a body that was read, without some headers. */
    HttpResponse<InputStream> send(URI target, byte[] body, Set<String> withoutHeaders) throws IOException {
        return send(
                target, body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body), withoutHeaders);
    }

    private HttpResponse<InputStream> send(URI target, BodyPublisher body, Set<String> withoutHeaders)
            throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(target).method(method(), body);
        exchange.getRequestHeaders().forEach((name, values) -> {
            String lower = name.toLowerCase(Locale.ROOT);
            if (!HOP_BY_HOP.contains(lower) && !withoutHeaders.contains(lower)) {
                values.forEach(value -> request.header(name, value));
            }
        });
        return send(request.build());
    }

    /** Asks the server behind something else in between. */
    HttpResponse<InputStream> send(HttpRequest request) throws IOException {
        try {
            return client.send(request, BodyHandlers.ofInputStream());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    private BodyPublisher streamed() {
        Optional<Long> length = header(CONTENT_LENGTH).map(Long::valueOf);
        boolean chunked = header("Transfer-Encoding").isPresent();
        if (!chunked && length.orElse(0L) == 0) {
            return BodyPublishers.noBody();
        }
        BodyPublisher stream = BodyPublishers.ofInputStream(exchange::getRequestBody);
        return length.filter(known -> !chunked)
                .map(known -> BodyPublishers.fromPublisher(stream, known))
                .orElse(stream);
    }

    /** Gives the answer of the server behind as it comes, but not some of its headers. */
    void pass(HttpResponse<InputStream> answer, Set<String> withoutHeaders) throws IOException {
        try (InputStream body = answer.body()) {
            begin(answer, answer.headers().firstValue(CONTENT_LENGTH), withoutHeaders);
            try (OutputStream out = exchange.getResponseBody()) {
                body.transferTo(out);
            }
        }
    }

    /** Gives the answer of the server behind with a body that was read. */
    void pass(HttpResponse<InputStream> answer, byte[] body, Set<String> withoutHeaders) throws IOException {
        begin(answer, Optional.of(String.valueOf(body.length)), withoutHeaders);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(body);
        }
    }

    private void begin(HttpResponse<InputStream> answer, Optional<String> length, Set<String> withoutHeaders)
            throws IOException {
        Headers headers = exchange.getResponseHeaders();
        answer.headers().map().forEach((name, values) -> {
            String lower = name.toLowerCase(Locale.ROOT);
            if (!HOP_BY_HOP.contains(lower) && !lower.startsWith(":") && !withoutHeaders.contains(lower)) {
                headers.put(name, List.copyOf(values));
            }
        });
        if (method().equals("HEAD")) {
            length.ifPresent(known -> headers.set(CONTENT_LENGTH, known));
        }
        exchange.sendResponseHeaders(answer.statusCode(), toSend(answer.statusCode(), length));
    }

    /** {@return what the server calls the length of a body: -1 for none, 0 for one whose end nobody knows} */
    private long toSend(int status, Optional<String> length) {
        boolean none = method().equals("HEAD") || status == 204 || status == 304;
        long known = length.map(Long::valueOf).orElse(0L);
        return none || (known == 0 && length.isPresent()) ? -1 : known;
    }

    /** Answers in the name of the service. What is left of the request is read, so that the caller gets to the answer. */
    void answer(int status, String type, String body) throws IOException {
        exchange.getRequestBody().transferTo(OutputStream.nullOutputStream());
        byte[] bytes = method().equals("HEAD") ? new byte[0] : body.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > 0) {
            exchange.getResponseHeaders().set("Content-Type", type);
        }
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(bytes);
        }
    }

    /** {@return the parameters of a query or a form; of two with one name the first} */
    static SortedMap<String, String> parameters(String encoded) {
        SortedMap<String, String> parameters = new TreeMap<>();
        for (String parameter : encoded.split("&", -1)) {
            if (!parameter.isEmpty()) {
                String[] parts = parameter.split("=", 2);
                parameters.putIfAbsent(decode(parts[0]), parts.length == 2 ? decode(parts[1]) : "");
            }
        }
        return parameters;
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    /** {@return what conditions may ask of any request} */
    Map<String, List<String>> context() {
        return CommonContext.of(this);
    }
}

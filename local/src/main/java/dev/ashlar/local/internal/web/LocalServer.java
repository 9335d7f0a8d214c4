package dev.ashlar.local.internal.web;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A server on the loopback interface. Its port is open before anybody knows what it will answer. */
final class LocalServer implements AutoCloseable {
    private static final int LARGEST_BODY_BYTES = 64 * 1024 * 1024;
    private static final int PORTS_TO_TRY = 100;

    /** How many connections wait to be accepted: a page opens many at once, and a load test more. */
    private static final int BACKLOG = 1_000;

    /** How many requests are answered at one time. The others wait: a thread for each would take the time of all. */
    static final int THREADS = 64;

    private static final int SECONDS_KEPT = 10;

    static {
        // Without this an answer's head and its body are 40 ms apart.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private final HttpServer server;
    private final ThreadPoolExecutor threads;
    private final Consumer<String> log;
    private volatile Handler handler =
            request -> Response.message(503, "This is not run here, or it has not been started yet");

    private LocalServer(HttpServer server, ThreadFactory factory, Consumer<String> log) {
        this.server = server;
        this.threads = new ThreadPoolExecutor(
                THREADS, THREADS, SECONDS_KEPT, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), factory);
        threads.allowCoreThreadTimeOut(true);
        this.log = log;
        server.createContext("/", this::answer);
        server.setExecutor(threads);
        server.start();
    }

    /**
     * Opens a port.
     *
     * @param port the port, or the next that is free; 0 for any
     */
    static LocalServer open(int port, ThreadFactory factory, Consumer<String> log) {
        return new LocalServer(bind(port), factory, log);
    }

    int getPort() {
        return server.getAddress().getPort();
    }

    void serve(Handler handler) {
        this.handler = handler;
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private static HttpServer bind(int port) {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        for (int i = 0; ; i++) {
            try {
                return HttpServer.create(new InetSocketAddress(loopback, port == 0 ? 0 : port + i), BACKLOG);
            } catch (BindException e) {
                if (i == PORTS_TO_TRY || port + i == 65535) {
                    throw new IllegalStateException(
                            "--port must be a port that is free, or has a free one after it, got " + port, e);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readNBytes(LARGEST_BODY_BYTES + 1);
            if (body.length > LARGEST_BODY_BYTES) {
                send(exchange, Response.message(413, "Request Entity Too Large"));
                return;
            }
            Request request = new Request(
                    exchange.getRequestMethod(),
                    exchange.getRequestURI().getRawPath(),
                    exchange.getRequestURI().getRawQuery(),
                    new Fields(exchange.getRequestHeaders()),
                    body,
                    new Request.Client(
                            exchange.getRemoteAddress().getAddress().getHostAddress(),
                            exchange.getRemoteAddress().getPort()),
                    exchange.getProtocol());
            send(exchange, handle(request));
        }
    }

    /** What goes wrong in here is told, and ends one request. */
    private Response handle(Request request) {
        try {
            return handler.handle(request);
        } catch (RuntimeException e) {
            log.accept("%s %s failed: %s".formatted(request.method(), request.path(), e));
            return Response.message(500, "Internal Server Error");
        }
    }

    private void send(HttpExchange exchange, Response response) throws IOException {
        boolean isHead = exchange.getRequestMethod().equals("HEAD");
        boolean isEmpty = isHead || response.body().length == 0 || response.status() == 204 || response.status() == 304;
        try {
            setHeaders(exchange, response, isHead);
        } catch (IllegalArgumentException e) {
            log.accept("%s %s: a header cannot be sent: %s"
                    .formatted(exchange.getRequestMethod(), exchange.getRequestURI(), e.getMessage()));
            exchange.getResponseHeaders().clear();
            exchange.sendResponseHeaders(500, -1);
            return;
        }
        exchange.sendResponseHeaders(response.status(), isEmpty ? -1 : response.body().length);
        if (!isEmpty) {
            exchange.getResponseBody().write(response.body());
        }
    }

    private static void setHeaders(HttpExchange exchange, Response response, boolean isHead) {
        response.headers().forEach((name, values) -> {
            if (!name.equalsIgnoreCase("Content-Length")) {
                values.forEach(value -> exchange.getResponseHeaders().add(name, value));
            }
        });
        if (isHead) {
            String length = response.headers().get("Content-Length").orElse("" + response.body().length);
            exchange.getResponseHeaders().set("Content-Length", length);
        }
    }
}

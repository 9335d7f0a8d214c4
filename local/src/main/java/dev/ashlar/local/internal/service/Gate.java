package dev.ashlar.local.internal.service;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/** A server on a port of the loopback interface, which callers take for the service. */
final class Gate implements AutoCloseable {
    static {
        // Without it an answer of two packets waits 40 ms for the first one's acknowledgement.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private final HttpServer server;
    private final ExecutorService threads;
    private final HttpClient client;

    private volatile Handler handler = call -> call.answer(503, "text/plain", "Not started yet");

    /** What is done with a request. */
    interface Handler {
        void handle(Call call) throws IOException;
    }

    private Gate(HttpServer server, String name) {
        this.server = server;
        AtomicInteger count = new AtomicInteger();
        ThreadFactory daemons = task -> {
            Thread thread = new Thread(task, name + "-gate-" + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
        this.threads = Executors.newCachedThreadPool(daemons);
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .executor(threads)
                .build();
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    /** {@return a gate with a port of its own, that answers 503 until it has a handler} */
    static Gate open(String name) {
        try {
            return new Gate(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0), name);
        } catch (IOException e) {
            throw new UncheckedIOException("No port of this machine can be opened for " + name, e);
        }
    }

    URI getEndpoint() {
        return URI.create("http://" + server.getAddress().getAddress().getHostAddress() + ":"
                + server.getAddress().getPort());
    }

    void serve(Handler handler) {
        this.handler = handler;
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            Call call = new Call(exchange, client);
            try {
                handler.handle(call);
            } catch (IOException | RuntimeException e) {
                // The server behind went away, or what came is nothing it could have been asked.
                if (exchange.getResponseCode() == -1) {
                    call.answer(503, "text/plain", String.valueOf(e.getMessage()));
                }
            }
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}

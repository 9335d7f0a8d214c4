package dev.ashlar.local.internal.lambda;

import com.sun.net.httpserver.HttpContext;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The HTTP server that runtimes ask for events. Each process has a path of its own that no other one knows.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html">The runtime API</a>
 */
final class RuntimeApi implements AutoCloseable {
    /** Answers one process. */
    interface Handler {
        /** Answers a request to a path such as {@code /invocation/next}. */
        void handle(HttpExchange exchange, String path) throws IOException;
    }

    static {
        // The JDK's server sends head and body of an answer apart: the body waits 40 ms for the head's acknowledgement,
        // unless this is set before the first server is made. Two answers an invocation are 90 ms or 1 ms.
        if (System.getProperty("sun.net.httpserver.nodelay") == null) {
            System.setProperty("sun.net.httpserver.nodelay", "true");
        }
    }

    private static final String VERSION = "/2018-06-01/runtime";

    private final ExecutorService threads;
    private final HttpServer server;

    RuntimeApi() {
        AtomicInteger count = new AtomicInteger();
        threads = Executors.newCachedThreadPool(work -> {
            Thread thread = new Thread(work, "ashlar-runtime-api-" + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.start();
    }

    /** {@return a path for one more process} */
    HttpContext add(Handler handler) {
        String prefix = "/" + UUID.randomUUID();
        return server.createContext(prefix, exchange -> {
            try (exchange) {
                String path = exchange.getRequestURI().getPath().substring(prefix.length());
                if (path.startsWith(VERSION)) {
                    handler.handle(exchange, path.substring(VERSION.length()));
                } else {
                    exchange.sendResponseHeaders(404, -1);
                }
            }
        });
    }

    /** {@return what a process has as {@code AWS_LAMBDA_RUNTIME_API}} */
    String address(HttpContext context) {
        return server.getAddress().getAddress().getHostAddress() + ":"
                + server.getAddress().getPort() + context.getPath();
    }

    void remove(HttpContext context) {
        server.removeContext(context);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}

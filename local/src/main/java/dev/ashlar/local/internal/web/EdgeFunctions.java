package dev.ashlar.local.internal.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ashlar.local.internal.template.Json;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Runs CloudFront Functions in one process of Node, started with the first call and again after it has died. Its JavaScript
 * knows more than CloudFront's does.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/functions-javascript-runtime-20.html">JavaScript
 *     runtime 2.0</a>
 */
final class EdgeFunctions implements AutoCloseable {
    private final String node;
    private final Consumer<String> log;
    private final Set<String> sent = new HashSet<>();
    private @Nullable Process process;
    private @Nullable BufferedWriter in;
    private @Nullable BufferedReader out;
    private int calls;

    EdgeFunctions(Consumer<String> log) {
        this.node = Optional.ofNullable(System.getenv("JSII_NODE")).orElse("node");
        this.log = log;
    }

    /** A function failed. */
    static final class FailedException extends Exception {
        private static final long serialVersionUID = 1L;

        FailedException(String message) {
            super(message);
        }
    }

    /** A function's name for people, and its code. */
    record Code(String name, String text) {}

    /**
     * Calls a function.
     *
     * @param function the function
     * @param event the event
     * @return what it returned, a missing node for nothing
     */
    synchronized JsonNode call(Code function, JsonNode event) throws FailedException {
        JsonNode end;
        try {
            end = exchange(function, event);
        } catch (IOException e) {
            close();
            throw new FailedException("Node (" + node + ") cannot run it: " + e.getMessage()
                    + "; put Node into the PATH, or its path into JSII_NODE");
        }
        end.path("logs").forEach(line -> log.accept("[" + function.name() + "] " + line.asText()));
        if (end.has("error")) {
            sent.remove(function.name());
            throw new FailedException(end.path("error").asText());
        }
        try {
            return Json.parse(end.path("result").asText());
        } catch (IOException e) {
            throw new FailedException("its result must be JSON, got " + e.getMessage());
        }
    }

    private JsonNode exchange(Code function, JsonNode event) throws IOException {
        if (process == null || !process.isAlive()) {
            start();
        }
        ObjectNode call =
                JsonNodeFactory.instance.objectNode().put("id", ++calls).put("name", function.name());
        if (sent.add(function.name())) {
            call.put("code", function.text());
        }
        call.set("event", event);
        in().write(Json.write(call) + "\n");
        in().flush();
        String line = out().readLine();
        if (line == null) {
            throw new IOException("it ended");
        }
        return Json.parse(line);
    }

    private void start() throws IOException {
        close();
        process = new ProcessBuilder(node, "-e", script())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        in = process.outputWriter(UTF_8);
        out = process.inputReader(UTF_8);
    }

    private BufferedWriter in() throws IOException {
        return check(in);
    }

    private BufferedReader out() throws IOException {
        return check(out);
    }

    private static <T> T check(@Nullable T stream) throws IOException {
        if (stream == null) {
            throw new IOException("it is not running");
        }
        return stream;
    }

    private static String script() throws IOException {
        try (InputStream script = EdgeFunctions.class.getResourceAsStream("edge-functions.js")) {
            return new String(script.readAllBytes(), UTF_8);
        }
    }

    @Override
    public synchronized void close() {
        sent.clear();
        if (process != null) {
            process.destroy();
            process = null;
        }
    }
}

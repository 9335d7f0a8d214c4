package dev.ashlar.examples;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A Java function as Lambda runs it with SnapStart: a JVM of its own with AWS's runtime interface client, which makes
 * the class path of the deployed code, creates the handler, runs the hooks before and after the snapshot, and then
 * takes events. What Lambda tells that client over HTTP is told here. No snapshot is taken: the same JVM goes on.
 */
final class LambdaProcess implements AutoCloseable {
    private static final String API = "/2018-06-01/runtime";
    private static final List<String> JARS_OF_THE_RUNTIME = List.of(
            "aws-lambda-java-runtime-interface-client-",
            "aws-lambda-java-core-",
            "aws-lambda-java-serialization-",
            "utils-lite-");
    private static final int SECONDS_TO_ANSWER = 60;
    private static final int POLLS_A_SECOND = 20;

    private final Path log;
    private final Path loadedClasses;
    private final HttpServer api;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final BlockingQueue<String> events = new ArrayBlockingQueue<>(1);
    private final BlockingQueue<String> answers = new ArrayBlockingQueue<>(1);
    private final BlockingQueue<Set<String>> snapshots = new ArrayBlockingQueue<>(1);
    private final Process process;
    private final Set<String> classesBeforeTheSnapshot;

    /**
     * Starts the function, and returns when its hooks ran and it waits for the restore.
     *
     * @param code the deployed code, unzipped
     * @param handler what Lambda calls
     * @param output an existing directory for what the function prints
     */
    LambdaProcess(Path code, String handler, Path output) throws IOException {
        log = output.resolve("function.log");
        loadedClasses = output.resolve("classes.log");
        api = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        api.setExecutor(threads);
        api.createContext(API, this::answer);
        api.start();
        process = start(code, handler);
        classesBeforeTheSnapshot = await(snapshots);
    }

    private Process start(Path code, String handler) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        // These are Lambda's own.
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "--add-opens=java.base/java.io=ALL-UNNAMED",
                        "-Dorg.crac.Core.Compat=com.amazonaws.services.lambda.crac",
                        "-Djava.net.preferIPv4Stack=true",
                        "-Xmx768m",
                        "-Xlog:class+load:file=" + loadedClasses,
                        "-classpath",
                        classPathOfTheRuntime(),
                        "com.amazonaws.services.lambda.runtime.api.client.AWSLambda",
                        handler)
                .directory(code.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("AWS_") || name.startsWith("JAVA_"));
        builder.environment()
                .putAll(Map.of(
                        "AWS_LAMBDA_RUNTIME_API",
                                "127.0.0.1:" + api.getAddress().getPort(),
                        "AWS_LAMBDA_INITIALIZATION_TYPE", "snap-start",
                        "AWS_LAMBDA_FUNCTION_NAME", "web",
                        "AWS_LAMBDA_FUNCTION_VERSION", "1",
                        "AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "1024",
                        "AWS_REGION", "eu-central-1",
                        "LAMBDA_TASK_ROOT", code.toString(),
                        "_HANDLER", handler));
        return builder.start();
    }

    private static String classPathOfTheRuntime() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> JARS_OF_THE_RUNTIME.stream()
                        .anyMatch(Path.of(entry).getFileName().toString()::startsWith))
                .collect(Collectors.joining(File.pathSeparator));
    }

    /** Has the function handle an event, and returns what it answers. */
    String invoke(String event) throws IOException {
        events.add(event);
        return await(answers);
    }

    /** Whether a class was loaded when Lambda would have taken the snapshot. */
    boolean hasInTheSnapshot(String className) {
        return classesBeforeTheSnapshot.contains(className);
    }

    private <T> T await(BlockingQueue<T> queue) throws IOException {
        try {
            for (int i = 0; i < SECONDS_TO_ANSWER * POLLS_A_SECOND && process.isAlive(); i++) {
                T taken = queue.poll(1000 / POLLS_A_SECOND, TimeUnit.MILLISECONDS);
                if (taken != null) {
                    return taken;
                }
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        close();
        throw new AssertionError("The function did not answer; it said:\n" + Files.readString(log));
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String call = exchange.getRequestURI().getPath().substring(API.length());
            String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
            if (call.equals("/restore/next")) {
                snapshots.add(readLoadedClasses());
                respond(exchange, 200, "{}");
            } else if (call.equals("/invocation/next")) {
                respondWithEvent(exchange);
            } else {
                // What failed is an answer too: an object with errorMessage in place of statusCode.
                answers.add(body);
                respond(exchange, 202, "{}");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void respondWithEvent(HttpExchange exchange) throws IOException, InterruptedException {
        String event = events.take();
        Headers headers = exchange.getResponseHeaders();
        headers.add("Lambda-Runtime-Aws-Request-Id", "8476a536-e9f4-11e8-9739-2dfe598c3fcd");
        headers.add("Lambda-Runtime-Deadline-Ms", String.valueOf(System.currentTimeMillis() + 29_000));
        headers.add(
                "Lambda-Runtime-Invoked-Function-Arn", "arn:aws:lambda:eu-central-1:123456789012:function:web:live");
        respond(exchange, 200, event);
    }

    private static void respond(HttpExchange exchange, int status, String json) throws IOException {
        byte[] bytes = json.getBytes(UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    private Set<String> readLoadedClasses() throws IOException {
        // [0.012s][info][class,load] java.lang.Object source: shared objects file
        try (Stream<String> lines = Files.lines(loadedClasses)) {
            return lines.map(line -> line.substring(line.indexOf("] ") + 2).split(" ", 2)[0])
                    .collect(Collectors.toSet());
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
        api.stop(0);
        threads.shutdownNow();
    }
}

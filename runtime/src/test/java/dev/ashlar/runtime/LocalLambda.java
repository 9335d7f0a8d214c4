package dev.ashlar.runtime;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.amazonaws.services.lambda.runtime.LambdaRuntime;
import com.amazonaws.services.lambda.runtime.api.client.AWSLambda;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.serialization.PojoSerializer;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.ashlar.runtime.task.Notes;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.joda.time.DateTime;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.utilslite.SdkInternalThreadLocal;

/**
 * A function as Lambda runs it: each instance is a process of AWS's runtime interface client with a runtime API of its own, holds one
 * event at a time, and is started when an event comes while all others hold one. Of those that hold none the last one goes first.
 */
final class LocalLambda implements AutoCloseable {

    static final String REQUEST = "8476a536-e9f4-11e8-9739-2dfe598c3fcd";

    private final Path directory;
    private final String handler;
    private final Map<String, String> environment;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Instance> instances = new ArrayList<>();
    private final Deque<Instance> idle = new ArrayDeque<>();

    /** What became of an event: the instance that had it, and what was posted to which path of its runtime API. */
    record Outcome(int instance, String path, String body) {}

    private record Invocation(String event, CompletableFuture<Outcome> outcome) {}

    private LocalLambda(Path directory, String handler, Map<String, String> environment) {
        this.directory = directory;
        this.handler = handler;
        this.environment = environment;
    }

    /** Makes a function of this module's classes, its test's handlers and their libraries, laid out as Lambda unpacks them. */
    static LocalLambda create(Path directory, Class<?> handler, Map<String, String> environment) {
        try {
            Path task = directory.resolve("task");
            copy(location(WarmUp.class), task);
            Path handlers = Path.of(Notes.class.getPackageName().replace('.', '/'));
            copy(location(Notes.class).resolve(handlers), task.resolve(handlers));
            Path libraries = Files.createDirectories(task.resolve("lib"));
            for (Path library : List.of(location(APIGatewayV2HTTPEvent.class), location(DateTime.class))) {
                Files.copy(library, libraries.resolve(library.getFileName()));
            }
            unpackNativeLibrary(directory);
            return new LocalLambda(directory, handler.getName(), environment);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path task() {
        return directory.resolve("task");
    }

    /** Hands an event to an instance; the outcome comes when that has done with it. */
    synchronized CompletableFuture<Outcome> invoke(String event) {
        var invocation = new Invocation(event, new CompletableFuture<>());
        Instance instance = idle.isEmpty() ? start() : idle.removeFirst();
        instance.inbox.add(invocation);
        return invocation.outcome;
    }

    /** Starts an instance without an event, as for provisioned concurrency or a snapshot. */
    synchronized Instance start() {
        try {
            Instance instance = new Instance(instances.size());
            instances.add(instance);
            return instance;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    synchronized int instances() {
        return instances.size();
    }

    synchronized void awaitIdle() throws InterruptedException {
        while (idle.size() < instances.size()) {
            wait();
        }
    }

    private synchronized void isIdle(Instance instance) {
        if (instance.inbox.isEmpty()) {
            idle.addFirst(instance);
            notifyAll();
        }
    }

    @Override
    public void close() {
        for (Instance instance : instances) {
            instance.process.destroyForcibly();
            instance.ended.join();
            instance.api.stop(0);
        }
        threads.shutdownNow();
    }

    private static Path location(Class<?> type) {
        try {
            return Path.of(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path copy = to.resolve(from.relativize(file));
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy);
            }
        }
    }

    // Left alone, each process would unpack it to the same file in /tmp, over what the others have loaded.
    private static void unpackNativeLibrary(Path directory) throws IOException {
        String processor = System.getProperty("os.arch").equals("aarch64") ? "aarch_64" : "x86_64";
        try (InputStream library =
                AWSLambda.class.getResourceAsStream("/jni/libaws-lambda-jni.linux-" + processor + ".so")) {
            Files.copy(library, directory.resolve("jni.so"));
        }
    }

    /** A process, and the runtime API that it asks for events. */
    final class Instance {
        private final BlockingQueue<Invocation> inbox = new LinkedBlockingQueue<>();
        private final BlockingQueue<Outcome> told = new LinkedBlockingQueue<>();
        private final AtomicReference<@Nullable Invocation> held = new AtomicReference<>();
        private final int number;
        private final HttpServer api;
        private final Path log;
        private final Process process;
        private final CompletableFuture<Void> ended;

        private Instance(int number) throws IOException {
            this.number = number;
            api = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            api.setExecutor(threads);
            api.createContext("/2018-06-01/runtime/", this::serve);
            api.start();
            log = directory.resolve("instance-" + number + ".log");
            process = startProcess();
            ended = process.onExit().thenRun(this::giveUp);
        }

        /** Waits for what the instance tells beside its answers: errors, and that it may be restored. */
        @Nullable
        Outcome told() throws InterruptedException {
            return told.poll(30, TimeUnit.SECONDS);
        }

        int exitCode() throws InterruptedException {
            return process.waitFor();
        }

        /** Returns all that the process wrote. */
        String log() {
            try {
                return Files.readString(log);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private Process startProcess() throws IOException {
            String classpath = Stream.of(
                            LambdaRuntime.class, AWSLambda.class, PojoSerializer.class, SdkInternalThreadLocal.class)
                    .map(type -> location(type).toString())
                    .collect(Collectors.joining(File.pathSeparator));
            var builder = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-XX:TieredStopAtLevel=1",
                            "-XX:+UseSerialGC",
                            "-Xshare:auto",
                            "-Dcom.amazonaws.services.lambda.runtime.api.client.runtimeapi.NativeClient.JNI="
                                    + directory.resolve("jni.so"),
                            "-Dorg.crac.Core.Compat=com.amazonaws.services.lambda.crac",
                            "-cp",
                            classpath,
                            AWSLambda.class.getName(),
                            handler)
                    .directory(task().toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile());
            builder.environment().clear();
            builder.environment().putAll(environment);
            builder.environment()
                    .put(
                            "AWS_LAMBDA_RUNTIME_API",
                            api.getAddress().getHostString() + ":"
                                    + api.getAddress().getPort());
            return builder.start();
        }

        private void serve(HttpExchange exchange) throws IOException {
            String path = exchange.getRequestURI().getPath().substring("/2018-06-01/runtime/".length());
            String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
            switch (path) {
                case "invocation/next" -> next(exchange);
                case "restore/next" -> {
                    told.add(new Outcome(number, path, body));
                    respond(exchange, 200, "");
                }
                case "init/error", "restore/error" -> {
                    String type = exchange.getRequestHeaders().getFirst("Lambda-Runtime-Function-Error-Type");
                    told.add(new Outcome(number, path, type + " " + body));
                    respond(exchange, 202, "");
                }
                default -> {
                    var outcome = new Outcome(number, path.replace("invocation/" + REQUEST + "/", ""), body);
                    respond(exchange, 202, "");
                    Objects.requireNonNull(held.getAndSet(null), path).outcome.complete(outcome);
                }
            }
        }

        private void next(HttpExchange exchange) throws IOException {
            isIdle(this);
            Invocation invocation;
            try {
                invocation = inbox.take();
            } catch (InterruptedException e) {
                exchange.close();
                return;
            }
            held.set(invocation);
            // Without a type of content the client's native code reads a null pointer, and the process is gone.
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.getResponseHeaders().set("Lambda-Runtime-Aws-Request-Id", REQUEST);
            exchange.getResponseHeaders()
                    .set("Lambda-Runtime-Deadline-Ms", String.valueOf(System.currentTimeMillis() + 29_000));
            respond(exchange, 200, invocation.event);
        }

        private void respond(HttpExchange exchange, int status, String body) throws IOException {
            byte[] bytes = body.getBytes(UTF_8);
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        }

        private void giveUp() {
            var error = new IllegalStateException("Instance " + number + " ended: " + log());
            Stream.concat(Stream.ofNullable(held.get()), inbox.stream())
                    .forEach(each -> each.outcome.completeExceptionally(error));
        }
    }
}

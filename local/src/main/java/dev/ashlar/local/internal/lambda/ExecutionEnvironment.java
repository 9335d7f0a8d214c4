package dev.ashlar.local.internal.lambda;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpContext;
import com.sun.net.httpserver.HttpExchange;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A process of a function, which handles one event at a time.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html">The life of an execution
 *     environment</a>
 */
final class ExecutionEnvironment implements AutoCloseable {
    /** The largest answer. */
    static final int MAX_RESPONSE_BYTES = 6_291_556;

    private static final int ENTITY_TOO_LARGE = 413;

    private enum Signal {
        READY,
        RESPONSE,
        ERROR,
        TOO_LARGE,
        EXITED
    }

    /** What the process says, or that it has ended. */
    @SuppressWarnings("ArrayRecordComponent")
    private record Message(Signal signal, byte[] body) {
        Message(Signal signal) {
            this(signal, new byte[0]);
        }
    }

    private final FunctionConfiguration function;
    private final DeployedCode.Version code;
    private final Host host;
    private final Path directory;
    private final HttpContext context;
    private final Process process;
    private final Output output;
    private final BlockingQueue<Message> messages = new LinkedBlockingQueue<>();
    private final BlockingQueue<Optional<Event>> events = new LinkedBlockingQueue<>();
    private final List<LogLine> log = new ArrayList<>();
    private final AtomicBoolean closed = new AtomicBoolean();
    private final long started = System.nanoTime();

    private volatile String requestId = "";
    private volatile long deadline;
    private long idleSince;
    private Duration initDuration = Duration.ZERO;
    private @Nullable Invocation initFailure;

    ExecutionEnvironment(
            FunctionConfiguration function,
            DeployedCode.Version code,
            Launcher launcher,
            Map<String, String> variables,
            Host host) {
        this.function = function;
        this.code = code;
        this.host = host;
        this.directory = host.newDirectory();
        this.context = host.api().add(this::handle);
        Path temporary = Directories.create(directory.resolve("tmp"));
        Path printed = directory.resolve("output");
        ProcessBuilder builder = new ProcessBuilder(launcher.command(temporary, printed))
                .directory(code.task().toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(printed.toFile()));
        builder.environment().keySet().removeIf(name -> !MachineVariables.ALL.contains(name));
        builder.environment().putAll(variables);
        builder.environment().putAll(launcher.environment(code));
        builder.environment().put("AWS_LAMBDA_RUNTIME_API", host.api().address(context));
        builder.environment().put("TMPDIR", temporary.toString());
        try {
            Files.createFile(printed);
            output = new Output(printed, this::printed);
            process = builder.start();
            process.getOutputStream().close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        host.add(this);
        Future<?> unused = process.onExit().thenRun(() -> messages.add(new Message(Signal.EXITED)));
    }

    /** The variables that processes need to start at all. */
    private static final class MachineVariables {
        static final List<String> ALL =
                File.separatorChar == '\\' ? List.of("SystemRoot", "SYSTEMROOT", "TEMP", "TMP") : List.of();
    }

    /**
     * Waits until the process is ready.
     *
     * @return whether it is, or failed, within the limit
     */
    boolean initialise(String requestId, Duration limit) {
        this.requestId = requestId;
        Message message = await(System.nanoTime() + limit.toNanos());
        initDuration = Duration.ofNanos(System.nanoTime() - started);
        if (message == null) {
            close();
            return false;
        }
        if (message.signal() == Signal.EXITED) {
            initFailure = tell(Failure.exited(requestId, process.exitValue()));
        } else if (message.signal() != Signal.READY) {
            initFailure = tell(new Invocation(Invocation.Outcome.FAILED, message.body()));
        }
        if (initFailure != null) {
            close();
        }
        return true;
    }

    /** Has initialising failed. */
    void fail(Invocation failure) {
        initFailure = tell(failure);
    }

    /** {@return how initialising failed; nothing if it did not} */
    Optional<Invocation> getInitFailure() {
        return Optional.ofNullable(initFailure);
    }

    /** {@return how long initialising took} */
    Duration getInitDuration() {
        return initDuration;
    }

    /** Logs that an invocation begins. */
    void begin(String requestId) {
        this.requestId = requestId;
        log(LogLine.Kind.START, "START RequestId: " + requestId + " Version: " + function.version());
    }

    /** Has the process handle an event. If it cannot go on afterwards, it is closed. */
    Invocation invoke(Event event) {
        requestId = event.requestId();
        deadline = System.currentTimeMillis() + function.timeout().toMillis();
        long end = System.nanoTime() + function.timeout().toNanos();
        events.add(Optional.of(event));
        Message message = await(end);
        if (message == null) {
            close();
            return tell(
                    Thread.currentThread().isInterrupted()
                            ? Failure.ended(requestId)
                            : Failure.timedOut(requestId, function.timeout()));
        }
        Invocation invocation = switch (message.signal()) {
            case RESPONSE -> new Invocation(Invocation.Outcome.RETURNED, message.body());
            case TOO_LARGE -> tell(Failure.responseTooLarge(MAX_RESPONSE_BYTES));
            case EXITED -> tell(Failure.exited(requestId, process.exitValue()));
            default -> new Invocation(Invocation.Outcome.FAILED, message.body());
        };
        // Until it asks for the next event, the invocation has not ended: an error may be its last words.
        Message next = message.signal() == Signal.EXITED ? message : await(end);
        if (next == null || next.signal() != Signal.READY || output.isLong()) {
            close();
        } else {
            output.drain();
        }
        return invocation;
    }

    /** Logs what the process did not tell itself. */
    private Invocation tell(Invocation failure) {
        log(LogLine.Kind.PROBLEM, failure.text());
        return failure;
    }

    private @Nullable Message await(long end) {
        try {
            return messages.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        }
    }

    private void handle(HttpExchange exchange, String path) throws IOException {
        // /invocation/8476a536/response
        String last = path.substring(path.lastIndexOf('/') + 1);
        switch (path) {
            case "/invocation/next" -> next(exchange);
            case "/restore/next" -> respond(exchange, 200, "{}");
            case "/init/error", "/restore/error" -> accept(exchange, Signal.ERROR);
            default -> {
                if (!path.equals("/invocation/" + requestId + "/" + last)) {
                    respond(exchange, 400, new String(Failure.json("InvalidRequestID", "Invalid request ID"), UTF_8));
                } else if (last.equals("response")) {
                    accept(exchange, Signal.RESPONSE);
                } else if (last.equals("error")) {
                    accept(exchange, Signal.ERROR);
                } else {
                    exchange.sendResponseHeaders(404, -1);
                }
            }
        }
    }

    private void next(HttpExchange exchange) throws IOException {
        messages.add(new Message(Signal.READY));
        Optional<Event> taken;
        try {
            taken = events.take();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        }
        if (taken.isEmpty()) {
            return;
        }
        Event event = taken.get();
        Headers headers = exchange.getResponseHeaders();
        headers.add("Content-Type", "application/json");
        headers.add("Lambda-Runtime-Aws-Request-Id", event.requestId());
        headers.add("Lambda-Runtime-Deadline-Ms", String.valueOf(deadline));
        headers.add("Lambda-Runtime-Invoked-Function-Arn", event.arn());
        headers.add("Lambda-Runtime-Trace-Id", Trace.of(event.requestId()));
        send(exchange, 200, event.payload());
    }

    private void accept(HttpExchange exchange, Signal signal) throws IOException {
        byte[] body;
        try (InputStream in = exchange.getRequestBody()) {
            body = in.readNBytes(MAX_RESPONSE_BYTES + 1);
            in.transferTo(OutputStream.nullOutputStream());
        }
        if (body.length > MAX_RESPONSE_BYTES) {
            messages.add(new Message(Signal.TOO_LARGE));
            respond(
                    exchange,
                    ENTITY_TOO_LARGE,
                    new String(
                            Failure.json(
                                    "RequestEntityTooLarge",
                                    "Exceeded maximum allowed payload size (%d bytes).".formatted(MAX_RESPONSE_BYTES)),
                            UTF_8));
        } else {
            messages.add(new Message(signal, body));
            respond(exchange, 202, "{\"status\":\"OK\"}");
        }
    }

    private static void respond(HttpExchange exchange, int status, String json) throws IOException {
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        send(exchange, status, json.getBytes(UTF_8));
    }

    private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        if (body.length > 0) {
            exchange.getResponseBody().write(body);
        }
    }

    private void printed(String text) {
        add(LogLine.output(function.shortPath(), requestId, text));
    }

    private void add(LogLine line) {
        synchronized (log) {
            log.add(line);
        }
        host.log(line);
    }

    /** Logs a line of Lambda's own, after all that the process has printed. */
    void log(LogLine.Kind kind, String text) {
        drain();
        add(new LogLine(function.shortPath(), kind, requestId, Optional.empty(), text));
    }

    void drain() {
        output.drain();
    }

    /** {@return what was logged since the last time} */
    List<LogLine> takeLog() {
        synchronized (log) {
            List<LogLine> taken = List.copyOf(log);
            log.clear();
            return taken;
        }
    }

    Path task() {
        return code.task();
    }

    boolean isClosed() {
        return closed.get();
    }

    boolean isUsable(DeployedCode.Version newest) {
        return !closed.get() && code == newest && process.isAlive();
    }

    void becomeIdle() {
        idleSince = System.nanoTime();
    }

    Duration idle() {
        return Duration.ofNanos(System.nanoTime() - idleSince);
    }

    /** {@return the most memory that the process ever had, in MiB, where the operating system tells} */
    OptionalLong maxMemory() {
        // VmHWM:     98304 kB
        try (Stream<String> lines = Files.lines(Path.of("/proc", String.valueOf(process.pid()), "status"))) {
            return lines.filter(line -> line.startsWith("VmHWM:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) >> 10)
                    .findFirst();
        } catch (IOException | UncheckedIOException e) {
            return OptionalLong.empty();
        }
    }

    /** Ends the process and those that it started. */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        events.add(Optional.empty());
        host.api().remove(context);
        try {
            process.waitFor(1, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        output.close();
        host.remove(this);
        Directories.remove(directory);
        code.leave();
    }
}

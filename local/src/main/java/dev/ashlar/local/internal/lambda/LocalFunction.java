package dev.ashlar.local.internal.lambda;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.ashlar.local.internal.template.Json;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/** One function and its processes: as many as it handles events at one time, up to its concurrency. */
final class LocalFunction {
    /** The largest event. */
    static final int MAX_REQUEST_BYTES = 6 << 20;

    /** How long a function may initialise before Lambda begins again, within the function's timeout. */
    static final Duration INIT = Duration.ofSeconds(10);

    /** The same before a snapshot, unless the function's timeout is longer. */
    private static final Duration INIT_BEFORE_SNAPSHOT = Duration.ofSeconds(130);

    /** Lambda keeps processes for minutes too; it does not say how many. */
    static final Duration KEPT = Duration.ofMinutes(5);

    /** No API waits longer for an answer: what waits longer is nobody's any more. */
    private static final int MAX_SECONDS_TO_WAIT = 30;

    private static final double NANOS_A_MILLI = 1e6;

    private final FunctionConfiguration configuration;
    private final Duration init;
    private final Host host;
    private final Launcher launcher;
    private final Supplier<Map<String, String>> given;
    private final DeployedCode code;
    private final Semaphore free;
    private final Processes processes;
    private final AtomicBoolean toldDifference = new AtomicBoolean();

    /**
     * Creates the function. No process is started yet.
     *
     * @param init how long it may initialise before it begins again
     * @param given variables of this machine, asked for at each start: where services answer, and credentials
     */
    LocalFunction(
            FunctionConfiguration configuration,
            Duration init,
            Launcher launcher,
            Supplier<Map<String, String>> given,
            Host host) {
        this.configuration = configuration;
        this.init = init;
        this.host = host;
        this.launcher = launcher;
        this.given = given;
        this.code = new DeployedCode(configuration, host.newDirectory(), this::problem);
        this.processes = new Processes(code, host.load()::hasRoom);
        this.free = new Semaphore(configuration.reserved().orElse(FunctionConfiguration.PROCESSES), true);
    }

    FunctionConfiguration getConfiguration() {
        return configuration;
    }

    /**
     * Handles an event.
     *
     * @param arn the ARN that is invoked, with its qualifier
     * @param payload the event, as JSON
     */
    Execution invoke(String arn, byte[] payload) {
        if (payload.length > MAX_REQUEST_BYTES) {
            return problem(Failure.requestTooLarge(payload.length, MAX_REQUEST_BYTES));
        }
        long arrived = System.nanoTime();
        if (!isAdmitted()) {
            problem("an event is throttled: %d are being handled, and no more may be"
                    .formatted(configuration.reserved().orElse(FunctionConfiguration.PROCESSES)));
            return new Execution(Failure.throttled(), List.of());
        }
        try {
            Event event = new Event(UUID.randomUUID().toString(), arn, payload);
            Optional<ExecutionEnvironment> kept = processes.await(arrived);
            try {
                return kept.isPresent() ? handle(kept.get(), event, Optional.empty(), List.of()) : start(event);
            } finally {
                processes.leave();
            }
        } catch (RuntimeException e) {
            return problem(Failure.of("Local.NotStarted", String.valueOf(e.getMessage())));
        } finally {
            free.release();
        }
    }

    private Execution start(Event event) {
        Ready ready = startPermitted(event.requestId());
        return ready.environment()
                .map(environment -> handle(environment, event, Optional.of(environment.getInitDuration()), ready.log()))
                .orElseGet(() -> ready.failure().orElseThrow());
    }

    /** Lambda would start more processes than this machine has room for: where it does not throttle, the event waits. */
    private boolean isAdmitted() {
        if (configuration.reserved().isPresent()) {
            return free.tryAcquire();
        }
        try {
            return free.tryAcquire(MAX_SECONDS_TO_WAIT, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /**
     * Starts a process and has it wait for an event, as a deployment with SnapStart does.
     *
     * @return how that failed; nothing if it did not
     */
    Optional<Execution> prepare() {
        try {
            Ready ready = start(UUID.randomUUID().toString());
            ready.environment().ifPresent(processes::keep);
            return ready.failure();
        } catch (RuntimeException e) {
            return Optional.of(problem(Failure.of("Local.NotStarted", String.valueOf(e.getMessage()))));
        }
    }

    /** A new process, or why there is none. */
    private record Ready(Optional<ExecutionEnvironment> environment, Optional<Execution> failure, List<LogLine> log) {}

    private Ready start(String requestId) {
        DeployedCode.Version version = code.use();
        Optional<Invocation> refused = launcher.refuses(version);
        if (refused.isPresent()) {
            version.leave();
            return new Ready(Optional.empty(), Optional.of(problem(refused.get())), List.of());
        }
        List<LogLine> log = new ArrayList<>();
        ExecutionEnvironment environment = initialised(version, requestId, log);
        Optional<Invocation> failure = environment.getInitFailure();
        failure.ifPresent(why -> advise(environment, why));
        log.addAll(environment.takeLog());
        return failure.isEmpty()
                ? new Ready(Optional.of(environment), Optional.empty(), log)
                : new Ready(Optional.empty(), Optional.of(new Execution(failure.get(), log)), log);
    }

    /** {@return a process that is ready, or failed} */
    private ExecutionEnvironment initialised(DeployedCode.Version version, String requestId, List<LogLine> log) {
        if (!toldDifference.getAndSet(true)) {
            launcher.difference().ifPresent(this::problem);
        }
        Duration limit = configuration.snapStart() ? longer(INIT_BEFORE_SNAPSHOT, configuration.timeout()) : init;
        ExecutionEnvironment environment = environment(version);
        if (environment.initialise(requestId, limit)) {
            return environment;
        }
        environment.log(
                LogLine.Kind.PROBLEM,
                "initialising takes more than %d seconds; it begins again within the function's timeout, as in Lambda"
                        .formatted(limit.toSeconds()));
        log.addAll(environment.takeLog());
        ExecutionEnvironment again = environment(code.use());
        if (!again.initialise(requestId, configuration.timeout())) {
            again.fail(Failure.timedOut(requestId, configuration.timeout()));
        }
        return again;
    }

    private ExecutionEnvironment environment(DeployedCode.Version version) {
        return new ExecutionEnvironment(
                configuration, version, launcher, Variables.of(configuration, version, given.get()), host);
    }

    private Execution handle(
            ExecutionEnvironment environment, Event event, Optional<Duration> init, List<LogLine> before) {
        environment.begin(event.requestId());
        long start = System.nanoTime();
        Invocation invocation = environment.invoke(event);
        Duration duration = Duration.ofNanos(System.nanoTime() - start);
        if (invocation.isReturned() && !isJson(invocation.payload())) {
            environment.log(LogLine.Kind.PROBLEM, "the answer is not JSON, and is handed on as it is, as Lambda does");
        }
        if (!invocation.isReturned()) {
            advise(environment, invocation);
        }
        environment.log(LogLine.Kind.REPORT, report(environment, event, duration, init));
        List<LogLine> log = new ArrayList<>(before);
        log.addAll(environment.takeLog());
        processes.keep(environment);
        return new Execution(invocation, List.copyOf(log));
    }

    private void advise(ExecutionEnvironment environment, Invocation failure) {
        launcher.advice(environment.task(), failure).ifPresent(advice -> environment.log(LogLine.Kind.PROBLEM, advice));
    }

    private String report(ExecutionEnvironment environment, Event event, Duration duration, Optional<Duration> init) {
        OptionalLong memory = environment.maxMemory();
        return "REPORT RequestId: %s Duration: %s ms Memory Size: %d MB"
                        .formatted(event.requestId(), millis(duration), configuration.memorySize())
                + (memory.isPresent() ? " Max Memory Used: " + memory.getAsLong() + " MB" : "")
                + init.map(took -> " Init Duration: " + millis(took) + " ms").orElse("");
    }

    private static String millis(Duration duration) {
        return String.format(Locale.ROOT, "%.2f", duration.toNanos() / NANOS_A_MILLI);
    }

    private static boolean isJson(byte[] payload) {
        try {
            Json.parse(new String(payload, UTF_8));
            return true;
        } catch (JsonProcessingException e) {
            return false;
        }
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    private Ready startPermitted(String requestId) {
        try {
            return start(requestId);
        } finally {
            processes.started();
        }
    }

    /** {@return what differs from Lambda, if that is known} */
    Optional<String> difference() {
        return launcher.difference();
    }

    /** Ends processes that have had nothing to do for longer than a time. */
    void endIdle(Duration kept) {
        processes.endIdle(kept);
    }

    private Execution problem(Invocation failure) {
        return new Execution(failure, List.of(problem(failure.text())));
    }

    private LogLine problem(String text) {
        LogLine line = new LogLine(configuration.shortPath(), LogLine.Kind.PROBLEM, "", Optional.empty(), text);
        host.log(line);
        return line;
    }
}

package dev.ashlar.local.internal.lambda;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What all functions share: the runtime API, a temporary directory, and the end of all processes with this JVM. */
final class Host implements AutoCloseable {
    private static final int MILLIS_BETWEEN_LOOKS_AT_LOGS = 20;

    private final RuntimeApi api = new RuntimeApi();
    private final MachineLoad load = new MachineLoad();
    private final Path directory;
    private final Path nodeClient;
    private final Consumer<LogLine> log;
    private final Set<ExecutionEnvironment> running = ConcurrentHashMap.newKeySet();
    private final AtomicLong count = new AtomicLong();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "ashlar-functions");
        thread.setDaemon(true);
        return thread;
    });
    private @Nullable JavaRuntime javaRuntime;
    private final Thread shutdown = new Thread(this::end, "ashlar-functions-end");

    Host(Consumer<LogLine> log) {
        this.log = log;
        try {
            directory = Files.createTempDirectory("ashlar-functions").toRealPath();
            nodeClient = directory.resolve("runtime.mjs");
            try (var in = Host.class.getResourceAsStream("runtime.mjs")) {
                Files.copy(Objects.requireNonNull(in), nodeClient);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Runtime.getRuntime().addShutdownHook(shutdown);
        every(MILLIS_BETWEEN_LOOKS_AT_LOGS, () -> running.forEach(ExecutionEnvironment::drain));
    }

    MachineLoad load() {
        return load;
    }

    RuntimeApi api() {
        return api;
    }

    Path nodeClient() {
        return nodeClient;
    }

    /** {@return AWS's Java runtime} */
    synchronized JavaRuntime javaRuntime() {
        if (javaRuntime == null) {
            javaRuntime = JavaRuntime.create(newDirectory());
        }
        return javaRuntime;
    }

    /** {@return the path of a new directory} */
    Path newDirectory() {
        return Directories.create(directory.resolve(String.valueOf(count.incrementAndGet())));
    }

    /** Tells a line. Who listens cannot stop a function by throwing. */
    void log(LogLine line) {
        try {
            log.accept(line);
        } catch (RuntimeException e) {
            System.err.println("A listener of the log failed: " + e);
        }
    }

    void every(long millis, Runnable work) {
        Future<?> unused = clock.scheduleWithFixedDelay(
                () -> {
                    try {
                        work.run();
                    } catch (RuntimeException e) {
                        // One failure must not end the work.
                        System.err.println("Looking after functions failed: " + e);
                    }
                },
                millis,
                millis,
                TimeUnit.MILLISECONDS);
    }

    void add(ExecutionEnvironment environment) {
        running.add(environment);
    }

    void remove(ExecutionEnvironment environment) {
        running.remove(environment);
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(shutdown);
        } catch (IllegalStateException e) {
            // The JVM is ending: the hook is running, or will.
        }
        end();
    }

    /** Whoever comes second waits: a process whose runtime API is gone before itself tells of that. */
    private synchronized void end() {
        clock.shutdownNow();
        running.forEach(ExecutionEnvironment::close);
        api.close();
        Directories.remove(directory);
    }
}

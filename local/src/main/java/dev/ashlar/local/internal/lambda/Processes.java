package dev.ashlar.local.internal.lambda;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/**
 * The processes of a function that have nothing to do, and the events that wait for one: what came first gets the first.
 *
 * <p>The first process starts at once. Another one starts when an event has waited for a while, also since the last one was
 * started: most events end sooner than a process starts. It takes a processor for seconds, so that it waits for longer where
 * there is none to spare: the events that are handled would take so much longer that one process after the other would be
 * started for those behind them.
 */
final class Processes {
    static final Duration PATIENCE = Duration.ofMillis(100);
    private static final Duration PATIENCE_WITHOUT_ROOM = Duration.ofSeconds(5);

    /** Many that start at one time keep those from working that have started. */
    static final int MAX_STARTING = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);

    private final DeployedCode code;
    private final BooleanSupplier hasRoom;
    private final ReentrantLock lock = new ReentrantLock();

    // All that follows is guarded by the lock.
    private final Deque<ExecutionEnvironment> idle = new ArrayDeque<>();
    private final Deque<Condition> waiting = new ArrayDeque<>();
    private int starting;

    /** How many events have a process, or one that starts for them. */
    private int busy;

    private long lastStarted = System.nanoTime();

    /**
     * Creates the processes. None is started yet.
     *
     * @param code the code that a process must have been started with
     * @param hasRoom whether this machine has processor time to spare
     */
    Processes(DeployedCode code, BooleanSupplier hasRoom) {
        this.code = code;
        this.hasRoom = hasRoom;
    }

    /**
     * Waits until a process is free, or another one may be started. Whoever got either leaves in the end.
     *
     * @param arrived since when the event waits
     * @return the free process, or nothing if one is to be started
     */
    Optional<ExecutionEnvironment> await(long arrived) {
        lock.lock();
        Condition turn = lock.newCondition();
        waiting.addLast(turn);
        try {
            while (waiting.peekFirst() != turn) {
                turn.await();
            }
            while (true) {
                Optional<ExecutionEnvironment> found = takeIdle();
                if (found.isPresent() || mayStart(arrived)) {
                    starting += found.isPresent() ? 0 : 1;
                    busy++;
                    return found;
                }
                turn.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while all processes were busy", e);
        } finally {
            waiting.remove(turn);
            tellFirst();
            lock.unlock();
        }
    }

    private void tellFirst() {
        Condition first = waiting.peekFirst();
        if (first != null) {
            first.signal();
        }
    }

    private boolean mayStart(long arrived) {
        // Asked each time: the load is that since it was asked last.
        Duration patience = hasRoom.getAsBoolean() ? PATIENCE : PATIENCE_WITHOUT_ROOM;
        Duration waited = Duration.ofNanos(System.nanoTime() - Math.max(arrived, lastStarted));
        return busy == 0 || (starting < MAX_STARTING && waited.compareTo(patience) >= 0);
    }

    private Optional<ExecutionEnvironment> takeIdle() {
        DeployedCode.Version newest = code.use();
        try {
            closeIdle(environment -> !environment.isUsable(newest));
            return Optional.ofNullable(idle.pollFirst());
        } finally {
            newest.leave();
        }
    }

    /** Has a process that was waited for started, or failed to. */
    void started() {
        changed(() -> {
            starting--;
            lastStarted = System.nanoTime();
        });
    }

    /** An event that had a process has been handled. */
    void leave() {
        changed(() -> busy--);
    }

    /** Keeps a process for the next event. */
    void keep(ExecutionEnvironment environment) {
        if (environment.isClosed()) {
            return;
        }
        environment.becomeIdle();
        changed(() -> idle.addFirst(environment));
    }

    /** Ends processes that have had nothing to do for longer than a time. */
    void endIdle(Duration kept) {
        changed(() -> closeIdle(environment -> environment.idle().compareTo(kept) > 0));
    }

    private void changed(Runnable change) {
        lock.lock();
        try {
            change.run();
            tellFirst();
        } finally {
            lock.unlock();
        }
    }

    private void closeIdle(Predicate<ExecutionEnvironment> which) {
        for (Iterator<ExecutionEnvironment> all = idle.iterator(); all.hasNext(); ) {
            ExecutionEnvironment environment = all.next();
            if (which.test(environment)) {
                all.remove();
                environment.close();
            }
        }
    }
}

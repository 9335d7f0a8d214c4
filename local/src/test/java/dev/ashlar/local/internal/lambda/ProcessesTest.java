package dev.ashlar.local.internal.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The processes that these tests start are not there: it is seen who may start one, and when. */
class ProcessesTest {
    private static final Duration SOON = Duration.ofSeconds(30);

    @TempDir
    private Path code;

    private final AtomicBoolean room = new AtomicBoolean(true);
    private final List<Integer> admitted = new CopyOnWriteArrayList<>();

    @Test
    void whatCameFirstGetsTheFirst() {
        Processes processes = processes();
        for (int event = 0; event < 10; event++) {
            handle(processes, event);
        }

        for (int event = 0; event < 10; event++) {
            int before = event;
            await().atMost(SOON).until(() -> admitted.size() > before);
            processes.started();
            processes.leave();
        }

        assertThat(admitted)
                .containsExactlyElementsOf(IntStream.range(0, 10).boxed().toList());
    }

    @Test
    void startsAnotherForWhatHasWaited() {
        Processes processes = processes();
        handle(processes, 0);
        processes.started();
        long begin = System.nanoTime();

        handle(processes, 1);

        await().atMost(SOON).until(() -> admitted.contains(1));
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThanOrEqualTo(Processes.PATIENCE);
    }

    @Test
    void startsNoOtherWhereTheMachineHasNoRoom() throws InterruptedException {
        Processes processes = processes();
        handle(processes, 0);
        processes.started();
        room.set(false);

        handle(processes, 1);
        Thread.sleep(Processes.PATIENCE.multipliedBy(4).toMillis());
        assertThat(admitted).containsExactly(0);

        room.set(true);
        await().atMost(SOON).until(() -> admitted.contains(1));
    }

    @Test
    void startsOneAllTheSameWhenThatLasts() {
        room.set(false);
        Processes processes = processes();
        handle(processes, 0);
        processes.started();

        handle(processes, 1);

        await().atMost(SOON).until(() -> admitted.contains(1));
    }

    @Test
    void startsFewAtATime() throws InterruptedException {
        Processes processes = processes();
        for (int event = 0; event <= Processes.MAX_STARTING; event++) {
            handle(processes, event);
        }
        await().atMost(SOON).until(() -> admitted.size() == Processes.MAX_STARTING);
        Thread.sleep(Processes.PATIENCE.multipliedBy(4).toMillis());
        assertThat(admitted).hasSize(Processes.MAX_STARTING);

        processes.started();

        await().atMost(SOON).until(() -> admitted.size() == Processes.MAX_STARTING + 1);
    }

    /** Returns when the event has a process, or waits for one. */
    private void handle(Processes processes, int event) {
        long arrived = System.nanoTime();
        Thread thread = new Thread(() -> {
            Optional<ExecutionEnvironment> unused = processes.await(arrived);
            admitted.add(event);
        });
        thread.setDaemon(true);
        thread.start();
        await().atMost(SOON).pollInterval(Duration.ofMillis(1)).until(() -> switch (thread.getState()) {
            case WAITING, TIMED_WAITING, TERMINATED -> true;
            default -> false;
        });
    }

    private Processes processes() {
        FunctionConfiguration function = new FunctionConfiguration(
                "Shop/F",
                "F",
                "arn:aws:lambda:eu-central-1:000000000000:function:F",
                "$LATEST",
                "java17",
                "shop.Handlers",
                128,
                Duration.ofSeconds(3),
                Map.of(),
                code,
                List.of(),
                false,
                new FunctionConfiguration.Logging(false, Optional.empty(), "logs"),
                OptionalInt.empty());
        return new Processes(new DeployedCode(function, code, line -> {}), room::get);
    }
}

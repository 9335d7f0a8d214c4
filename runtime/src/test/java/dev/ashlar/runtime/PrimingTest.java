package dev.ashlar.runtime;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import dev.ashlar.runtime.LocalLambda.Outcome;
import dev.ashlar.runtime.task.NotPrimed;
import dev.ashlar.runtime.task.Primed;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class PrimingTest {

    private static final Map<String, String> SNAP_START = Map.of("AWS_LAMBDA_INITIALIZATION_TYPE", "snap-start");
    private static final Map<String, String> ON_DEMAND = Map.of("AWS_LAMBDA_INITIALIZATION_TYPE", "on-demand");

    @TempDir
    private Path directory;

    @Test
    @EnabledOnOs(OS.LINUX)
    void runsBeforeTheSnapshot() throws Exception {
        try (var lambda = LocalLambda.create(directory, Primed.class, SNAP_START)) {
            var instance = lambda.start();
            assertThat(instance.told()).isEqualTo(new Outcome(0, "restore/next", ""));
            lambda.awaitIdle();

            assertThat(lambda.invoke("\"x\"").get(30, SECONDS).body())
                    .isEqualTo("[\"constructed\",\"registered last\",\"registered first\"]");
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void doesNotRunWithoutASnapshot() throws Exception {
        try (var lambda = LocalLambda.create(directory, Primed.class, ON_DEMAND)) {
            assertThat(lambda.invoke("\"x\"").get(30, SECONDS).body()).isEqualTo("[\"constructed\"]");
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void thereIsNoSnapshotIfItFails() throws Exception {
        try (var lambda = LocalLambda.create(directory, NotPrimed.class, SNAP_START)) {
            var instance = lambda.start();
            Outcome told = Objects.requireNonNull(instance.told());

            assertThat(told.path()).isEqualTo("init/error");
            assertThat(told.body()).startsWith("Runtime.BeforeCheckpointError ");
            assertThat(instance.exitCode()).isEqualTo(64);
            assertThat(instance.log()).contains("Suppressed: java.io.FileNotFoundException: No table Notes");
        }
    }

    @Test
    void isDroppedOutsideLambda() {
        Priming.beforeSnapshot(() -> {
            throw new AssertionError("The action was run");
        });
    }

    @Test
    @SuppressWarnings("NullAway") // What code without null annotations may do.
    void needsAnAction() {
        assertThatNullPointerException()
                .isThrownBy(() -> Priming.beforeSnapshot(null))
                .withMessage("action");
    }

    @Test
    void tellsThatTheRuntimeHasNoCrac() {
        assertThatIllegalStateException()
                .isThrownBy(() -> Priming.register(() -> {}, "jdk.crac"))
                .withMessage("Priming must find CRaC in the runtime with SnapStart, got none in jdk.crac");
    }
}

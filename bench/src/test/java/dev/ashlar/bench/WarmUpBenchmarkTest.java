package dev.ashlar.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/** Runs the benchmark, prints its table and holds the documented limit. */
@Tag("full")
class WarmUpBenchmarkTest {

    @Test
    void anEventThatIsNoPingPaysLessThanAMicrosecond() throws RunnerException {
        var options = new OptionsBuilder()
                .include(WarmUpBenchmark.class.getName())
                .shouldFailOnError(true)
                .build();

        Map<String, Double> nanoseconds = new Runner(options)
                .run().stream()
                        .collect(Collectors.toMap(
                                run -> run.getPrimaryResult().getLabel(),
                                run -> run.getPrimaryResult().getScore()));

        assertThat(nanoseconds).hasSize(5);
        assertThat(cost("warmStream", nanoseconds)).isLessThan(1000);
        assertThat(cost("warmStreamLikeAPing", nanoseconds)).isLessThan(1000);
    }

    private static double cost(String warm, Map<String, Double> nanoseconds) {
        return nanoseconds.getOrDefault(warm, Double.NaN) - nanoseconds.getOrDefault("stream", Double.NaN);
    }
}

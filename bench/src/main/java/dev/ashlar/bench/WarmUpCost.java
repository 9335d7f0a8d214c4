package dev.ashlar.bench;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** What an event pays that is no ping. */
final class WarmUpCost implements Row {
    private static final int AIM_NANOSECONDS = 1000;

    @Override
    public String name() {
        return "warmup";
    }

    @Override
    public String title() {
        return "a normal event through `WarmUp`";
    }

    @Override
    public int rounds() {
        return 2;
    }

    @Override
    public Section measure(int rounds) throws Exception {
        OptionsBuilder options = new OptionsBuilder();
        options.include(WarmUpBenchmark.class.getName()).shouldFailOnError(true).verbosity(VerboseMode.SILENT);
        if (rounds == 1) {
            options.forks(0).warmupIterations(0).measurementIterations(1).measurementTime(TimeValue.milliseconds(10));
        } else {
            options.forks(rounds);
        }
        Map<String, Double> nanoseconds = new Runner(options.build())
                .run().stream()
                        .collect(Collectors.toMap(
                                run -> run.getPrimaryResult().getLabel(),
                                run -> run.getPrimaryResult().getScore()));
        return new Section(
                "The bare handler, by AWS's runtime interface client, measured by JMH.",
                List.of(
                        line("a stream handler", "warmStream", "stream", nanoseconds),
                        line(
                                "the same, with an event as like a ping as can be",
                                "warmStreamLikeAPing",
                                "stream",
                                nanoseconds),
                        line("a handler with objects", "warmObject", "object", nanoseconds)),
                List.of());
    }

    private static Line line(String what, String warm, String bare, Map<String, Double> nanoseconds) {
        double with = nanoseconds.getOrDefault(warm, Double.NaN);
        double without = nanoseconds.getOrDefault(bare, Double.NaN);
        return new Line(
                what,
                nanoseconds(with),
                nanoseconds(without),
                String.format(Locale.ROOT, "%+.0f ns", with - without),
                0,
                "under " + AIM_NANOSECONDS + " ns more",
                with - without < AIM_NANOSECONDS);
    }

    private static String nanoseconds(double value) {
        return String.format(Locale.ROOT, "%.0f ns", value);
    }
}

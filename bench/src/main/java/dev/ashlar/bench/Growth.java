package dev.ashlar.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Whether a large app takes more for each pattern than a small one, and how much memory it needs. */
final class Growth implements Row {
    private static final double AIM = 1.2;
    private static final int HEAP_MIB = 512;

    private final Workshop workshop;

    Growth(Workshop workshop) {
        this.workshop = workshop;
    }

    @Override
    public String name() {
        return "growth";
    }

    @Override
    public String title() {
        return "growth: 300 patterns in 30 stacks";
    }

    @Override
    public int rounds() {
        return 5;
    }

    @Override
    public Section measure(int rounds) throws Exception {
        int many = rounds == 1 ? 20 : 300;
        int few = rounds == 1 ? 10 : 30;
        List<Map<String, Double>> large = new ArrayList<>();
        Comparison comparison = Comparison.alternately(
                rounds,
                () -> {
                    large.add(run(many));
                    return perPattern(large.get(large.size() - 1), many);
                },
                () -> perPattern(run(few), few));
        return new Section(
                ("%d patterns in %d stacks beside %d in %d: the five patterns in turn, constructed and synthesised without"
                                + " validation, each time in a new JVM of at most %d MiB that has made 10 before. Checked: as"
                                + " many stacks were written, each with 10 patterns.")
                        .formatted(many, many / 10, few, few / 10, HEAP_MIB),
                List.of(
                        Line.ofMillis("time a pattern", comparison, AIM),
                        memory("largest heap of the JVM", large, "heap", "under " + HEAP_MIB + " MiB"),
                        memory("largest memory of Node.js", large, "node", "")),
                List.of());
    }

    private Map<String, Double> run(int patterns) throws Exception {
        return Command.java(
                        workshop.module(),
                        List.of("-Xmx" + HEAP_MIB + "m", "-XX:+UseSerialGC"),
                        GrowthRun.class,
                        String.valueOf(patterns),
                        workshop.newFolder("growth").toString())
                .figures();
    }

    private static double perPattern(Map<String, Double> figures, int patterns) {
        return figures.getOrDefault("millis", Double.NaN) / patterns;
    }

    private static Line memory(String what, List<Map<String, Double>> runs, String name, String aim) {
        double most = runs.stream()
                .mapToDouble(run -> run.getOrDefault(name, Double.NaN))
                .max()
                .orElse(Double.NaN);
        return new Line(
                what,
                String.format(Locale.ROOT, "%.0f MiB", most),
                "",
                "",
                0,
                aim,
                aim.isEmpty() ? null : most < HEAP_MIB);
    }
}

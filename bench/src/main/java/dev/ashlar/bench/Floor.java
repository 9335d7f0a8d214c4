package dev.ashlar.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** How far Java is from where the templates are made: in JavaScript. */
final class Floor implements Row {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Workshop workshop;
    private final Inputs inputs;

    Floor(Workshop workshop, Inputs inputs) {
        this.workshop = workshop;
        this.inputs = inputs;
    }

    @Override
    public String name() {
        return "floor";
    }

    @Override
    public String title() {
        return "distance to the floor";
    }

    @Override
    public int rounds() {
        return 9;
    }

    @Override
    public Section measure(int rounds) throws Exception {
        Path folder = workshop.newFolder("floor");
        Path java = folder.resolve("java");
        Path script = folder.resolve("javascript");
        List<Map<String, Double>> inJava = new ArrayList<>();
        List<Map<String, Double>> inJavaScript = new ArrayList<>();
        Command ours = Command.java(
                workshop.module(),
                List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto"),
                FloorRun.class,
                java.toString(),
                inputs.jar().toString());
        Command against = Command.of(
                workshop.javascript(),
                "node",
                "floor.mjs",
                script.toString(),
                inputs.jar().toString());
        Comparison comparison =
                Comparison.alternately(rounds, () -> secondsOf(ours, inJava), () -> secondsOf(against, inJavaScript));
        TemplateFacts.requireSame("QueueProcessor", factsIn(java), factsIn(script));
        return new Section(
                "A `QueueProcessor` in a process of its own, from start to end and without validation, beside the same template"
                        + " in JavaScript, which is what TypeScript becomes. Checked: the templates are the same, but for names.",
                List.of(Line.toldSeconds("one process", comparison)),
                List.of(
                        "Of which in Java: " + parts(inJava, List.of("jvm", "node", "construct", "synth"))
                                + ", the rest ends both processes",
                        "Of which in JavaScript: " + parts(inJavaScript, List.of("load", "construct", "synth"))
                                + ", the rest starts and ends Node.js",
                        "`node` is Node.js started by jsii, which unpacks CDK's bundle and loads it; the rest of the difference is"
                                + " the JVM, and one round trip for each call into Node."));
    }

    private static double secondsOf(Command command, List<Map<String, Double>> figures) throws Exception {
        long start = System.nanoTime();
        figures.add(command.with("CDK_VALIDATION", "false").figures());
        return (System.nanoTime() - start) / 1e9;
    }

    private static TemplateFacts factsIn(Path assembly) throws Exception {
        return TemplateFacts.of(
                JSON.readTree(assembly.resolve("Shop.template.json").toFile()));
    }

    private static String parts(List<Map<String, Double>> runs, List<String> names) {
        List<String> parts = new ArrayList<>();
        for (String name : names) {
            List<Double> values =
                    runs.stream().map(run -> run.getOrDefault(name, Double.NaN)).toList();
            parts.add(String.format(Locale.ROOT, "`%s` %.0f ms", name, Comparison.quantile(values, 0.5)));
        }
        return String.join(", ", parts);
    }
}

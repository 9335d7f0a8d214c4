package dev.ashlar.bench;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/** What it costs to find out that the code of a function need not be built. */
final class UnchangedCode implements Row {
    static final String MODULE = "examples/handlers/guestbook";

    private static final double AIM_MILLIS = 100;

    private final Workshop workshop;

    UnchangedCode(Workshop workshop) {
        this.workshop = workshop;
    }

    @Override
    public String name() {
        return "code";
    }

    @Override
    public String title() {
        return "unchanged function code";
    }

    @Override
    public int rounds() {
        return 7;
    }

    @Override
    public Section measure(int rounds) throws Exception {
        Command synth = synth("measure");
        Command build = Command.of(
                workshop.repository(),
                "./mvnw",
                "--quiet",
                "--projects",
                MODULE,
                "--also-make",
                "package",
                "-DskipTests");
        synth("build").output();
        build.output();
        Comparison comparison =
                Comparison.alternately(rounds, () -> added(synth.figures()), () -> build.seconds() * 1000);
        double added = comparison.medianOfOurs();
        return new Section(
                ("The handlers of the guestbook by `FunctionCode.maven` in a new JVM, beyond what the same files take by CDK's"
                        + " `Code.fromAsset`; beside `./mvnw package` of that module each time, without its tests."
                        + " Checked: both functions have code, and nothing was built."),
                List.of(new Line(
                        "added to a synth",
                        Line.number(added, "ms"),
                        Line.number(comparison.medianOfAgainst(), "ms"),
                        comparison.ratioWithSpread(),
                        rounds,
                        "under 100 ms",
                        added < AIM_MILLIS)),
                List.of());
    }

    private Command synth(String what) throws IOException {
        return Command.java(
                workshop.repository(),
                List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"),
                UnchangedCodeRun.class,
                workshop.newFolder("code").toString(),
                what);
    }

    private static double added(Map<String, Double> figures) {
        return figures.getOrDefault("maven", Double.NaN) - figures.getOrDefault("asset", Double.NaN);
    }
}

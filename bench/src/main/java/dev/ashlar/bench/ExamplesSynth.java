package dev.ashlar.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** {@code cdk synth} of this repository's examples, in a copy of it, beside the form that CDK's Java template has. */
final class ExamplesSynth implements Row {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String EXEC_PLUGIN = "org.codehaus.mojo:exec-maven-plugin:3.6.2:java";
    private static final String HANDLER =
            "examples/handlers/guestbook/src/main/java/dev/ashlar/examples/guestbook/GuestbookHandler.java";
    private static final String EDITED = "Something went wrong on our side.";

    private static final String WHAT_IS_THE_SAME =
            "The CLI, and with it CDK's validation of five stacks, take the same time on both sides, and so do Maven's start and"
                    + " javac with Error Prone after an edit: what can be less is the app and its start.";
    private static final String WHERE_IT_GOES =
            "A profile of the app: the JVM starts in a twelfth of its time; a fifth passes until Node has loaded CDK; a half"
                    + " goes into the first stack, where each class of Java and of JavaScript is loaded and run for the first time,"
                    + " among them CDK's class of time zones, which asks Node for all 352; the four other stacks take a fifth, and"
                    + " writing all templates a twelfth. Node waits for the next message in half of that time.";

    private final Workshop workshop;

    ExamplesSynth(Workshop workshop) {
        this.workshop = workshop;
    }

    @Override
    public String name() {
        return "synth";
    }

    @Override
    public String title() {
        return "synth of the examples";
    }

    @Override
    public int rounds() {
        return 5;
    }

    @Override
    public Section measure(int rounds) throws Exception {
        Path folder = workshop.newFolder("synth");
        Path oursOut = folder.resolve("ours");
        Path stockOut = folder.resolve("stock");
        // A copy each: what one leaves, built by another program, the other would build anew.
        Workshop copy = workshop.copyTo(Files.createDirectories(folder.resolve("copy")));
        Workshop other = workshop.copyTo(Files.createDirectories(folder.resolve("other")));
        Stock stock = Stock.prepare(other, folder.resolve("repository"));
        // What renders the site of the documentation is prepared by this repository's own build alone.
        other.cdk("synth", "--quiet", "--output", stockOut.toString()).output();
        Command ours =
                copy.cdk("synth", "--quiet", "--output", oursOut.toString()).with("CDK_VALIDATION", "true");
        Command against = stock.synth(stockOut).with("CDK_VALIDATION", "true");

        ours.output();
        against.output();
        requireSameTemplates(oursOut, stockOut);
        List<Line> lines = new ArrayList<>();
        lines.add(Line.ofSeconds(
                "nothing changed, validation on",
                Comparison.alternately(rounds, ours::seconds, against::seconds),
                0.55));
        Command oursUnchecked = ours.with("CDK_VALIDATION", "false");
        Command againstUnchecked = against.with("CDK_VALIDATION", "false");
        lines.add(Line.ofSeconds(
                "nothing changed, validation off",
                Comparison.alternately(rounds, oursUnchecked::seconds, againstUnchecked::seconds),
                0.4));
        lines.add(Line.toldSeconds(
                "Ashlar with validation off, against on",
                Comparison.alternately(rounds, oursUnchecked::seconds, ours::seconds)));
        Edits edits = new Edits(copy.repository().resolve(HANDLER));
        Edits otherEdits = new Edits(other.repository().resolve(HANDLER));
        lines.add(Line.ofSeconds(
                "after one handler's edit, validation on",
                Comparison.alternately(
                        (rounds + 1) / 2,
                        () -> {
                            edits.next();
                            return ours.seconds();
                        },
                        () -> {
                            otherEdits.next();
                            double built = stock.buildHandlers().seconds();
                            // The app would build it once more: what is measured is the app where that is done.
                            against.output();
                            return built + against.seconds();
                        }),
                0.6));
        lines.add(told("the CLI alone", rounds, copy.cdk("--version")));
        lines.add(told("the app alone, validation off", rounds, appOf(copy, oursOut)));
        Command compile = stock.compileHandlers();
        lines.add(told("Maven alone, after one handler's edit", (rounds + 1) / 2, () -> {
            otherEdits.next();
            return compile.seconds();
        }));
        return new Section(
                "`npx cdk synth -q` with this repository's `cdk.json`, beside the same app in the form of CDK's Java template,"
                        + " `mvn -e -q compile exec:java`; after an edit of the guestbook's handler beside `mvn package` of it and"
                        + " that. Checked: both write the same templates, byte by byte.",
                lines,
                List.of(WHAT_IS_THE_SAME, WHERE_IT_GOES));
    }

    private static Line told(String what, int rounds, Command command) throws Exception {
        return told(what, rounds, command::seconds);
    }

    private static Line told(String what, int rounds, Measured measured) throws Exception {
        List<Double> seconds = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            seconds.add(measured.once());
        }
        return Line.told(what, Line.number(Comparison.quantile(seconds, 0.5), "s"), "", "");
    }

    private static Command appOf(Workshop copy, Path output) {
        return Command.of(copy.repository(), "node", "bin/app.mjs")
                .with("CDK_OUTDIR", output.toString())
                .with("CDK_VALIDATION", "false");
    }

    private static void requireSameTemplates(Path ours, Path stock) throws IOException {
        Map<String, JsonNode> own = templates(ours);
        if (own.isEmpty() || !own.equals(templates(stock))) {
            throw new IllegalStateException(
                    "both must write the same templates, got others in " + ours + " and " + stock);
        }
    }

    private static Map<String, JsonNode> templates(Path assembly) throws IOException {
        Map<String, JsonNode> templates = new TreeMap<>();
        try (Stream<Path> files = Files.list(assembly)) {
            for (Path file : files.filter(each -> each.toString().endsWith(".template.json"))
                    .toList()) {
                templates.put(file.getFileName().toString(), JSON.readTree(file.toFile()));
            }
        }
        return templates;
    }

    /** Changes of a handler, each another one. */
    private static final class Edits {
        private final Path file;
        private final String original;
        private int count;

        private Edits(Path file) throws IOException {
            this.file = file;
            this.original = Files.readString(file);
            if (!original.contains(EDITED)) {
                throw new IllegalStateException(file + " must contain what is edited, got no \"" + EDITED + "\"");
            }
        }

        private void next() throws IOException {
            count++;
            Files.writeString(file, original.replace(EDITED, EDITED + " (" + count + ")"));
        }
    }

    /** The form of CDK's Java template, whose Maven finds the modules of a reactor in a repository. */
    private record Stock(Workshop copy, String maven, Path repository) {

        static Stock prepare(Workshop copy, Path repository) throws IOException, InterruptedException {
            Stock stock = new Stock(copy, maven(copy), repository);
            // In a repository of its own, behind which lies the machine's.
            stock.maven("--quiet", "--projects", "bom,examples", "--also-make", "install", "-DskipTests")
                    .output();
            return stock;
        }

        Command synth(Path output) {
            String app = String.join(
                    " ",
                    maven(
                                    "-e",
                                    "-q",
                                    "-f",
                                    "examples/pom.xml",
                                    "compile",
                                    EXEC_PLUGIN,
                                    "-Dexec.mainClass=dev.ashlar.examples.ExamplesApp")
                            .line());
            return copy.cdk("synth", "--quiet", "--output", output.toString(), "--build", "", "--app", app);
        }

        Command buildHandlers() {
            return maven("-q", "--projects", UnchangedCode.MODULE, "--also-make", "package", "-DskipTests");
        }

        Command compileHandlers() {
            return maven("-q", "--projects", UnchangedCode.MODULE, "--also-make", "process-classes");
        }

        private Command maven(String... arguments) {
            return Command.of(
                    copy.repository(),
                    Stream.concat(
                                    Stream.of(
                                            maven,
                                            "-Dmaven.repo.local=" + repository,
                                            "-Dmaven.repo.local.tail="
                                                    + Path.of(System.getProperty("user.home", ""), ".m2/repository")),
                                    Stream.of(arguments))
                            .toArray(String[]::new));
        }

        /** Maven itself, because the wrapper's script would count against it. */
        private static String maven(Workshop copy) throws IOException, InterruptedException {
            return Command.of(copy.repository(), "./mvnw", "--version")
                            .output()
                            .lines()
                            .filter(line -> line.contains("Maven home: "))
                            .map(line -> line.substring(line.indexOf(": ") + 2).strip())
                            .findFirst()
                            .orElseThrow(() -> new IllegalStateException("mvnw must tell where Maven is, got no home"))
                    + "/bin/mvn";
        }
    }
}

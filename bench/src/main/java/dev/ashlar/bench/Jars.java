package dev.ashlar.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** What our artifacts weigh, and what they bring along. */
final class Jars implements Row {
    private static final int RUNTIME_BYTES = 50_000;
    private static final List<String> RUNTIME_NEEDS = List.of("aws-lambda-java-core");

    private final Workshop workshop;

    Jars(Workshop workshop) {
        this.workshop = workshop;
    }

    @Override
    public String name() {
        return "jars";
    }

    @Override
    public String title() {
        return "jars and their dependencies";
    }

    @Override
    public int rounds() {
        return 1;
    }

    @Override
    public Section measure(int rounds) throws IOException {
        List<Line> lines = new ArrayList<>();
        List<String> notes = new ArrayList<>();
        for (String module : List.of("runtime", "constructs", "patterns", "test", "local")) {
            long bytes = Files.size(jarOf(module));
            List<String> needs = needsOf(module);
            boolean isRuntime = module.equals("runtime");
            lines.add(new Line(
                    "`ashlar-" + module + "`",
                    "%.1f KB".formatted(bytes / 1000.0),
                    "",
                    "",
                    0,
                    isRuntime ? "under 50 KB, `aws-lambda-java-core` alone" : "",
                    isRuntime ? bytes < RUNTIME_BYTES && needs.equals(RUNTIME_NEEDS) : null));
            notes.add("`ashlar-" + module + "` comes with " + String.join(", ", needs));
        }
        return new Section("At run time, with all that these need in turn.", lines, notes);
    }

    private Path jarOf(String module) throws IOException {
        try (Stream<Path> files =
                Files.list(workshop.repository().resolve(module).resolve("target"))) {
            return files.filter(file ->
                            file.getFileName().toString().matches("ashlar-" + module + "-\\d[^-]*(-SNAPSHOT)?\\.jar"))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException(module + " must be packaged, got no jar"));
        }
    }

    /** The artifacts on the module's run time class path. */
    private List<String> needsOf(String module) throws IOException {
        String classPath =
                Files.readString(workshop.repository().resolve(module).resolve("target/bench/classpath.txt"));
        return Arrays.stream(classPath.strip().split(System.getProperty("path.separator"), -1))
                .map(entry -> Path.of(entry).getFileName().toString())
                .map(Jars::artifact)
                .sorted()
                .toList();
    }

    /** The name of an artifact without its version. */
    static String artifact(String file) {
        return file.replaceFirst("-\\d.*\\.jar$", "");
    }
}

package dev.ashlar.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A program that is run, and measured as a whole.
 *
 * @param line the program and its arguments
 * @param directory where it runs
 * @param environment what is added to this process's own environment
 */
record Command(List<String> line, Path directory, Map<String, String> environment) {

    Command {
        line = List.copyOf(line);
        environment = Map.copyOf(environment);
    }

    static Command of(Path directory, String... line) {
        return new Command(List.of(line), directory, Map.of());
    }

    /** A class of this module, in a JVM of its own. */
    static Command java(Path directory, List<String> flags, Class<?> main, String... arguments) {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return new Command(
                Stream.of(Stream.of(java), flags.stream(), Stream.of(main.getName()), Arrays.stream(arguments))
                        .flatMap(part -> part)
                        .toList(),
                directory,
                Map.of("CLASSPATH", System.getProperty("java.class.path")));
    }

    Command with(String variable, String value) {
        Map<String, String> more = new HashMap<>(environment);
        more.put(variable, value);
        return new Command(line, directory, more);
    }

    /** Runs it to its end, and returns how many seconds that took. */
    double seconds() throws IOException, InterruptedException {
        long start = System.nanoTime();
        output();
        return (System.nanoTime() - start) / 1e9;
    }

    /** Runs it to its end, and returns what it wrote to its standard output as name=value. */
    Map<String, Double> figures() throws IOException, InterruptedException {
        return output().lines()
                .filter(each -> each.matches("[a-zA-Z]+=[0-9.eE-]+"))
                .map(each -> each.split("=", 2))
                .collect(Collectors.toMap(each -> each[0], each -> Double.valueOf(each[1])));
    }

    /** Runs it to its end, and returns what it wrote to its standard output. */
    String output() throws IOException, InterruptedException {
        Path output = Files.createTempFile("ashlar-bench", ".out");
        Path errors = Files.createTempFile("ashlar-bench", ".err");
        try {
            int status = builder()
                    .redirectOutput(output.toFile())
                    .redirectError(errors.toFile())
                    .start()
                    .waitFor();
            if (status != 0) {
                throw new IllegalStateException("%s failed with %d:%n%s%n%s"
                        .formatted(String.join(" ", line), status, Files.readString(output), Files.readString(errors)));
            }
            return Files.readString(output);
        } finally {
            Files.delete(output);
            Files.delete(errors);
        }
    }

    ProcessBuilder builder() {
        ProcessBuilder builder = new ProcessBuilder(line).directory(directory.toFile());
        builder.environment().putAll(environment);
        return builder;
    }
}

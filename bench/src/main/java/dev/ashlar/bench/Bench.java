package dev.ashlar.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Measures Ashlar beside what people would use instead, and prints one table. With the names of rows it measures these alone;
 * without, all of them, and writes the page: so all that stands there was measured on one machine in one run.
 */
public final class Bench {
    private final List<Row> rows;
    private final PrintStream progress;

    Bench(List<Row> rows, PrintStream progress) {
        this.rows = List.copyOf(rows);
        this.progress = progress;
    }

    /**
     * Measures.
     *
     * @param arguments the folder of this repository, then the names of rows; all without one
     * @throws IOException if something cannot be read or written
     * @throws InterruptedException if something that is measured was interrupted
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Workshop workshop = Workshop.of(Path.of(arguments[0]));
        List<String> names = List.of(arguments).subList(1, arguments.length);
        Bench bench = new Bench(allRows(workshop), System.err);
        Results results = bench.run(names);
        System.out.println(results.table());
        if (names.isEmpty() && results.isComplete()) {
            Files.writeString(workshop.results(), results.page(Machine.describe(workshop)));
        }
        System.exit(results.isComplete() ? 0 : 1);
    }

    static List<Row> allRows(Workshop workshop) throws IOException {
        Inputs inputs = workshop.inputs();
        return List.of(
                new ExamplesSynth(workshop),
                new ConstructTime(inputs),
                new Floor(workshop, inputs),
                new CallsIntoNode(inputs),
                new Resources(workshop, inputs),
                new Routes(inputs),
                new Growth(workshop),
                new UnchangedCode(workshop),
                new SnapshotTests(workshop, inputs),
                new WarmUpCost(),
                new LocalRequest(workshop),
                new Jars(workshop));
    }

    /** Measures the rows of these names, or all; one that fails says so, and the others go on. */
    Results run(List<String> names) {
        requireKnown(names);
        Results results = new Results();
        for (Row row : rows) {
            if (names.isEmpty() || names.contains(row.name())) {
                progress.println(row.name() + ": " + row.title());
                try {
                    results.add(row.title(), row.measure(row.rounds()));
                } catch (Exception e) {
                    e.printStackTrace(progress);
                    results.addFailure(row.title(), String.valueOf(e.getMessage()));
                }
            }
        }
        return results;
    }

    private void requireKnown(List<String> names) {
        List<String> known = rows.stream().map(Row::name).toList();
        List<String> unknown = new ArrayList<>(names);
        unknown.removeAll(known);
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException("row must be one of %s, got %s"
                    .formatted(String.join(", ", known), unknown.stream().collect(Collectors.joining(", "))));
        }
    }
}

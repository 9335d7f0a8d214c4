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
 * without, all of them, and writes the page: so all that stands there was measured on one machine in one run. A row that
 * failed says so there.
 */
public final class Bench {
    private final List<Row> rows;
    private final PrintStream progress;

    Bench(List<Row> rows, PrintStream progress) {
        this.rows = List.copyOf(rows);
        this.progress = progress;
    }

    /**
     * What is wanted.
     *
     * @param names of rows; all without one
     * @param rounds how often each is measured; 0 as often as the row thinks right
     */
    record Wish(List<String> names, int rounds) {
        static Wish of(List<String> arguments) {
            List<String> names = new ArrayList<>(arguments);
            int rounds = 0;
            int option = names.indexOf("--rounds");
            if (option >= 0 && option + 1 < names.size()) {
                rounds = Integer.parseInt(names.remove(option + 1));
                names.remove(option);
            }
            return new Wish(List.copyOf(names), rounds);
        }

        /** {@return whether what comes out is the whole page} */
        boolean isAll() {
            return names.isEmpty() && rounds == 0;
        }
    }

    /**
     * Measures.
     *
     * @param arguments the folder of this repository, then the names of rows, all without one; {@code --rounds} and a
     *     number for a first impression
     * @throws IOException if something cannot be read or written
     * @throws InterruptedException if something that is measured was interrupted
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Workshop workshop = Workshop.of(Path.of(arguments[0]));
        Wish wish = Wish.of(List.of(arguments).subList(1, arguments.length));
        Bench bench = new Bench(allRows(workshop), System.err);
        Results results = bench.run(wish);
        System.out.println(results.table());
        if (wish.isAll()) {
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
    Results run(Wish wish) {
        List<String> names = wish.names();
        requireKnown(names);
        Results results = new Results();
        for (Row row : rows) {
            if (names.isEmpty() || names.contains(row.name())) {
                progress.println(row.name() + ": " + row.title());
                try {
                    results.add(row.title(), row.measure(wish.rounds() == 0 ? row.rounds() : wish.rounds()));
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

package dev.ashlar.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The table, for the console and as a page. */
final class Results {
    private static final List<String> HEAD = List.of("", "Ashlar", "against", "ratio", "rounds", "aim", "met");

    private final List<Part> parts = new ArrayList<>();

    private boolean complete = true;

    private record Part(String title, Section section) {}

    void add(String title, Section section) {
        parts.add(new Part(title, section));
    }

    /** A row that could not be measured, because the sides do not do the same, or something is broken. */
    void addFailure(String title, String message) {
        complete = false;
        String first = message.lines().findFirst().orElse("");
        add(title, new Section("", List.of(new Line("failed: " + first, "", "", "", 0, "", false)), List.of()));
    }

    /** {@return whether all rows that were wanted were measured} */
    boolean isComplete() {
        return complete;
    }

    /** {@return the table in columns} */
    String table() {
        List<List<String>> rows = new ArrayList<>(List.of(HEAD));
        for (Part part : parts) {
            rows.add(List.of(part.title()));
            part.section().lines().forEach(line -> rows.add(cells("  " + line.what(), line)));
        }
        int[] widths = new int[HEAD.size()];
        rows.stream().filter(row -> row.size() > 1).forEach(row -> {
            for (int i = 0; i < row.size(); i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        });
        return rows.stream().map(row -> inColumns(row, widths)).collect(Collectors.joining("\n", "", "\n"));
    }

    /** {@return the page} */
    String page(Map<String, String> machine) {
        Stream<String> head = Stream.of(
                "# Results",
                "",
                "Written by `npm run bench`, which measures all of it anew. Each line is two things measured in turn in the same run;"
                        + " the ratio is the median of the pairs', with its quartiles. What is without rounds is counted. Figures"
                        + " are medians.",
                "",
                "| | |",
                "|---|---|");
        Stream<String> about = machine.entrySet().stream().map(each -> row(List.of(each.getKey(), each.getValue())));
        return Stream.of(head, about, parts.stream().flatMap(Results::page))
                .flatMap(lines -> lines)
                .collect(Collectors.joining("\n", "", "\n"));
    }

    private static Stream<String> page(Part part) {
        Stream<String> head = Stream.of(
                "",
                "## " + Character.toUpperCase(part.title().charAt(0))
                        + part.title().substring(1),
                "",
                part.section().against(),
                "",
                row(HEAD),
                row(HEAD.stream().map(column -> "---").toList()));
        Stream<String> lines = part.section().lines().stream().map(line -> row(cells(line.what(), line)));
        List<String> notes = part.section().notes();
        Stream<String> after = notes.isEmpty()
                ? Stream.of()
                : Stream.concat(Stream.of(""), notes.stream().map(note -> "- " + note));
        return Stream.of(head, lines, after).flatMap(each -> each);
    }

    private static List<String> cells(String what, Line line) {
        return List.of(
                what,
                line.ours(),
                line.against(),
                line.ratio(),
                line.rounds() == 0 ? "" : String.valueOf(line.rounds()),
                line.aim(),
                line.met() == null ? "" : line.met() ? "yes" : "no");
    }

    private static String row(List<String> cells) {
        return cells.stream()
                .map(cell -> " " + cell.replace("|", "\\|") + " ")
                .collect(Collectors.joining("|", "|", "|"));
    }

    private static String inColumns(List<String> row, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < row.size(); i++) {
            line.append(row.get(i));
            if (i < row.size() - 1) {
                line.append(" ".repeat(widths[i] - row.get(i).length() + 2));
            }
        }
        return line.toString().stripTrailing();
    }
}

package dev.ashlar.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toList;

import dev.ashlar.examples.NagFindings.Finding;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Writes {@code docs/compliance.md}: the text of {@code docs/compliance.md} among the test resources, with tables of what was
 * found and of the rows in {@code docs/compliance-rows.txt}.
 */
final class CompliancePage {
    private static final Pattern PLACE = Pattern.compile("\\{(\\w+)}");
    private static final List<String> STACKS =
            List.of("Docs", "Guestbook", "Orders", "Quotes", "Thumbnails", "MinimalSite", "MinimalWebApp");

    private final List<Finding> without;
    private final List<Finding> with;

    /** What became of a rule on the resources whose paths have a part in common. */
    record Row(String rule, String where, String became, String how) {
        static Row parse(String line) {
            String[] values = line.split(" \\| ", 4);
            return new Row(values[0], values[1], values[2], values[3]);
        }

        boolean isGone() {
            return became.equals("gone");
        }

        boolean isAbout(Finding finding) {
            return finding.name().equals(rule) && finding.path().contains(where);
        }
    }

    private record Line(String rule, String became, String how, List<Finding> findings) {
        String markdown(boolean isOfStandard) {
            List<String> resources =
                    findings.stream().map(Finding::resource).distinct().sorted().toList();
            String packs = findings.stream()
                    .map(finding -> finding.pack().replaceFirst("\\..*", ""))
                    .distinct()
                    .sorted()
                    .collect(joining(", "));
            return "| `" + rule + "` | " + (isOfStandard ? packs + " | " : "") + resources.size() + ", such as `"
                    + resources.get(0) + "` | " + became + " | " + how + " |";
        }
    }

    CompliancePage(List<Finding> without, List<Finding> with) {
        this.without = without;
        this.with = with;
    }

    /** {@return what became of findings that no acknowledgement tells of} */
    static List<Row> rows() {
        return resource("compliance-rows.txt")
                .lines()
                .filter(line -> !line.startsWith("#"))
                .map(Row::parse)
                .toList();
    }

    static List<Row> rowsAbout(Finding finding, boolean isGone) {
        return rows().stream()
                .filter(row -> row.isGone() == isGone && row.isAbout(finding))
                .toList();
    }

    String text() {
        return PLACE.matcher(resource("compliance.md"))
                .replaceAll(place -> Matcher.quoteReplacement(
                        switch (place.group(1)) {
                            case "findings" ->
                                table("| finding | resources | what became of it | how, or why |", false);
                            case "standards" ->
                                table("| finding | packs | resources | what became of it | how, or why |", true);
                            case "stacks" -> stacks();
                            case "total" -> total();
                            default -> counts(place.group(1));
                        }));
    }

    /** {@return how many findings there are, for the page and for the output of the build} */
    String total() {
        long acknowledged = with.stream().filter(Finding::isAcknowledged).count();
        long yours = with.stream().filter(Finding::isFound).count() - acknowledged;
        return String.format(
                "%,d findings of %d packs in two profiles, of which %,d are acknowledged and %,d yours to decide",
                acknowledged + yours, NagFindings.PACKS.size(), acknowledged, yours);
    }

    private String table(String header, boolean isOfStandard) {
        return Stream.concat(
                        Stream.of(header, header.replaceAll("[^|]+", "---")),
                        lines(isOfStandard)
                                .sorted(Comparator.comparing(Line::rule)
                                        .thenComparing(Line::became)
                                        .thenComparing(Line::how))
                                .map(line -> line.markdown(isOfStandard)))
                .collect(joining("\n"));
    }

    private Stream<Line> lines(boolean isOfStandard) {
        Stream<Line> acknowledged = with.stream()
                .filter(finding -> finding.isOfStandard() == isOfStandard && finding.isAcknowledged())
                .collect(groupingBy(finding -> finding.name() + " " + finding.reason(), TreeMap::new, toList()))
                .values()
                .stream()
                .map(found -> new Line(
                        found.get(0).name(), "acknowledged", found.get(0).reason(), found));
        Stream<Line> others = rows().stream()
                .map(row -> new Line(
                        row.rule(),
                        row.became(),
                        row.how(),
                        with.stream()
                                .filter(finding -> finding.isOfStandard() == isOfStandard)
                                .filter(finding -> row.isAbout(finding) && !finding.isAcknowledged())
                                .filter(finding -> finding.isFound() != row.isGone())
                                .toList()))
                .filter(line -> !line.findings().isEmpty());
        return Stream.concat(acknowledged, others);
    }

    private String stacks() {
        String header = "| stack | " + String.join(" | ", NagFindings.PACKS) + " |";
        return Stream.concat(
                        Stream.of(header, header.replaceAll("[^|]+", "---")),
                        STACKS.stream()
                                .map(stack -> NagFindings.PACKS.stream()
                                        .map(pack -> count(stack, pack, without, Finding::isFound) + " → "
                                                + count(stack, pack, with, CompliancePage::isYours))
                                        .collect(joining(" | ", "| `" + stack + "` | ", " |"))))
                .collect(joining("\n"));
    }

    private String counts(String stack) {
        return count(stack, "AwsSolutions", without, Finding::isFound) + " and "
                + count(stack, "Serverless", without, Finding::isFound) + " | "
                + count(stack, "AwsSolutions", with, CompliancePage::isYours) + " and "
                + count(stack, "Serverless", with, CompliancePage::isYours);
    }

    private static boolean isYours(Finding finding) {
        return finding.isFound() && !finding.isAcknowledged();
    }

    private static long count(String stack, String pack, List<Finding> findings, Predicate<Finding> which) {
        return findings.stream()
                .filter(finding -> finding.profile().equals("production")
                        && finding.pack().equals(pack)
                        && finding.isIn(stack)
                        && which.test(finding))
                .count();
    }

    private static String resource(String name) {
        try (InputStream in = requireNonNull(CompliancePage.class.getResourceAsStream("/docs/" + name), name)) {
            return new String(in.readAllBytes(), UTF_8).replace("\r\n", "\n");
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + name, e);
        }
    }
}

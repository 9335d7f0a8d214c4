package dev.ashlar.examples;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What the reports of cdk-nag tell: each rule, and each resource that it was asked about. */
final class NagFindings {
    /** The packs by the names of their reports. The last three share the names of their rules. */
    static final List<String> PACKS =
            List.of("AwsSolutions", "Serverless", "HIPAA.Security", "NIST.800.53.R5", "PCI.DSS.321");

    private static final List<String> STANDARDS = PACKS.subList(2, PACKS.size());

    // Of a granular acknowledgement the report names the finding before the reason.
    private static final Pattern GRANULAR = Pattern.compile("\\[(?:Action|Resource)::.*?] ");

    private NagFindings() {}

    /** A rule and a resource that it was asked about. */
    record Finding(String profile, String pack, String rule, String path, String compliance, String reason) {
        /** {@return whether the rule found something; where it failed itself, the report says UNKNOWN} */
        boolean isFound() {
            return !compliance.equals("Compliant");
        }

        boolean isAcknowledged() {
            return compliance.equals("Suppressed");
        }

        boolean isOfStandard() {
            return STANDARDS.contains(pack);
        }

        /** {@return the rule as a table has it: of the packs that share their rules without the pack} */
        String name() {
            return isOfStandard() ? rule.substring(pack.length() + 1) : rule;
        }

        String resource() {
            return path.endsWith("/Resource") ? path.substring(0, path.length() - "/Resource".length()) : path;
        }

        boolean isIn(String stack) {
            return path.startsWith(stack + "/");
        }
    }

    /** {@return the findings in the reports of an assembly} */
    static List<Finding> of(Path assembly, String profile) throws IOException {
        List<Finding> findings = new ArrayList<>();
        for (String pack : PACKS) {
            for (Path report : files(assembly, pack + "-", "-NagReport.csv")) {
                Files.readString(report)
                        .lines()
                        .skip(1)
                        .map(line -> line.substring(1).split("\",\"", -1))
                        .map(values -> new Finding(
                                profile,
                                pack,
                                values[0],
                                values[1],
                                values[2],
                                GRANULAR.matcher(values[3]).replaceFirst("")))
                        .forEach(findings::add);
            }
        }
        return findings;
    }

    static List<Path> files(Path directory, String beginning, String ending) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.getFileName().toString().startsWith(beginning))
                    .filter(file -> file.toString().endsWith(ending))
                    .sorted()
                    .toList();
        }
    }

    static Map<String, Long> countsByResource(List<Finding> findings) {
        return findings.stream()
                .filter(Finding::isFound)
                .collect(groupingBy(
                        finding -> finding.profile() + " " + finding.rule() + " " + finding.path(), counting()));
    }
}

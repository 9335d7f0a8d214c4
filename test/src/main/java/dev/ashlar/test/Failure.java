package dev.ashlar.test;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.opentest4j.AssertionFailedError;

/** The form of this kit's failures: where and what, one finding a line, what to do. */
final class Failure {
    private Failure() {}

    static AssertionFailedError of(String path, String rule, List<String> findings, String wayOut) {
        return new AssertionFailedError(
                "[" + path + "] " + rule + ", got " + findings.size() + ":" + lines(findings) + "\n" + wayOut);
    }

    /** Fails with the differences of two documents, which travel along for an IDE to compare. */
    static void unlessSame(String rule, JsonNode expected, JsonNode actual, String wayOut) {
        List<String> differences = Differences.between(expected, actual).stream()
                .map(Difference::text)
                .toList();
        if (!differences.isEmpty()) {
            String count = differences.size() == 1 ? "1 difference" : differences.size() + " differences";
            throw new AssertionFailedError(
                    rule + ", got " + count + ":" + lines(Differences.capped(differences)) + "\n" + wayOut,
                    Json.pretty(expected),
                    Json.pretty(actual));
        }
    }

    /** {@return a new line for each finding} */
    static String lines(List<String> findings) {
        return findings.isEmpty() ? "" : "\n  " + String.join("\n  ", findings);
    }
}

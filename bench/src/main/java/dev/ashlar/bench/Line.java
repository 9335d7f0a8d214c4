package dev.ashlar.bench;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One line of the table.
 *
 * @param what what was measured
 * @param ours what it was with Ashlar
 * @param against what it was without
 * @param ratio the first to the second
 * @param rounds how often each was measured; 0 for what is counted
 * @param aim what it should be; empty if it is only told
 * @param met whether it is; null without an aim
 */
record Line(
        String what,
        String ours,
        String against,
        String ratio,
        int rounds,
        String aim,
        @Nullable Boolean met) {

    /** What is told, without an aim. */
    static Line told(String what, String ours, String against, String ratio) {
        return new Line(what, ours, against, ratio, 0, "", null);
    }

    /** Times in milliseconds, whose ratio should be at most a number. */
    static Line ofMillis(String what, Comparison comparison, double aim) {
        return of(what, comparison, "ms", aim);
    }

    /** Times in seconds, whose ratio should be at most a number. */
    static Line ofSeconds(String what, Comparison comparison, double aim) {
        return of(what, comparison, "s", aim);
    }

    /** Times in seconds, of which the ratio is only told. */
    static Line toldSeconds(String what, Comparison comparison) {
        return new Line(
                what,
                number(comparison.medianOfOurs(), "s"),
                number(comparison.medianOfAgainst(), "s"),
                comparison.ratioWithSpread(),
                comparison.rounds(),
                "",
                null);
    }

    /** Counts, of which ours should be at most so many times the other. */
    static Line ofCounts(String what, long ours, long against, double aim) {
        double ratio = (double) ours / against;
        return new Line(
                what,
                String.valueOf(ours),
                String.valueOf(against),
                String.format(Locale.ROOT, "%.2f", ratio),
                0,
                String.format(Locale.ROOT, "at most %.1f", aim),
                ratio <= aim);
    }

    static String number(double value, String unit) {
        return String.format(Locale.ROOT, value < 10 ? "%.2f %s" : value < 100 ? "%.1f %s" : "%.0f %s", value, unit);
    }

    private static Line of(String what, Comparison comparison, String unit, double aim) {
        return new Line(
                what,
                number(comparison.medianOfOurs(), unit),
                number(comparison.medianOfAgainst(), unit),
                comparison.ratioWithSpread(),
                comparison.rounds(),
                String.format(Locale.ROOT, "at most %s", aim),
                comparison.ratio() <= aim);
    }
}

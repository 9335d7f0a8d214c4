package dev.ashlar.constructs.function;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/** Finds the name that was probably meant. */
final class Nearest {
    private static final double ELSEWHERE = 1.5;

    private Nearest() {}

    /**
     * The nearest of some names: the same but for the case, else misspelt in one letter, else the same last part elsewhere,
     * as a class in another package, else misspelt in a few letters. The first of several that are equally near.
     */
    static Optional<String> to(String wanted, Collection<String> names) {
        double least = Double.POSITIVE_INFINITY;
        String nearest = null;
        for (String name : names) {
            double distance = distance(wanted, name);
            if (distance < least) {
                nearest = name;
                least = distance;
            }
        }
        return Optional.ofNullable(nearest);
    }

    private static double distance(String wanted, String name) {
        int tolerance = Math.max(2, wanted.length() / 6);
        int letters = letters(wanted.toLowerCase(Locale.ROOT), name.toLowerCase(Locale.ROOT), tolerance);
        double misspelt = letters <= tolerance ? letters : Double.POSITIVE_INFINITY;
        return lastPart(name).equalsIgnoreCase(lastPart(wanted)) ? Math.min(misspelt, ELSEWHERE) : misspelt;
    }

    private static String lastPart(String name) {
        int at = Math.max(name.lastIndexOf('.'), Math.max(name.lastIndexOf('/'), name.lastIndexOf('$')));
        return name.substring(at + 1);
    }

    /** How many letters must be put in, taken out, replaced or swapped with their neighbour; from too many on any number. */
    private static int letters(String from, String to, int tolerance) {
        if (Math.abs(from.length() - to.length()) > tolerance) {
            return tolerance + 1;
        }
        int[][] edits = new int[from.length() + 1][to.length() + 1];
        for (int i = 0; i <= from.length(); i++) {
            for (int j = 0; j <= to.length(); j++) {
                edits[i][j] = i == 0 || j == 0 ? i + j : fewest(edits, from, to, i, j);
            }
        }
        return edits[from.length()][to.length()];
    }

    private static int fewest(int[][] edits, String from, String to, int i, int j) {
        int replaced = edits[i - 1][j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        int fewest = Math.min(replaced, 1 + Math.min(edits[i - 1][j], edits[i][j - 1]));
        boolean swapped =
                i > 1 && j > 1 && from.charAt(i - 1) == to.charAt(j - 2) && from.charAt(i - 2) == to.charAt(j - 1);
        return swapped ? Math.min(fewest, edits[i - 2][j - 2] + 1) : fewest;
    }
}

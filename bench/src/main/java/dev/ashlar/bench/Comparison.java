package dev.ashlar.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Two things that were measured in turn. Machines differ and are busy at times, but both were on the same one in the same
 * minute: so the ratio is that of each pair, and the median of these is what is told.
 *
 * @param ours what was measured of Ashlar
 * @param against what was measured beside it, as often
 */
record Comparison(List<Double> ours, List<Double> against) {

    Comparison {
        ours = List.copyOf(ours);
        against = List.copyOf(against);
        if (ours.isEmpty() || ours.size() != against.size()) {
            throw new IllegalArgumentException(
                    "both must be measured as often, got %d and %d".formatted(ours.size(), against.size()));
        }
    }

    /** Measures both in turn; who begins changes with each round, so that neither always finds what the other left warm. */
    static Comparison alternately(int rounds, Measured ours, Measured against) throws Exception {
        List<Double> first = new ArrayList<>();
        List<Double> second = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            if (round % 2 == 0) {
                first.add(ours.once());
                second.add(against.once());
            } else {
                second.add(against.once());
                first.add(ours.once());
            }
        }
        return new Comparison(first, second);
    }

    int rounds() {
        return ours.size();
    }

    double medianOfOurs() {
        return quantile(ours, 0.5);
    }

    double medianOfAgainst() {
        return quantile(against, 0.5);
    }

    /** {@return the median of the ratios of all pairs} */
    double ratio() {
        return quantile(ratios(), 0.5);
    }

    /** {@return the ratio with its quartiles} */
    String ratioWithSpread() {
        return String.format(
                Locale.ROOT, "%.2f (%.2f to %.2f)", ratio(), quantile(ratios(), 0.25), quantile(ratios(), 0.75));
    }

    private List<Double> ratios() {
        List<Double> ratios = new ArrayList<>();
        for (int i = 0; i < ours.size(); i++) {
            ratios.add(ours.get(i) / against.get(i));
        }
        return ratios;
    }

    /** The value below which this part of all values lies; between two it is interpolated. */
    static double quantile(List<Double> values, double part) {
        double[] sorted = values.stream().mapToDouble(Double::doubleValue).toArray();
        Arrays.sort(sorted);
        double position = part * (sorted.length - 1);
        int below = (int) Math.floor(position);
        int above = (int) Math.ceil(position);
        return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
    }
}

package dev.ashlar.examples.quotes;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Map;

/** The price of an order; amounts in cents. */
record Quote(String country, List<Line> lines, BigDecimal taxPercent) {

    /** The price of one article; the discount is rounded here, so that the lines add up. */
    record Line(String sku, int quantity, long unitPrice, BigDecimal discountPercent) {

        long discount() {
            return percentOf(gross(), discountPercent);
        }

        long net() {
            return gross() - discount();
        }

        private long gross() {
            return Math.multiplyExact(unitPrice, quantity);
        }
    }

    static Quote of(Map<String, Integer> quantities, String country, Catalogue catalogue) {
        List<Line> lines = quantities.entrySet().stream()
                .map(item -> line(item.getKey(), item.getValue(), catalogue))
                .toList();
        return new Quote(country, lines, catalogue.taxPercent(country));
    }

    private static Line line(String sku, int quantity, Catalogue catalogue) {
        return new Line(sku, quantity, catalogue.price(sku), catalogue.discountPercent(quantity));
    }

    long net() {
        return lines.stream().mapToLong(Line::net).reduce(0, Math::addExact);
    }

    /** Rounded once, on the sum. */
    long tax() {
        return percentOf(net(), taxPercent);
    }

    long total() {
        return Math.addExact(net(), tax());
    }

    private static long percentOf(long cents, BigDecimal percent) {
        return BigDecimal.valueOf(cents)
                .multiply(percent)
                .movePointLeft(2)
                .setScale(0, RoundingMode.HALF_UP)
                .longValueExact();
    }
}

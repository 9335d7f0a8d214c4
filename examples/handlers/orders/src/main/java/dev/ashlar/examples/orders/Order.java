package dev.ashlar.examples.orders;

import java.util.Currency;
import java.util.List;

/** What a customer orders; amounts are in the currency's smallest unit, such as cents. */
record Order(String id, String customer, Currency currency, List<Line> lines) {

    /** So many pieces of an article. */
    record Line(String sku, int quantity, long unitPrice) {

        private long amount() {
            return Math.multiplyExact(unitPrice, quantity);
        }
    }

    Order {
        lines = List.copyOf(lines);
        try {
            total(lines);
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException(
                    "order must have a total of at most " + Long.MAX_VALUE + ", got more", e);
        }
    }

    long total() {
        return total(lines);
    }

    private static long total(List<Line> lines) {
        return lines.stream().mapToLong(Line::amount).reduce(0, Math::addExact);
    }
}

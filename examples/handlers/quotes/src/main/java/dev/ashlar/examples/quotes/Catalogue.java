package dev.ashlar.examples.quotes;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Properties;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.function.Function;

/** What is sold, at which price, with which discount and tax. */
final class Catalogue {

    static final String CURRENCY = "EUR";

    private static final String RESOURCE = "catalogue.properties";

    private final NavigableMap<String, Long> prices;
    private final NavigableMap<Integer, BigDecimal> discounts;
    private final NavigableMap<String, BigDecimal> taxes;

    Catalogue(Properties properties) {
        prices = read(properties, "price.", Function.identity(), Long::valueOf);
        discounts = read(properties, "discount.", Integer::valueOf, BigDecimal::new);
        taxes = read(properties, "tax.", Function.identity(), BigDecimal::new);
    }

    /** Reads the catalogue that lies beside this class. */
    static Catalogue load() {
        Properties properties = new Properties();
        try (Reader reader = new InputStreamReader(
                Objects.requireNonNull(Catalogue.class.getResourceAsStream(RESOURCE), RESOURCE),
                StandardCharsets.UTF_8)) {
            properties.load(reader);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Catalogue(properties);
    }

    SortedSet<String> skus() {
        return prices.navigableKeySet();
    }

    SortedSet<String> countries() {
        return taxes.navigableKeySet();
    }

    /** Returns cents a piece. */
    long price(String sku) {
        return Objects.requireNonNull(prices.get(sku), sku);
    }

    /** Returns what the largest quantity that is reached gives; below all of them nothing. */
    BigDecimal discountPercent(int quantity) {
        Map.Entry<Integer, BigDecimal> reached = discounts.floorEntry(quantity);
        return reached == null ? BigDecimal.ZERO : reached.getValue();
    }

    BigDecimal taxPercent(String country) {
        return Objects.requireNonNull(taxes.get(country), country);
    }

    private static <K extends Comparable<K>, V> NavigableMap<K, V> read(
            Properties properties, String prefix, Function<String, K> key, Function<String, V> value) {
        NavigableMap<K, V> map = new TreeMap<>();
        for (String name : properties.stringPropertyNames()) {
            if (name.startsWith(prefix)) {
                map.put(key.apply(name.substring(prefix.length())), value.apply(properties.getProperty(name)));
            }
        }
        return map;
    }
}

package dev.ashlar.local.internal.web;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Predicate;

/** Header fields: names in any case and sorted, several values a name. */
final class Fields {
    /** What concerns one connection, and never passes a proxy. */
    private static final List<String> OF_CONNECTION = List.of(
            "Connection",
            "HTTP2-Settings",
            "Keep-Alive",
            "Proxy-Authenticate",
            "Proxy-Authorization",
            "Proxy-Connection",
            "TE",
            "Trailer",
            "Transfer-Encoding",
            "Upgrade");

    private final Map<String, List<String>> values = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

    Fields() {}

    Fields(Map<String, List<String>> values) {
        values.forEach((name, all) -> all.forEach(value -> add(name, value)));
        OF_CONNECTION.forEach(this::remove);
    }

    Fields copy() {
        return new Fields(values);
    }

    Optional<String> get(String name) {
        return all(name).stream().findFirst();
    }

    List<String> all(String name) {
        return values.getOrDefault(name, List.of());
    }

    /** {@return all values of a name, joined by commas} */
    Optional<String> joined(String name) {
        return has(name) ? Optional.of(String.join(",", all(name))) : Optional.empty();
    }

    boolean has(String name) {
        return values.containsKey(name);
    }

    Fields add(String name, String value) {
        values.computeIfAbsent(name, key -> new ArrayList<>()).add(value);
        return this;
    }

    Fields set(String name, String value) {
        remove(name);
        return add(name, value);
    }

    Fields setIfAbsent(String name, String value) {
        return has(name) ? this : add(name, value);
    }

    void remove(String name) {
        values.remove(name);
    }

    void removeIf(Predicate<String> name) {
        values.keySet().removeIf(name);
    }

    void forEach(BiConsumer<String, List<String>> action) {
        values.forEach(action);
    }
}

package dev.ashlar.runtime;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads what an event must have. Values are not told: they may be anybody's data. */
final class Fields {

    private Fields() {}

    static Map<?, ?> map(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            return map;
        }
        throw new IllegalArgumentException("event must have an object where it has none");
    }

    static Map<?, ?> optionalMap(Map<?, ?> fields, String name) {
        return fields.get(name) instanceof Map<?, ?> map ? map : Map.of();
    }

    static String text(Map<?, ?> fields, String name) {
        if (fields.get(name) instanceof String text) {
            return text;
        }
        throw new IllegalArgumentException("event must have a text as " + name + ", got none");
    }
}

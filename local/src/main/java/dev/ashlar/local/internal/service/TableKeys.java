package dev.ashlar.local.internal.service;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The partition keys of tables and of their indexes. */
final class TableKeys {
    private final Map<String, String> keys = new HashMap<>();

    void add(String table, Optional<String> index, String attribute) {
        keys.put(name(table, index), attribute);
    }

    Optional<String> partitionKey(String table, Optional<String> index) {
        return Optional.ofNullable(keys.get(name(table, index)));
    }

    private static String name(String table, Optional<String> index) {
        return table + index.map(known -> "/" + known).orElse("");
    }
}

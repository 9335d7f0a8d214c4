package dev.ashlar.test;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;

/**
 * One place where two JSON documents differ.
 *
 * @param path the place, such as {@code KeySchema[0].AttributeName}
 * @param before the old value, or a missing node for what was added
 * @param after the new value, or a missing node for what was removed
 */
record Difference(String path, JsonNode before, JsonNode after) {
    private static final int LENGTH = 160;

    static Difference added(String path, JsonNode value) {
        return new Difference(path, MissingNode.getInstance(), value);
    }

    static Difference removed(String path, JsonNode value) {
        return new Difference(path, value, MissingNode.getInstance());
    }

    boolean isAddition() {
        return before.isMissingNode();
    }

    boolean isRemoval() {
        return after.isMissingNode();
    }

    /** {@return {@code + path: value} for an addition, {@code - path: value} for a removal, else {@code ~ path: old ->
     * new}} */
    String text() {
        if (isAddition()) {
            return "+ " + path + ": " + shortened(after);
        }
        if (isRemoval()) {
            return "- " + path + ": " + shortened(before);
        }
        return "~ " + path + ": " + shortened(before) + " -> " + shortened(after);
    }

    private static String shortened(JsonNode value) {
        String text = Json.compact(value);
        return text.length() <= LENGTH ? text : text.substring(0, LENGTH) + "...";
    }
}

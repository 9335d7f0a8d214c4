package dev.ashlar.test;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.IntStream;

/** What is different between two JSON documents. */
final class Differences {
    private static final int LINES = 30;

    private final List<Difference> found = new ArrayList<>();

    private Differences() {}

    /** {@return the places where two documents differ, in the order of the paths} */
    static List<Difference> between(JsonNode before, JsonNode after) {
        Differences differences = new Differences();
        differences.compare("", before, after);
        return differences.found;
    }

    /** {@return the first of many lines, and how many more there are} */
    static List<String> capped(List<String> lines) {
        if (lines.size() <= LINES) {
            return lines;
        }
        List<String> capped = new ArrayList<>(lines.subList(0, LINES));
        capped.add("and " + (lines.size() - LINES) + " more");
        return capped;
    }

    private void compare(String path, JsonNode before, JsonNode after) {
        if (before.isObject() && after.isObject()) {
            compareObjects(path, before, after);
        } else if (before.isArray() && after.isArray()) {
            compareArrays(path, before, after);
        } else if (!before.equals(after)) {
            found.add(new Difference(path, before, after));
        }
    }

    private void compareObjects(String path, JsonNode before, JsonNode after) {
        Map<String, JsonNode> old = Json.sortedFields(before);
        Map<String, JsonNode> now = Json.sortedFields(after);
        TreeSet<String> names = new TreeSet<>(old.keySet());
        names.addAll(now.keySet());
        for (String name : names) {
            String field = path.isEmpty() ? name : path + "." + name;
            JsonNode oldValue = old.get(name);
            JsonNode newValue = now.get(name);
            if (oldValue == null) {
                found.add(Difference.added(field, after.path(name)));
            } else if (newValue == null) {
                found.add(Difference.removed(field, oldValue));
            } else {
                compare(field, oldValue, newValue);
            }
        }
    }

    /** Sets aside what is the same at both ends, so that an item in the middle does not move all that follow. */
    private void compareArrays(String path, JsonNode before, JsonNode after) {
        int shorter = Math.min(before.size(), after.size());
        int head = (int) IntStream.range(0, shorter)
                .takeWhile(i -> before.path(i).equals(after.path(i)))
                .count();
        int tail = (int) IntStream.range(0, shorter - head)
                .takeWhile(i -> before.path(before.size() - 1 - i).equals(after.path(after.size() - 1 - i)))
                .count();
        int pairs = shorter - head - tail;
        for (int i = head; i < head + pairs; i++) {
            compare(path + "[" + i + "]", before.path(i), after.path(i));
        }
        for (int i = head + pairs; i < before.size() - tail; i++) {
            found.add(Difference.removed(path + "[" + i + "]", before.path(i)));
        }
        for (int i = head + pairs; i < after.size() - tail; i++) {
            found.add(Difference.added(path + "[" + i + "]", after.path(i)));
        }
    }
}

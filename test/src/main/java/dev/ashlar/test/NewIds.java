package dev.ashlar.test;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ashlar.test.SynthesizedStack.Resource;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Finds resources that are removed and added again, because their logical id has changed: most often a renamed construct. */
final class NewIds {
    /** From which share of equal properties on two resources of a type are taken for the same. */
    private static final double ALIKE = 0.5;

    private NewIds() {}

    /** Adds a note to both sides of each such pair. */
    static void note(Map<String, ResourceChange> changes) {
        List<Resource> added = changes.values().stream()
                .filter(ResourceChange::isAddition)
                .map(ResourceChange::resource)
                .toList();
        Set<String> taken = new HashSet<>();
        changes.values().stream()
                .filter(ResourceChange::isRemoval)
                .map(ResourceChange::resource)
                .toList()
                .forEach(removed -> mostAlike(removed, added, taken).ifPresent(again -> {
                    taken.add(again.id());
                    changes.computeIfPresent(
                            removed.id(),
                            (id, change) -> change.with("added again as " + again.path() + ", whose logical id is "
                                    + again.id() + "; to keep it, keep its path or override the new logical id with "
                                    + removed.id()));
                    changes.computeIfPresent(
                            again.id(), (id, change) -> change.with("it was " + removed.path() + " before"));
                }));
    }

    private static Optional<Resource> mostAlike(Resource removed, List<Resource> added, Set<String> taken) {
        return added.stream()
                .filter(candidate -> candidate.type().equals(removed.type()) && !taken.contains(candidate.id()))
                .filter(candidate -> likeness(removed, candidate) >= ALIKE)
                .max(Comparator.comparingDouble(candidate -> likeness(removed, candidate)));
    }

    /** {@return the share of properties that are equal, of all that either has} */
    private static double likeness(Resource first, Resource second) {
        Map<String, JsonNode> one = Json.sortedFields(first.properties());
        Map<String, JsonNode> other = Json.sortedFields(second.properties());
        Set<String> names = new HashSet<>(one.keySet());
        names.addAll(other.keySet());
        if (names.isEmpty()) {
            return 1;
        }
        long equal = names.stream()
                .filter(name -> one.containsKey(name) && one.get(name).equals(other.get(name)))
                .count();
        return (double) equal / names.size();
    }
}

package dev.ashlar.test;

import dev.ashlar.test.PolicyEntry.Use;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Who may do what in a stack.
 *
 * @param byHolder permissions by the role, user, group or principal that has them
 */
record Grants(SortedMap<String, Set<Permission>> byHolder) {

    static Grants in(SynthesizedStack stack) {
        SortedMap<String, Set<Permission>> byHolder = new TreeMap<>();
        StackPolicies policies = StackPolicies.of(stack);
        policies.holders().forEach(holder -> byHolder.put(holder.name(), new TreeSet<>()));
        policies.entries().stream()
                .filter(entry -> entry.use() != Use.LIMIT)
                .forEach(entry -> byHolder.computeIfAbsent(entry.principal().name(), key -> new TreeSet<>())
                        .add(entry.permission().byNobodyNamed()));
        return new Grants(byHolder);
    }

    Set<Permission> of(String holder) {
        return byHolder.getOrDefault(holder, Set.of());
    }
}

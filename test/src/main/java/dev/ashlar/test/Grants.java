package dev.ashlar.test;

import java.util.Collection;
import java.util.Map;
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

    /** One kind of place in a template from which permissions come. */
    interface Source {
        Map<String, ? extends Collection<Permission>> byHolder(SynthesizedStack stack);
    }

    /** {@return what identity policies and resource policies say} */
    static Grants in(SynthesizedStack stack) {
        return in(stack, Grants::ofIdentities, ResourcePolicies::byPrincipal);
    }

    private static Grants in(SynthesizedStack stack, Source... sources) {
        SortedMap<String, Set<Permission>> byHolder = new TreeMap<>();
        for (Source source : sources) {
            source.byHolder(stack)
                    .forEach((holder, permissions) -> byHolder.computeIfAbsent(holder, key -> new TreeSet<>())
                            .addAll(permissions));
        }
        return new Grants(byHolder);
    }

    private static Map<String, Set<Permission>> ofIdentities(SynthesizedStack stack) {
        Map<String, Set<Permission>> byPath = new TreeMap<>();
        for (IdentityPolicies.Holder holder : IdentityPolicies.of(stack).holders()) {
            byPath.computeIfAbsent(holder.path(), key -> new TreeSet<>()).addAll(holder.permissions());
        }
        return byPath;
    }

    Set<Permission> of(String holder) {
        return byHolder.getOrDefault(holder, Set.of());
    }
}

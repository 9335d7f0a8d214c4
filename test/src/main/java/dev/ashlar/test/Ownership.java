package dev.ashlar.test;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Whose the elements of a template are. */
final class Ownership {
    private static final List<String> SECTIONS =
            List.of("Resources", "Outputs", "Parameters", "Conditions", "Mappings", "Rules");

    /** What CDK puts in any template. */
    private static final Set<String> CDK =
            Set.of("CDKMetadata", "CDKMetadataAvailable", "BootstrapVersion", "CheckBootstrapVersion");

    private final List<Pattern> shared;

    Ownership(Set<String> shared) {
        this.shared = shared.stream().map(Pattern::compile).toList();
    }

    /** {@return the elements that are neither owned by the construct nor shared} */
    List<String> strays(SynthesizedStack stack, String owner) {
        List<String> strays = new ArrayList<>();
        for (String section : SECTIONS) {
            for (String id : Json.sortedFields(stack.template().path(section)).keySet()) {
                if (!id.startsWith(owner) && !CDK.contains(id) && !isShared(id)) {
                    strays.add(stack.constructs().pathOf(id) + " in " + section);
                }
            }
        }
        return strays;
    }

    /** {@return what one construct has alone in its stack, and the twins have not, each} */
    List<String> missing(SynthesizedStack alone, String owner, SynthesizedStack together, List<String> twins) {
        Map<String, Long> wanted = types(alone, owner);
        List<String> missing = new ArrayList<>();
        for (String twin : twins) {
            Map<String, Long> actual = types(together, twin);
            wanted.forEach((type, count) -> {
                long found = actual.getOrDefault(type, 0L);
                if (found != count) {
                    missing.add(twin + ": " + found + " of " + count + " " + type);
                }
            });
        }
        return missing;
    }

    private static Map<String, Long> types(SynthesizedStack stack, String owner) {
        return stack.resources().stream()
                .filter(resource -> resource.id().startsWith(owner))
                .map(SynthesizedStack.Resource::type)
                .collect(Collectors.groupingBy(Function.identity(), TreeMap::new, Collectors.counting()));
    }

    private boolean isShared(String id) {
        return shared.stream().anyMatch(pattern -> pattern.matcher(id).matches());
    }
}

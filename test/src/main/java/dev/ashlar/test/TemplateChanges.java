package dev.ashlar.test;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ashlar.test.SynthesizedStack.Resource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What deploying one template over another does.
 *
 * @param resources what happens to each resource that is concerned
 * @param others differences outside the resources
 */
record TemplateChanges(List<ResourceChange> resources, List<Difference> others) {
    private static final String RESOURCES = "Resources";

    static TemplateChanges between(SynthesizedStack before, SynthesizedStack after) {
        Map<String, Resource> old = byId(before);
        Map<String, Resource> now = byId(after);
        Map<String, ResourceChange> changes = new TreeMap<>();
        for (String id : union(old.keySet(), now.keySet())) {
            Resource was = old.get(id);
            Resource is = now.get(id);
            if (was != null && is != null) {
                changes.put(id, ResourceChange.between(was, is));
            } else if (is != null) {
                changes.put(id, ResourceChange.added(is));
            } else if (was != null) {
                changes.put(id, ResourceChange.removed(was));
            }
        }
        NewIds.note(changes);
        ReplacedReferences.follow(changes);
        List<ResourceChange> different = changes.values().stream()
                .filter(ResourceChange::isDifferent)
                .sorted(Comparator.comparing(change -> change.resource().path()))
                .toList();
        return new TemplateChanges(different, Differences.between(others(before), others(after)));
    }

    int count() {
        return resources.size() + others.size();
    }

    /** {@return the lines of each resource whose data is lost} */
    List<List<String>> losses() {
        return resources.stream()
                .filter(ResourceChange::losesData)
                .map(TemplateChanges::lines)
                .toList();
    }

    /** {@return the lines of everything else} */
    List<String> harmless() {
        Stream<String> ofResources =
                resources.stream().filter(change -> !change.losesData()).flatMap(change -> lines(change).stream());
        return Stream.concat(ofResources, others.stream().map(Difference::text)).toList();
    }

    private static List<String> lines(ResourceChange change) {
        List<String> lines = new ArrayList<>();
        String sign = change.isAddition() ? "+ " : change.isRemoval() ? "- " : "~ ";
        Resource resource = change.resource();
        lines.add(sign + resource.path() + " (" + resource.type() + "): " + change.summary());
        change.details().forEach(detail -> lines.add("    " + detail));
        return lines;
    }

    private static Map<String, Resource> byId(SynthesizedStack stack) {
        Map<String, Resource> byId = new TreeMap<>();
        stack.resources().forEach(resource -> byId.put(resource.id(), resource));
        return byId;
    }

    private static Set<String> union(Set<String> first, Set<String> second) {
        Set<String> union = new TreeSet<>(first);
        union.addAll(second);
        return union;
    }

    private static JsonNode others(SynthesizedStack stack) {
        return stack.template() instanceof ObjectNode template
                ? template.deepCopy().without(RESOURCES)
                : stack.template();
    }
}

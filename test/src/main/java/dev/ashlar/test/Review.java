package dev.ashlar.test;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * What changed since a snapshot was accepted, as a reviewer would write it down.
 *
 * @param stacks what changed in each stack that is concerned, by its name
 */
record Review(SortedMap<String, StackReview> stacks) {

    /**
     * What changed in one stack.
     *
     * @param headline that the stack is new or gone, else empty
     * @param changes in its template
     * @param widened what is allowed now and was not before
     */
    private record StackReview(String headline, TemplateChanges changes, List<String> widened) {
        int count() {
            return headline.isEmpty() ? changes.count() : 1;
        }

        /** {@return what is lost, what is allowed, and of what is harmless the first lines} */
        List<String> lines() {
            List<String> lines = new ArrayList<>(flat(changes.losses()));
            widened.forEach(line -> lines.add("PERMISSION WIDENS: " + line));
            if (headline.isEmpty()) {
                lines.addAll(Differences.capped(changes.harmless()));
            }
            return lines;
        }
    }

    private static List<String> flat(List<List<String>> lines) {
        return lines.stream().flatMap(List::stream).toList();
    }

    /** {@return the changes between the accepted templates and the stacks, both by name} */
    static Review of(Map<String, JsonNode> accepted, Map<String, SynthesizedStack> stacks) {
        SortedMap<String, StackReview> reviews = new TreeMap<>();
        stacks.forEach((name, stack) -> {
            StackReview review = Optional.ofNullable(accepted.get(name))
                    .map(template -> changed(stack.with(template), stack))
                    .orElseGet(() -> added(stack));
            if (review.count() > 0) {
                reviews.put(name, review);
            }
        });
        accepted.forEach((name, template) -> {
            if (!stacks.containsKey(name)) {
                reviews.put(name, removed(SynthesizedStack.gone(name, template)));
            }
        });
        return new Review(reviews);
    }

    private static StackReview changed(SynthesizedStack before, SynthesizedStack after) {
        return new StackReview("", TemplateChanges.between(before, after), Widening.between(before, after));
    }

    private static StackReview added(SynthesizedStack stack) {
        SynthesizedStack nothing = stack.with(JsonNodeFactory.instance.objectNode());
        return new StackReview(
                "new stack with " + count(stack),
                TemplateChanges.between(nothing, stack),
                Widening.between(nothing, stack));
    }

    private static StackReview removed(SynthesizedStack stack) {
        SynthesizedStack nothing = stack.with(JsonNodeFactory.instance.objectNode());
        return new StackReview(
                "no longer in the app, with " + count(stack) + "; a nested stack is deleted by its parent's next"
                        + " deployment, any other stays until you delete it",
                TemplateChanges.between(stack, nothing),
                List.of());
    }

    private static String count(SynthesizedStack stack) {
        int resources = stack.resources().size();
        return resources == 1 ? "1 resource" : resources + " resources";
    }

    boolean isEmpty() {
        return stacks.isEmpty();
    }

    int count() {
        return stacks.values().stream().mapToInt(StackReview::count).sum();
    }

    /** {@return all changes, those of several stacks under the name of each} */
    List<String> lines(boolean many) {
        List<String> lines = new ArrayList<>();
        stacks.forEach((name, review) -> {
            if (many) {
                lines.add(review.headline().isEmpty() ? name : name + ": " + review.headline());
            }
            review.lines().forEach(line -> lines.add(many ? "  " + line : line));
        });
        return lines;
    }

    /** {@return the changes that lose data, one a resource} */
    List<String> losses(boolean many) {
        return findings(
                many,
                review -> review.changes().losses().stream()
                        .map(lines -> String.join("\n  ", lines))
                        .toList());
    }

    /** {@return the permissions that are new or wider} */
    List<String> widened(boolean many) {
        return findings(many, StackReview::widened);
    }

    private List<String> findings(boolean many, Function<StackReview, List<String>> of) {
        return stacks.entrySet().stream()
                .flatMap(entry -> of.apply(entry.getValue()).stream()
                        .map(finding -> many ? entry.getKey() + ": " + finding : finding))
                .toList();
    }
}

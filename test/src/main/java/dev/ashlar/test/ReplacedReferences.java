package dev.ashlar.test;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.ashlar.test.SynthesizedStack.Resource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Follows a replacement to the resources that refer to what is replaced: what they refer to gets another name. */
final class ReplacedReferences {
    private ReplacedReferences() {}

    /** Raises the update of each resource that refers to a replaced one by a property that may replace it too. */
    static void follow(Map<String, ResourceChange> changes) {
        Set<String> followed = new TreeSet<>();
        Optional<ResourceChange> next = next(changes, followed);
        while (next.isPresent()) {
            followed.add(next.get().resource().id());
            follow(next.get(), changes);
            next = next(changes, followed);
        }
    }

    private static Optional<ResourceChange> next(Map<String, ResourceChange> changes, Set<String> followed) {
        return changes.values().stream()
                .filter(ResourceChange::mayReplace)
                .filter(change -> !followed.contains(change.resource().id()))
                .findFirst();
    }

    private static void follow(ResourceChange cause, Map<String, ResourceChange> changes) {
        String note = "it refers to " + cause.resource().path() + ", which "
                + (cause.update() == Update.REPLACEMENT ? "is" : "may be") + " replaced";
        changes.replaceAll((id, change) -> {
            boolean stays = !change.isAddition() && !change.isRemoval();
            return stays
                            && !change.update().isAtLeast(Update.MAY_REPLACE)
                            && isReplacedWith(cause.resource().id(), change.resource())
                    ? change.with(Update.MAY_REPLACE).with(note)
                    : change;
        });
    }

    private static boolean isReplacedWith(String id, Resource resource) {
        return resource.properties().properties().stream()
                .flatMap(property -> references(property.getKey(), property.getValue(), id))
                .map(path -> new Difference(path, NullNode.getInstance(), NullNode.getInstance()))
                .anyMatch(change ->
                        UpdateBehaviour.published().of(resource.type(), change).isAtLeast(Update.MAY_REPLACE));
    }

    /** {@return the paths of the values that refer to a logical id} */
    private static Stream<String> references(String path, JsonNode value, String id) {
        if (value.isArray()) {
            return IntStream.range(0, value.size())
                    .boxed()
                    .flatMap(i -> references(path + "[" + i + "]", value.path(i), id));
        }
        if (!value.isObject()) {
            return Stream.empty();
        }
        boolean refers = value.path("Ref").asText().equals(id)
                || value.path("Fn::GetAtt").path(0).asText().equals(id)
                || mentions(value.path("Fn::Sub"), id);
        Stream<String> below = value.properties().stream()
                .flatMap(field -> references(path + "." + field.getKey(), field.getValue(), id));
        return refers ? Stream.concat(Stream.of(path), below) : below;
    }

    private static boolean mentions(JsonNode substitution, String id) {
        String text = substitution.isArray() ? substitution.path(0).asText() : substitution.asText();
        return Pattern.compile("\\$\\{" + Pattern.quote(id) + "[.}]")
                .matcher(text)
                .find();
    }
}

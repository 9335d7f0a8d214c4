package dev.ashlar.test;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ashlar.test.SynthesizedStack.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a new template does to one resource. */
// No record: PIT cannot change one that has components with annotations, and this class decides what is a loss.
final class ResourceChange {
    private static final String NESTED_STACK = "AWS::CloudFormation::Stack";
    private static final String CONDITION = "Condition";
    private static final String PROPERTIES = "Properties";

    private final @Nullable Resource before;
    private final @Nullable Resource after;
    private final List<Difference> attributes;
    private final List<Difference> properties;
    private final Update update;
    private final List<String> notes;

    /**
     * Says what happens.
     *
     * @param before the resource as it was, or null if it is new
     * @param after the resource as it is, or null if it is gone
     * @param attributes where CloudFormation's own attributes differ, such as {@code DeletionPolicy}
     * @param properties where the properties differ
     * @param update what CloudFormation does to a resource that stays
     * @param notes what else to tell the reader
     */
    private ResourceChange(
            @Nullable Resource before,
            @Nullable Resource after,
            List<Difference> attributes,
            List<Difference> properties,
            Update update,
            List<String> notes) {
        this.before = before;
        this.after = after;
        this.attributes = attributes;
        this.properties = properties;
        this.update = update;
        this.notes = notes;
    }

    /** Compares what an old and a new template say about one logical id. */
    static ResourceChange between(Resource before, Resource after) {
        List<Difference> properties = Differences.between(properties(before), properties(after));
        Update update = before.type().equals(after.type()) ? Update.IN_PLACE : Update.REFUSED;
        for (Difference property : properties) {
            update = update.orMore(UpdateBehaviour.published().of(after.type(), property));
        }
        return new ResourceChange(
                before,
                after,
                Differences.between(attributes(before), attributes(after)),
                properties,
                update,
                List.of());
    }

    static ResourceChange added(Resource resource) {
        return new ResourceChange(null, resource, List.of(), List.of(), Update.IN_PLACE, List.of());
    }

    static ResourceChange removed(Resource resource) {
        return new ResourceChange(resource, null, List.of(), List.of(), Update.IN_PLACE, List.of());
    }

    /** {@return the properties, where there are none as an empty object: the first one is like any other} */
    private static JsonNode properties(Resource resource) {
        return resource.properties().isObject() ? resource.properties() : JsonNodeFactory.instance.objectNode();
    }

    private static JsonNode attributes(Resource resource) {
        return resource.body() instanceof ObjectNode body ? body.deepCopy().without(PROPERTIES) : resource.body();
    }

    /** {@return this change with a note for the reader} */
    ResourceChange with(String note) {
        List<String> all = new ArrayList<>(notes);
        all.add(note);
        return new ResourceChange(before, after, attributes, properties, update, all);
    }

    /** {@return this change with an update that does more} */
    ResourceChange with(Update more) {
        return new ResourceChange(before, after, attributes, properties, update.orMore(more), notes);
    }

    Resource resource() {
        return after != null ? after : Objects.requireNonNull(before);
    }

    Update update() {
        return update;
    }

    boolean isAddition() {
        return before == null;
    }

    boolean isRemoval() {
        return after == null;
    }

    boolean isDifferent() {
        return isAddition()
                || isRemoval()
                || !attributes.isEmpty()
                || !properties.isEmpty()
                || update != Update.IN_PLACE;
    }

    boolean mayReplace() {
        return update == Update.MAY_REPLACE || update == Update.REPLACEMENT;
    }

    /** {@return whether data is gone when this is deployed, or will be because it is kept no longer} */
    boolean losesData() {
        if (before == null || !DataPolicies.holdsData(before)) {
            return false;
        }
        if (after == null) {
            return !DataPolicies.keeps(before, DataPolicies.ON_REMOVAL);
        }
        return (mayReplace() && !keepsWhatItReplaces(before, after))
                || stopsKeeping(before, after)
                || (isConditional() && !DataPolicies.keeps(before, DataPolicies.ON_REMOVAL));
    }

    /** {@return whether the resource stands under another condition than before, which may not be met} */
    private boolean isConditional() {
        return attributes.stream().anyMatch(attribute -> attribute.path().equals(CONDITION) && !attribute.isRemoval());
    }

    /** {@return what happens, in capitals where data is lost} */
    String summary() {
        List<String> parts = new ArrayList<>();
        if (before == null) {
            parts.add("created");
        } else if (after == null) {
            parts.add(removal(before));
        } else {
            parts.add(mayReplace() ? replacement(before, after) : update.text());
            if (stopsKeeping(before, after)) {
                parts.add("ITS DATA IS NO LONGER KEPT when it is removed or replaced");
            }
            if (isConditional()) {
                parts.add("where its condition is not met, " + removal(before));
            }
        }
        parts.addAll(notes);
        return String.join("; ", parts);
    }

    /** {@return a line for each difference, and what it causes} */
    List<String> details() {
        Stream<String> ofProperties = properties.stream()
                .map(property -> property.text()
                        + UpdateBehaviour.published()
                                .of(resource().type(), property)
                                .note());
        return Stream.concat(attributes.stream().map(Difference::text), ofProperties)
                .toList();
    }

    private static String removal(Resource before) {
        if (before.type().equals(NESTED_STACK)) {
            return "removed, with all that is in the nested stack";
        }
        if (!DataPolicies.holdsData(before)) {
            return "removed";
        }
        return DataPolicies.keeps(before, DataPolicies.ON_REMOVAL)
                ? "removed from the stack; its DeletionPolicy " + DataPolicies.policy(before, DataPolicies.ON_REMOVAL)
                        + " keeps the data, which then belongs to no stack (orphaned)"
                : "REMOVED WITH ITS DATA";
    }

    private String replacement(Resource before, Resource after) {
        if (!DataPolicies.holdsData(before)) {
            return update.text();
        }
        boolean sure = update == Update.REPLACEMENT;
        if (!keepsWhatItReplaces(before, after)) {
            return sure ? "REPLACED, ITS DATA IS LOST" : "MAY BE REPLACED, ITS DATA WOULD BE LOST";
        }
        return update.text() + " by an empty one; its UpdateReplacePolicy "
                + DataPolicies.policy(after, DataPolicies.ON_REPLACEMENT) + (sure ? " keeps" : " would keep")
                + " the old data, which then belongs to no stack (orphaned)";
    }

    /** Both, because which of the two templates decides is not documented. */
    private static boolean keepsWhatItReplaces(Resource before, Resource after) {
        return DataPolicies.keeps(before, DataPolicies.ON_REPLACEMENT)
                && DataPolicies.keeps(after, DataPolicies.ON_REPLACEMENT);
    }

    private static boolean stopsKeeping(Resource before, Resource after) {
        return DataPolicies.holdsData(before)
                && (stopsKeeping(before, after, DataPolicies.ON_REMOVAL)
                        || stopsKeeping(before, after, DataPolicies.ON_REPLACEMENT));
    }

    private static boolean stopsKeeping(Resource before, Resource after, String attribute) {
        return DataPolicies.keeps(before, attribute) && !DataPolicies.keeps(after, attribute);
    }
}

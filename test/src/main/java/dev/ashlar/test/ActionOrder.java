package dev.ashlar.test;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Takes the order of a policy statement's actions out of a template: IAM ignores it, CDK sorts it by a flag. */
final class ActionOrder {
    private ActionOrder() {}

    /** {@return a copy of the template in which the actions of each statement are sorted} */
    static JsonNode ignoredIn(JsonNode template) {
        JsonNode copy = template.deepCopy();
        copy.findParents("Action").forEach(statement -> {
            if (statement.get("Action") instanceof ArrayNode actions) {
                ((ObjectNode) statement).set("Action", sorted(actions));
            }
        });
        return copy;
    }

    private static ArrayNode sorted(ArrayNode actions) {
        List<JsonNode> elements = new ArrayList<>();
        actions.forEach(elements::add);
        elements.sort(Comparator.comparing(JsonNode::toString));
        return actions.arrayNode().addAll(elements);
    }
}

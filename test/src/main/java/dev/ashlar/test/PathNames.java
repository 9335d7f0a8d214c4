package dev.ashlar.test;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.regex.Pattern;

/** Names that differ between a stack at the top and one in a stage, because they are made of the construct's path. */
final class PathNames {
    /** What CDK appends to names that are made of a path. */
    private static final Pattern HASH = Pattern.compile("[0-9A-Fa-f]{8,}");

    private final String stack;
    private final Pattern stackInStage;

    PathNames(String stage, String stack) {
        this.stack = stack;
        this.stackInStage = Pattern.compile(stage + "[-_/]?" + stack, Pattern.CASE_INSENSITIVE);
    }

    /** {@return the inner template with the outer one's text wherever only a name's path differs} */
    JsonNode reconcile(JsonNode outside, JsonNode inside) {
        if (outside.isTextual() && inside.isTextual()) {
            boolean sameName = withoutPath(outside.asText()).equalsIgnoreCase(withoutPath(inside.asText()));
            return sameName ? outside : inside;
        }
        if (outside.isArray() && inside.isArray()) {
            ArrayNode items = JsonNodeFactory.instance.arrayNode();
            for (int i = 0; i < inside.size(); i++) {
                items.add(reconcile(outside.path(i), inside.path(i)));
            }
            return items;
        }
        if (outside.isObject() && inside.isObject()) {
            ObjectNode fields = JsonNodeFactory.instance.objectNode();
            Json.sortedFields(inside).forEach((name, value) -> fields.set(name, reconcile(outside.path(name), value)));
            return fields;
        }
        return inside;
    }

    private String withoutPath(String text) {
        return HASH.matcher(stackInStage.matcher(text).replaceAll(stack)).replaceAll("");
    }
}

package dev.ashlar.test;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads the statements of policies as permissions. */
final class PolicyReader {
    private final ReadableText text;

    PolicyReader(ReadableText text) {
        this.text = text;
    }

    /** {@return a permission for each action and resource of a policy's statements} */
    List<Permission> permissionsIn(JsonNode document) {
        return statements(document)
                .flatMap(statement -> permissions(statement).stream())
                .toList();
    }

    /** {@return the statements of all policies that are somewhere in a value, as JSON or as the text of one} */
    Stream<JsonNode> statements(JsonNode value) {
        if (value.isTextual() || value.has("Fn::Join") || value.has("Fn::Sub")) {
            return written(text.of(value));
        }
        List<JsonNode> own = each(value.path("Statement"))
                .filter(statement -> statement.has("Effect"))
                .toList();
        return own.isEmpty() ? value.valueStream().flatMap(this::statements) : own.stream();
    }

    private Stream<JsonNode> written(String policy) {
        if (!policy.startsWith("{") || !policy.contains("Statement")) {
            return Stream.empty();
        }
        try {
            return statements(Json.parse(policy));
        } catch (JsonProcessingException e) {
            return Stream.empty();
        }
    }

    /** {@return a permission for each action and resource of a statement} */
    List<Permission> permissions(JsonNode statement) {
        return permissions(statement, named(statement, "Resource"));
    }

    /** {@return a permission for each action and resource of a statement in the policy of a resource} */
    List<Permission> permissionsOn(String itself, JsonNode statement) {
        // A resource's policy reaches no further than the resource, which some services have it call "*".
        List<String> resources = named(statement, "Resource").stream()
                .map(resource -> resource.equals("*") ? itself : resource)
                .toList();
        return permissions(statement, resources.isEmpty() ? List.of(itself) : resources);
    }

    /** {@return a statement's condition with sorted keys and values, one that stands alone without its array} */
    JsonNode condition(JsonNode statement) {
        JsonNode condition = statement.path("Condition");
        if (condition.isMissingNode() || condition.isEmpty()) {
            return MissingNode.getInstance();
        }
        return normal(condition, keys -> normal(keys, this::values));
    }

    /** {@return an object with sorted fields, or the text of what is known only when the stack is deployed} */
    private JsonNode normal(JsonNode value, UnaryOperator<JsonNode> field) {
        if (ReadableText.isIntrinsic(value)) {
            return TextNode.valueOf(text.of(value));
        }
        ObjectNode normal = JsonNodeFactory.instance.objectNode();
        Json.sortedFields(value).forEach((name, content) -> normal.set(name, field.apply(content)));
        return normal;
    }

    private JsonNode values(JsonNode value) {
        List<String> sorted = each(value).map(text::of).distinct().sorted().toList();
        if (sorted.size() == 1) {
            return TextNode.valueOf(sorted.get(0));
        }
        ArrayNode values = JsonNodeFactory.instance.arrayNode();
        sorted.forEach(values::add);
        return values;
    }

    private List<Permission> permissions(JsonNode statement, List<String> resources) {
        JsonNode condition = condition(statement);
        boolean denied = statement.path("Effect").asText().equals("Deny");
        List<Permission> permissions = new ArrayList<>();
        for (String action : named(statement, "Action")) {
            for (String resource : resources) {
                Permission permission = Permission.of(action, resource);
                if (!condition.isMissingNode()) {
                    permission = permission.when(condition.isTextual() ? condition.asText() : Json.compact(condition));
                }
                permissions.add(denied ? permission.denied() : permission);
            }
        }
        return permissions;
    }

    /** {@return the values of {@code Action}, or one that stands for all of {@code NotAction}; resources alike} */
    private List<String> named(JsonNode statement, String property) {
        String negation = "Not" + property;
        if (statement.has(negation)) {
            return List.of(each(statement.path(negation))
                    .map(text::of)
                    .collect(Collectors.joining(", ", negation + "(", ")")));
        }
        return each(statement.path(property)).map(text::of).toList();
    }

    /** {@return one value or many alike; where a condition of the template chooses, all that may be chosen} */
    static Stream<JsonNode> each(JsonNode value) {
        if (value.isMissingNode() || value.path("Ref").asText().equals("AWS::NoValue")) {
            return Stream.empty();
        }
        if (value.has("Fn::If")) {
            return value.path("Fn::If").valueStream().skip(1).flatMap(PolicyReader::each);
        }
        return value.isArray() ? value.valueStream().flatMap(PolicyReader::each) : Stream.of(value);
    }
}

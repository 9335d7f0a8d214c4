package dev.ashlar.test;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Writes values of a template as a reader would: {@code ${Notes/Table.Arn}/index/*} instead of a join of a reference to
 * a hashed id.
 */
final class ReadableText {
    /** {@code ${Name}} and {@code ${Name.Attribute}}, but not {@code ${!Literal}}. */
    private static final Pattern SUBSTITUTION = Pattern.compile("\\$\\{([^!}.][^}.]*)(\\.[^}]+)?}");

    private final ConstructPaths constructs;

    ReadableText(ConstructPaths constructs) {
        this.constructs = constructs;
    }

    /** {@return a value as text, with references by construct path and joins done} */
    String of(JsonNode value) {
        JsonNode resolved = resolve(value);
        return resolved.isValueNode() ? resolved.asText() : Json.compact(resolved);
    }

    /** {@return whether CloudFormation puts something else in the place of a value} */
    static boolean isIntrinsic(JsonNode value) {
        return value.size() == 1
                && value.properties().stream()
                        .map(Map.Entry::getKey)
                        .anyMatch(name -> name.equals("Ref") || name.startsWith("Fn::"));
    }

    private JsonNode resolve(JsonNode value) {
        if (value.isArray()) {
            ArrayNode resolved = JsonNodeFactory.instance.arrayNode();
            value.forEach(item -> resolved.add(resolve(item)));
            return resolved;
        }
        if (!value.isObject()) {
            return value;
        }
        if (isIntrinsic(value)) {
            Map.Entry<String, JsonNode> only = value.properties().iterator().next();
            return TextNode.valueOf(intrinsic(only.getKey(), only.getValue()));
        }
        ObjectNode resolved = JsonNodeFactory.instance.objectNode();
        Json.sortedFields(value).forEach((name, field) -> resolved.set(name, resolve(field)));
        return resolved;
    }

    private String intrinsic(String name, JsonNode argument) {
        JsonNode first = argument.path(0);
        JsonNode second = argument.path(1);
        return switch (name) {
            case "Ref" -> reference(argument.asText(), "");
            case "Fn::GetAtt" ->
                argument.isArray() ? reference(first.asText(), "." + of(second)) : call(name, argument);
            case "Fn::Join" -> second.isArray() ? join(first.asText(), second) : call(name, argument);
            case "Fn::Sub" ->
                argument.isArray() ? substitute(first.asText(), second) : substitute(argument.asText(), second);
            default -> call(name, argument);
        };
    }

    private String reference(String logicalId, String attribute) {
        return "${" + constructs.pathOf(logicalId) + attribute + "}";
    }

    private String join(String delimiter, JsonNode parts) {
        return parts.valueStream().map(this::of).collect(Collectors.joining(delimiter));
    }

    /** {@return a function whose result is known only when the stack is deployed} */
    private String call(String function, JsonNode argument) {
        return function + "(" + (argument.isArray() ? join(", ", argument) : of(argument)) + ")";
    }

    private String substitute(String text, JsonNode variables) {
        Map<String, String> values = new HashMap<>();
        Json.sortedFields(variables).forEach((name, value) -> values.put(name, of(value)));
        return SUBSTITUTION.matcher(text).replaceAll(match -> {
            String name = match.group(1);
            String attribute = match.group(2) == null ? "" : match.group(2);
            String variable = values.get(name + attribute);
            return Matcher.quoteReplacement(variable != null ? variable : reference(name, attribute));
        });
    }
}

package dev.ashlar.local.internal.template;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * CloudFormation's intrinsic functions and conditions.
 *
 * @see <a href="https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html">Intrinsic
 *     functions</a>
 */
final class Intrinsics {
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{(!?)([^}]+)}");

    private final Template template;
    private final Account account;
    private final Names names;
    private final Function<String, Optional<String>> imports;

    Intrinsics(Template template, Account account, Names names, Function<String, Optional<String>> imports) {
        this.template = template;
        this.account = account;
        this.names = names;
        this.imports = imports;
    }

    /** {@return a value with all functions done; a missing node for {@code AWS::NoValue}} */
    JsonNode resolve(JsonNode value) {
        if (value.isArray()) {
            ArrayNode resolved = JsonNodeFactory.instance.arrayNode();
            value.forEach(item -> add(resolved, resolve(item)));
            return resolved;
        }
        if (!value.isObject()) {
            return value;
        }
        if (value.size() == 1) {
            Map.Entry<String, JsonNode> only = value.properties().iterator().next();
            Optional<JsonNode> result = call(only.getKey(), only.getValue());
            if (result.isPresent()) {
                return result.get();
            }
        }
        ObjectNode resolved = JsonNodeFactory.instance.objectNode();
        value.properties().forEach(field -> {
            JsonNode inner = resolve(field.getValue());
            if (!inner.isMissingNode()) {
                resolved.set(field.getKey(), inner);
            }
        });
        return resolved;
    }

    /** {@return whether a condition of the template holds} */
    boolean holds(String condition) {
        JsonNode definition = root("Conditions").path(condition);
        if (definition.isMissingNode()) {
            throw unresolved("Condition " + condition, "the template has none of this name");
        }
        return isTrue(definition);
    }

    private Optional<JsonNode> call(String function, JsonNode argument) {
        return switch (function) {
            case "Ref" -> Optional.of(ref(argument.asText()));
            case "Fn::GetAtt" -> Optional.of(TextNode.valueOf(getAtt(argument)));
            case "Fn::Sub" -> Optional.of(TextNode.valueOf(sub(argument)));
            case "Fn::Join" -> Optional.of(TextNode.valueOf(join(argument)));
            case "Fn::If" ->
                Optional.of(resolve(argument.path(holds(argument.path(0).asText()) ? 1 : 2)));
            case "Fn::Select" -> Optional.of(select(argument));
            case "Fn::Split" -> Optional.of(split(argument));
            case "Fn::FindInMap" -> Optional.of(findInMap(argument));
            case "Fn::ImportValue" ->
                Optional.of(TextNode.valueOf(importValue(resolve(argument).asText())));
            case "Fn::Base64" ->
                Optional.of(TextNode.valueOf(Base64.getEncoder()
                        .encodeToString(resolve(argument).asText().getBytes(UTF_8))));
            case "Fn::ToJsonString" -> Optional.of(TextNode.valueOf(Json.write(resolve(argument))));
            case "Fn::Length" ->
                Optional.of(
                        JsonNodeFactory.instance.numberNode(resolve(argument).size()));
            case "Fn::GetAZs" -> Optional.of(availabilityZones());
            case "Fn::Cidr", "Fn::Transform", "Fn::GetStackOutput" ->
                throw unresolved(function, "it is not known here");
            default -> Optional.empty();
        };
    }

    private JsonNode ref(String name) {
        if (name.equals("AWS::NoValue")) {
            return MissingNode.getInstance();
        }
        if (name.equals("AWS::NotificationARNs")) {
            return JsonNodeFactory.instance.arrayNode();
        }
        if (name.startsWith("AWS::")) {
            return TextNode.valueOf(
                    account.pseudoParameter(name, template.getStack().name()));
        }
        JsonNode parameter = root("Parameters").path(name);
        if (!parameter.isMissingNode()) {
            return parameter(name, parameter);
        }
        Resource resource = resource(name, "Ref " + name);
        return TextNode.valueOf(names.ref(resource)
                .orElseThrow(() -> unresolved("Ref " + name, "only AWS knows the name of a " + resource.type())));
    }

    private JsonNode parameter(String name, JsonNode definition) {
        String given = template.getStack().parameters().get(name);
        String type = definition.path("Type").asText();
        JsonNode value = given == null ? definition.path("Default") : TextNode.valueOf(given);
        if (value.isMissingNode()) {
            throw unresolved("Ref " + name, "the parameter has no default");
        }
        if (given == null && type.startsWith("AWS::SSM::Parameter::Value")) {
            throw unresolved(
                    "Ref " + name, "it is the value of the parameter " + value.asText() + " in Systems Manager");
        }
        return type.startsWith("List<") || type.equals("CommaDelimitedList") ? list(value.asText()) : value;
    }

    private static JsonNode list(String text) {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        for (String item : text.split(",", -1)) {
            list.add(item.strip());
        }
        return list;
    }

    private String getAtt(JsonNode argument) {
        String[] parts = argument.isArray()
                ? new String[] {
                    argument.path(0).asText(), resolve(argument.path(1)).asText()
                }
                : argument.asText().split("\\.", 2);
        return getAtt(parts[0], parts.length == 2 ? parts[1] : "");
    }

    private String getAtt(String id, String attribute) {
        String token = "Fn::GetAtt " + id + "." + attribute;
        Resource resource = resource(id, token);
        Optional<Template> nested = template.nested(id);
        if (nested.isPresent() && attribute.startsWith("Outputs.")) {
            JsonNode output = nested.get().getOutputs().get(attribute.substring("Outputs.".length()));
            if (output == null) {
                throw unresolved(token, "the nested stack has no such output");
            }
            return nested.get().resolve(output).asText();
        }
        return names.attribute(resource, attribute)
                .orElseThrow(() -> unresolved(token, "only AWS knows this of a " + resource.type()));
    }

    private String sub(JsonNode argument) {
        String text = argument.isArray() ? argument.path(0).asText() : argument.asText();
        JsonNode variables = argument.path(1);
        return VARIABLE.matcher(text).replaceAll(match -> Matcher.quoteReplacement(variable(match, variables)));
    }

    private String variable(MatchResult match, JsonNode variables) {
        String name = match.group(2).strip();
        if (!match.group(1).isEmpty()) {
            return "${" + name + "}";
        }
        if (variables.has(name)) {
            return resolve(variables.path(name)).asText();
        }
        if (name.contains(".")) {
            String[] parts = name.split("\\.", 2);
            return getAtt(parts[0], parts[1]);
        }
        return ref(name).asText();
    }

    private String join(JsonNode argument) {
        JsonNode items = resolve(argument.path(1));
        List<String> texts = new ArrayList<>();
        items.forEach(item -> texts.add(item.asText()));
        return texts.stream().collect(Collectors.joining(argument.path(0).asText()));
    }

    private JsonNode select(JsonNode argument) {
        int index = resolve(argument.path(0)).asInt();
        JsonNode items = resolve(argument.path(1));
        if (!items.has(index)) {
            throw unresolved("Fn::Select " + index, "there are " + items.size() + " values");
        }
        return items.path(index);
    }

    private JsonNode split(JsonNode argument) {
        ArrayNode parts = JsonNodeFactory.instance.arrayNode();
        String text = resolve(argument.path(1)).asText();
        for (String part : text.split(Pattern.quote(argument.path(0).asText()), -1)) {
            parts.add(part);
        }
        return parts;
    }

    private JsonNode findInMap(JsonNode argument) {
        String map = resolve(argument.path(0)).asText();
        String first = resolve(argument.path(1)).asText();
        String second = resolve(argument.path(2)).asText();
        JsonNode value = root("Mappings").path(map).path(first).path(second);
        if (!value.isMissingNode()) {
            return value;
        }
        if (argument.path(3).has("DefaultValue")) {
            return resolve(argument.path(3).path("DefaultValue"));
        }
        throw unresolved("Fn::FindInMap " + map + "." + first + "." + second, "the template has no such value");
    }

    private String importValue(String name) {
        return imports.apply(name)
                .orElseThrow(() -> unresolved("Fn::ImportValue " + name, "no stack of the assembly exports it"));
    }

    private JsonNode availabilityZones() {
        ArrayNode zones = JsonNodeFactory.instance.arrayNode();
        for (String zone : List.of("a", "b", "c")) {
            zones.add(account.region() + zone);
        }
        return zones;
    }

    private boolean isTrue(JsonNode condition) {
        Map.Entry<String, JsonNode> only = condition.properties().iterator().next();
        JsonNode argument = only.getValue();
        return switch (only.getKey()) {
            case "Condition" -> holds(argument.asText());
            case "Fn::Equals" ->
                resolve(argument.path(0))
                        .asText()
                        .equals(resolve(argument.path(1)).asText());
            case "Fn::Not" -> !isTrue(argument.path(0));
            case "Fn::And" -> argument.valueStream().allMatch(this::isTrue);
            case "Fn::Or" -> argument.valueStream().anyMatch(this::isTrue);
            default -> throw unresolved("Condition " + only.getKey(), "it is not known here");
        };
    }

    private Resource resource(String id, String token) {
        return template.getResource(id)
                .orElseThrow(
                        () -> unresolved(token, "the template has no such resource, or its condition does not hold"));
    }

    private JsonNode root(String section) {
        return template.getStack().template().path(section);
    }

    private UnresolvedTokenException unresolved(String token, String why) {
        return new UnresolvedTokenException(template.getStack().path(), token, why);
    }

    private static void add(ArrayNode array, JsonNode item) {
        if (!item.isMissingNode()) {
            array.add(item);
        }
    }
}

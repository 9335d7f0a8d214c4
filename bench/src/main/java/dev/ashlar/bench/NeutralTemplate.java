package dev.ashlar.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * The resources of a template without what two people would write differently: logical ids are words for their types, names
 * that CDK makes and hashes of assets one word each, and comments and the code of CloudFront Functions are left out. All else
 * stays: permissions, settings, what is kept, what waits for what.
 */
final class NeutralTemplate {
    private static final Pattern GENERATED = Pattern.compile(".*Shop.*");
    private static final Pattern HASH = Pattern.compile("\\b[0-9a-f]{64}\\b|(?<=cr-owned:)[0-9a-f]{8}\\b");
    private static final Set<String> LEFT_OUT = Set.of("FunctionCode", "Comment", "Metadata");
    private static final JsonNode NAME = TextNode.valueOf("<name>");

    private final JsonNode resources;

    private NeutralTemplate(JsonNode resources) {
        this.resources = resources;
    }

    /** {@return each resource as JSON with sorted keys, sorted} */
    static List<String> resourcesOf(JsonNode resources) {
        NeutralTemplate template = new NeutralTemplate(resources);
        return elements(resources)
                .map(resource -> template.neutral(resource).toString())
                .sorted()
                .toList();
    }

    private JsonNode neutral(JsonNode value) {
        if (value.isTextual()) {
            return text(value.asText());
        }
        if (value.isArray()) {
            ArrayNode items = JsonNodeFactory.instance.arrayNode();
            elements(value).map(this::neutral).forEach(items::add);
            return items;
        }
        return value.isObject() ? object(value) : value;
    }

    private JsonNode object(JsonNode value) {
        ObjectNode fields = JsonNodeFactory.instance.objectNode();
        value.properties().stream()
                .filter(field -> !LEFT_OUT.contains(field.getKey()))
                .sorted(Map.Entry.comparingByKey())
                .forEach(field -> fields.set(field.getKey(), neutral(field.getValue())));
        if (elements(fields.path("Fn::Join").path(1)).anyMatch(NAME::equals)) {
            return NAME;
        }
        JsonNode attribute = fields.path("Fn::GetAtt");
        // What a reference to a CloudFront Function is too.
        return attribute.path(1).asText().equals("FunctionARN")
                ? JsonNodeFactory.instance.objectNode().set("Ref", attribute.path(0))
                : fields;
    }

    private JsonNode text(String text) {
        JsonNode referred = resources.path(text);
        if (!referred.isMissingNode()) {
            return TextNode.valueOf("<" + referred.path("Type").asText() + ">");
        }
        if (GENERATED.matcher(text).matches()) {
            return NAME;
        }
        // Stage, method and path of a request: two wildcards match the three as well.
        return TextNode.valueOf(HASH.matcher(text).replaceAll("<hash>").replace("/*/*/*", "/*/*"));
    }

    private static Stream<JsonNode> elements(JsonNode node) {
        return StreamSupport.stream(node.spliterator(), false);
    }
}

package dev.ashlar.local.internal.template;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/**
 * A resource of a template.
 *
 * @param id the logical id
 * @param type such as {@code AWS::SQS::Queue}
 * @param path the path of the construct that a reader knows, such as {@code Shop/Orders/Queue}; without one the logical
 *     id
 * @param definition all that the template says, unresolved
 */
public record Resource(String id, String type, String path, JsonNode definition) {
    static Resource of(String id, JsonNode definition) {
        String path = definition.path("Metadata").path("aws:cdk:path").asText(id);
        return new Resource(
                id, definition.path("Type").asText(), path.replaceFirst("/(Resource|Default)$", ""), definition);
    }

    /** {@return a property as the template has it, or a missing node} */
    public JsonNode raw(String property) {
        return definition.path("Properties").path(property);
    }

    Optional<String> condition() {
        return Optional.ofNullable(definition.path("Condition").textValue());
    }
}

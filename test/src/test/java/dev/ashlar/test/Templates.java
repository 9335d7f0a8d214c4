package dev.ashlar.test;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import software.amazon.awscdk.CfnResource;
import software.amazon.awscdk.Stack;

/** Writes what CDK's own constructs do not write. */
final class Templates {
    private Templates() {}

    /** Adds a resource with properties that are JSON, written with single quotes. */
    static CfnResource resource(Stack stack, String id, String type, String properties) {
        return CfnResource.Builder.create(stack, id)
                .type(type)
                .properties(Json.toMap(json(properties)))
                .build();
    }

    /** {@return JSON that is written with single quotes} */
    static JsonNode json(String text) {
        try {
            return Json.parse(text.replace('\'', '"'));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(text, e);
        }
    }
}

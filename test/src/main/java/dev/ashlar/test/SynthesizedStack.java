package dev.ashlar.test;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.Stage;

/**
 * What CDK wrote for one stack.
 *
 * @param path the stack's construct path, in a stage {@code Stage/Stack}
 * @param template its template as written
 * @param constructs where the template's elements come from
 * @param assembly the folder that it was written to
 */
record SynthesizedStack(String path, JsonNode template, ConstructPaths constructs, Path assembly) {

    /** A resource of the template. */
    record Resource(String id, String path, String type, JsonNode body) {
        JsonNode properties() {
            return body.path("Properties");
        }
    }

    /** Synthesises the stack's app, or reads again what CDK has kept of an earlier time. */
    static SynthesizedStack of(Stack stack) {
        if (!(stack.getNode().getRoot() instanceof Stage root)) {
            throw new IllegalArgumentException("[" + stack.getNode().getPath() + "] stack must be part of an App");
        }
        root.synth();
        Path assembly =
                Path.of(Objects.requireNonNullElse(Stage.of(stack), root).getOutdir());
        String path = stack.getNode().getPath();
        return new SynthesizedStack(
                path,
                Json.read(assembly.resolve(stack.getTemplateFile())),
                ConstructPaths.read(assembly, deployedWith(stack).getArtifactId(), path),
                assembly);
    }

    static boolean isCustomResource(String type) {
        return type.startsWith("Custom::") || type.equals("AWS::CloudFormation::CustomResource");
    }

    List<Resource> resources() {
        List<Resource> resources = new ArrayList<>();
        for (Map.Entry<String, JsonNode> entry :
                Json.sortedFields(template.path("Resources")).entrySet()) {
            String id = entry.getKey();
            resources.add(new Resource(
                    id, constructs.pathOf(id), entry.getValue().path("Type").asText(), entry.getValue()));
        }
        return resources;
    }

    /** {@return the stack that CloudFormation is asked to deploy: for a nested one its outermost parent} */
    private static Stack deployedWith(Stack stack) {
        Stack parent = stack.getNestedStackParent();
        return parent == null ? stack : deployedWith(parent);
    }
}

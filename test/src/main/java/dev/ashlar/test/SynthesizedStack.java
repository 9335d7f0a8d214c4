package dev.ashlar.test;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.Stage;
import software.constructs.Construct;

/**
 * What CDK wrote for one stack.
 *
 * @param path the stack's construct path, in a stage {@code Stage/Stack}
 * @param template its template as written
 * @param constructs where the template's elements come from
 * @param assembly the folder that it was written to
 * @param size the template's bytes as written
 * @param account the account that it is for, or CDK's token for any
 */
record SynthesizedStack(
        String path, JsonNode template, ConstructPaths constructs, Path assembly, int size, String account) {

    /** A resource of the template. */
    record Resource(String id, String path, String type, JsonNode body) {
        JsonNode properties() {
            return body.path("Properties");
        }
    }

    /** Synthesises the app that a construct is in. CDK does so once. */
    static Stage synthesize(Construct construct) {
        if (!(construct.getNode().getRoot() instanceof Stage root)) {
            throw new IllegalArgumentException("[" + construct.getNode().getPath() + "] stack must be part of an App");
        }
        root.synth();
        return root;
    }

    /** Synthesises the stack's app, or reads again what CDK has kept of an earlier time. */
    static SynthesizedStack of(Stack stack) {
        synthesize(stack);
        return read(stack);
    }

    /** Reads what CDK has written of a stack whose app was synthesised. */
    static SynthesizedStack read(Stack stack) {
        Path assembly = Path.of(requireNonNull(Stage.of(stack)).getOutdir());
        String path = stack.getNode().getPath();
        Path file = assembly.resolve(stack.getTemplateFile());
        return new SynthesizedStack(
                path,
                Json.read(file),
                ConstructPaths.read(assembly, deployedWith(stack).getArtifactId(), path),
                assembly,
                (int) file.toFile().length(),
                stack.getAccount());
    }

    static boolean isCustomResource(String type) {
        return type.startsWith("Custom::") || type.equals("AWS::CloudFormation::CustomResource");
    }

    List<Resource> resources() {
        List<Resource> resources = new ArrayList<>();
        for (Map.Entry<String, JsonNode> entry :
                Json.sortedFields(template.path("Resources")).entrySet()) {
            String id = entry.getKey();
            JsonNode body = entry.getValue();
            resources.add(new Resource(id, pathOf(id, body), body.path("Type").asText(), body));
        }
        return resources;
    }

    /** {@return this stack as its snapshots show it} */
    SynthesizedStack masked() {
        Mask mask = new Mask();
        return new SynthesizedStack(
                path, mask.template(template), constructs.withIds(mask::text), assembly, size, account);
    }

    /** {@return the stack of the same place with another template} */
    SynthesizedStack with(JsonNode other) {
        return new SynthesizedStack(path, other, constructs, assembly, size, account);
    }

    /** {@return a stack of which nothing is known but a template, which was accepted before} */
    static SynthesizedStack gone(String path, JsonNode template) {
        return new SynthesizedStack(path, template, ConstructPaths.unknown(), Path.of(""), 0, "");
    }

    /** {@return the construct's path, which templates written by the CLI carry along for what is not there any more} */
    private String pathOf(String id, JsonNode body) {
        String known = constructs.pathOf(id);
        String carried = body.path("Metadata").path("aws:cdk:path").asText();
        return known.equals(id) && carried.startsWith(path + "/")
                ? ConstructPaths.readable(carried.substring(path.length() + 1))
                : known;
    }

    /** {@return the stack that CloudFormation is asked to deploy: for a nested one its outermost parent} */
    private static Stack deployedWith(Stack stack) {
        Stack parent = stack.getNestedStackParent();
        return parent == null ? stack : deployedWith(parent);
    }
}

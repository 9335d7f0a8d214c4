package dev.ashlar.local.internal.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What {@code cdk synth} wrote: the stacks of an app, those of its stages too.
 *
 * @see <a href="https://docs.aws.amazon.com/cdk/v2/guide/deploy.html#deploy-how-synth-assemblies">Cloud assemblies</a>
 */
public final class CloudAssembly {
    private static final String PATH = "aws:cdk:path";

    private final Path directory;
    private final List<AssemblyStack> stacks = new ArrayList<>();

    private CloudAssembly(Path directory) {
        this.directory = directory;
        read(directory);
    }

    /**
     * Reads an assembly.
     *
     * @param directory such as {@code cdk.out}
     * @throws IllegalArgumentException if there is none, or it cannot be read
     */
    public static CloudAssembly read(String directory) {
        Path path = Path.of(directory).toAbsolutePath().normalize();
        if (!Files.isRegularFile(path.resolve("manifest.json"))) {
            throw new IllegalArgumentException("--assembly must be a directory that cdk synth has written, got " + path
                    + ", which has no manifest.json; run npx cdk synth first");
        }
        return new CloudAssembly(path);
    }

    /** {@return all stacks, in the order of the manifest} */
    public List<AssemblyStack> getStacks() {
        return List.copyOf(stacks);
    }

    /**
     * Returns one stack.
     *
     * @param name its name in CloudFormation, or its path in the app such as {@code Production/Shop}
     * @throws IllegalArgumentException if there is no such stack, or more than one
     */
    public AssemblyStack getStack(String name) {
        List<AssemblyStack> found = stacks.stream()
                .filter(stack -> stack.path().equals(name) || stack.name().equals(name))
                .toList();
        if (found.size() == 1) {
            return found.get(0);
        }
        String all = String.join(", ", stacks.stream().map(AssemblyStack::path).toList());
        if (found.isEmpty()) {
            throw new IllegalArgumentException(
                    "--stack must name a stack of %s, got %s; there are %s".formatted(directory, name, all));
        }
        throw new IllegalArgumentException(
                "--stack must name one stack of %s, got %s, which %d have; give the path of one: %s"
                        .formatted(
                                directory,
                                name,
                                found.size(),
                                String.join(
                                        ", ",
                                        found.stream().map(AssemblyStack::path).toList())));
    }

    private void read(Path directory) {
        JsonNode artifacts = Json.read(directory.resolve("manifest.json")).path("artifacts");
        artifacts.properties().forEach(artifact -> {
            JsonNode properties = artifact.getValue().path("properties");
            switch (artifact.getValue().path("type").asText()) {
                case "aws:cloudformation:stack" -> stacks.add(stack(artifact.getKey(), artifact.getValue(), directory));
                case "cdk:cloud-assembly" ->
                    read(directory.resolve(properties.path("directoryName").asText()));
                default -> {}
            }
        });
    }

    private static AssemblyStack stack(String id, JsonNode artifact, Path directory) {
        JsonNode properties = artifact.path("properties");
        String file = properties.path("templateFile").asText();
        Map<String, String> parameters = new HashMap<>();
        properties
                .path("parameters")
                .properties()
                .forEach(parameter ->
                        parameters.put(parameter.getKey(), parameter.getValue().asText()));
        return new AssemblyStack(
                artifact.path("displayName").asText(id),
                properties.path("stackName").asText(id),
                artifact.path("environment").asText("aws://unknown-account/unknown-region"),
                directory,
                withPaths(Json.read(directory.resolve(file)), metadata(artifact, directory)),
                parameters,
                assets(artifact.path("dependencies"), directory));
    }

    /** {@return what CDK says of constructs: in a file of its own, or in the manifest} */
    private static JsonNode metadata(JsonNode artifact, Path directory) {
        Path file = directory.resolve(artifact.path("additionalMetadataFile").asText("none"));
        return Files.isRegularFile(file) ? Json.read(file) : artifact.path("metadata");
    }

    /** Adds to each resource the path of its construct, which the template itself has only if the CLI asked for it. */
    private static JsonNode withPaths(JsonNode template, JsonNode metadata) {
        JsonNode resources = template.path("Resources");
        metadata.properties().forEach(construct -> {
            for (JsonNode entry : construct.getValue()) {
                if (entry.path("type").asText().equals("aws:cdk:logicalId")
                        && resources.path(entry.path("data").asText()) instanceof ObjectNode resource
                        && resource.withObject("/Metadata").path(PATH).isMissingNode()) {
                    resource.withObject("/Metadata")
                            .put(PATH, construct.getKey().replaceFirst("^/", ""));
                }
            }
        });
        return template;
    }

    /** {@return the stack's files by the key under which they would be uploaded} */
    private static Map<String, Path> assets(JsonNode dependencies, Path directory) {
        Map<String, Path> assets = new HashMap<>();
        for (JsonNode dependency : dependencies) {
            Path manifest = directory.resolve(dependency.asText() + ".json");
            if (!Files.isRegularFile(manifest)) {
                continue;
            }
            for (JsonNode file : Json.read(manifest).path("files")) {
                String source = file.path("source").path("path").asText();
                for (JsonNode destination : file.path("destinations")) {
                    assets.put(destination.path("objectKey").asText(), directory.resolve(source));
                }
            }
        }
        return assets;
    }
}

package dev.ashlar.test;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Which construct each logical id of a template comes from. */
final class ConstructPaths {
    /** Ids of the one CloudFormation element in a construct: they say nothing to a reader. */
    private static final List<String> SILENT_ENDS = List.of("/Resource", "/Default");

    private final Map<String, String> pathsById;

    private ConstructPaths(Map<String, String> pathsById) {
        this.pathsById = pathsById;
    }

    /** {@return nothing, so that logical ids stand for themselves} */
    static ConstructPaths unknown() {
        return new ConstructPaths(Map.of());
    }

    /** Reads what CDK notes beside its templates about each element that got a logical id. */
    static ConstructPaths read(Path assembly, String artifactId, String stackPath) {
        JsonNode artifact =
                Json.read(assembly.resolve("manifest.json")).path("artifacts").path(artifactId);
        String below = "/" + stackPath + "/";
        Map<String, String> paths = new HashMap<>();
        // A nested stack's elements stand among its parent's and may have the same ids, but always longer paths.
        elements(metadata(assembly, artifact))
                .filter(element -> element.getKey().startsWith(below))
                .sorted(Comparator.comparing(element -> -element.getKey().length()))
                .forEach(element ->
                        paths.put(element.getValue(), readable(element.getKey().substring(below.length()))));
        return new ConstructPaths(paths);
    }

    /** {@return the same paths for logical ids that are written in another way} */
    ConstructPaths withIds(UnaryOperator<String> writing) {
        Map<String, String> paths = new HashMap<>();
        pathsById.forEach((id, path) -> paths.put(writing.apply(id), path));
        return new ConstructPaths(paths);
    }

    /** {@return the path of the construct within its stack, or the logical id itself where CDK does not know it} */
    String pathOf(String logicalId) {
        return pathsById.getOrDefault(logicalId, logicalId);
    }

    private static JsonNode metadata(Path assembly, JsonNode artifact) {
        Path file = assembly.resolve(artifact.path("additionalMetadataFile").asText("none"));
        // Before the file of its own, metadata stood in the manifest.
        return Files.isRegularFile(file) ? Json.read(file) : artifact.path("metadata");
    }

    private static Stream<Map.Entry<String, String>> elements(JsonNode metadata) {
        return metadata.properties().stream()
                .flatMap(construct -> construct
                        .getValue()
                        .valueStream()
                        .filter(entry -> entry.path("type").asText().equals("aws:cdk:logicalId"))
                        .map(entry ->
                                Map.entry(construct.getKey(), entry.path("data").asText())));
    }

    /** {@return a construct's path without what says nothing to a reader} */
    static String readable(String path) {
        for (String end : SILENT_ENDS) {
            if (path.endsWith(end)) {
                return path.substring(0, path.length() - end.length());
            }
        }
        return path;
    }
}

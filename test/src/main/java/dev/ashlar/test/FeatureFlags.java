package dev.ashlar.test;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;

/** The switches by which CDK changes what it writes. */
final class FeatureFlags {
    private FeatureFlags() {}

    /** {@return the flags as CDK recommends them, from the report that it adds to each assembly; none if it is old} */
    static Map<String, Object> recommended(Path assembly) {
        JsonNode report = Json.read(assembly.resolve("manifest.json"))
                .path("artifacts")
                .path("aws-cdk-lib/feature-flag-report")
                .path("properties")
                .path("flags");
        ObjectNode flags = JsonNodeFactory.instance.objectNode();
        Json.sortedFields(report).forEach((name, flag) -> flags.set(name, flag.path("recommendedValue")));
        return Json.toMap(flags);
    }

    /** {@return the flags of the nearest {@code cdk.json}} */
    static Map<String, Object> ofProject() {
        return ProjectContext.nearest().entrySet().stream()
                .filter(entry -> entry.getKey().startsWith("@aws-cdk"))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }
}

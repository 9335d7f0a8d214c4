package dev.ashlar.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import software.amazon.awscdk.App;

/**
 * The templates of all example stacks, and of small and large forms of the constructs, are the same with no feature flags of
 * CDK and with all that it recommends. Both have two whose effect AWS does not see: one joins statements, one writes the
 * partition of a known region as text.
 */
class FeatureFlagsTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Map<String, Object> IN_BOTH = Map.of(
            "aws:cdk:bundling-stacks",
            List.of(),
            "@aws-cdk/aws-iam:minimizePolicies",
            true,
            "@aws-cdk/core:enablePartitionLiterals",
            true);

    @Test
    void templatesAreTheSameWithNoneAndWithAll() throws IOException {
        Path without = synthesize(IN_BOTH);
        Map<String, Object> recommended = new HashMap<>(recommended(without));
        assertThat(recommended).hasSizeGreaterThan(50);
        recommended.putAll(IN_BOTH);

        Map<String, JsonNode> expected = templates(without);
        Map<String, JsonNode> actual = templates(synthesize(recommended));

        assertThat(expected).hasSizeGreaterThan(10);
        assertThat(actual).containsOnlyKeys(expected.keySet());
        expected.forEach(
                (name, template) -> assertThat(actual.get(name)).as(name).isEqualTo(template));
    }

    private static Path synthesize(Map<String, Object> context) {
        App app =
                App.Builder.create().analyticsReporting(false).context(context).build();
        ExamplesApp.addStacks(app);
        ConstructForms.addStacks(app);
        return Path.of(app.synth().getDirectory());
    }

    private static Map<String, Object> recommended(Path assembly) throws IOException {
        JsonNode report = JSON.readTree(assembly.resolve("manifest.json").toFile())
                .path("artifacts")
                .path("aws-cdk-lib/feature-flag-report")
                .path("properties")
                .path("flags");
        Map<String, Object> flags = new HashMap<>();
        report.properties()
                .forEach(flag -> flags.put(
                        flag.getKey(), JSON.convertValue(flag.getValue().get("recommendedValue"), Object.class)));
        return flags;
    }

    private static Map<String, JsonNode> templates(Path assembly) throws IOException {
        Map<String, JsonNode> templates = new TreeMap<>();
        for (Path file : NagFindings.files(assembly, "", ".template.json")) {
            templates.put(file.getFileName().toString(), JSON.readTree(file.toFile()));
        }
        return templates;
    }
}

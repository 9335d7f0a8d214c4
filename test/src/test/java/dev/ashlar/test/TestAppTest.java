package dev.ashlar.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.assertions.Template;

class TestAppTest {

    @Test
    void seesTheProjectsContext() {
        App app = TestApp.create();

        ProjectContext.nearest()
                .forEach((key, value) -> assertEquals(value, app.getNode().tryGetContext(key), key));
    }

    @Test
    void putsItsOwnContextBeforeTheProjects() {
        Map<String, Object> own = new HashMap<>(Map.of("zone", "Z1"));
        ProjectContext.nearest().keySet().forEach(key -> own.put(key, "own"));

        App app = TestApp.create(own);

        own.forEach((key, value) -> assertEquals(value, app.getNode().tryGetContext(key), key));
    }

    @Test
    void buildsNoCodeUnlessAsked() {
        Map<String, Object> bundling = Map.of("aws:cdk:bundling-stacks", List.of("**"));

        assertEquals(false, new Stack(TestApp.create(), "Shop").getBundlingRequired());
        assertEquals(true, new Stack(TestApp.create(bundling), "Shop").getBundlingRequired());
    }

    @Test
    void addsNoAnalytics() {
        Template template = Template.fromStack(new Stack(TestApp.create(), "Shop"));

        assertThat(template.toJSON()).doesNotContainKey("Resources").containsKey("Parameters");
    }

    @Test
    void takesContextFromTheNearestFolder(@TempDir Path root) throws IOException {
        Path module = Files.createDirectories(root.resolve("shop/infra"));
        Files.writeString(root.resolve("cdk.json"), "{\"context\": {\"where\": \"root\"}}");
        Files.writeString(root.resolve("shop/cdk.json"), "{\"app\": \"java\", \"context\": {\"where\": [\"shop\"]}}");

        assertEquals(Map.of("where", List.of("shop")), ProjectContext.above(module));
        assertEquals(Map.of("where", "root"), ProjectContext.above(root));
    }

    @Test
    void addsLookupsThatTheSettingsDoNotOverride(@TempDir Path root) throws IOException {
        Files.writeString(root.resolve("cdk.json"), "{\"context\": {\"zone\": \"Z1\"}}");
        Files.writeString(root.resolve("cdk.context.json"), "{\"zone\": \"Z2\", \"vpc\": {\"id\": \"vpc-1\"}}");

        assertEquals(Map.of("zone", "Z1", "vpc", Map.of("id", "vpc-1")), ProjectContext.above(root));
    }

    @Test
    void hasNoContextWhereNoneIsGiven(@TempDir Path root) throws IOException {
        Files.writeString(root.resolve("cdk.json"), "{\"app\": \"java\"}");

        assertEquals(Map.of(), ProjectContext.above(root));
        assertEquals(Map.of(), ProjectContext.above(Path.of("/")));
    }

    @Test
    void rejectsSettingsThatAreNotJson(@TempDir Path root) throws IOException {
        Path settings = Files.writeString(root.resolve("cdk.json"), "{\"context\": ");

        IllegalArgumentException error = assertThrows(IllegalArgumentException.class, () -> ProjectContext.above(root));

        assertThat(error.getMessage()).startsWith("[" + settings + "] must be JSON, got Unexpected end-of-input");
    }
}

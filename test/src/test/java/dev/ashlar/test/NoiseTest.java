package dev.ashlar.test;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.AssertionFailedError;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.sqs.Queue;
import software.constructs.Construct;

class NoiseTest {
    private static final String TEMPLATE = "{'Resources': {"
            + "'A': {'Type': 'My::First', 'Properties': {'Build': 1, 'Env': {'X': 'x', 'Y': 'y'}, 'List': [{'P': 1}, 2]}},"
            + "'B': {'Type': 'My::Second', 'Properties': {'Build': 2, 'Env': {'X': 'x'}}},"
            + "'C': {'Type': 'My::Second', 'DeletionPolicy': 'Retain'}}}";

    @Test
    void ofATypeIsEachPropertyOfItsResources() throws JsonProcessingException {
        assertEquals(json("{'Build': '<ignored>', 'Env': '<ignored>'}"), properties("B", Noise.ofType("My::Second")));
        assertEquals(json(TEMPLATE).path("Resources").path("A"), resource("A", Noise.ofType("My::Second")));
        assertEquals(json(TEMPLATE).path("Resources").path("C"), resource("C", Noise.ofType("My::Second")));
    }

    @Test
    void ofAPropertyIsItsValueAlone() throws JsonProcessingException {
        assertEquals(
                json("{'Build': 1, 'Env': {'X': '<ignored>', 'Y': 'y'}, 'List': [{'P': 1}, 2]}"),
                properties("A", Noise.ofProperty("Env.X")));
        assertEquals(json("{'Build': 2, 'Env': {'X': '<ignored>'}}"), properties("B", Noise.ofProperty("Env.X")));
        assertEquals(
                json("{'Build': 2, 'Env': {'X': 'x'}}"),
                properties("B", Noise.ofType("My::First").property("Env.X")));
    }

    @Test
    void aStarStandsForAnyNameAndItem() throws JsonProcessingException {
        assertEquals(
                json("{'Build': 1, 'Env': {'X': '<ignored>', 'Y': '<ignored>'}, 'List': [{'P': 1}, 2]}"),
                properties("A", Noise.ofProperty("Env.*")));
        assertEquals(
                json("{'Build': 1, 'Env': {'X': 'x', 'Y': 'y'}, 'List': [{'P': '<ignored>'}, 2]}"),
                properties("A", Noise.ofProperty("List.*.P")));
        assertEquals(
                json("{'Build': 1, 'Env': {'X': 'x', 'Y': 'y'}, 'List': ['<ignored>', '<ignored>']}"),
                properties("A", Noise.ofProperty("List.*")));
    }

    @Test
    void atAPathIsWhatIsBelowToo(@TempDir Path module) {
        Noise noise = Noise.at("Legacy");
        new StackAssert(queues("one", "two", "three"), new Snapshots(module, true, false))
                .ignoring(noise)
                .matchesSnapshot();

        assertDoesNotThrow(() ->
                comparing(module, queues("1", "2", "three")).ignoring(noise).matchesSnapshot());
        assertThrows(
                AssertionFailedError.class,
                () -> comparing(module, queues("one", "two", "3"))
                        .ignoring(noise)
                        .matchesSnapshot());
        assertThrows(
                AssertionFailedError.class,
                () -> comparing(module, queues("one", "two", "three")).matchesSnapshot());
    }

    @Test
    void saysWhatItIs() {
        assertEquals(
                "type My::First, property Env.X",
                Noise.ofType("My::First").property("Env.X").toString());
        assertEquals("path Legacy", Noise.at("Legacy").toString());
        assertEquals("property Build", Noise.ofProperty("Build").toString());
    }

    private static StackAssert comparing(Path module, Stack stack) {
        return new StackAssert(stack, new Snapshots(module, false, false));
    }

    private static Stack queues(String first, String second, String third) {
        Stack stack = new Stack(TestApp.createWithOnly(Map.of()), "Shop");
        Construct legacy = new Construct(stack, "Legacy");
        Queue.Builder.create(legacy, "First").queueName(first).build();
        Queue.Builder.create(legacy, "Second").queueName(second).build();
        Queue.Builder.create(stack, "LegacyToo").queueName(third).build();
        return stack;
    }

    private static JsonNode properties(String id, Noise noise) throws JsonProcessingException {
        return resource(id, noise).path("Properties");
    }

    private static JsonNode resource(String id, Noise noise) throws JsonProcessingException {
        return noise.removedFrom(SynthesizedStack.gone("Shop", json(TEMPLATE)))
                .path("Resources")
                .path(id);
    }

    private static JsonNode json(String text) throws JsonProcessingException {
        return Json.parse(text.replace('\'', '"'));
    }
}

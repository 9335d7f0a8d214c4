package dev.ashlar.test;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awscdk.CfnElement;
import software.amazon.awscdk.NestedStack;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.Stage;
import software.amazon.awscdk.services.sqs.Queue;

class ConstructPathsTest {

    @Test
    void areRelativeToTheStack() {
        Stage stage = new Stage(TestApp.create(), "Prod");
        Stack stack = new Stack(stage, "Shop");
        new Queue(stack, "Letters");

        SynthesizedStack synthesized = SynthesizedStack.of(stack);

        assertEquals("Prod/Shop", synthesized.path());
        assertEquals("Letters", synthesized.resources().get(0).path());
    }

    @Test
    void tellANestedStackFromItsParent() {
        Stack stack = new Stack(TestApp.create(), "Shop");
        NestedStack nested = new NestedStack(stack, "Post");
        Queue outer = new Queue(stack, "Letters");
        Queue inner = new Queue(nested, "Letters");
        new Queue(nested, "Parcels");

        SynthesizedStack parent = SynthesizedStack.of(stack);
        SynthesizedStack child = SynthesizedStack.of(nested);

        assertEquals(logicalId(outer), logicalId(inner));
        assertEquals("Letters", parent.constructs().pathOf(logicalId(outer)));
        assertEquals("Shop/Post", child.path());
        assertEquals(2, child.resources().size());
        assertEquals("Letters", child.resources().get(0).path());
        assertEquals("Parcels", child.resources().get(1).path());
    }

    @Test
    void readTheManifestOfOlderAssemblies(@TempDir Path assembly) throws IOException {
        Files.writeString(assembly.resolve("manifest.json"), """
                {"artifacts": {"Shop": {"metadata": {
                    "/Shop": [{"type": "aws:cdk:info", "data": "hello"}],
                    "/Shop/Letters/Resource": [{"type": "aws:cdk:logicalId", "data": "Letters1234"}]}}}}
                """);

        ConstructPaths paths = ConstructPaths.read(assembly, "Shop", "Shop");

        assertEquals("Letters", paths.pathOf("Letters1234"));
        assertEquals("Other", paths.pathOf("Other"));
    }

    private static String logicalId(Queue queue) {
        return queue.getNode().getDefaultChild() instanceof CfnElement element
                ? (String) element.getStack().resolve(element.getLogicalId())
                : "";
    }
}

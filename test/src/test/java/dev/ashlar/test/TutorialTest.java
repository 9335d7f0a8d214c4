package dev.ashlar.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.AssertionFailedError;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.dynamodb.Attribute;
import software.amazon.awscdk.services.dynamodb.AttributeType;
import software.amazon.awscdk.services.dynamodb.Table;
import software.amazon.awscdk.services.lambda.Code;
import software.amazon.awscdk.services.lambda.Function;
import software.amazon.awscdk.services.lambda.Runtime;

/** Holds what {@code docs/testing.md} prints to what the stack on that page really gets. */
class TutorialTest {
    private static final Path PAGE = Path.of("../docs/testing.md");

    @TempDir
    private Path module;

    @Test
    void theMissingSnapshotIsAsOnThePage() {
        assertThatThePageShows(
                "ShopStackTest", message(() -> comparing(shop(false)).matchesSnapshot()));
    }

    @Test
    void theChangeIsAsOnThePage() {
        updating(shop(false)).matchesSnapshot();

        assertThatThePageShows(
                "ShopStackTest", message(() -> comparing(shop(true)).matchesSnapshot()));
    }

    @Test
    void theGuardIsAsOnThePage() throws IOException {
        Path file = module.resolve("src/test/resources/snapshots/dev.ashlar.test.TutorialTest/Shop.json");
        Files.createDirectories(file.getParent());
        Files.writeString(
                file, Json.pretty(SynthesizedStack.of(shop(false)).masked().template()));

        assertThatThePageShows(
                "ShopStackGuardsTest",
                message(() -> updating(shop(true)).matchesSnapshot().losesNoData()));
    }

    private static void assertThatThePageShows(String testClass, String message) {
        String shown =
                message.replace("dev.ashlar.test.TutorialTest", testClass).replace("TutorialTest", testClass);
        assertThat(PAGE).content().contains("```\n" + shown + "\n```");
    }

    private StackAssert updating(Stack stack) {
        return new StackAssert(stack, new Snapshots(module, true, false));
    }

    private StackAssert comparing(Stack stack) {
        return new StackAssert(stack, new Snapshots(module, false, false));
    }

    /** The stack of the page, before and after the change there. */
    private static Stack shop(boolean changed) {
        Stack stack = new Stack(TestApp.createWithOnly(Map.of()), "Shop");
        Table.Builder orders = Table.Builder.create(stack, "Orders")
                .partitionKey(Attribute.builder()
                        .name(changed ? "orderId" : "id")
                        .type(AttributeType.STRING)
                        .build());
        Function list = Function.Builder.create(stack, "List")
                .runtime(Runtime.NODEJS_22_X)
                .handler("index.handler")
                .code(Code.fromInline("exports.handler = async () => []"))
                .timeout(Duration.seconds(changed ? 30 : 10))
                .build();
        if (changed) {
            orders.removalPolicy(RemovalPolicy.DESTROY).build().grantReadWriteData(list);
        } else {
            orders.build().grantReadData(list);
        }
        return stack;
    }

    private static String message(Executable executable) {
        return String.valueOf(
                assertThrows(AssertionFailedError.class, executable).getMessage());
    }
}

package dev.ashlar.examples;

import static dev.ashlar.test.CdkAssertions.assertThat;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.ashlar.test.StackAssert;
import dev.ashlar.test.TestApp;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.TestFactory;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Stack;

/** Who may do what in the example stacks, and that nobody from outside the account may do anything. */
class PermissionsTest {
    @TestFactory
    Stream<DynamicContainer> ofEachExample() {
        App app = TestApp.create();
        ExamplesApp.addStacks(app);
        return app.getNode().getChildren().stream()
                .filter(Stack.class::isInstance)
                .map(Stack.class::cast)
                .map(PermissionsTest::testsOf);
    }

    private static DynamicContainer testsOf(Stack stack) {
        StackAssert assertions = assertThat(stack);
        return dynamicContainer(
                stack.getNode().getId(),
                Stream.of(
                        dynamicTest("are as reviewed", () -> assertions.permissionsMatchSnapshot()),
                        dynamicTest("let in nobody from outside", () -> assertions.allowsNobodyOutsideTheAccount()),
                        dynamicTest("have no wildcards", () -> assertions.hasNoWildcards())));
    }
}

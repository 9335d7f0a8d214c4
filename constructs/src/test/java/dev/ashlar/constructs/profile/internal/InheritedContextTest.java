package dev.ashlar.constructs.profile.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ashlar.test.TestApp;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awscdk.Stack;
import software.constructs.Construct;

class InheritedContextTest {
    private static final String KEY = "shop:colour";

    @Test
    void aConstructHasTheContextOfItsScope() {
        Stack stack = new Stack(TestApp.create(Map.of(KEY, "red")), "Shop");

        assertThat(InheritedContext.of(shared(stack, "First"), KEY)).isEqualTo("red");
        assertThat(InheritedContext.of(shared(stack, "Second"), KEY)).isEqualTo("red");
        assertThat(InheritedContext.of(stack, KEY)).isEqualTo("red");
    }

    @Test
    void whatIsNotThereIsNull() {
        Construct construct = shared(new Stack(TestApp.create(), "Shop"), "First");

        assertThat(InheritedContext.of(construct, KEY)).isNull();
        assertThat(InheritedContext.of(construct, KEY)).isNull();
    }

    @Test
    void aScopeWithContextOfItsOwnKeepsIt() {
        Stack stack = new Stack(TestApp.create(Map.of(KEY, "red")), "Shop");
        Construct before = shared(stack, "Before");
        Construct inner = new Construct(stack, "Inner");
        inner.getNode().setContext(KEY, "blue");

        assertThat(InheritedContext.of(before, KEY)).isEqualTo("red");
        assertThat(InheritedContext.of(shared(shared(inner, "First"), "Nested"), KEY))
                .isEqualTo("blue");
        assertThat(InheritedContext.of(shared(stack, "After"), KEY)).isEqualTo("red");
    }

    @Test
    void whatSharesNothingIsAskedItself() {
        Stack stack = new Stack(TestApp.create(Map.of(KEY, "red")), "Shop");
        Construct inner = new Construct(stack, "Inner");

        assertThat(InheritedContext.of(inner, KEY)).isEqualTo("red");

        inner.getNode().setContext(KEY, "blue");

        assertThat(InheritedContext.of(inner, KEY)).isEqualTo("blue");
    }

    /** Upon which it rests that answers are kept. */
    @Test
    void aScopeWithAChildCannotGetAnotherContext() {
        Stack stack = new Stack(TestApp.create(), "Shop");
        shared(stack, "First");

        assertThatThrownBy(() -> stack.getNode().setContext(KEY, "red"))
                .hasMessageContaining("Cannot set context after children have been added");
    }

    private static Construct shared(Construct scope, String id) {
        Construct construct = new Construct(scope, id);
        InheritedContext.share(construct, scope);
        return construct;
    }
}

package dev.ashlar.constructs.profile.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ashlar.test.TestApp;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awscdk.Stack;
import software.constructs.Construct;

class InheritedTest {
    private static final String KEY = "shop:colour";

    @Test
    void aConstructHasTheContextOfItsScope() {
        Stack stack = new Stack(TestApp.create(Map.of(KEY, "red")), "Shop");

        assertThat(Inherited.context(shared(stack, "First"), KEY)).isEqualTo("red");
        assertThat(Inherited.context(shared(stack, "Second"), KEY)).isEqualTo("red");
        assertThat(Inherited.context(stack, KEY)).isEqualTo("red");
    }

    @Test
    void whatIsNotThereIsNull() {
        Construct construct = shared(new Stack(TestApp.create(), "Shop"), "First");

        assertThat(Inherited.context(construct, KEY)).isNull();
        assertThat(Inherited.context(construct, KEY)).isNull();
    }

    @Test
    void aScopeWithContextOfItsOwnKeepsIt() {
        Stack stack = new Stack(TestApp.create(Map.of(KEY, "red")), "Shop");
        Construct before = shared(stack, "Before");
        Construct inner = new Construct(stack, "Inner");
        inner.getNode().setContext(KEY, "blue");

        assertThat(Inherited.context(before, KEY)).isEqualTo("red");
        assertThat(Inherited.context(shared(shared(inner, "First"), "Nested"), KEY))
                .isEqualTo("blue");
        assertThat(Inherited.context(shared(stack, "After"), KEY)).isEqualTo("red");
    }

    @Test
    void whatSharesNothingIsAskedItself() {
        Stack stack = new Stack(TestApp.create(Map.of(KEY, "red")), "Shop");
        Construct inner = new Construct(stack, "Inner");

        assertThat(Inherited.context(inner, KEY)).isEqualTo("red");

        inner.getNode().setContext(KEY, "blue");

        assertThat(Inherited.context(inner, KEY)).isEqualTo("blue");
    }

    /** Upon which it rests that answers are kept. */
    @Test
    void aScopeWithAChildCannotGetAnotherContext() {
        Stack stack = new Stack(TestApp.create(), "Shop");
        shared(stack, "First");

        assertThatThrownBy(() -> stack.getNode().setContext(KEY, "red"))
                .hasMessageContaining("Cannot set context after children have been added");
    }

    @Test
    void theStackIsThatOfTheScope() {
        Stack stack = new Stack(TestApp.create(), "Shop");
        Construct inner = new Construct(stack, "Inner");

        assertThat(Inherited.stack(shared(stack, "First"))).isSameAs(stack);
        assertThat(Inherited.stack(shared(shared(inner, "Second"), "Third"))).isSameAs(stack);
        assertThat(Inherited.stack(inner)).isSameAs(stack);
        assertThat(Inherited.stack(new Construct(stack, "Other"))).isSameAs(stack);
    }

    private static Construct shared(Construct scope, String id) {
        Construct construct = new Construct(scope, id);
        Inherited.share(construct, scope);
        return construct;
    }
}

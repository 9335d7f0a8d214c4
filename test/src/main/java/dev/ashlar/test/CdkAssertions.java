package dev.ashlar.test;

import software.amazon.awscdk.Stack;
import software.amazon.awscdk.Stage;

/**
 * The entry to this kit's assertions, for a static import.
 *
 * <pre>{@code
 * import static dev.ashlar.test.CdkAssertions.assertThat;
 *
 * assertThat(new ShopStack(TestApp.create(), "Shop")).matchesSnapshot().losesNoData().widensNoPermission();
 * }</pre>
 */
public final class CdkAssertions {
    private CdkAssertions() {}

    /**
     * Synthesises a stack's app and begins assertions on the stack's template.
     *
     * <p>An app is synthesised once, however many assertions follow. What is added to it later is an error of CDK.
     *
     * @param stack a stack at any place of an app: top level, in a stage, or nested
     * @return assertions on its template
     */
    public static StackAssert assertThat(Stack stack) {
        return new StackAssert(stack, Snapshots.ofThisBuild());
    }

    /**
     * Synthesises an app or a stage and begins assertions on the templates of all its stacks.
     *
     * <p>It is synthesised once, however many assertions follow. What is added to it later is an error of CDK.
     *
     * @param app an app ({@code App} is a {@code Stage}), or a stage of one
     * @return assertions on its templates
     */
    public static AppAssert assertThat(Stage app) {
        return new AppAssert(app, Snapshots.ofThisBuild());
    }
}

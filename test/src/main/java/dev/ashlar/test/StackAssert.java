package dev.ashlar.test;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.assertions.Template;

/**
 * Assertions on one stack's template.
 *
 * <pre>{@code
 * assertThat(stack)
 *         .matchesSnapshot()
 *         .hasNoWildcards()
 *         .hasNoCustomResources()
 *         .permissionsOf("Nightly/Function/Role")
 *         .areExactly(
 *                 Permission.of("xray:PutTraceSegments", "*"),
 *                 Permission.of("xray:PutTelemetryRecords", "*"));
 * }</pre>
 *
 * <p>Of a nested stack the parent's template holds only a reference: assert on the nested stack itself, or on the app.
 */
public final class StackAssert extends CdkAssert<StackAssert> {
    private final SynthesizedStack stack;
    private final Template template;
    private final Snapshots snapshots;

    StackAssert(Stack stack, Snapshots snapshots) {
        // The template first: it synthesises, and refuses resources that depend on each other in a circle.
        this(Template.fromStack(stack), SynthesizedStack.read(stack), snapshots);
    }

    private StackAssert(Template template, SynthesizedStack stack, Snapshots snapshots) {
        this(template, stack, new Subject(stack.path(), List.of(stack), false, List.of(), null), snapshots);
    }

    private StackAssert(Template template, SynthesizedStack stack, Subject subject, Snapshots snapshots) {
        super(subject, snapshots);
        this.template = template;
        this.stack = stack;
        this.snapshots = snapshots;
    }

    @Override
    StackAssert self() {
        return this;
    }

    @Override
    StackAssert about(Subject other) {
        return new StackAssert(template, stack, other, snapshots);
    }

    /**
     * Begins an assertion on what one role of the stack may do.
     *
     * @param role the role's construct path within the stack ({@code Web/Function/Role}), or that of a construct with
     *     one role below it, or the role's logical id or a beginning of it
     * @return the assertion
     * @throws org.opentest4j.AssertionFailedError if there is no such role, or more than one; the message lists them
     */
    public PermissionsAssert permissionsOf(String role) {
        IdentityPolicies.Holder holder = IdentityPolicies.of(stack).role(role);
        return new PermissionsAssert(this, stack.path(), "of " + holder.path(), holder.permissions());
    }

    /**
     * Begins an assertion on what may be done with one resource of the stack by its own policies: a bucket's, a queue's,
     * a key's, a function's permissions, a role's trust policy. What roles may do by theirs is not part of it. Each
     * permission says {@linkplain Permission#by(String) by whom}; a denied one is {@linkplain Permission#denied() part of
     * it}.
     *
     * @param resource the resource's construct path within the stack ({@code Uploads}), or that of a construct with one
     *     resource below it that has a policy, or the resource's logical id or a beginning of it
     * @return the assertion
     * @throws org.opentest4j.AssertionFailedError if there is no such resource, or more than one; the message lists those
     *     that have a policy
     */
    public PermissionsAssert permissionsOn(String resource) {
        AttachedPolicies.Target target = AttachedPolicies.of(stack).target(stack.path(), resource);
        return new PermissionsAssert(
                this,
                stack.path(),
                "on " + target.path(),
                target.entries().stream().map(PolicyEntry::permission).toList());
    }

    /** {@return the template for CDK's own assertions} */
    public Template template() {
        return template;
    }

    /** {@return a copy of the template as JSON, as CDK wrote it} */
    public JsonNode json() {
        return stack.template().deepCopy();
    }
}

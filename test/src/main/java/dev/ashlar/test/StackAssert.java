package dev.ashlar.test;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.assertions.Template;

/**
 * Assertions on one stack's template. Each returns this object, so that they can be chained.
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
 * <p>Of a nested stack the parent's template holds only a reference: assert on the nested stack itself.
 */
public final class StackAssert {
    private final SynthesizedStack stack;
    private final Template template;
    private final Snapshots snapshots;

    StackAssert(Stack stack, Snapshots snapshots) {
        // First, because it refuses a template whose resources depend on each other in a circle.
        this.template = Template.fromStack(stack);
        this.stack = SynthesizedStack.of(stack);
        this.snapshots = snapshots;
    }

    /**
     * Compares the template with the snapshot that is named after the test class and the stack.
     *
     * <p>The file is {@code src/test/resources/snapshots/<test class>/<stack>.json}. The test class is the full name of
     * the nearest caller that has a test method on the stack of calls, else of the nearest caller outside this kit; the
     * stack is named by its construct path, so a stack in a stage has a folder of the stage's name. Two stacks of the
     * same path in one test class need names of their own: {@link #matchesSnapshot(String)}.
     *
     * <p>A missing snapshot is a failure. Snapshots are written when the system property {@code snapshot.update} is
     * {@code true}, and never where the environment variable {@code CI} is set: {@code mvn test
     * -Dsnapshot.update=true}.
     *
     * <p>What changes with every build is replaced by words that stay the same: {@code <asset 1>} for the hash of an
     * asset (any SHA-256 in hex: S3 key, image tag or digest, metadata, environment variable), and {@code <hash>} for
     * the hash at the end of the logical id of a Lambda version or an API deployment, wherever that id is used. Assets
     * are numbered in order of appearance, so that two assets that swap their places still show. Nothing is removed.
     *
     * @return these assertions
     * @throws org.opentest4j.AssertionFailedError if there is no snapshot, or the template differs from it
     */
    public StackAssert matchesSnapshot() {
        return matchesSnapshot(stack.path());
    }

    /**
     * Compares the template with the snapshot of a name, as {@link #matchesSnapshot()} does.
     *
     * @param name the file below the test class's folder, without {@code .json}; letters, digits and {@code . _ - /}
     * @return these assertions
     * @throws IllegalArgumentException if the name has other characters, or leaves the folder
     * @throws org.opentest4j.AssertionFailedError if there is no snapshot, or the template differs from it
     */
    public StackAssert matchesSnapshot(String name) {
        snapshots.compare(stack.path(), TestClass.calling(), name, Mask.of(stack.template()));
        return this;
    }

    /**
     * Asserts that no role is allowed more than can be named, AWS's own exceptions aside.
     *
     * <p>In Allow statements of roles, users, groups and the policies attached to them: no action with a wildcard, no
     * {@code NotAction} and no {@code NotResource}, no resource {@code *} or ARN whose last part is only {@code *}, and
     * no managed policy from outside the stack. A wildcard at the end of a named resource
     * ({@code <bucket>/incoming/*}, {@code <log group>:*}) is fine.
     *
     * <p>The exceptions are what AWS cannot narrow: {@code xray:PutTraceSegments} and {@code xray:PutTelemetryRecords};
     * and what Lambda needs in a VPC: {@code ec2:CreateNetworkInterface}, {@code ec2:DescribeNetworkInterfaces},
     * {@code ec2:DescribeSubnets}, {@code ec2:DeleteNetworkInterface}, {@code ec2:AssignPrivateIpAddresses},
     * {@code ec2:UnassignPrivateIpAddresses}, each on {@code *}.
     *
     * @return these assertions
     * @throws org.opentest4j.AssertionFailedError if a statement is wider; the message names role, action and resource
     * @see <a href="https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsx-ray.html">Actions and
     *     resources of AWS X-Ray</a>
     * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html">Lambda functions in a VPC</a>
     */
    public StackAssert hasNoWildcards() {
        return hasNoWildcards(Map.of());
    }

    /**
     * Asserts what {@link #hasNoWildcards()} does, with exceptions of the stack's own.
     *
     * @param allowed what may be wide, and the reason; a permission without a condition also allows it under any
     *     condition
     * @return these assertions
     * @throws IllegalArgumentException if a reason is blank
     * @throws org.opentest4j.AssertionFailedError if another statement is wider
     */
    public StackAssert hasNoWildcards(Map<Permission, String> allowed) {
        List<String> findings = new WildcardRule(allowed).findings(IdentityPolicies.of(stack));
        if (!findings.isEmpty()) {
            throw Failure.of(
                    stack.path(),
                    "identity policies must have no wildcards",
                    findings,
                    "Name what is needed, or allow it with a reason:"
                            + " hasNoWildcards(Map.of(Permission.of(action, resource), reason))");
        }
        return this;
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
        return new PermissionsAssert(
                this, stack.path(), IdentityPolicies.of(stack).role(role));
    }

    /**
     * Asserts that CloudFormation calls no code of anybody's to create the stack: no {@code Custom::*} and no
     * {@code AWS::CloudFormation::CustomResource}.
     *
     * @return these assertions
     * @throws org.opentest4j.AssertionFailedError if there are any; the message lists them
     */
    public StackAssert hasNoCustomResources() {
        List<String> found = stack.resources().stream()
                .filter(resource -> SynthesizedStack.isCustomResource(resource.type()))
                .map(resource -> resource.path() + ": " + resource.type())
                .toList();
        if (!found.isEmpty()) {
            throw Failure.of(
                    stack.path(),
                    "there must be no custom resources",
                    found,
                    "Use a property or resource of CloudFormation's own that does the same.");
        }
        return this;
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

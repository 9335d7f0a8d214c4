package dev.ashlar.test;

import static dev.ashlar.test.CdkAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.AssertionFailedError;
import software.amazon.awscdk.Aws;
import software.amazon.awscdk.CfnCondition;
import software.amazon.awscdk.CfnResource;
import software.amazon.awscdk.Fn;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.s3.Bucket;
import software.amazon.awscdk.services.sqs.Queue;

class GuardsTest {
    private static final String FILE = "src/test/resources/snapshots/dev.ashlar.test.GuardsTest/Shop.json";
    private static final String COMMAND = "mvn test -Dtest=GuardsTest -Dsnapshot.update=true";

    @TempDir
    private Path module;

    @Test
    void dataMustNotBeLost() {
        updating(stack -> queue(stack, "letters", RemovalPolicy.DESTROY)).matchesSnapshot();

        StackAssert changed = comparing(stack -> queue(stack, "mail", RemovalPolicy.DESTROY));

        assertEquals(
                "[Shop] no data may be lost against snapshot " + FILE + ", got 1:\n"
                        + "  ~ Letters (AWS::SQS::Queue): REPLACED, ITS DATA IS LOST\n"
                        + "      ~ QueueName: \"letters\" -> \"mail\" (replacement)\n"
                        + "Retain the data, move it, or if this is meant, accept it: " + COMMAND,
                message(changed::losesNoData));
        assertDoesNotThrow(changed::widensNoPermission);
    }

    @Test
    void keptDataIsNotLost() {
        updating(stack -> {
                    queue(stack, "letters", RemovalPolicy.RETAIN);
                    new Bucket(stack, "Uploads");
                })
                .matchesSnapshot();

        assertDoesNotThrow(comparing(stack -> queue(stack, "mail", RemovalPolicy.RETAIN))::losesNoData);
    }

    @Test
    void dataIsLostWhereAConditionIsNotMetUnlessItIsKept() {
        updating(stack -> {
                    queue(stack, "letters", RemovalPolicy.DESTROY);
                    new Bucket(stack, "Uploads");
                })
                .matchesSnapshot();

        assertEquals(
                "[Shop] no data may be lost against snapshot " + FILE + ", got 1:\n"
                        + "  ~ Letters (AWS::SQS::Queue): updated in place; where its condition is not met, REMOVED WITH ITS"
                        + " DATA\n"
                        + "      + Condition: \"IsLarge\"\n"
                        + "Retain the data, move it, or if this is meant, accept it: " + COMMAND,
                message(comparing(stack -> {
                    queue(stack, "letters", RemovalPolicy.DESTROY);
                    new Bucket(stack, "Uploads");
                    onlyWhereLarge(stack);
                })::losesNoData));
    }

    @Test
    void permissionsMustNotWiden() {
        updating(stack -> role(stack, "s3:GetObject")).matchesSnapshot();

        StackAssert changed = comparing(stack -> role(stack, "s3:GetObject", "s3:PutObject"));

        assertEquals(
                "[Shop] no permission may widen against snapshot " + FILE + ", got 1:\n"
                        + "  + Writer: s3:PutObject on arn:aws:s3:::uploads/*\n"
                        + "Grant less, or if this is meant, accept it: " + COMMAND,
                message(changed::widensNoPermission));
        assertDoesNotThrow(changed::losesNoData);
    }

    @Test
    void lessIsNoWidening() {
        updating(stack -> role(stack, "s3:Get*", "s3:PutObject")).matchesSnapshot();

        assertDoesNotThrow(comparing(stack -> role(stack, "s3:GetObject"))::widensNoPermission);
    }

    @Test
    void guardsNeedASnapshot() {
        assertEquals(
                "[Shop] snapshot " + FILE + " must exist, got none\nWrite it: " + COMMAND,
                message(comparing(stack -> queue(stack, "mail", RemovalPolicy.DESTROY))::losesNoData));
    }

    @Test
    void guardsUseTheSnapshotThatWasNamedBefore() {
        updating(stack -> queue(stack, "letters", RemovalPolicy.DESTROY)).matchesSnapshot("queues");

        StackAssert same = comparing(stack -> queue(stack, "letters", RemovalPolicy.DESTROY));

        assertDoesNotThrow(() -> same.matchesSnapshot("queues").losesNoData().widensNoPermission());
    }

    @Test
    void aLossIsSeenOnceWhileTheSnapshotIsWritten() {
        updating(stack -> queue(stack, "letters", RemovalPolicy.DESTROY)).matchesSnapshot("once/first");
        Snapshots fresh = new Snapshots(module.resolve("."), true, false);

        StackAssert changed = new StackAssert(stack(stack -> queue(stack, "mail", RemovalPolicy.DESTROY)), fresh);

        assertEquals(
                "[Shop] no data may be lost against snapshot " + FILE.replace("Shop", "once/first") + ", got 1:\n"
                        + "  ~ Letters (AWS::SQS::Queue): REPLACED, ITS DATA IS LOST\n"
                        + "      ~ QueueName: \"letters\" -> \"mail\" (replacement)\n"
                        + "Retain the data, move it, or commit the new snapshot, which is written; this fails only once.",
                message(() -> changed.matchesSnapshot("once/first").losesNoData()));
        assertDoesNotThrow(() -> comparing(stack -> queue(stack, "mail", RemovalPolicy.DESTROY))
                .matchesSnapshot("once/first")
                .losesNoData());
    }

    @Test
    void aFirstSnapshotLosesNothing() {
        assertDoesNotThrow(() ->
                updating(stack -> role(stack, "s3:GetObject")).losesNoData().widensNoPermission());
        assertDoesNotThrow(() -> comparing(stack -> role(stack, "s3:GetObject")).matchesSnapshot());
    }

    @Test
    void retainedDataOutlivesItsResource() {
        Stack stack = stack(shop -> {
            new Bucket(shop, "Uploads");
            new Queue(shop, "Letters");
        });

        assertEquals("""
                [Shop] data must be kept, got 2:
                  Letters (AWS::SQS::Queue): DeletionPolicy must be Retain, got Delete
                  Letters (AWS::SQS::Queue): UpdateReplacePolicy must be Retain, got Delete
                Set the removal policy RETAIN.""", message(() -> assertThat(stack).retainsData()));
        assertDoesNotThrow(
                () -> assertThat(stack(shop -> new Bucket(shop, "Uploads"))).retainsData());
    }

    private StackAssert updating(Consumer<Stack> content) {
        return new StackAssert(stack(content), new Snapshots(module, true, false));
    }

    private StackAssert comparing(Consumer<Stack> content) {
        return new StackAssert(stack(content), new Snapshots(module, false, false));
    }

    private static Stack stack(Consumer<Stack> content) {
        Stack stack = new Stack(TestApp.createWithOnly(Map.of()), "Shop");
        content.accept(stack);
        return stack;
    }

    private static void queue(Stack stack, String name, RemovalPolicy policy) {
        Queue.Builder.create(stack, "Letters")
                .queueName(name)
                .removalPolicy(policy)
                .build();
    }

    /** Sets a condition on all that is in the stack. */
    private static void onlyWhereLarge(Stack stack) {
        CfnCondition condition = CfnCondition.Builder.create(stack, "IsLarge")
                .expression(Fn.conditionEquals(Aws.REGION, "eu-west-1"))
                .build();
        stack.getNode().findAll().stream()
                .filter(CfnResource.class::isInstance)
                .forEach(resource -> ((CfnResource) resource).getCfnOptions().setCondition(condition));
    }

    private static void role(Stack stack, String... actions) {
        Role.Builder.create(stack, "Writer")
                .assumedBy(new ServicePrincipal("lambda.amazonaws.com"))
                .build()
                .addToPolicy(PolicyStatement.Builder.create()
                        .actions(List.of(actions))
                        .resources(List.of("arn:aws:s3:::uploads/*"))
                        .build());
    }

    private static String message(Executable executable) {
        return String.valueOf(
                assertThrows(AssertionFailedError.class, executable).getMessage());
    }
}

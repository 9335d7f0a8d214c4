package dev.ashlar.test;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.iam.AnyPrincipal;
import software.amazon.awscdk.services.iam.Effect;
import software.amazon.awscdk.services.iam.IPrincipal;
import software.amazon.awscdk.services.iam.ManagedPolicy;
import software.amazon.awscdk.services.iam.PermissionsBoundary;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.kms.Key;
import software.amazon.awscdk.services.lambda.CfnPermission;
import software.amazon.awscdk.services.s3.Bucket;
import software.amazon.awscdk.services.sqs.Queue;

class WideningTest {
    private static final String UPLOADS = "arn:aws:s3:::uploads/*";
    private static final Map<String, Object> TLS = Map.of("Bool", Map.of("aws:SecureTransport", "true"));

    @Test
    void theSamePermissionsInAnotherFormAreNotWider() {
        assertEquals(
                List.of(),
                between(
                        stack -> role(stack)
                                .addToPolicy(
                                        allow("s3:GetObject", "s3:PutObject").build()),
                        stack -> {
                            Role role = role(stack);
                            role.addManagedPolicy(ManagedPolicy.Builder.create(stack, "Shared")
                                    .statements(List.of(allow("s3:PutObject").build()))
                                    .build());
                            role.addToPolicy(allow("s3:GetObject").build());
                        }));
    }

    @Test
    void aConditionThatIsGoneWidens() {
        assertEquals(
                List.of("+ Reader: s3:GetObject on " + UPLOADS),
                between(
                        stack -> role(stack)
                                .addToPolicy(
                                        allow("s3:GetObject").conditions(TLS).build()),
                        stack -> role(stack).addToPolicy(allow("s3:GetObject").build())));
    }

    @Test
    void aDenialThatIsGoneWidens() {
        assertEquals(
                List.of("- Reader: deny s3:DeleteObject on " + UPLOADS),
                between(
                        stack -> {
                            Role role = role(stack);
                            role.addToPolicy(allow("s3:*").build());
                            role.addToPolicy(
                                    allow("s3:DeleteObject").effect(Effect.DENY).build());
                        },
                        stack -> role(stack).addToPolicy(allow("s3:*").build())));
    }

    @Test
    void whatIsDeniedAtOnceIsNotWider() {
        assertEquals(List.of(), between(WideningTest::role, stack -> {
            Role role = role(stack);
            role.addToPolicy(allow("s3:DeleteObject").build());
            role.addToPolicy(allow("s3:Delete*").effect(Effect.DENY).build());
        }));
    }

    @Test
    void aDenialThatIsNewOrStaysWidensNothing() {
        Consumer<Stack> denied = stack ->
                role(stack).addToPolicy(allow("s3:*").effect(Effect.DENY).build());

        assertEquals(List.of(), between(WideningTest::role, denied));
        assertEquals(List.of(), between(denied, denied));
    }

    @Test
    void aDenialThatWentWithItsRoleWidensNothing() {
        assertEquals(
                List.of(),
                between(
                        stack -> role(stack)
                                .addToPolicy(allow("s3:*").effect(Effect.DENY).build()),
                        stack -> {}));
    }

    @Test
    void aManagedPolicyOfAwsWidens() {
        assertEquals(
                List.of("+ Reader: managed policy arn:${AWS::Partition}:iam::aws:policy/ReadOnlyAccess"),
                between(
                        WideningTest::role,
                        stack -> role(stack)
                                .addManagedPolicy(ManagedPolicy.fromAwsManagedPolicyName("ReadOnlyAccess"))));
    }

    @Test
    void aWiderPolicyOfAResourceIsNamedByItsPrincipal() {
        assertEquals(
                List.of("+ anyone: sqs:SendMessage on ${Letters.Arn}"),
                between(
                        stack -> queue(stack, new ServicePrincipal("sns.amazonaws.com")),
                        stack -> queue(stack, new AnyPrincipal())));
    }

    @Test
    void aBucketThatAcceptsPlainHttpAgainIsWider() {
        assertEquals(
                List.of(
                        "- anyone: deny s3:* on ${Uploads.Arn} when {\"Bool\":{\"aws:SecureTransport\":\"false\"}}",
                        "- anyone: deny s3:* on ${Uploads.Arn}/* when {\"Bool\":{\"aws:SecureTransport\":\"false\"}}"),
                between(
                        stack -> Bucket.Builder.create(stack, "Uploads")
                                .enforceSsl(true)
                                .build(),
                        stack -> new Bucket(stack, "Uploads")));
        assertEquals(
                List.of(),
                between(
                        stack -> Bucket.Builder.create(stack, "Uploads")
                                .enforceSsl(true)
                                .build(),
                        stack -> {}));
    }

    @Test
    void whatEverybodyMayIsNotNewForOne() {
        assertEquals(
                List.of(),
                between(
                        stack -> queue(stack, new AnyPrincipal()),
                        stack -> queue(stack, new ServicePrincipal("sns.amazonaws.com"))));
    }

    @Test
    void aPolicyOfAKeyIsAboutTheKey() {
        List<String> widened = between(stack -> {}, stack -> new Key(stack, "Key"));

        assertEquals(List.of("+ account ${AWS::AccountId}: kms:* on ${Key}"), widened);
    }

    @Test
    void aFunctionThatMoreMayInvokeIsWider() {
        assertEquals(
                List.of("+ events.amazonaws.com: lambda:InvokeFunction on shop"),
                between(
                        stack -> permission(stack)
                                .sourceArn("arn:aws:events:::rule/nightly")
                                .build(),
                        stack -> permission(stack).build()));
        assertEquals(
                List.of(),
                between(
                        stack -> permission(stack).build(),
                        stack -> permission(stack)
                                .sourceArn("arn:aws:events:::rule/nightly")
                                .build()));
    }

    @Test
    void aBoundaryThatIsGoneOrAnotherOneWidens() {
        String line = "- Reader: permissions boundary arn:${AWS::Partition}:iam::aws:policy/ReadOnlyAccess";

        assertEquals(List.of(line), between(stack -> bounded(stack, "ReadOnlyAccess"), WideningTest::role));
        assertEquals(
                List.of(line),
                between(stack -> bounded(stack, "ReadOnlyAccess"), stack -> bounded(stack, "PowerUserAccess")));
        assertEquals(List.of(), between(WideningTest::role, stack -> bounded(stack, "ReadOnlyAccess")));
        assertEquals(List.of(), between(stack -> bounded(stack, "ReadOnlyAccess"), stack -> {}));
    }

    @Test
    void aBoundaryThatAPermissionSetHadWidensToo() {
        String bounded =
                "{'Name': 'Readers', 'PermissionsBoundary': {'ManagedPolicyArn': 'arn:aws:iam::aws:policy/A'}}";

        assertEquals(
                List.of("- Readers: permissions boundary {\"ManagedPolicyArn\":\"arn:aws:iam::aws:policy/A\"}"),
                between(
                        stack -> Templates.resource(stack, "Readers", "AWS::SSO::PermissionSet", bounded),
                        stack -> Templates.resource(
                                stack, "Readers", "AWS::SSO::PermissionSet", "{'Name': 'Readers'}")));
    }

    private static void bounded(Stack stack, String boundary) {
        PermissionsBoundary.of(role(stack)).apply(ManagedPolicy.fromAwsManagedPolicyName(boundary));
    }

    private static List<String> between(Consumer<Stack> before, Consumer<Stack> after) {
        SynthesizedStack now = stack(after);
        return Widening.between(now.with(stack(before).template()), now);
    }

    private static SynthesizedStack stack(Consumer<Stack> content) {
        Stack stack = new Stack(TestApp.createWithOnly(Map.of()), "Shop");
        content.accept(stack);
        return SynthesizedStack.of(stack);
    }

    private static Role role(Stack stack) {
        return Role.Builder.create(stack, "Reader")
                .assumedBy(new ServicePrincipal("lambda.amazonaws.com"))
                .build();
    }

    private static PolicyStatement.Builder allow(String... actions) {
        return PolicyStatement.Builder.create().actions(List.of(actions)).resources(List.of(UPLOADS));
    }

    private static void queue(Stack stack, IPrincipal sender) {
        Queue queue = new Queue(stack, "Letters");
        queue.addToResourcePolicy(PolicyStatement.Builder.create()
                .principals(List.of(sender))
                .actions(List.of("sqs:SendMessage"))
                .resources(List.of(queue.getQueueArn()))
                .build());
    }

    private static CfnPermission.Builder permission(Stack stack) {
        return CfnPermission.Builder.create(stack, "Permission")
                .action("lambda:InvokeFunction")
                .functionName("shop")
                .principal("events.amazonaws.com");
    }
}

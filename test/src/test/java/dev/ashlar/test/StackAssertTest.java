package dev.ashlar.test;

import static dev.ashlar.test.CdkAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.AssertionFailedError;
import software.amazon.awscdk.ArnComponents;
import software.amazon.awscdk.CustomResource;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.iam.CfnRolePolicy;
import software.amazon.awscdk.services.iam.Effect;
import software.amazon.awscdk.services.iam.ManagedPolicy;
import software.amazon.awscdk.services.iam.PolicyDocument;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.s3.Bucket;
import software.amazon.awscdk.services.sqs.Queue;
import software.constructs.Construct;

class StackAssertTest {
    private final Stack stack = new Stack(TestApp.createWithOnly(Map.of()), "Shop");

    @Test
    void matchesTheSnapshotOfThisClass() {
        new Queue(stack, "Letters");
        role("Writer").addToPolicy(statement("sqs:SendMessage", "arn:aws:sqs:eu-west-1:111111111111:letters"));

        assertThat(stack).matchesSnapshot().matchesSnapshot("Shop");
    }

    @Test
    void comparesWithSnapshotsOfOneModule(@TempDir Path module) {
        new Queue(stack, "Letters");
        StackAssert writing = new StackAssert(stack, new Snapshots(module, true, false));
        StackAssert comparing = new StackAssert(stack, new Snapshots(module, false, false));

        writing.matchesSnapshot("queues/first");

        comparing.matchesSnapshot("queues/first");
        assertEquals("""
                [Shop] snapshot src/test/resources/snapshots/dev.ashlar.test.StackAssertTest/Shop.json must exist, got none
                Write it: mvn test -Dtest=StackAssertTest -Dsnapshot.update=true""", failure(comparing::matchesSnapshot));
    }

    @Test
    void givesTheTemplate() {
        new Queue(stack, "Letters");

        StackAssert assertions = assertThat(stack);

        assertions.template().resourceCountIs("AWS::SQS::Queue", 1);
        assertEquals(
                List.of("AWS::SQS::Queue"), assertions.json().path("Resources").findValuesAsText("Type"));
    }

    @Test
    void allowsNamedPermissionsAndTheExceptionsOfAws() {
        Bucket bucket = new Bucket(stack, "Uploads");
        Role role = role("Reader");
        role.addToPolicy(statement("s3:GetObject", bucket.arnForObjects("in/*")));
        role.addToPolicy(statement("logs:PutLogEvents", "arn:aws:logs:eu-west-1:111111111111:log-group:shop:*"));
        role.addToPolicy(PolicyStatement.Builder.create()
                .actions(List.of(
                        "xray:PutTraceSegments",
                        "xray:PutTelemetryRecords",
                        "ec2:CreateNetworkInterface",
                        "ec2:DescribeNetworkInterfaces",
                        "ec2:DescribeSubnets",
                        "ec2:DeleteNetworkInterface",
                        "ec2:AssignPrivateIpAddresses",
                        "ec2:UnassignPrivateIpAddresses"))
                .resources(List.of("*"))
                .build());
        role.addToPolicy(PolicyStatement.Builder.create()
                .effect(Effect.DENY)
                .actions(List.of("s3:*"))
                .resources(List.of("*"))
                .build());

        assertThat(stack).hasNoWildcards();
    }

    @Test
    void namesEachWildcardWithItsRole() {
        Bucket bucket = new Bucket(stack, "Uploads");
        ArnComponents everyQueue =
                ArnComponents.builder().service("sqs").resource("*").build();
        Role role = Role.Builder.create(new Construct(stack, "Thumbnails"), "Role")
                .assumedBy(new ServicePrincipal("lambda.amazonaws.com"))
                .managedPolicies(List.of(ManagedPolicy.fromAwsManagedPolicyName("ReadOnlyAccess")))
                .build();
        role.addToPolicy(statement("s3:Get*", bucket.arnForObjects("in/*")));
        role.addToPolicy(statement("xray:GetTraceSummaries", "*"));
        role.addToPolicy(statement("s3:ListBucket", "arn:aws:s3:::*"));
        role.addToPolicy(statement("sqs:SendMessage", stack.formatArn(everyQueue)));

        assertEquals("""
                [Shop] policies must have no wildcards, got 5:
                  Thumbnails/Role: managed policy arn:${AWS::Partition}:iam::aws:policy/ReadOnlyAccess: what it allows is not in the template
                  Thumbnails/Role: s3:Get* on ${Uploads.Arn}/in/*: the action has a wildcard
                  Thumbnails/Role: xray:GetTraceSummaries on *: the resource is a wildcard
                  Thumbnails/Role: s3:ListBucket on arn:aws:s3:::*: the resource is a wildcard
                  Thumbnails/Role: sqs:SendMessage on arn:${AWS::Partition}:sqs:${AWS::Region}:${AWS::AccountId}:*: the resource is a wildcard
                Name what is needed, or allow it with a reason: hasNoWildcards(Map.of(Permission.of(action, resource), reason))""", failure(() -> assertThat(stack).hasNoWildcards()));
    }

    @Test
    void findsNegationsAndPoliciesOfEveryKind() {
        Role role = role("Writer");
        role.addToPolicy(PolicyStatement.Builder.create()
                .notActions(List.of("iam:PassRole", "sts:AssumeRole"))
                .resources(List.of("arn:aws:sqs:eu-west-1:111111111111:letters"))
                .build());
        role.addToPolicy(PolicyStatement.Builder.create()
                .actions(List.of("sqs:SendMessage"))
                .notResources(List.of("arn:aws:sqs:eu-west-1:111111111111:letters"))
                .build());
        ManagedPolicy.Builder.create(stack, "Unattached")
                .statements(List.of(statement("sqs:*", "arn:aws:sqs:eu-west-1:111111111111:letters")))
                .build();
        CfnRolePolicy.Builder.create(stack, "Elsewhere")
                .roleName("admin")
                .policyName("all")
                .policyDocument(Map.of(
                        "Statement",
                        Map.of("Effect", "Allow", "Action", "sqs:SendMessag?", "Resource", "arn:aws:sqs:::letters")))
                .build();

        assertEquals("""
                [Shop] policies must have no wildcards, got 4:
                  Writer: NotAction(iam:PassRole, sts:AssumeRole) on arn:aws:sqs:eu-west-1:111111111111:letters: allows all actions but these
                  Writer: sqs:SendMessage on NotResource(arn:aws:sqs:eu-west-1:111111111111:letters): allows all resources but these
                  admin: sqs:SendMessag? on arn:aws:sqs:::letters: the action has a wildcard
                  Unattached: sqs:* on arn:aws:sqs:eu-west-1:111111111111:letters: the action has a wildcard
                Name what is needed, or allow it with a reason: hasNoWildcards(Map.of(Permission.of(action, resource), reason))""", failure(() -> assertThat(stack).hasNoWildcards()));
    }

    @Test
    void allowsWildcardsWithAReason() {
        PolicyStatement list = PolicyStatement.Builder.create()
                .actions(List.of("s3:ListAllMyBuckets"))
                .resources(List.of("*"))
                .conditions(Map.of("Bool", Map.of("aws:SecureTransport", "true")))
                .build();
        role("Reader").addToPolicy(list);
        Permission allowed = Permission.of("s3:ListAllMyBuckets", "*");

        assertThat(stack)
                .hasNoWildcards(Map.of(allowed, "has no resource"))
                .hasNoWildcards(
                        Map.of(allowed.when("{\"Bool\":{\"aws:SecureTransport\":\"true\"}}"), "has no resource"));
        assertEquals(
                """
                [Shop] policies must have no wildcards, got 1:
                  Reader: s3:ListAllMyBuckets on * when {"Bool":{"aws:SecureTransport":"true"}}: the resource is a wildcard
                Name what is needed, or allow it with a reason: hasNoWildcards(Map.of(Permission.of(action, resource), reason))""", failure(() -> assertThat(stack).hasNoWildcards(Map.of(allowed.when("{}"), "another condition"))));
    }

    @Test
    void looksIntoTheConditionsOfATemplate() {
        Map<String, Object> statement = Map.of(
                "Effect", "Allow", "Action", "sqs:SendMessage", "Resource", either("*", "arn:aws:sqs:::letters"));
        CfnRolePolicy.Builder.create(stack, "Policy")
                .roleName("writer")
                .policyName("send")
                .policyDocument(Map.of("Statement", List.of(either(statement, Map.of("Ref", "AWS::NoValue")))))
                .build();

        assertEquals("""
                [Shop] policies must have no wildcards, got 1:
                  writer: sqs:SendMessage on *: the resource is a wildcard
                Name what is needed, or allow it with a reason: hasNoWildcards(Map.of(Permission.of(action, resource), reason))""", failure(() -> assertThat(stack).hasNoWildcards()));
    }

    @Test
    void rejectsAnExceptionWithoutAReason() {
        IllegalArgumentException error = assertThrows(
                IllegalArgumentException.class,
                () -> assertThat(stack).hasNoWildcards(Map.of(Permission.of("s3:ListAllMyBuckets", "*"), " ")));

        assertEquals("reason for s3:ListAllMyBuckets on * must say why, got a blank text", error.getMessage());
    }

    @Test
    void gathersThePermissionsOfARole() {
        Bucket bucket = new Bucket(stack, "Uploads");
        ManagedPolicy shared = ManagedPolicy.Builder.create(stack, "Shared")
                .statements(List.of(statement("sqs:SendMessage", "arn:aws:sqs:eu-west-1:111111111111:letters")))
                .build();
        Role role = Role.Builder.create(new Construct(stack, "Thumbnails"), "Role")
                .assumedBy(new ServicePrincipal("lambda.amazonaws.com"))
                .inlinePolicies(Map.of(
                        "Inline",
                        PolicyDocument.Builder.create()
                                .statements(List.of(statement("s3:GetObject", bucket.arnForObjects("in/*"))))
                                .build()))
                .managedPolicies(List.of(shared))
                .build();
        role.addToPolicy(statement("s3:PutObject", bucket.arnForObjects("out/*")));
        role("Other").addToPolicy(statement("s3:DeleteObject", bucket.arnForObjects("out/*")));
        Permission[] expected = {
            Permission.of("s3:PutObject", "${Uploads.Arn}/out/*"),
            Permission.of("s3:GetObject", "${Uploads.Arn}/in/*"),
            Permission.of("sqs:SendMessage", "arn:aws:sqs:eu-west-1:111111111111:letters")
        };

        StackAssert assertions = assertThat(stack);

        assertSame(assertions, assertions.permissionsOf("Thumbnails/Role").areExactly(expected));
        assertSame(assertions, assertions.permissionsOf("Thumbnails").areExactly(expected));
        assertSame(assertions, assertions.permissionsOf("ThumbnailsRo").areExactly(expected));
    }

    @Test
    void listsMissingAndUnexpectedPermissions() {
        Role role = role("Reader");
        role.addToPolicy(statement("s3:GetObject", "arn:aws:s3:::uploads/*"));
        role.addToPolicy(statement("s3:GetObjectVersion", "arn:aws:s3:::uploads/*"));

        AssertionFailedError failure = assertThrows(
                AssertionFailedError.class,
                () -> assertThat(stack)
                        .permissionsOf("Reader")
                        .areExactly(
                                Permission.of("s3:GetObject", "arn:aws:s3:::uploads/*"),
                                Permission.of("s3:PutObject", "arn:aws:s3:::uploads/*"),
                                Permission.of("s3:DeleteObject", "arn:aws:s3:::uploads/*")));

        assertEquals("""
                [Shop] permissions of Reader must be exactly the expected 3, got 2:
                  missing:    s3:DeleteObject on arn:aws:s3:::uploads/*
                  missing:    s3:PutObject on arn:aws:s3:::uploads/*
                  unexpected: s3:GetObjectVersion on arn:aws:s3:::uploads/*""", failure.getMessage());
        assertEquals(
                "s3:GetObject on arn:aws:s3:::uploads/*\ns3:GetObjectVersion on arn:aws:s3:::uploads/*",
                failure.getActual().getStringRepresentation());
    }

    @Test
    void expectsNothingOfARoleThatMayDoNothing() {
        role("Idle");

        assertThat(stack).permissionsOf("Idle").areExactly();
        assertThat(stack).permissionsOf("Id").areExactly();
    }

    @Test
    void listsTheRolesThatWereNotMeant() {
        role("Reader");
        role("Rewriter");

        assertEquals("""
                [Shop] "Re" must name one role, got 2 roles:
                  Reader
                  Rewriter
                Give the whole path of one.""", failure(() -> assertThat(stack).permissionsOf("Re")));
        assertEquals("""
                [Shop] "Writer" must name one role, got none of the stack's 2:
                  Reader
                  Rewriter
                Give the whole path of one.""", failure(() -> assertThat(stack).permissionsOf("Writer")));
    }

    @Test
    void listsCustomResources() {
        new Queue(stack, "Letters");
        assertThat(stack).hasNoCustomResources();

        Stack other = new Stack(TestApp.createWithOnly(Map.of()), "Other");
        CustomResource.Builder.create(other, "Plain")
                .serviceToken("arn:aws:sns:eu-west-1:111111111111:x")
                .build();
        CustomResource.Builder.create(other, "Typed")
                .serviceToken("arn:aws:sns:eu-west-1:111111111111:x")
                .resourceType("Custom::Magic")
                .build();

        assertEquals("""
                [Other] there must be no custom resources, got 2:
                  Plain: AWS::CloudFormation::CustomResource
                  Typed: Custom::Magic
                Use a property or resource of CloudFormation's own that does the same.""", failure(() -> assertThat(other).hasNoCustomResources()));
    }

    private Role role(String id) {
        return Role.Builder.create(stack, id)
                .assumedBy(new ServicePrincipal("lambda.amazonaws.com"))
                .build();
    }

    private static Map<String, Object> either(Object first, Object second) {
        return Map.of("Fn::If", List.of("IsProduction", first, second));
    }

    private static PolicyStatement statement(String action, String resource) {
        return PolicyStatement.Builder.create()
                .actions(List.of(action))
                .resources(List.of(resource))
                .build();
    }

    private static String failure(Executable executable) {
        return String.valueOf(
                assertThrows(AssertionFailedError.class, executable).getMessage());
    }
}

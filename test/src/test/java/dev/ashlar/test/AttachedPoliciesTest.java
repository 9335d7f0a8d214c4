package dev.ashlar.test;

import static dev.ashlar.test.CdkAssertions.assertThat;
import static dev.ashlar.test.Templates.resource;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.opentest4j.AssertionFailedError;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.iam.AccountPrincipal;
import software.amazon.awscdk.services.iam.ArnPrincipal;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.lambda.Alias;
import software.amazon.awscdk.services.lambda.Code;
import software.amazon.awscdk.services.lambda.Function;
import software.amazon.awscdk.services.lambda.Runtime;
import software.amazon.awscdk.services.s3.Bucket;
import software.amazon.awscdk.services.sns.Topic;
import software.amazon.awscdk.services.sqs.Queue;
import software.constructs.Construct;

class AttachedPoliciesTest {
    private final Stack stack = new Stack(TestApp.createWithOnly(Map.of()), "Shop");

    @Test
    void gathersWhatTheBucketPolicyAllowsAndDenies() {
        Bucket uploads = Bucket.Builder.create(new Construct(stack, "Given"), "Uploads")
                .enforceSsl(true)
                .build();
        Role reader = role("Reader");
        uploads.addToResourcePolicy(PolicyStatement.Builder.create()
                .principals(List.of(reader, new AccountPrincipal("111122223333")))
                .actions(List.of("s3:GetObject"))
                .resources(List.of(uploads.arnForObjects("out/*")))
                .conditions(Map.of("StringEquals", Map.of("s3:ExistingObjectTag/a", List.of("b"))))
                .build());
        String tag = "{\"StringEquals\":{\"s3:ExistingObjectTag/a\":\"b\"}}";
        Permission insecure = Permission.of("s3:*", "${Given/Uploads.Arn}")
                .by("anyone")
                .when("{\"Bool\":{\"aws:SecureTransport\":\"false\"}}")
                .denied();
        Permission[] expected = {
            insecure,
            Permission.of("s3:*", "${Given/Uploads.Arn}/*")
                    .by("anyone")
                    .when("{\"Bool\":{\"aws:SecureTransport\":\"false\"}}")
                    .denied(),
            Permission.of("s3:GetObject", "${Given/Uploads.Arn}/out/*")
                    .by("Reader")
                    .when(tag),
            Permission.of("s3:GetObject", "${Given/Uploads.Arn}/out/*")
                    .by("account 111122223333")
                    .when(tag)
        };

        StackAssert assertions = assertThat(stack);

        assertSame(assertions, assertions.permissionsOn("Given/Uploads").areExactly(expected));
        assertSame(assertions, assertions.permissionsOn("Given").areExactly(expected));
        assertSame(assertions, assertions.permissionsOn("GivenUploads").areExactly(expected));
    }

    @Test
    void gathersWhoMayTakeARole() {
        Role.Builder.create(stack, "Importer")
                .assumedBy(new ArnPrincipal(role("Reader").getRoleArn()))
                .build();

        assertThat(stack)
                .permissionsOn("Importer")
                .areExactly(Permission.of("sts:AssumeRole", "${Importer}").by("Reader"));
    }

    @Test
    void gathersThePermissionsOnAFunctionAndOnItsAlias() {
        Function function = Function.Builder.create(stack, "Function")
                .runtime(Runtime.NODEJS_22_X)
                .handler("index.handler")
                .code(Code.fromInline("x"))
                .build();
        Alias alias = Alias.Builder.create(stack, "Live")
                .aliasName("live")
                .version(function.getCurrentVersion())
                .build();
        alias.addPermission(
                "Bucket",
                software.amazon.awscdk.services.lambda.Permission.builder()
                        .principal(new ServicePrincipal("s3.amazonaws.com"))
                        .sourceArn("arn:aws:s3:::uploads")
                        .sourceAccount("111122223333")
                        .build());
        function.addPermission(
                "Skill",
                software.amazon.awscdk.services.lambda.Permission.builder()
                        .principal(new ServicePrincipal("alexa-appkit.amazon.com"))
                        .eventSourceToken("amzn1")
                        .build());

        assertThat(stack)
                .permissionsOn("Live")
                .areExactly(Permission.of("lambda:InvokeFunction", "${Live}")
                        .by("s3.amazonaws.com")
                        .when("{\"ArnLike\":{\"aws:SourceArn\":\"arn:aws:s3:::uploads\"},"
                                + "\"StringEquals\":{\"aws:SourceAccount\":\"111122223333\"}}"))
                .permissionsOn("Function")
                .areExactly(Permission.of("lambda:InvokeFunction", "${Function}")
                        .by("alexa-appkit.amazon.com")
                        .when("{\"StringEquals\":{\"lambda:EventSourceToken\":\"amzn1\"}}"))
                .allowsNobodyOutsideTheAccount(Map.of(
                        Permission.of("lambda:InvokeFunction", "${Live}").by("s3.amazonaws.com"), "their bucket"));
    }

    @Test
    void readsOnePolicyOfManyResources() {
        resource(stack, "Policy", "AWS::SQS::QueuePolicy", """
                {'Queues': [{'Ref': 'Plain'}, 'https://sqs/there'], 'PolicyDocument': {'Statement': {'Effect': 'Allow',
                 'Principal': {'Service': ['sns.amazonaws.com', 'events.amazonaws.com']}, 'Action': 'sqs:SendMessage',
                 'Resource': '*'}}}""");
        resource(stack, "Plain", "AWS::SQS::Queue", "{}");

        Map.of("Plain", "${Plain}", "https://sqs/there", "https://sqs/there")
                .forEach((name, queue) -> assertThat(stack)
                        .permissionsOn(name)
                        .areExactly(
                                Permission.of("sqs:SendMessage", queue).by("sns.amazonaws.com"),
                                Permission.of("sqs:SendMessage", queue).by("events.amazonaws.com")));
    }

    @Test
    void expectsNothingOnAResourceWithoutAPolicy() {
        new Queue(stack, "Letters");

        assertThat(stack).permissionsOn("Letters").areExactly();
    }

    @Test
    void listsMissingAndUnexpectedPermissions() {
        new Topic(stack, "News").grantPublish(new ServicePrincipal("events.amazonaws.com"));

        assertEquals(
                """
                [Shop] permissions on News must be exactly the expected 1, got 1:
                  missing:    sns:Publish on ${News} by s3.amazonaws.com
                  unexpected: sns:Publish on ${News} by events.amazonaws.com""",
                assertThrows(
                                AssertionFailedError.class,
                                () -> assertThat(stack)
                                        .permissionsOn("News")
                                        .areExactly(Permission.of("sns:Publish", "${News}")
                                                .by("s3.amazonaws.com")))
                        .getMessage());
    }

    @Test
    void listsTheResourcesThatWereNotMeant() {
        new Topic(stack, "News").grantPublish(new ServicePrincipal("events.amazonaws.com"));
        role("Reader");

        assertEquals(
                """
                [Shop] "Uploads" must name one resource with a policy, got none of the stack's 2:
                  News
                  Reader
                Give the whole path of one.""",
                assertThrows(AssertionFailedError.class, () -> assertThat(stack).permissionsOn("Uploads"))
                        .getMessage());
    }

    @Test
    void knowsWhatSeparatePoliciesAreAttachedTo() {
        String document = "{'Statement': [{'Effect': 'Allow', 'Principal': {'Service': 'x.amazonaws.com'},"
                + " 'Action': 'a:B', 'Resource': '*'}]}";
        Map<String, String> documents = Map.of(
                "AWS::Kinesis::ResourcePolicy", "'ResourceArn': 'stream', 'ResourcePolicy'",
                "AWS::SecretsManager::ResourcePolicy", "'SecretId': 'secret', 'ResourcePolicy'",
                "AWS::S3Tables::TableBucketPolicy", "'TableBucketARN': 'tables', 'ResourcePolicy'",
                "AWS::VpcLattice::AuthPolicy", "'ResourceIdentifier': 'lattice', 'Policy'",
                "AWS::Events::EventBusPolicy", "'EventBusName': 'bus', 'StatementId': 's', 'Statement'",
                "AWS::ECR::Repository", "'RepositoryPolicyText'");
        documents.forEach((type, properties) -> resource(
                stack,
                type.replace(":", ""),
                type,
                "{" + properties + ": "
                        + (type.contains("EventBus") ? document.substring(15, document.length() - 2) : document)
                        + "}"));

        for (String name : List.of("stream", "secret", "tables", "lattice", "bus")) {
            assertThat(stack)
                    .permissionsOn(name)
                    .areExactly(Permission.of("a:B", name).by("x.amazonaws.com"));
        }
        assertThat(stack)
                .permissionsOn("AWSECRRepository")
                .areExactly(Permission.of("a:B", "${AWSECRRepository}").by("x.amazonaws.com"));
    }

    private Role role(String id) {
        return Role.Builder.create(stack, id)
                .assumedBy(new ServicePrincipal("lambda.amazonaws.com"))
                .build();
    }
}

package dev.ashlar.test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.opentest4j.AssertionFailedError;
import software.amazon.awscdk.Aws;
import software.amazon.awscdk.CfnCondition;
import software.amazon.awscdk.CfnOutput;
import software.amazon.awscdk.CfnResource;
import software.amazon.awscdk.Fn;
import software.amazon.awscdk.NestedStack;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.dynamodb.Attribute;
import software.amazon.awscdk.services.dynamodb.AttributeType;
import software.amazon.awscdk.services.dynamodb.BillingMode;
import software.amazon.awscdk.services.dynamodb.Table;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.lambda.Code;
import software.amazon.awscdk.services.lambda.Function;
import software.amazon.awscdk.services.lambda.Runtime;
import software.amazon.awscdk.services.rds.CfnDBInstance;
import software.amazon.awscdk.services.s3.Bucket;
import software.amazon.awscdk.services.sns.Subscription;
import software.amazon.awscdk.services.sns.SubscriptionProtocol;
import software.amazon.awscdk.services.sns.Topic;
import software.amazon.awscdk.services.sqs.CfnQueue;
import software.amazon.awscdk.services.sqs.Queue;

/** What a team with an app of plain CDK reads when it changes. */
class ReviewTest {
    private static final String COMMAND = "mvn test -Dtest=ReviewTest -Dsnapshot.update=true";
    private static final String FILE = "src/test/resources/snapshots/dev.ashlar.test.ReviewTest/Shop.json";
    private static final String ACCEPT = "\nIf this is meant, accept it: " + COMMAND;
    private static final String MUST_MATCH = "[Shop] snapshot " + FILE + " must match, got ";

    @TempDir
    private Path module;

    @Test
    void aChangedKeySchemaLosesTheTable() {
        Executable change = change(
                stack -> table(stack, "id", RemovalPolicy.DESTROY), stack -> table(stack, "pk", RemovalPolicy.DESTROY));

        assertEquals(MUST_MATCH + """
                1 difference:
                  ~ Notes (AWS::DynamoDB::Table): REPLACED, ITS DATA IS LOST
                      ~ AttributeDefinitions[0].AttributeName: "id" -> "pk" (some interruption)
                      ~ KeySchema[0].AttributeName: "id" -> "pk" (replacement)""" + ACCEPT, message(change));
    }

    @Test
    void theFirstPropertyOfAResourceReplacesItToo() {
        Executable change = change(
                stack -> new Queue(stack, "Letters"),
                stack -> Queue.Builder.create(stack, "Letters")
                        .queueName("letters")
                        .build());

        assertEquals(MUST_MATCH + """
                1 difference:
                  ~ Letters (AWS::SQS::Queue): REPLACED, ITS DATA IS LOST
                      + QueueName: "letters" (replacement)""" + ACCEPT, message(change));
    }

    @Test
    void aConditionMayRemoveAResource() {
        Executable change = change(stack -> new Queue(stack, "Letters"), stack -> {
            CfnCondition condition = CfnCondition.Builder.create(stack, "IsLarge")
                    .expression(Fn.conditionEquals(Aws.REGION, "eu-west-1"))
                    .build();
            CfnQueue queue = (CfnQueue)
                    Objects.requireNonNull(new Queue(stack, "Letters").getNode().getDefaultChild());
            queue.getCfnOptions().setCondition(condition);
        });

        assertEquals(MUST_MATCH + """
                2 differences:
                  ~ Letters (AWS::SQS::Queue): updated in place; where its condition is not met, REMOVED WITH ITS DATA
                      + Condition: "IsLarge"
                  + Conditions: {"IsLarge":{"Fn::Equals":[{"Ref":"AWS::Region"},"eu-west-1"]}}""" + ACCEPT, message(change));
    }

    @Test
    void aTypeThatChangesIsRefused() {
        Executable change = change(
                stack -> new Queue(stack, "Letters"),
                stack -> ((CfnResource) new Topic(stack, "News").getNode().getDefaultChild())
                        .overrideLogicalId("LettersDC1467AC"));

        assertEquals(MUST_MATCH + """
                1 difference:
                  ~ News (AWS::SNS::Topic): refused by CloudFormation: a logical id keeps its type
                      - DeletionPolicy: "Delete"
                      ~ Type: "AWS::SQS::Queue" -> "AWS::SNS::Topic"
                      - UpdateReplacePolicy: "Delete\"""" + ACCEPT, message(change));
    }

    @Test
    void aDatabaseIsInterruptedAndAnInstanceOfAClusterHasNoDataOfItsOwn() {
        Executable change = change(
                stack -> {
                    instance(stack, "Alone").dbInstanceClass("db.t4g.small").build();
                    instance(stack, "Reader").dbClusterIdentifier("shop").build();
                    instance(stack, "Old").build();
                },
                stack ->
                        instance(stack, "Alone").dbInstanceClass("db.t4g.large").build());

        assertEquals(MUST_MATCH + """
                3 differences:
                  ~ Alone (AWS::RDS::DBInstance): updated with some interruption
                      ~ DBInstanceClass: "db.t4g.small" -> "db.t4g.large" (some interruption)
                  - Old (AWS::RDS::DBInstance): removed from the stack; its DeletionPolicy Snapshot keeps the data, which then belongs to no stack (orphaned)
                  - Reader (AWS::RDS::DBInstance): removed""" + ACCEPT, message(change));
    }

    @Test
    void customResourcesAndUnknownTypesSaySo() {
        Executable change = change(stack -> strange(stack, "old"), stack -> strange(stack, "new"));

        assertEquals(MUST_MATCH + """
                2 differences:
                  ~ Magic (Custom::Magic): updated as the code behind it decides
                      ~ Wish: "old" -> "new"
                  ~ Strange (My::Own::Type): updated; how, is not known for this type
                      ~ Wish: "old" -> "new\"""" + ACCEPT, message(change));
    }

    @Test
    void aRemovedNestedStackSaysSo() {
        Executable change = change(stack -> new Topic(new NestedStack(stack, "Inner"), "News"), stack -> {});

        assertEquals(MUST_MATCH + """
                1 difference:
                  - InnerNestedStackInnerNestedStackResource745E041B (AWS::CloudFormation::Stack): removed, with all that is in the nested stack""" + ACCEPT, message(change));
    }

    @Test
    void aRetainedTableIsReplacedByAnEmptyOne() {
        Executable change = change(
                stack -> table(stack, "id", RemovalPolicy.RETAIN), stack -> table(stack, "pk", RemovalPolicy.RETAIN));

        assertEquals(MUST_MATCH + """
                1 difference:
                  ~ Notes (AWS::DynamoDB::Table): replaced by an empty one; its UpdateReplacePolicy Retain keeps the old data, which then belongs to no stack (orphaned)
                      ~ AttributeDefinitions[0].AttributeName: "id" -> "pk" (some interruption)
                      ~ KeySchema[0].AttributeName: "id" -> "pk" (replacement)""" + ACCEPT, message(change));
    }

    @Test
    void aLostRetainIsALossToCome() {
        Executable change = change(
                stack -> table(stack, "id", RemovalPolicy.RETAIN), stack -> table(stack, "id", RemovalPolicy.DESTROY));

        assertEquals(MUST_MATCH + """
                1 difference:
                  ~ Notes (AWS::DynamoDB::Table): updated in place; ITS DATA IS NO LONGER KEPT when it is removed or replaced
                      ~ DeletionPolicy: "Retain" -> "Delete"
                      ~ UpdateReplacePolicy: "Retain" -> "Delete\"""" + ACCEPT, message(change));
    }

    @Test
    void aWidenedPermissionIsNamed() {
        Executable change = change(
                stack -> role(stack).addToPolicy(allow("s3:GetObject", "arn:aws:s3:::uploads/*")),
                stack -> role(stack).addToPolicy(allow("s3:*", "arn:aws:s3:::uploads/*")));

        assertEquals(MUST_MATCH + """
                1 difference:
                  PERMISSION WIDENS: + Reader: s3:* on arn:aws:s3:::uploads/*
                  ~ Reader/DefaultPolicy (AWS::IAM::Policy): updated in place
                      ~ PolicyDocument.Statement[0].Action: "s3:GetObject" -> "s3:*\"""" + ACCEPT, message(change));
    }

    @Test
    void aNewAssetHashIsNoChange() throws Throwable {
        change(stack -> function(stack, "one"), stack -> function(stack, "two")).execute();
    }

    @Test
    void removedAndAddedResourcesAreNamedByWhatIsKnown() {
        Executable change = change(
                stack -> {
                    new Queue(stack, "Letters");
                    Bucket.Builder.create(stack, "Kept").build();
                    new Topic(stack, "News");
                },
                stack -> Role.Builder.create(stack, "Reader")
                        .assumedBy(new ServicePrincipal("lambda.amazonaws.com"))
                        .build());

        assertEquals(MUST_MATCH + """
                4 differences:
                  - LettersDC1467AC (AWS::SQS::Queue): REMOVED WITH ITS DATA
                  PERMISSION WIDENS: + lambda.amazonaws.com: sts:AssumeRole on ${Reader}
                  - Kept118DB03B (AWS::S3::Bucket): removed from the stack; its DeletionPolicy Retain keeps the data, which then belongs to no stack (orphaned)
                  - NewsE995708C (AWS::SNS::Topic): removed
                  + Reader (AWS::IAM::Role): created""" + ACCEPT, message(change));
    }

    @Test
    void aRenamedConstructIsRemovedAndAddedAgain() {
        Executable change = change(
                stack -> Queue.Builder.create(stack, "Letters")
                        .queueName("letters")
                        .build(),
                stack ->
                        Queue.Builder.create(stack, "Mail").queueName("letters").build());

        assertEquals(MUST_MATCH + """
                2 differences:
                  - LettersDC1467AC (AWS::SQS::Queue): REMOVED WITH ITS DATA; added again as Mail, whose logical id is Mail6A3D1F64; to keep it, keep its path or override the new logical id with LettersDC1467AC
                  + Mail (AWS::SQS::Queue): created; it was LettersDC1467AC before""" + ACCEPT, message(change));
    }

    @Test
    void aReplacementReachesWhatRefersToIt() {
        Executable change = change(stack -> replacedTopic(stack, "old"), stack -> replacedTopic(stack, "new"));

        assertEquals(MUST_MATCH + """
                2 differences:
                  ~ Mail (AWS::SNS::Subscription): may be replaced; it refers to News, which is replaced
                  ~ News (AWS::SNS::Topic): replaced
                      ~ TopicName: "old" -> "new" (replacement)""" + ACCEPT, message(change));
    }

    @ParameterizedTest
    @MethodSource("referencesToNews")
    void aReplacementReachesEachFormOfReference(Map<String, Object> properties) {
        Executable change = change(stack -> layer(stack, "old", properties), stack -> layer(stack, "new", properties));

        assertEquals(MUST_MATCH + """
                2 differences:
                  ~ Layer (AWS::Lambda::LayerVersion): may be replaced; it refers to News, which is replaced
                  ~ News (AWS::SNS::Topic): replaced
                      ~ TopicName: "old" -> "new" (replacement)""" + ACCEPT, message(change));
    }

    static Stream<Map<String, Object>> referencesToNews() {
        return Stream.of(
                Map.of("Description", Map.of("Ref", "News")),
                Map.of("CompatibleRuntimes", List.of("java25", Map.of("Ref", "News"))),
                Map.of("Content", Map.of("S3Bucket", Map.of("Fn::GetAtt", List.of("News", "TopicName")))),
                Map.of("Description", Map.of("Fn::Sub", "for ${News}")),
                Map.of("Description", Map.of("Fn::Sub", List.of("for ${News.TopicName}", Map.of()))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"${Newsletter}", "News", "$News}"})
    void aReplacementReachesNoOtherText(String text) {
        Map<String, Object> properties = Map.of("Description", Map.of("Fn::Sub", text));

        Executable change = change(stack -> layer(stack, "old", properties), stack -> layer(stack, "new", properties));

        assertEquals(MUST_MATCH + """
                1 difference:
                  ~ News (AWS::SNS::Topic): replaced
                      ~ TopicName: "old" -> "new" (replacement)""" + ACCEPT, message(change));
    }

    @Test
    void aReplacementReachesWhatItsNewNameMayReplace() {
        Executable change = change(stack -> database(stack, "old"), stack -> database(stack, "new"));

        assertEquals(MUST_MATCH + """
                2 differences:
                  ~ Data (AWS::RDS::DBInstance): MAY BE REPLACED, ITS DATA WOULD BE LOST; it refers to News, which is replaced
                  ~ News (AWS::SNS::Topic): replaced
                      ~ TopicName: "old" -> "new" (replacement)""" + ACCEPT, message(change));
    }

    @Test
    void aReplacementStopsAtWhatIsUpdatedInPlace() {
        Executable change = change(stack -> letters(stack, "old"), stack -> letters(stack, "new"));

        assertEquals(MUST_MATCH + """
                1 difference:
                  ~ News (AWS::SNS::Topic): replaced
                      ~ TopicName: "old" -> "new" (replacement)""" + ACCEPT, message(change));
    }

    @Test
    void whatHasMoreInCommonIsTakenForTheSame() {
        Executable change = change(stack -> queue(stack, "Letters", 60, 5), stack -> {
            queue(stack, "Mail", 60, 6);
            queue(stack, "Post", 60, 5);
            queue(stack, "Wires", 61, 6);
        });

        assertEquals(MUST_MATCH + """
                4 differences:
                  - Letters (AWS::SQS::Queue): REMOVED WITH ITS DATA; added again as Post, whose logical id is Post; to keep it, keep its path or override the new logical id with Letters
                  + Mail (AWS::SQS::Queue): created
                  + Post (AWS::SQS::Queue): created; it was Letters before
                  + Wires (AWS::SQS::Queue): created""" + ACCEPT, message(change));
    }

    @Test
    void whatHasLittleInCommonIsAnother() {
        Executable change = change(stack -> queue(stack, "Letters", 60, 5), stack -> queue(stack, "Mail", 61, 6));

        assertEquals(MUST_MATCH + """
                2 differences:
                  - Letters (AWS::SQS::Queue): REMOVED WITH ITS DATA
                  + Mail (AWS::SQS::Queue): created""" + ACCEPT, message(change));
    }

    @Test
    void whatHasHalfInCommonIsTakenForTheSame() {
        Executable change = change(stack -> queue(stack, "Letters", 60, 5), stack -> queue(stack, "Mail", 60, 6));

        assertTrue(message(change).contains("created; it was Letters before"), message(change));
    }

    @Test
    void whatHasAThirdInCommonIsAnother() {
        Executable change = change(
                stack -> Templates.resource(
                        stack, "Letters", "AWS::SNS::Topic", "{'FifoTopic': true, 'TopicName': 'a'}"),
                stack -> Templates.resource(
                        stack, "News", "AWS::SNS::Topic", "{'FifoTopic': true, 'DisplayName': 'a'}"));

        assertEquals(MUST_MATCH + """
                2 differences:
                  - Letters (AWS::SNS::Topic): removed
                  + News (AWS::SNS::Topic): created""" + ACCEPT, message(change));
    }

    @Test
    void whatHasNoPropertiesIsTheSameIfItsTypeIs() {
        Executable change = change(stack -> Templates.resource(stack, "Letters", "AWS::SNS::Topic", "{}"), stack -> {
            Templates.resource(stack, "Mail", "AWS::SQS::QueuePolicy", "{}");
            Templates.resource(stack, "News", "AWS::SNS::Topic", "{}");
        });

        assertEquals(MUST_MATCH + """
                3 differences:
                  - Letters (AWS::SNS::Topic): removed; added again as News, whose logical id is News; to keep it, keep its path or override the new logical id with Letters
                  + Mail (AWS::SQS::QueuePolicy): created
                  + News (AWS::SNS::Topic): created; it was Letters before""" + ACCEPT, message(change));
    }

    @Test
    void whatIsAddedOnceIsTakenOnce() {
        Executable change = change(
                stack -> {
                    queue(stack, "Letters", 60, 5);
                    queue(stack, "Mail", 60, 5);
                },
                stack -> queue(stack, "Post", 60, 5));

        assertEquals(MUST_MATCH + """
                3 differences:
                  - Letters (AWS::SQS::Queue): REMOVED WITH ITS DATA; added again as Post, whose logical id is Post; to keep it, keep its path or override the new logical id with Letters
                  - Mail (AWS::SQS::Queue): REMOVED WITH ITS DATA
                  + Post (AWS::SQS::Queue): created; it was Letters before""" + ACCEPT, message(change));
    }

    @Test
    void changesAreInTheOrderOfTheirPaths() {
        Executable change = change(stack -> {}, stack -> {
            Templates.resource(stack, "Letters", "AWS::SNS::Topic", "{}").overrideLogicalId("Second");
            Templates.resource(stack, "News", "AWS::SNS::Topic", "{}").overrideLogicalId("First");
        });

        assertEquals(MUST_MATCH + """
                2 differences:
                  + Letters (AWS::SNS::Topic): created
                  + News (AWS::SNS::Topic): created""" + ACCEPT, message(change));
    }

    @Test
    void aLongListIsCutButForWhatIsLostOrAllowed() {
        Executable change = change(stack -> new Queue(stack, "Letters"), stack -> {
            for (int i = 10; i < 42; i++) {
                role(stack, "Reader" + i).addToPolicy(allow("s3:GetObject", "arn:aws:s3:::uploads/*"));
            }
        });

        String message = message(change);
        assertTrue(message.contains("REMOVED WITH ITS DATA"), message);
        assertEquals(
                64,
                message.lines()
                        .filter(line -> line.contains("PERMISSION WIDENS"))
                        .count());
        assertEquals(
                30, message.lines().filter(line -> line.contains(": created")).count());
        assertTrue(message.contains("\n  and 34 more\n"), message);
    }

    @Test
    void whatIsOutsideTheResourcesIsNamedByItsPlace() {
        Executable change = change(
                stack -> CfnOutput.Builder.create(stack, "Url").value("a").build(),
                stack -> CfnOutput.Builder.create(stack, "Url").value("b").build());

        assertEquals(MUST_MATCH + """
                1 difference:
                  ~ Outputs.Url.Value: "a" -> "b\"""" + ACCEPT, message(change));
    }

    private Executable change(Consumer<Stack> before, Consumer<Stack> after) {
        new StackAssert(stack(before), new Snapshots(module, true, false)).matchesSnapshot();
        return () -> new StackAssert(stack(after), new Snapshots(module, false, false)).matchesSnapshot();
    }

    private static Stack stack(Consumer<Stack> content) {
        Stack stack = new Stack(TestApp.createWithOnly(Map.of()), "Shop");
        content.accept(stack);
        return stack;
    }

    private static void table(Stack stack, String key, RemovalPolicy policy) {
        Table.Builder.create(stack, "Notes")
                .partitionKey(
                        Attribute.builder().name(key).type(AttributeType.STRING).build())
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .removalPolicy(policy)
                .build();
    }

    private static Role role(Stack stack) {
        return role(stack, "Reader");
    }

    private static Role role(Stack stack, String id) {
        return Role.Builder.create(stack, id)
                .assumedBy(new ServicePrincipal("lambda.amazonaws.com"))
                .build();
    }

    private static PolicyStatement allow(String action, String resource) {
        return PolicyStatement.Builder.create()
                .actions(List.of(action))
                .resources(List.of(resource))
                .build();
    }

    private void function(Stack stack, String code) {
        try {
            Path source = Files.createDirectories(module.resolve(code));
            Files.writeString(source.resolve("code"), code);
            Function.Builder.create(stack, "Fn")
                    .runtime(Runtime.JAVA_21)
                    .handler("shop.Handler")
                    .code(Code.fromAsset(source.toString()))
                    .build()
                    .getCurrentVersion();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void replacedTopic(Stack stack, String name) {
        Topic topic = Topic.Builder.create(stack, "News").topicName(name).build();
        Subscription.Builder.create(stack, "Mail")
                .topic(topic)
                .protocol(SubscriptionProtocol.EMAIL)
                .endpoint("news@example.com")
                .build();
    }

    private static void layer(Stack stack, String topic, Map<String, Object> properties) {
        news(stack, topic);
        CfnResource.Builder.create(stack, "Layer")
                .type("AWS::Lambda::LayerVersion")
                .properties(properties)
                .build();
    }

    private static void letters(Stack stack, String topic) {
        news(stack, topic);
        CfnResource.Builder.create(stack, "Letters")
                .type("AWS::SNS::Topic")
                .properties(Map.of("DisplayName", Map.of("Ref", "News")))
                .build();
    }

    private static void news(Stack stack, String topic) {
        CfnResource.Builder.create(stack, "News")
                .type("AWS::SNS::Topic")
                .properties(Map.of("TopicName", topic))
                .build();
    }

    /** A database with the topic's name for its engine, which may be replaced when that changes. */
    private static void database(Stack stack, String topic) {
        news(stack, topic);
        Templates.resource(stack, "Data", "AWS::RDS::DBInstance", "{'Engine': {'Ref': 'News'}}");
    }

    private static void queue(Stack stack, String id, int visibility, int delay) {
        CfnResource.Builder.create(stack, id)
                .type("AWS::SQS::Queue")
                .properties(Map.of("VisibilityTimeout", visibility, "DelaySeconds", delay))
                .build();
    }

    private static CfnDBInstance.Builder instance(Stack stack, String id) {
        return CfnDBInstance.Builder.create(stack, id).engine("postgres");
    }

    private static void strange(Stack stack, String wish) {
        for (Map.Entry<String, String> type :
                Map.of("Magic", "Custom::Magic", "Strange", "My::Own::Type").entrySet()) {
            CfnResource.Builder.create(stack, type.getKey())
                    .type(type.getValue())
                    .properties(Map.of("Wish", wish))
                    .build();
        }
    }

    private static String message(Executable executable) {
        return String.valueOf(
                assertThrows(AssertionFailedError.class, executable).getMessage());
    }
}

package dev.ashlar.constructs.access;

import static dev.ashlar.constructs.access.Grantee.assertAllows;
import static dev.ashlar.test.CdkAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ashlar.test.Permission;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awscdk.assertions.Match;
import software.amazon.awscdk.assertions.Template;
import software.amazon.awscdk.services.events.EventBus;
import software.amazon.awscdk.services.iam.Grant;
import software.amazon.awscdk.services.kms.Key;
import software.amazon.awscdk.services.lambda.Function;
import software.amazon.awscdk.services.lambda.IFunction;
import software.amazon.awscdk.services.logs.LogGroup;
import software.amazon.awscdk.services.sns.Topic;
import software.amazon.awscdk.services.sqs.IQueue;
import software.amazon.awscdk.services.sqs.Queue;
import software.amazon.awscdk.services.sqs.QueueEncryption;

class MessagingAccessTest {
    private final Grantee grantee = new Grantee();

    @Test
    void sendingIsSendMessage() {
        Queue queue = Queue.Builder.create(grantee.stack, "Queue").build();

        Grant grant = QueueAccess.of(queue).grantSend(grantee.role);

        assertThat(grantee.stack).permissionsOf("Reader").areExactly(Permission.of("sqs:SendMessage", "${Queue.Arn}"));
        assertAllows(grant, "sqs:SendMessage");
    }

    @Test
    void consumingIsReceivingDeletingAndExtending() {
        Queue queue = Queue.Builder.create(grantee.stack, "Queue").build();

        Grant grant = QueueAccess.of(queue).grantConsume(grantee.role);

        assertThat(grantee.stack)
                .permissionsOf("Reader")
                .areExactly(
                        Permission.of("sqs:ReceiveMessage", "${Queue.Arn}"),
                        Permission.of("sqs:DeleteMessage", "${Queue.Arn}"),
                        Permission.of("sqs:ChangeMessageVisibility", "${Queue.Arn}"),
                        Permission.of("sqs:GetQueueAttributes", "${Queue.Arn}"));
        assertAllows(
                grant,
                "sqs:ReceiveMessage",
                "sqs:DeleteMessage",
                "sqs:ChangeMessageVisibility",
                "sqs:GetQueueAttributes");
    }

    @Test
    void sendersToAQueueWithACustomersKeyEncrypt() {
        QueueAccess.of(encryptedQueue()).grantSend(grantee.role);

        assertThat(grantee.stack)
                .permissionsOf("Reader")
                .areExactly(
                        Permission.of("sqs:SendMessage", "${Queue.Arn}"),
                        Permission.of("kms:GenerateDataKey", "${Key.Arn}"),
                        Permission.of("kms:Decrypt", "${Key.Arn}"));
    }

    @Test
    void consumersOfAQueueWithACustomersKeyDecrypt() {
        QueueAccess.of(encryptedQueue()).grantConsume(grantee.role);

        assertThat(grantee.stack)
                .permissionsOf("Reader")
                .areExactly(
                        Permission.of("sqs:ReceiveMessage", "${Queue.Arn}"),
                        Permission.of("sqs:DeleteMessage", "${Queue.Arn}"),
                        Permission.of("sqs:ChangeMessageVisibility", "${Queue.Arn}"),
                        Permission.of("sqs:GetQueueAttributes", "${Queue.Arn}"),
                        Permission.of("kms:Decrypt", "${Key.Arn}"));
    }

    @Test
    void aRuleMayUseTheCustomersKeyOfItsQueue() {
        QueueAccess.of(encryptedQueue()).grantSendToRule("arn:aws:events:ap-northeast-2:123456789012:rule/orders");

        Template.fromStack(grantee.stack)
                .hasResourceProperties(
                        "AWS::KMS::Key",
                        Map.of(
                                "KeyPolicy",
                                Map.of(
                                        "Statement",
                                        Match.arrayWith(List.of(Match.objectLike(Map.of(
                                                "Action",
                                                List.of("kms:Decrypt", "kms:GenerateDataKey"),
                                                "Principal",
                                                Map.of("Service", "events.amazonaws.com"))))))));
    }

    @Test
    void aRuleCannotBeLetIntoAnImportedQueue() {
        IQueue queue = Queue.fromQueueArn(grantee.stack, "Queue", "arn:aws:sqs:ap-northeast-2:123456789012:orders");

        assertThatThrownBy(() ->
                        QueueAccess.of(queue).grantSendToRule("arn:aws:events:ap-northeast-2:123456789012:rule/orders"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "queue must have a policy that can take sqs:SendMessage for events.amazonaws.com, got an imported"
                                + " one; change its policy where it is made");
    }

    @Test
    void publishingIsPublish() {
        Topic topic = Topic.Builder.create(grantee.stack, "Topic").build();

        Grant grant = TopicAccess.of(topic).grantPublish(grantee.role);

        assertThat(grantee.stack).permissionsOf("Reader").areExactly(Permission.of("sns:Publish", "${Topic}"));
        assertAllows(grant, "sns:Publish");
    }

    @Test
    void aCustomersKeyOfATopicIsGrantedAlong() {
        Key key = Key.Builder.create(grantee.stack, "Key").build();
        Topic topic =
                Topic.Builder.create(grantee.stack, "Topic").masterKey(key).build();

        TopicAccess.of(topic).grantPublish(grantee.role);

        assertThat(grantee.stack)
                .permissionsOf("Reader")
                .areExactly(
                        Permission.of("sns:Publish", "${Topic}"),
                        Permission.of("kms:GenerateDataKey", "${Key.Arn}"),
                        Permission.of("kms:Decrypt", "${Key.Arn}"));
    }

    @Test
    void puttingEventsIsPutEvents() {
        EventBus bus = EventBus.Builder.create(grantee.stack, "Bus").build();

        Grant grant = EventBusAccess.of(bus).grantPut(grantee.role);

        assertThat(grantee.stack).permissionsOf("Reader").areExactly(Permission.of("events:PutEvents", "${Bus.Arn}"));
        assertAllows(grant, "events:PutEvents");
    }

    @Test
    void writingLogsCreatesNoGroups() {
        LogGroup logs = LogGroup.Builder.create(grantee.stack, "Logs").build();

        Grant grant = LogGroupAccess.of(logs).grantWrite(grantee.role);

        assertThat(grantee.stack)
                .permissionsOf("Reader")
                .areExactly(
                        Permission.of("logs:CreateLogStream", "${Logs.Arn}"),
                        Permission.of("logs:PutLogEvents", "${Logs.Arn}"));
        assertAllows(grant, "logs:CreateLogStream", "logs:PutLogEvents");
    }

    @Test
    void invokingReachesNoOtherVersion() {
        String alias = "arn:aws:lambda:ap-northeast-2:123456789012:function:quotes:live";
        IFunction function = Function.fromFunctionArn(grantee.stack, "Quotes", alias);

        Grant grant = FunctionAccess.of(function).grantInvoke(grantee.role);

        assertThat(grantee.stack).permissionsOf("Reader").areExactly(Permission.of("lambda:InvokeFunction", alias));
        assertAllows(grant, "lambda:InvokeFunction");
    }

    private Queue encryptedQueue() {
        return Queue.Builder.create(grantee.stack, "Queue")
                .encryption(QueueEncryption.KMS)
                .encryptionMasterKey(Key.Builder.create(grantee.stack, "Key").build())
                .build();
    }
}

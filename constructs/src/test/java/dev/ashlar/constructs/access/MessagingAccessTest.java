package dev.ashlar.constructs.access;

import static dev.ashlar.test.CdkAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ashlar.test.Permission;
import org.junit.jupiter.api.Test;
import software.amazon.awscdk.services.events.EventBus;
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

        QueueAccess.of(queue).grantSend(grantee.role);

        assertThat(grantee.stack).permissionsOf("Reader").areExactly(Permission.of("sqs:SendMessage", "${Queue.Arn}"));
    }

    @Test
    void consumingIsReceivingDeletingAndExtending() {
        Queue queue = Queue.Builder.create(grantee.stack, "Queue").build();

        QueueAccess.of(queue).grantConsume(grantee.role);

        assertThat(grantee.stack)
                .permissionsOf("Reader")
                .areExactly(
                        Permission.of("sqs:ReceiveMessage", "${Queue.Arn}"),
                        Permission.of("sqs:DeleteMessage", "${Queue.Arn}"),
                        Permission.of("sqs:ChangeMessageVisibility", "${Queue.Arn}"),
                        Permission.of("sqs:GetQueueAttributes", "${Queue.Arn}"));
    }

    @Test
    void aCustomersKeyOfAQueueIsGrantedAlong() {
        Key key = Key.Builder.create(grantee.stack, "Key").build();
        Queue queue = Queue.Builder.create(grantee.stack, "Queue")
                .encryption(QueueEncryption.KMS)
                .encryptionMasterKey(key)
                .build();

        QueueAccess.of(queue).grantSend(grantee.role);

        assertThat(grantee.stack)
                .permissionsOf("Reader")
                .areExactly(
                        Permission.of("sqs:SendMessage", "${Queue.Arn}"),
                        Permission.of("kms:GenerateDataKey", "${Key.Arn}"),
                        Permission.of("kms:Decrypt", "${Key.Arn}"));
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

        TopicAccess.of(topic).grantPublish(grantee.role);

        assertThat(grantee.stack).permissionsOf("Reader").areExactly(Permission.of("sns:Publish", "${Topic}"));
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

        EventBusAccess.of(bus).grantPut(grantee.role);

        assertThat(grantee.stack).permissionsOf("Reader").areExactly(Permission.of("events:PutEvents", "${Bus.Arn}"));
    }

    @Test
    void writingLogsCreatesNoGroups() {
        LogGroup logs = LogGroup.Builder.create(grantee.stack, "Logs").build();

        LogGroupAccess.of(logs).grantWrite(grantee.role);

        assertThat(grantee.stack)
                .permissionsOf("Reader")
                .areExactly(
                        Permission.of("logs:CreateLogStream", "${Logs.Arn}"),
                        Permission.of("logs:PutLogEvents", "${Logs.Arn}"));
    }

    @Test
    void invokingReachesNoOtherVersion() {
        String alias = "arn:aws:lambda:ap-northeast-2:123456789012:function:quotes:live";
        IFunction function = Function.fromFunctionArn(grantee.stack, "Quotes", alias);

        FunctionAccess.of(function).grantInvoke(grantee.role);

        assertThat(grantee.stack).permissionsOf("Reader").areExactly(Permission.of("lambda:InvokeFunction", alias));
    }
}

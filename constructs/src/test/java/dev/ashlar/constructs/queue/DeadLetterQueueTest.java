package dev.ashlar.constructs.queue;

import static dev.ashlar.test.CdkAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ashlar.constructs.alarm.Alarms;
import dev.ashlar.constructs.alarm.ServiceDashboard;
import dev.ashlar.constructs.profile.Profile;
import dev.ashlar.test.Permission;
import dev.ashlar.test.TestApp;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.assertions.Match;
import software.amazon.awscdk.assertions.Template;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.kms.Key;
import software.amazon.awscdk.services.sns.Topic;
import software.amazon.awscdk.services.sqs.QueueEncryption;

class DeadLetterQueueTest {
    private static final String TYPE = "AWS::SQS::Queue";
    private static final String POLICY = "AWS::SQS::QueuePolicy";
    private static final String RULE = "arn:aws:events:ap-northeast-2:123456789012:rule/orders";

    private final Stack stack = new Stack(TestApp.create(), "Shop");

    @Test
    void usesDocumentedDefaults() {
        queue().build();

        Template.fromStack(stack)
                .hasResource(
                        TYPE,
                        Map.of(
                                "DeletionPolicy",
                                "Retain",
                                "UpdateReplacePolicy",
                                "Retain",
                                "Properties",
                                Map.of("MessageRetentionPeriod", 1_209_600, "SqsManagedSseEnabled", true)));
    }

    @Test
    void refusesRequestsWithoutTlsForAsLongAsItExists() {
        queue().build();

        Template.fromStack(stack)
                .hasResource(
                        POLICY,
                        Map.of(
                                "DeletionPolicy",
                                "Retain",
                                "Properties",
                                Match.objectLike(Map.of(
                                        "PolicyDocument",
                                        Match.objectLike(Map.of(
                                                "Statement",
                                                List.of(Match.objectLike(Map.of(
                                                        "Action",
                                                        "sqs:*",
                                                        "Effect",
                                                        "Deny",
                                                        "Condition",
                                                        Map.of("Bool", Map.of("aws:SecureTransport", "false")))))))))));
    }

    @Test
    void nullMeansDefault() {
        Stack other = new Stack(TestApp.create(), "Shop");
        queue().build();

        DeadLetterQueue.Builder.create(other, "Failed")
                .fifo(null)
                .alarms(null)
                .removalPolicy(null)
                .customizeQueue(null)
                .build();

        assertThat(Template.fromStack(other).toJSON())
                .isEqualTo(Template.fromStack(stack).toJSON());
    }

    @Test
    void developmentDeletes() {
        Profile.DEVELOPMENT.applyTo(stack);

        queue().build();

        Template.fromStack(stack).hasResource(TYPE, Map.of("DeletionPolicy", "Delete"));
        Template.fromStack(stack).hasResource(POLICY, Map.of("DeletionPolicy", "Delete"));
    }

    @Test
    void aRemovalPolicyGoesBeforeTheProfile() {
        queue().removalPolicy(RemovalPolicy.DESTROY).build();

        Template.fromStack(stack).hasResource(TYPE, Map.of("DeletionPolicy", "Delete"));
    }

    @Test
    void theFirstMessageRaisesAnAlarm() {
        DeadLetterQueue queue =
                queue().alarms(Alarms.to(new Topic(stack, "Operators"))).build();

        assertThat(queue.getAlarms()).hasSize(1);
        Template.fromStack(stack).resourceCountIs("AWS::CloudWatch::Alarm", 1);
        Template.fromStack(stack)
                .hasResourceProperties(
                        "AWS::CloudWatch::Alarm",
                        Map.of(
                                "MetricName", "ApproximateNumberOfMessagesVisible",
                                "Namespace", "AWS/SQS",
                                "Statistic", "Maximum",
                                "Threshold", 1,
                                "ComparisonOperator", "GreaterThanOrEqualToThreshold",
                                "TreatMissingData", "notBreaching",
                                "AlarmActions", List.of(Map.of("Ref", Match.stringLikeRegexp("Operators.*")))));
    }

    @Test
    void takesFromOneRuleAlone() {
        queue().build().grantSendToRule(RULE);

        Template.fromStack(stack)
                .hasResourceProperties(
                        POLICY,
                        Map.of(
                                "PolicyDocument",
                                Match.objectLike(Map.of(
                                        "Statement",
                                        Match.arrayWith(List.of(Map.of(
                                                "Action",
                                                "sqs:SendMessage",
                                                "Effect",
                                                "Allow",
                                                "Principal",
                                                Map.of("Service", "events.amazonaws.com"),
                                                "Resource",
                                                Map.of(
                                                        "Fn::GetAtt",
                                                        List.of(Match.stringLikeRegexp("FailedQueue.*"), "Arn")),
                                                "Condition",
                                                Map.of("ArnEquals", Map.of("aws:SourceArn", RULE)))))))));
    }

    @Test
    void takesFromARole() {
        Role schedules = Role.Builder.create(stack, "Schedules")
                .assumedBy(new ServicePrincipal("scheduler.amazonaws.com"))
                .build();

        queue().build().grantSend(schedules);

        assertThat(stack)
                .permissionsOf("Schedules")
                .areExactly(Permission.of("sqs:SendMessage", "${Failed/Queue.Arn}"));
    }

    @Test
    void isOnTheDashboard() {
        queue().build();

        new ServiceDashboard(stack, "Dashboard");

        assertThat(Template.fromStack(stack).toJSON().toString()).contains("Shop/Failed", "Dead letters");
    }

    @Test
    void theCustomizerHasTheLastWord() {
        queue().customizeQueue(builder -> builder.queueName("failed-orders")).build();

        Template.fromStack(stack).hasResourceProperties(TYPE, Map.of("QueueName", "failed-orders"));
    }

    @Test
    void aCustomersKeyMayEncryptIt() {
        queue().customizeQueue(
                        builder -> builder.encryption(QueueEncryption.KMS).encryptionMasterKey(new Key(stack, "Key")))
                .build()
                .grantSendToRule(RULE);

        Template.fromStack(stack)
                .hasResourceProperties(
                        "AWS::KMS::Key",
                        Map.of(
                                "KeyPolicy",
                                Match.objectLike(Map.of(
                                        "Statement",
                                        Match.arrayWith(List.of(Map.of(
                                                "Action",
                                                List.of("kms:Decrypt", "kms:GenerateDataKey"),
                                                "Effect",
                                                "Allow",
                                                "Principal",
                                                Map.of("Service", "events.amazonaws.com"),
                                                "Resource",
                                                "*")))))));
    }

    @Test
    void rejectsAwssOwnKey() {
        assertThatThrownBy(() -> queue().customizeQueue(builder -> builder.encryption(QueueEncryption.KMS_MANAGED))
                        .build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "[Shop/Failed] customizeQueue must not set encryption to KMS_MANAGED, got it; AWS's key lets no"
                                + " service of AWS send, keep SQS_MANAGED or set a key of your own");
    }

    private DeadLetterQueue.Builder queue() {
        return DeadLetterQueue.Builder.create(stack, "Failed");
    }
}

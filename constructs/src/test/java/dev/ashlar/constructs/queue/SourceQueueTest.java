package dev.ashlar.constructs.queue;

import static dev.ashlar.test.CdkAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ashlar.constructs.alarm.Alarms;
import dev.ashlar.constructs.profile.Profile;
import dev.ashlar.test.Permission;
import dev.ashlar.test.TestApp;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.assertions.Match;
import software.amazon.awscdk.assertions.Template;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.sns.Topic;
import software.amazon.awscdk.services.sqs.Queue;
import software.amazon.awscdk.services.sqs.QueueEncryption;

class SourceQueueTest {
    private static final String TYPE = "AWS::SQS::Queue";

    private final Stack stack = new Stack(TestApp.create(), "Shop");

    @Test
    void usesDocumentedDefaults() {
        queue().build();

        Template template = Template.fromStack(stack);
        template.resourceCountIs(TYPE, 2);
        template.hasResource(
                TYPE,
                Map.of(
                        "DeletionPolicy",
                        "Retain",
                        "Properties",
                        Map.of(
                                "MessageRetentionPeriod",
                                345_600,
                                "SqsManagedSseEnabled",
                                true,
                                "VisibilityTimeout",
                                30,
                                "RedrivePolicy",
                                Map.of(
                                        "deadLetterTargetArn",
                                        Map.of(
                                                "Fn::GetAtt",
                                                List.of(Match.stringLikeRegexp("OrdersDeadLetterQueue.*"), "Arn")),
                                        "maxReceiveCount",
                                        5))));
        template.hasResourceProperties(TYPE, Map.of("MessageRetentionPeriod", 1_209_600));
    }

    @Test
    void bothQueuesRefuseRequestsWithoutTls() {
        queue().build();

        Template.fromStack(stack)
                .resourcePropertiesCountIs(
                        "AWS::SQS::QueuePolicy",
                        Map.of(
                                "PolicyDocument",
                                Match.objectLike(Map.of(
                                        "Statement",
                                        List.of(Match.objectLike(Map.of(
                                                "Effect",
                                                "Deny",
                                                "Condition",
                                                Map.of("Bool", Map.of("aws:SecureTransport", "false")))))))),
                        2);
    }

    @Test
    void nullMeansDefault() {
        Stack other = new Stack(TestApp.create(), "Shop");
        queue().build();

        SourceQueue.Builder.create(other, "Orders")
                .fifo(null)
                .visibilityTimeout(null)
                .maxReceiveCount(null)
                .alarms(null)
                .removalPolicy(null)
                .customizeQueue(null)
                .build();

        assertThat(Template.fromStack(other).toJSON())
                .isEqualTo(Template.fromStack(stack).toJSON());
    }

    @Test
    void theDeadLetterQueueOfAFifoQueueIsOneToo() {
        queue().fifo(true).build();

        Template.fromStack(stack).resourcePropertiesCountIs(TYPE, Map.of("FifoQueue", true), 2);
    }

    @Test
    void developmentDeletesBoth() {
        Profile.DEVELOPMENT.applyTo(stack);

        queue().build();

        Template.fromStack(stack).allResources(TYPE, Map.of("DeletionPolicy", "Delete"));
    }

    @Test
    void grantsAreExact() {
        SourceQueue queue = queue().build();

        queue.grantSend(role("Sender"));
        queue.grantConsume(role("Worker"));

        assertThat(stack)
                .permissionsOf("Sender")
                .areExactly(Permission.of("sqs:SendMessage", "${Orders/Queue.Arn}"))
                .permissionsOf("Worker")
                .areExactly(
                        Permission.of("sqs:ReceiveMessage", "${Orders/Queue.Arn}"),
                        Permission.of("sqs:DeleteMessage", "${Orders/Queue.Arn}"),
                        Permission.of("sqs:ChangeMessageVisibility", "${Orders/Queue.Arn}"),
                        Permission.of("sqs:GetQueueAttributes", "${Orders/Queue.Arn}"));
    }

    /** An hour, unless the receives of one message take longer than that; in time before SQS deletes it. */
    @ParameterizedTest
    @CsvSource({"720, 3600", "721, 3605", "5400, 27000", "34560, 172800", "43200, 172800"})
    void oldMessagesRaiseAnAlarm(int visibilitySeconds, int threshold) {
        SourceQueue queue = queue().visibilityTimeout(Duration.seconds(visibilitySeconds))
                .alarms(Alarms.to(new Topic(stack, "Operators")))
                .build();

        assertThat(queue.getAlarms()).hasSize(1);
        assertThat(queue.getDeadLetterQueue().getAlarms()).hasSize(1);
        Template.fromStack(stack)
                .hasResourceProperties(
                        "AWS::CloudWatch::Alarm",
                        Map.of(
                                "MetricName",
                                "ApproximateAgeOfOldestMessage",
                                "Statistic",
                                "Maximum",
                                "Threshold",
                                threshold,
                                "Dimensions",
                                List.of(Map.of(
                                        "Name",
                                        "QueueName",
                                        "Value",
                                        Map.of(
                                                "Fn::GetAtt",
                                                List.of(Match.stringLikeRegexp("OrdersQueue.*"), "QueueName"))))));
    }

    @ParameterizedTest
    @ValueSource(ints = {60, 345_599})
    void theAgeThatRaisesAnAlarmCanBeSet(int seconds) {
        queue().alarms(Alarms.to(new Topic(stack, "Operators")).messageAge(Duration.seconds(seconds)))
                .build();

        Template.fromStack(stack)
                .hasResourceProperties(
                        "AWS::CloudWatch::Alarm",
                        Map.of("MetricName", "ApproximateAgeOfOldestMessage", "Threshold", seconds));
    }

    @Test
    void theCustomizerHasTheLastWord() {
        queue().customizeQueue(builder -> builder.deliveryDelay(Duration.minutes(1)))
                .build();

        Template.fromStack(stack).hasResourceProperties(TYPE, Map.of("DelaySeconds", 60));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 43200})
    void acceptsVisibilityWithinTheLimits(int seconds) {
        assertThatCode(() ->
                        queue().visibilityTimeout(Duration.seconds(seconds)).build())
                .doesNotThrowAnyException();
    }

    @Test
    void rejectsVisibilityBeyondTheLimits() {
        rejects(
                queue().visibilityTimeout(Duration.seconds(43201)),
                "visibilityTimeout must be 0 to 43200 seconds, got 12 hours 1 second");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 1000})
    void acceptsReceivesWithinTheLimits(int receives) {
        assertThatCode(() -> queue().maxReceiveCount(receives).build()).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1001})
    void rejectsReceivesBeyondTheLimits(int receives) {
        rejects(
                queue().maxReceiveCount(receives),
                "maxReceiveCount must be a whole number of 1 to 1000 receives, got " + receives);
    }

    @ParameterizedTest
    @CsvSource({"59,59 seconds", "1209601,14 days 1 second"})
    void rejectsAgesBeyondTheLimits(int seconds, String text) {
        rejects(
                queue().alarms(Alarms.to(new Topic(stack, "Operators")).messageAge(Duration.seconds(seconds))),
                "alarms.messageAge must be 60 to 1209600 seconds, got " + text);
    }

    @Test
    void rejectsAnAgeThatNoMessageReaches() {
        rejects(
                queue().alarms(Alarms.to(new Topic(stack, "Operators")).messageAge(Duration.days(4))),
                "alarms.messageAge must be less than the 345600 seconds that the queue keeps messages, got 345600; SQS deletes"
                        + " what is older");
    }

    @Test
    void acceptsAnAgeThatACustomizedQueueReaches() {
        assertThatCode(() -> queue().alarms(
                                Alarms.to(new Topic(stack, "Operators")).messageAge(Duration.days(4)))
                        .customizeQueue(builder -> builder.retentionPeriod(Duration.days(14)))
                        .build())
                .doesNotThrowAnyException();
    }

    @Test
    void rejectsAnotherDeadLetterQueue() {
        Queue other = new Queue(stack, "Other");

        rejects(
                queue().customizeQueue(builder ->
                        builder.deadLetterQueue(software.amazon.awscdk.services.sqs.DeadLetterQueue.builder()
                                .queue(other)
                                .maxReceiveCount(3)
                                .build())),
                "customizeQueue must not set deadLetterQueue, got another one; change getDeadLetterQueue(), or set the option"
                        + " maxReceiveCount");
    }

    @Test
    void rejectsAFifoQueueOfTheCustomizer() {
        rejects(
                queue().customizeQueue(builder -> builder.fifo(true)),
                "customizeQueue must not set fifo, got true; set the option fifo, which holds for the dead-letter queue too");
    }

    @Test
    void rejectsAwssOwnKey() {
        rejects(
                queue().customizeQueue(builder -> builder.encryption(QueueEncryption.KMS_MANAGED)),
                "customizeQueue must not set encryption to KMS_MANAGED, got it; AWS's key lets no service of AWS send, keep"
                        + " SQS_MANAGED or set a key of your own");
    }

    private static void rejects(SourceQueue.Builder queue, String text) {
        assertThatThrownBy(queue::build)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("[Shop/Orders] " + text);
    }

    private Role role(String id) {
        return Role.Builder.create(stack, id)
                .assumedBy(new ServicePrincipal("lambda.amazonaws.com"))
                .build();
    }

    private SourceQueue.Builder queue() {
        return SourceQueue.Builder.create(stack, "Orders");
    }
}

package dev.ashlar.patterns.queue;

import dev.ashlar.constructs.alarm.Alarms;
import dev.ashlar.constructs.function.FunctionCode;
import dev.ashlar.test.TestApp;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.assertions.Annotations;
import software.amazon.awscdk.assertions.Match;
import software.amazon.awscdk.assertions.Template;
import software.amazon.awscdk.services.sns.Topic;

/** Row by row the table of failures in {@code docs/queue-processor.md}: each has its way in the template. */
class QueueProcessorFailuresTest {
    private static final String SOURCE = "OrdersQueue[0-9A-F]{8}";
    private static final String DEAD_LETTERS = "OrdersQueueDeadLetterQueue.*";

    private final Stack stack = new Stack(TestApp.create(), "Shop");

    @Test
    void theCodeThrowsForOneMessage() {
        orders().build();

        Template.fromStack(stack)
                .hasResourceProperties(
                        "AWS::Lambda::EventSourceMapping",
                        Map.of("FunctionResponseTypes", List.of("ReportBatchItemFailures")));
        goesToTheDeadLettersAfterFiveReceives();
        staysFor(1_209_600);
        rings("ApproximateNumberOfMessagesVisible", 1, queueName(DEAD_LETTERS));
    }

    @Test
    void theInvocationFails() {
        orders().build();

        rings("Errors", 1, aliasName());
        goesToTheDeadLettersAfterFiveReceives();
        rings("ApproximateNumberOfMessagesVisible", 1, queueName(DEAD_LETTERS));
    }

    @Test
    void noConcurrencyIsLeft() {
        orders().build();

        // Six tries to find an instance, in the time of one receive.
        Template.fromStack(stack).hasResourceProperties("AWS::SQS::Queue", Map.of("VisibilityTimeout", 6 * 29));
        rings("Throttles", 1, aliasName());
        goesToTheDeadLettersAfterFiveReceives();
        rings("ApproximateNumberOfMessagesVisible", 1, queueName(DEAD_LETTERS));
    }

    @Test
    void moreComesThanIsProcessed() {
        orders().build();

        staysFor(345_600);
        rings("ApproximateAgeOfOldestMessage", 3600, queueName(SOURCE));
    }

    @Test
    void aMessageMatchesNoFilter() {
        orders().filter(Map.of("kind", List.of("order"))).build();

        Annotations.fromStack(stack)
                .hasWarning("/Shop/Orders", Match.stringLikeRegexp(".*ashlar:filteredMessagesAreDeleted.*"));
    }

    @Test
    void nobodyLooksAtTheDeadLetters() {
        orders().build();

        // The alarm looks at how many there are, not at how many came: it goes on until they are gone.
        staysFor(1_209_600);
        rings("ApproximateNumberOfMessagesVisible", 1, queueName(DEAD_LETTERS));
    }

    private void goesToTheDeadLettersAfterFiveReceives() {
        Template.fromStack(stack)
                .hasResourceProperties(
                        "AWS::SQS::Queue",
                        Map.of(
                                "RedrivePolicy",
                                Map.of("deadLetterTargetArn", attribute(DEAD_LETTERS, "Arn"), "maxReceiveCount", 5)));
    }

    private void staysFor(int seconds) {
        Template.fromStack(stack).hasResourceProperties("AWS::SQS::Queue", Map.of("MessageRetentionPeriod", seconds));
    }

    private void rings(String metric, int threshold, Object dimension) {
        Map<String, Object> alarm = new HashMap<>();
        alarm.put("MetricName", metric);
        alarm.put("Threshold", threshold);
        alarm.put("ComparisonOperator", "GreaterThanOrEqualToThreshold");
        alarm.put("Dimensions", Match.arrayWith(List.of(dimension)));
        alarm.put("AlarmActions", List.of(Map.of("Ref", Match.stringLikeRegexp("Operators.*"))));
        Template.fromStack(stack).hasResourceProperties("AWS::CloudWatch::Alarm", alarm);
    }

    private static Object queueName(String logicalId) {
        return Map.of("Name", "QueueName", "Value", attribute(logicalId, "QueueName"));
    }

    private static Object aliasName() {
        return Match.objectLike(Map.of("Name", "Resource"));
    }

    private static Object attribute(String logicalId, String name) {
        return Map.of("Fn::GetAtt", List.of(Match.stringLikeRegexp(logicalId), name));
    }

    private QueueProcessor.Builder orders() {
        return QueueProcessor.Builder.create(stack, "Orders")
                .code(FunctionCode.jar("handlers.jar"))
                .handler("shop.OrdersHandler")
                .alarms(Alarms.to(new Topic(stack, "Operators")));
    }
}

package dev.ashlar.patterns.s3;

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
import software.amazon.awscdk.services.s3.Bucket;
import software.amazon.awscdk.services.sns.Topic;

/** Row by row the table of failures in {@code docs/s3-processor.md}: each has its way in the template. */
class S3ProcessorFailuresTest {
    private static final String SOURCE = "ThumbnailsQueue[0-9A-F]{8}";
    private static final String DEAD_LETTERS = "ThumbnailsQueueDeadLetterQueue.*";
    private static final String DIRECT_DEAD_LETTERS = "ThumbnailsDeadLetterQueue.*";

    private final Stack stack = new Stack(TestApp.create(), "Shop");

    @Test
    void eventBridgeCannotSendToTheQueue() {
        thumbnails().build();

        isDelivered(attribute(SOURCE, "Arn"), DEAD_LETTERS);
        mayReceiveFromTheRule(DEAD_LETTERS);
        deadLettersStayAndRing(DEAD_LETTERS);
    }

    @Test
    void itCannotSendThereEither() {
        thumbnails().build();

        rings(
                "InvocationsFailedToBeSentToDlq",
                1,
                Map.of("Name", "RuleName", "Value", Map.of("Ref", Match.stringLikeRegexp("ThumbnailsRule.*"))));
    }

    @Test
    void theCodeThrowsForOneEvent() {
        thumbnails().build();

        Template.fromStack(stack)
                .hasResourceProperties(
                        "AWS::Lambda::EventSourceMapping",
                        Map.of("FunctionResponseTypes", List.of("ReportBatchItemFailures")));
        goesToTheDeadLettersAfterFiveReceives();
        deadLettersStayAndRing(DEAD_LETTERS);
    }

    @Test
    void theInvocationFails() {
        thumbnails().build();

        rings("Errors", 1, aliasName());
        goesToTheDeadLettersAfterFiveReceives();
        deadLettersStayAndRing(DEAD_LETTERS);
    }

    @Test
    void noConcurrencyIsLeft() {
        thumbnails().build();

        Template.fromStack(stack).hasResourceProperties("AWS::SQS::Queue", Map.of("VisibilityTimeout", 6 * 29));
        rings("Throttles", 1, aliasName());
        goesToTheDeadLettersAfterFiveReceives();
        deadLettersStayAndRing(DEAD_LETTERS);
    }

    @Test
    void moreComesThanIsProcessed() {
        thumbnails().build();

        staysFor(345_600);
        rings("ApproximateAgeOfOldestMessage", 3600, queueName(SOURCE));
    }

    @Test
    void theObjectIsGone() {
        thumbnails().canTellMissing().build();

        Object mayList = Match.objectLike(Map.of("Action", "s3:ListBucket", "Effect", "Allow"));
        Template.fromStack(stack)
                .hasResourceProperties(
                        "AWS::IAM::Policy",
                        Map.of(
                                "PolicyDocument",
                                Match.objectLike(Map.of("Statement", Match.arrayWith(List.of(mayList))))));
    }

    @Test
    void theBucketSendsNoEvents() {
        thumbnails().bucket(Bucket.fromBucketName(stack, "Uploads", "uploads")).build();

        Annotations.fromStack(stack)
                .hasWarning("/Shop/Thumbnails", Match.stringLikeRegexp(".*ashlar:eventsOfBucket.*"));
    }

    @Test
    void directlyTheAliasCannotBeInvoked() {
        thumbnails().direct().build();

        isDelivered(Map.of("Ref", Match.stringLikeRegexp("ThumbnailsFunctionAlias.*")), DIRECT_DEAD_LETTERS);
        mayReceiveFromTheRule(DIRECT_DEAD_LETTERS);
        deadLettersStayAndRing(DIRECT_DEAD_LETTERS);
    }

    @Test
    void directlyTheCodeThrows() {
        thumbnails().direct().build();

        goesToTheDeadLettersAfterLambdasRetries();
        rings("Errors", 1, aliasName());
        deadLettersStayAndRing(DIRECT_DEAD_LETTERS);
    }

    @Test
    void directlyNoConcurrencyIsLeft() {
        thumbnails().direct().build();

        goesToTheDeadLettersAfterLambdasRetries();
        rings("Throttles", 1, aliasName());
        deadLettersStayAndRing(DIRECT_DEAD_LETTERS);
    }

    private void isDelivered(Object target, String deadLetters) {
        Template.fromStack(stack)
                .hasResourceProperties(
                        "AWS::Events::Rule",
                        Map.of(
                                "Targets",
                                List.of(Match.objectLike(Map.of(
                                        "Arn", target,
                                        // EventBridge's own, of 24 hours and 185 times.
                                        "RetryPolicy", Match.absent(),
                                        "DeadLetterConfig", Map.of("Arn", attribute(deadLetters, "Arn")))))));
    }

    private void mayReceiveFromTheRule(String queue) {
        Object statement = Match.objectLike(Map.of(
                "Action",
                "sqs:SendMessage",
                "Effect",
                "Allow",
                "Resource",
                attribute(queue, "Arn"),
                "Condition",
                Map.of("ArnEquals", Map.of("aws:SourceArn", attribute("ThumbnailsRule.*", "Arn")))));
        Template.fromStack(stack)
                .hasResourceProperties(
                        "AWS::SQS::QueuePolicy",
                        Map.of(
                                "PolicyDocument",
                                Match.objectLike(Map.of("Statement", Match.arrayWith(List.of(statement))))));
    }

    private void goesToTheDeadLettersAfterFiveReceives() {
        Template.fromStack(stack)
                .hasResourceProperties(
                        "AWS::SQS::Queue",
                        Map.of(
                                "RedrivePolicy",
                                Map.of("deadLetterTargetArn", attribute(DEAD_LETTERS, "Arn"), "maxReceiveCount", 5)));
    }

    private void goesToTheDeadLettersAfterLambdasRetries() {
        Template.fromStack(stack)
                .hasResourceProperties(
                        "AWS::Lambda::EventInvokeConfig",
                        Map.of(
                                "Qualifier", "live",
                                // Lambda's own: 2 and 6 hours.
                                "MaximumRetryAttempts", Match.absent(),
                                "MaximumEventAgeInSeconds", Match.absent(),
                                "DestinationConfig",
                                        Map.of(
                                                "OnFailure",
                                                Map.of("Destination", attribute(DIRECT_DEAD_LETTERS, "Arn")))));
    }

    private void deadLettersStayAndRing(String queue) {
        staysFor(1_209_600);
        rings("ApproximateNumberOfMessagesVisible", 1, queueName(queue));
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

    private S3Processor.Builder thumbnails() {
        return S3Processor.Builder.create(stack, "Thumbnails")
                .code(FunctionCode.jar("handlers.jar"))
                .handler("shop.ThumbnailHandler")
                .alarms(Alarms.to(new Topic(stack, "Operators")));
    }
}

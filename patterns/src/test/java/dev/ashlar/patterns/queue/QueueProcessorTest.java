package dev.ashlar.patterns.queue;

import static dev.ashlar.test.CdkAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ashlar.constructs.alarm.Alarms;
import dev.ashlar.constructs.function.FunctionCode;
import dev.ashlar.constructs.function.WarmFunction;
import dev.ashlar.constructs.queue.SourceQueue;
import dev.ashlar.patterns.webapp.ServerlessWebApp;
import dev.ashlar.test.Permission;
import dev.ashlar.test.TestApp;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awscdk.CfnParameter;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.Token;
import software.amazon.awscdk.assertions.Annotations;
import software.amazon.awscdk.assertions.Match;
import software.amazon.awscdk.assertions.Template;
import software.amazon.awscdk.services.lambda.FilterRule;
import software.amazon.awscdk.services.sns.Topic;
import software.amazon.awscdk.services.sqs.IQueue;
import software.amazon.awscdk.services.sqs.Queue;

class QueueProcessorTest {
    private static final String MAPPING = "AWS::Lambda::EventSourceMapping";
    private static final String QUEUE = "AWS::SQS::Queue";
    private static final String ALARM = "AWS::CloudWatch::Alarm";
    private static final String ARN = "arn:aws:sqs:ap-northeast-2:123456789012:orders";

    private final Stack stack = new Stack(TestApp.create(), "Shop");

    @Test
    void usesDocumentedDefaults() {
        orders().build();

        Template template = Template.fromStack(stack);
        template.hasResourceProperties(
                MAPPING,
                Map.of(
                        "FunctionName", Map.of("Ref", Match.stringLikeRegexp("OrdersFunctionAlias.*")),
                        "EventSourceArn", Map.of("Fn::GetAtt", List.of(Match.stringLikeRegexp("OrdersQueue.*"), "Arn")),
                        "FunctionResponseTypes", List.of("ReportBatchItemFailures"),
                        "ScalingConfig", Map.of("MaximumConcurrency", 10),
                        "BatchSize", Match.absent(),
                        "MaximumBatchingWindowInSeconds", Match.absent(),
                        "FilterCriteria", Match.absent()));
        template.hasResourceProperties(
                QUEUE,
                Map.of(
                        "VisibilityTimeout",
                        6 * 29,
                        "MessageRetentionPeriod",
                        345_600,
                        "FifoQueue",
                        Match.absent(),
                        "RedrivePolicy",
                        Match.objectLike(Map.of("maxReceiveCount", 5))));
        template.resourceCountIs(QUEUE, 2);
        template.resourceCountIs(ALARM, 0);
        Annotations.fromStack(stack).hasNoWarning("*", Match.anyValue());
        assertThat(stack).hasNoCustomResources();
    }

    @Test
    void nullMeansDefault() {
        Stack other = new Stack(TestApp.create(), "Shop");
        orders().build();

        QueueProcessor.Builder.create(other, "Orders")
                .code(FunctionCode.jar("handlers.jar"))
                .handler("shop.OrdersHandler")
                .function(null)
                .queue(null)
                .fifo(null)
                .maxReceiveCount(null)
                .batchSize(null)
                .maxBatchingWindow(null)
                .maxConcurrency(null)
                .customizeQueue(null)
                .build();

        assertThat(Template.fromStack(other).toJSON())
                .isEqualTo(Template.fromStack(stack).toJSON());
    }

    @Test
    void theRoleMayPollItsQueueAndNoMore() {
        orders().build();

        assertThat(stack)
                .permissionsOf("Orders/Function/Role")
                .areExactly(
                        Permission.of("logs:CreateLogStream", "${Orders/Function/Logs.Arn}"),
                        Permission.of("logs:PutLogEvents", "${Orders/Function/Logs.Arn}"),
                        Permission.of("xray:PutTraceSegments", "*"),
                        Permission.of("xray:PutTelemetryRecords", "*"),
                        Permission.of("sqs:ReceiveMessage", "${Orders/Queue/Queue.Arn}"),
                        Permission.of("sqs:DeleteMessage", "${Orders/Queue/Queue.Arn}"),
                        Permission.of("sqs:ChangeMessageVisibility", "${Orders/Queue/Queue.Arn}"),
                        Permission.of("sqs:GetQueueAttributes", "${Orders/Queue/Queue.Arn}"));
    }

    @Test
    void othersMaySend() {
        QueueProcessor orders = orders().build();

        orders.grantSend(function("Web").build());

        assertThat(stack)
                .permissionsOf("Web/Role")
                .areExactly(
                        Permission.of("logs:CreateLogStream", "${Web/Logs.Arn}"),
                        Permission.of("logs:PutLogEvents", "${Web/Logs.Arn}"),
                        Permission.of("xray:PutTraceSegments", "*"),
                        Permission.of("xray:PutTelemetryRecords", "*"),
                        Permission.of("sqs:SendMessage", "${Orders/Queue/Queue.Arn}"));
    }

    @ParameterizedTest
    @CsvSource({"1, 0, 6", "29, 20, 194", "900, 300, 5700"})
    void messagesAreHiddenForSixTimeoutsAndTheWindow(int timeout, int window, int visibility) {
        orders().timeout(Duration.seconds(timeout))
                .maxBatchingWindow(Duration.seconds(window))
                .build();

        Template.fromStack(stack).hasResourceProperties(QUEUE, Map.of("VisibilityTimeout", visibility));
    }

    @Test
    void theTimeoutIsThatOfTheBuiltFunction() {
        orders().customizeFunction(builder -> builder.timeout(Duration.minutes(2)))
                .build();

        Template.fromStack(stack).hasResourceProperties(QUEUE, Map.of("VisibilityTimeout", 720));
    }

    @Test
    void ofATimeoutThatIsNotKnownTheLongestCounts() {
        orders().timeout(Duration.seconds(CfnParameter.Builder.create(stack, "Timeout")
                        .type("Number")
                        .build()
                        .getValueAsNumber()))
                .build();

        Template.fromStack(stack).hasResourceProperties(QUEUE, Map.of("VisibilityTimeout", 5400));
    }

    @Test
    void whatWasSetReachesTheMapping() {
        orders().batchSize(1000)
                .maxBatchingWindow(Duration.seconds(30))
                .maxConcurrency(50)
                .build();

        Template.fromStack(stack)
                .hasResourceProperties(
                        MAPPING,
                        Map.of(
                                "BatchSize", 1000,
                                "MaximumBatchingWindowInSeconds", 30,
                                "ScalingConfig", Map.of("MaximumConcurrency", 50)));
    }

    @Test
    void whatFailsTooOftenIsConfigurable() {
        orders().maxReceiveCount(2).build();

        Template.fromStack(stack)
                .hasResourceProperties(QUEUE, Map.of("RedrivePolicy", Match.objectLike(Map.of("maxReceiveCount", 2))));
    }

    @Test
    void aFifoQueueHasADeadLetterQueueOfItsKind() {
        orders().fifo(true).build();

        Template.fromStack(stack).resourcePropertiesCountIs(QUEUE, Map.of("FifoQueue", true), 2);
        Template.fromStack(stack).resourceCountIs(MAPPING, 1);
    }

    @Test
    void filtersLookAtTheBody() {
        orders().filter(Map.of("kind", FilterRule.isEqual("order")))
                .filter(Map.of("total", FilterRule.between(1, 100)))
                .build();

        Template.fromStack(stack)
                .hasResourceProperties(
                        MAPPING,
                        Map.of(
                                "FilterCriteria",
                                Map.of(
                                        "Filters",
                                        List.of(
                                                Map.of("Pattern", "{\"body\":{\"kind\":[\"order\"]}}"),
                                                Map.of(
                                                        "Pattern",
                                                        "{\"body\":{\"total\":[{\"numeric\":[\">\",1,\"<=\",100]}]}}")))));
        warns(
                "ashlar:filteredMessagesAreDeleted",
                "filter deletes all messages that match none, and they reach no dead-letter queue; acknowledge this if nobody"
                        + " needs them");
    }

    @Test
    void aGivenQueueIsProcessedAsItIs() {
        IQueue queue = Queue.fromQueueArn(stack, "Imported", ARN);

        QueueProcessor orders = orders().queue(queue).build();

        assertThat(orders.getQueue()).isSameAs(queue);
        assertThat(orders.getDeadLetterQueue()).isNull();
        Template.fromStack(stack).resourceCountIs(QUEUE, 0);
        Template.fromStack(stack).hasResourceProperties(MAPPING, Map.of("EventSourceArn", ARN));
        Annotations.fromStack(stack).hasNoWarning("*", Match.anyValue());
    }

    @Test
    void aGivenQueueWithItsDeadLettersIsWatched() {
        SourceQueue queue = SourceQueue.Builder.create(stack, "Mail")
                .visibilityTimeout(Duration.minutes(3))
                .build();

        QueueProcessor orders = orders().queue(queue.getQueue())
                .alarms(Alarms.to(new Topic(stack, "Operators")))
                .build();

        assertThat(orders.getDeadLetterQueue())
                .isSameAs(queue.getDeadLetterQueue().getQueue());
        assertThat(orders.getAlarms()).hasSize(2);
        Template.fromStack(stack).hasResourceProperties(ALARM, Map.of("MetricName", "ApproximateAgeOfOldestMessage"));
        Template.fromStack(stack)
                .hasResourceProperties(ALARM, Map.of("MetricName", "ApproximateNumberOfMessagesVisible"));
    }

    @Test
    void anImportedQueueIsWatchedAsFarAsItIsKnown() {
        QueueProcessor orders = orders().queue(Queue.fromQueueArn(stack, "Imported", ARN))
                .alarms(Alarms.to(new Topic(stack, "Operators")))
                .build();

        assertThat(orders.getAlarms()).hasSize(1);
        Template.fromStack(stack)
                .hasResourceProperties(ALARM, Map.of("MetricName", "ApproximateAgeOfOldestMessage", "Threshold", 3600));
    }

    @Test
    void aGivenFunctionServesSeveralPatterns() {
        WarmFunction function = function("Shared").build();
        ServerlessWebApp.Builder.create(stack, "Web").function(function).build();

        QueueProcessor.Builder.create(stack, "Orders").function(function).build();
        QueueProcessor.Builder.create(stack, "Returns").function(function).build();

        Template template = Template.fromStack(stack);
        template.resourceCountIs("AWS::Lambda::Function", 1);
        template.resourceCountIs(MAPPING, 2);
        template.resourceCountIs(QUEUE, 4);
    }

    @Test
    void underAForeignRoleThePollersPermissionsArePrinted() {
        QueueProcessor.Builder.create(stack, "Orders")
                .function(function("Foreign")
                        .role(software.amazon.awscdk.services.iam.Role.fromRoleArn(
                                stack, "Role", "arn:aws:iam::123456789012:role/foreign"))
                        .build())
                .build();

        Template.fromStack(stack).resourceCountIs("AWS::IAM::Policy", 0);
        assertThat(Template.fromStack(stack)
                        .findResources("AWS::Lambda::Function")
                        .toString())
                .contains("sqs:ReceiveMessage");
    }

    @Test
    void withAnAlarmTopicEachFailureIsHeardOf() {
        QueueProcessor orders =
                orders().alarms(Alarms.to(new Topic(stack, "Operators"))).build();

        assertThat(orders.getAlarms()).hasSize(2);
        Template template = Template.fromStack(stack);
        // One message failed for good; messages wait; invocations fail, are refused, are slow.
        template.resourceCountIs(ALARM, 5);
        template.hasResourceProperties(ALARM, Map.of("MetricName", "ApproximateNumberOfMessagesVisible"));
        template.hasResourceProperties(ALARM, Map.of("MetricName", "ApproximateAgeOfOldestMessage", "Threshold", 3600));
        template.hasResourceProperties(ALARM, Map.of("MetricName", "Errors"));
        template.hasResourceProperties(ALARM, Map.of("MetricName", "Throttles"));
    }

    @Test
    void theCustomizerHasTheLastWord() {
        orders().customizeQueue(queue -> queue.visibilityTimeout(Duration.minutes(10)))
                .build();

        Template.fromStack(stack).hasResourceProperties(QUEUE, Map.of("VisibilityTimeout", 600));
    }

    /** Where fewer instances are reserved, more batches would only be refused. */
    @ParameterizedTest
    @CsvSource({"2, 2", "5, 5", "10, 10", "50, 10"})
    void concurrencyIsThatOfTheFunctionWhereThatIsLess(int reserved, int concurrency) {
        QueueProcessor.Builder.create(stack, "Orders")
                .function(function("Reserved")
                        .reservedConcurrentExecutions(reserved)
                        .build())
                .build();

        Template.fromStack(stack)
                .hasResourceProperties(MAPPING, Map.of("ScalingConfig", Map.of("MaximumConcurrency", concurrency)));
        Annotations.fromStack(stack).hasNoWarning("*", Match.anyValue());
    }

    @ParameterizedTest
    @CsvSource(
            value = {"20, 10, 20", "NIL, 1, 2"},
            nullValues = "NIL")
    void warnsOfMoreConcurrencyThanTheFunctionHas(Integer wanted, int reserved, int got) {
        QueueProcessor.Builder.create(stack, "Orders")
                .function(function("Reserved")
                        .reservedConcurrentExecutions(reserved)
                        .build())
                .maxConcurrency(wanted)
                .build();

        warns(
                "ashlar:concurrencyAboveReserved",
                "maxConcurrency should be at most the function's reserved concurrency, got " + got + " and " + reserved
                        + "; messages that find no instance count as received");
    }

    @Test
    void warnsOfAGivenQueueWithoutDeadLetters() {
        Queue queue = Queue.Builder.create(stack, "Mail")
                .visibilityTimeout(Duration.seconds(174))
                .build();

        orders().queue(queue).build();

        warns(
                "ashlar:noDeadLetterQueue",
                "queue should have a dead-letter queue, got none; what fails is tried again until SQS deletes it");
    }

    @ParameterizedTest
    @ValueSource(ints = {29, 173})
    void warnsOfAGivenQueueThatHidesMessagesForShort(int seconds) {
        orders().queue(queueHidingFor(seconds)).build();

        warns(
                "ashlar:shortVisibility",
                "queue should have a visibility timeout of 6 times the function's timeout and the batching window, 174 seconds,"
                        + " got " + seconds + "; messages that Lambda could not hand over count as received");
    }

    @Test
    void acceptsAGivenQueueThatHidesMessagesForLong() {
        orders().queue(queueHidingFor(174)).build();

        Annotations.fromStack(stack).hasNoWarning("*", Match.anyValue());
    }

    @Test
    void acceptsAGivenQueueOfWhichThatIsNotKnown() {
        Queue queue = queueHidingFor(Token.asNumber(Map.of("Ref", "Visibility")));

        assertThatCode(() -> orders().queue(queue).build()).doesNotThrowAnyException();
        Annotations.fromStack(stack).hasNoWarning("*", Match.anyValue());
    }

    @Test
    void rejectsAGivenQueueThatShowsMessagesTooSoon() {
        rejects(
                orders().queue(queueHidingFor(28)),
                "queue must have a visibility timeout of at least the function's timeout of 29 seconds, got 28; set 174");
    }

    @Test
    void rejectsAGivenQueueWithSqssOwnVisibilityForASlowFunction() {
        rejects(
                orders().timeout(Duration.seconds(31)).queue(new Queue(stack, "Mail")),
                "queue must have a visibility timeout of at least the function's timeout of 31 seconds, got 30; set 186");
    }

    @Test
    void rejectsACustomizerThatShowsMessagesTooSoon() {
        rejects(
                orders().customizeQueue(queue -> queue.visibilityTimeout(Duration.seconds(10))),
                "queue must have a visibility timeout of at least the function's timeout of 29 seconds, got 10; set 174");
    }

    @Test
    void rejectsAGivenQueueWithOptionsOfAnOwnOne() {
        rejects(
                orders().queue(Queue.fromQueueArn(stack, "Imported", ARN))
                        .fifo(true)
                        .maxReceiveCount(3)
                        .customizeQueue(queue -> {}),
                "queue must not be given together with fifo, maxReceiveCount, customizeQueue, got both; set these where the"
                        + " queue is made");
    }

    @Test
    void rejectsAGivenFunctionWithOptionsOfAnOwnOne() {
        rejects(
                orders().function(function("Given").build()),
                "function must not be given together with code, handler, got both; set these where the function is made");
    }

    @Test
    void rejectsNothingToRun() {
        assertThatThrownBy(() -> QueueProcessor.Builder.create(stack, "Orders").build())
                .isInstanceOf(NullPointerException.class)
                .hasMessage("code and handler, or function must be given");
    }

    @ParameterizedTest
    @CsvSource({"1, 0", "10, 0", "11, 1", "10000, 300"})
    void acceptsBatchesWithinTheLimits(int size, int window) {
        assertThatCode(() -> orders().batchSize(size)
                        .maxBatchingWindow(Duration.seconds(window))
                        .build())
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 10_001})
    void rejectsBatchesBeyondTheLimits(int size) {
        rejects(
                orders().batchSize(size).maxBatchingWindow(Duration.minutes(1)),
                "batchSize must be a whole number of 1 to 10000 messages, got " + size);
    }

    @Test
    void rejectsLargeBatchesWithoutAWindow() {
        rejects(
                orders().batchSize(11),
                "maxBatchingWindow must be given with a batchSize above 10, got 11 alone; Lambda gathers so many messages for 1"
                        + " to 300 seconds");
    }

    @Test
    void rejectsLargeBatchesWithAWindowOfNothing() {
        rejects(
                orders().batchSize(11).maxBatchingWindow(Duration.seconds(0)),
                "maxBatchingWindow must be 1 to 300 seconds, got 0 seconds");
    }

    @Test
    void rejectsALongWindow() {
        rejects(
                orders().maxBatchingWindow(Duration.seconds(301)),
                "maxBatchingWindow must be 0 to 300 seconds, got 5 minutes 1 second");
    }

    @Test
    void acceptsTenMessagesOfAFifoQueue() {
        assertThatCode(() -> orders().fifo(true).batchSize(10).build()).doesNotThrowAnyException();
    }

    @Test
    void rejectsElevenMessagesOfAFifoQueue() {
        rejects(
                orders().fifo(true).batchSize(11),
                "batchSize must be a whole number of 1 to 10 messages of a FIFO queue, got 11");
    }

    @Test
    void rejectsElevenMessagesOfAGivenFifoQueue() {
        rejects(
                orders().queue(Queue.fromQueueArn(stack, "Imported", ARN + ".fifo"))
                        .batchSize(11),
                "batchSize must be a whole number of 1 to 10 messages of a FIFO queue, got 11");
    }

    @Test
    void rejectsAWindowOfAFifoQueue() {
        rejects(
                orders().fifo(true).maxBatchingWindow(Duration.seconds(5)),
                "maxBatchingWindow must not be given with a FIFO queue, got 5 seconds; Lambda takes its messages as they come");
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 1000})
    void acceptsConcurrencyWithinTheLimits(int concurrency) {
        assertThatCode(() -> orders().maxConcurrency(concurrency).build()).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 1001})
    void rejectsConcurrencyBeyondTheLimits(int concurrency) {
        rejects(
                orders().maxConcurrency(concurrency),
                "maxConcurrency must be a whole number of 2 to 1000 batches, got " + concurrency);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 1000})
    void acceptsReceivesWithinTheLimits(int receives) {
        assertThatCode(() -> orders().maxReceiveCount(receives).build()).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1001})
    void rejectsReceivesBeyondTheLimits(int receives) {
        rejects(
                orders().maxReceiveCount(receives),
                "maxReceiveCount must be a whole number of 1 to 1000 receives, got " + receives);
    }

    @Test
    void acceptsTokens() {
        Number token = Token.asNumber(Map.of("Ref", "Number"));

        assertThatCode(() -> orders().batchSize(token).maxConcurrency(token).build())
                .doesNotThrowAnyException();
    }

    @Test
    void acceptsALongFilter() {
        // {"body":{"kind":["..."]}}
        assertThatCode(() -> orders().filter(Map.of("kind", List.of("x".repeat(4096 - 22))))
                        .build())
                .doesNotThrowAnyException();
    }

    @Test
    void rejectsALongerFilter() {
        rejects(
                orders().filter(Map.of("kind", List.of("x".repeat(4097 - 22)))),
                "filter must be at most 4096 characters as JSON, got 4097; filter in the function");
    }

    @Test
    void warnsOfMoreFiltersThanUsual() {
        QueueProcessor.Builder orders = orders();
        for (int i = 0; i < 6; i++) {
            orders.filter(Map.of("kind", List.of("order-" + i)));
        }

        orders.build();

        warns(
                "ashlar:manyFilters",
                "filter should be given at most 5 times, got 6; Lambda takes up to 10 where AWS raised the quota");
    }

    @Test
    void fiveFiltersAreUsual() {
        QueueProcessor.Builder orders = orders();
        for (int i = 0; i < 5; i++) {
            orders.filter(Map.of("kind", List.of("order-" + i)));
        }

        orders.build();

        assertThat(Annotations.fromStack(stack).findWarning("*", Match.anyValue()))
                .hasSize(1);
    }

    private void warns(String id, String text) {
        Annotations.fromStack(stack).hasWarning("/Shop/Orders", text + " [ack: " + id + "]");
    }

    private static void rejects(QueueProcessor.Builder processor, String text) {
        assertThatThrownBy(processor::build)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("[Shop/Orders] " + text);
    }

    private Queue queueHidingFor(Number seconds) {
        return Queue.Builder.create(stack, "Mail")
                .visibilityTimeout(Duration.seconds(seconds))
                .deadLetterQueue(software.amazon.awscdk.services.sqs.DeadLetterQueue.builder()
                        .queue(new Queue(stack, "Failed"))
                        .maxReceiveCount(5)
                        .build())
                .build();
    }

    private WarmFunction.Builder function(String id) {
        return WarmFunction.Builder.create(stack, id)
                .code(FunctionCode.jar("handlers.jar"))
                .handler("shop.OrdersHandler");
    }

    private QueueProcessor.Builder orders() {
        return QueueProcessor.Builder.create(stack, "Orders")
                .code(FunctionCode.jar("handlers.jar"))
                .handler("shop.OrdersHandler");
    }
}

package dev.ashlar.constructs.queue.internal;

import dev.ashlar.constructs.access.QueueAccess;
import dev.ashlar.constructs.function.WarmFunction;
import dev.ashlar.constructs.internal.Acknowledged;
import dev.ashlar.constructs.internal.Check;
import dev.ashlar.constructs.internal.Known;
import dev.ashlar.constructs.internal.Tokens;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.Annotations;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.lambda.CfnEventSourceMapping;
import software.amazon.awscdk.services.sqs.IQueue;
import software.amazon.awscdk.services.sqs.Queue;
import software.constructs.Construct;

/**
 * Lets Lambda hand the messages of a queue to the alias of a function, which reports the messages that failed. Not by CDK's
 * own event source: its grant is wider, and it puts the mapping beside the function.
 */
public final class QueueEventSource {
    private static final String POLLED =
            "Lambda polls the queue and waits for the answer: what fails stays there, then goes to its dead-letter queue.";

    private static final String WITHOUT_DESTINATION =
            "The mapping of a queue takes no destination: what fails goes to the queue's dead-letter queue.";

    // https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html
    private static final int TIMEOUTS = 6;
    private static final int LONGEST_TIMEOUT_SECONDS = 900;

    private final Construct scope;
    private final WarmFunction function;
    private final Batches batches;
    private final @Nullable Integer timeout;

    /**
     * Looks at the function that was built.
     *
     * @param scope the construct that processes the queue
     * @param function what processes it
     * @param batches how the messages are handed to it
     */
    public QueueEventSource(Construct scope, WarmFunction function, Batches batches) {
        this.scope = scope;
        this.function = function;
        this.batches = batches;
        this.timeout = timeoutOf(function);
    }

    /**
     * Says how long a queue has to hide what was received: 6 times the function's timeout and the batching window, as AWS
     * recommends, so that Lambda can try again where no concurrency was left. Of a timeout that is not known it is the
     * longest there is.
     *
     * @return the visibility timeout
     */
    public Duration visibilityTimeout() {
        return Known.seconds(enough());
    }

    /**
     * Creates the event source mapping, and grants the function's role {@code sqs:ReceiveMessage}, {@code DeleteMessage},
     * {@code ChangeMessageVisibility} and {@code GetQueueAttributes}.
     *
     * @param queue the queue
     * @return the mapping
     * @throws IllegalArgumentException if the queue shows messages again while the function may still process them
     */
    public CfnEventSourceMapping create(IQueue queue) {
        checkVisibility(queue);
        warnOfMissingDeadLetters(queue);
        return createFor(queue);
    }

    /**
     * The same for a queue that was made with {@link #visibilityTimeout()} and dead letters, where there is nothing to check.
     *
     * @param queue the queue
     * @return the mapping
     */
    public CfnEventSourceMapping createFor(IQueue queue) {
        QueueAccess.of(queue).grantConsume(function);
        CfnEventSourceMapping mapping = CfnEventSourceMapping.Builder.create(scope, "EventSource")
                .functionName(Known.arnOf(function.getAlias()))
                .eventSourceArn(Known.arnOf(queue))
                .batchSize(batches.size())
                .maximumBatchingWindowInSeconds(
                        batches.window() == null ? null : batches.window().toSeconds())
                .functionResponseTypes(List.of("ReportBatchItemFailures"))
                .scalingConfig(CfnEventSourceMapping.ScalingConfigProperty.builder()
                        .maximumConcurrency(concurrency())
                        .build())
                .filterCriteria(filters())
                .build();
        Acknowledged.in(scope).finding(mapping, "Serverless-LambdaEventSourceMappingDestination", WITHOUT_DESTINATION);
        return mapping;
    }

    /** Tells cdk-nag where failures of a function go that nothing but the queue invokes. */
    public void acknowledge() {
        Acknowledged.in(scope).finding(function.getFunction(), "Serverless-LambdaDLQ", POLLED);
    }

    private int enough() {
        return TIMEOUTS * (timeout == null ? LONGEST_TIMEOUT_SECONDS : timeout) + batches.longestWindow();
    }

    private void checkVisibility(IQueue queue) {
        Number visibility = QueueWatch.visibilityOf(queue);
        if (visibility == null || timeout == null) {
            return;
        }
        Check.of(scope)
                .that(
                        visibility.intValue() >= timeout,
                        "queue must have a visibility timeout of at least the function's timeout of %d seconds, got %d; set %d"
                                .formatted(timeout, visibility.intValue(), enough()));
        if (visibility.intValue() < enough()) {
            Annotations.of(scope)
                    .addWarningV2(
                            "ashlar:shortVisibility",
                            "queue should have a visibility timeout of 6 times the function's timeout and the batching window, %d seconds, got %d; messages that Lambda could not hand over count as received"
                                    .formatted(enough(), visibility.intValue()));
        }
    }

    private void warnOfMissingDeadLetters(IQueue queue) {
        if (queue instanceof Queue created && created.getDeadLetterQueue() == null) {
            Annotations.of(scope)
                    .addWarningV2(
                            "ashlar:noDeadLetterQueue",
                            "queue should have a dead-letter queue, got none; what fails is tried again until SQS deletes it");
        }
    }

    /** More invocations than the function has instances are refused, and count as receives all the same. */
    private Number concurrency() {
        Number wanted = batches.maxConcurrency();
        Number reserved = function.getReservedConcurrentExecutions();
        if (reserved == null || Tokens.isUnresolved(reserved)) {
            return wanted == null ? Batches.DEFAULT_MAX_CONCURRENCY : wanted;
        }
        if (wanted == null) {
            wanted = Math.max(Batches.MIN_CONCURRENCY, Math.min(Batches.DEFAULT_MAX_CONCURRENCY, reserved.intValue()));
        }
        if (!Tokens.isUnresolved(wanted) && wanted.intValue() > reserved.intValue()) {
            Annotations.of(scope)
                    .addWarningV2(
                            "ashlar:concurrencyAboveReserved",
                            "maxConcurrency should be at most the function's reserved concurrency, got %d and %d; messages that find no instance count as received"
                                    .formatted(wanted.intValue(), reserved.intValue()));
        }
        return wanted;
    }

    private static @Nullable Integer timeoutOf(WarmFunction function) {
        Number millis = Known.millisOf(function.getTimeout());
        return millis == null ? null : Integer.valueOf(millis.intValue() / 1000);
    }

    private CfnEventSourceMapping.@Nullable FilterCriteriaProperty filters() {
        if (batches.filters().isEmpty()) {
            return null;
        }
        return CfnEventSourceMapping.FilterCriteriaProperty.builder()
                .filters(batches.filters())
                .build();
    }
}

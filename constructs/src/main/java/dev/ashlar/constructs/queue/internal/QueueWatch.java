package dev.ashlar.constructs.queue.internal;

import dev.ashlar.constructs.alarm.Alarms;
import dev.ashlar.constructs.internal.Check;
import dev.ashlar.constructs.internal.Threshold;
import dev.ashlar.constructs.internal.Tokens;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.cloudwatch.Alarm;
import software.amazon.awscdk.services.cloudwatch.GraphWidget;
import software.amazon.awscdk.services.cloudwatch.IMetric;
import software.amazon.awscdk.services.cloudwatch.IWidget;
import software.amazon.awscdk.services.cloudwatch.MetricOptions;
import software.amazon.awscdk.services.sqs.CfnQueue;
import software.amazon.awscdk.services.sqs.DeadLetterQueue;
import software.amazon.awscdk.services.sqs.IQueue;
import software.amazon.awscdk.services.sqs.Queue;
import software.constructs.Construct;

/** The alarms and graphs of queues, created here or elsewhere. */
public final class QueueWatch {
    private static final int HOUR = 3600;

    // What SQS sets where nothing else is set.
    private static final int USUAL_VISIBILITY_SECONDS = 30;
    private static final int USUAL_RETENTION_SECONDS = 345_600;

    private QueueWatch() {}

    /**
     * Checks the thresholds of queues.
     *
     * @param construct the construct that has the alarms
     * @param alarms the alarms, or null
     * @throws IllegalArgumentException if one is out of its limits
     */
    public static void check(Construct construct, @Nullable Alarms alarms) {
        if (alarms != null) {
            Check.of(construct).between("alarms.messageAge", alarms.getMessageAge(), 60, 1_209_600, "");
        }
    }

    /**
     * Creates the alarm on messages that wait for long: an hour, or as long as all receives may take where that is longer
     * and known, but no longer than half the time that the queue keeps messages.
     *
     * @param scope the construct that it belongs to
     * @param queue the queue
     * @param alarms the threshold
     * @return the alarm, which tells nobody yet
     * @throws IllegalArgumentException if no message becomes that old
     */
    public static Alarm ageAlarm(Construct scope, IQueue queue, Alarms alarms) {
        Duration age = alarms.getMessageAge();
        checkRetention(scope, queue, age);
        return Threshold.of(
                scope,
                "AgeAlarm",
                queue.metricApproximateAgeOfOldestMessage(maximum()),
                age == null ? longestUsualAge(queue) : age.toSeconds(),
                "Messages of the queue " + queue.getQueueName()
                        + " wait for too long, and are deleted when they reach its retention: look at the errors and throttles"
                        + " of what processes them, then at its concurrency");
    }

    /**
     * Creates the alarm on messages in a dead-letter queue.
     *
     * @param scope the construct that it belongs to
     * @param queue the dead-letter queue
     * @return the alarm, which tells nobody yet
     */
    public static Alarm deadLettersAlarm(Construct scope, IQueue queue) {
        return Threshold.of(
                scope,
                "DeadLettersAlarm",
                queue.metricApproximateNumberOfMessagesVisible(maximum()),
                1,
                "Events failed for good: look at the messages of the queue " + queue.getQueueName()
                        + ", then in the log group of the function for why");
    }

    /**
     * Makes the graphs of a queue.
     *
     * @param queue the queue
     * @return graphs of its messages and of the oldest one's age
     */
    public static List<IWidget> widgets(IQueue queue) {
        return List.of(
                graph(
                        "Messages",
                        queue.metricApproximateNumberOfMessagesVisible(labelled("waiting")),
                        queue.metricApproximateNumberOfMessagesNotVisible(labelled("in flight"))),
                graph("Oldest message (s)", queue.metricApproximateAgeOfOldestMessage(labelled("age"))));
    }

    /**
     * Makes the graph of a dead-letter queue.
     *
     * @param queue the queue
     * @return a graph of its messages
     */
    public static IWidget deadLettersWidget(IQueue queue) {
        return graph("Dead letters", queue.metricApproximateNumberOfMessagesVisible(labelled("waiting")));
    }

    /**
     * Finds how long a queue hides a message that was received.
     *
     * @param queue any queue
     * @return seconds; null where that is not known at synth
     */
    static @Nullable Number visibilityOf(IQueue queue) {
        return queue.getNode().getDefaultChild() instanceof CfnQueue created
                ? known(created.getVisibilityTimeout(), USUAL_VISIBILITY_SECONDS)
                : null;
    }

    private static @Nullable Number retentionOf(IQueue queue) {
        return queue.getNode().getDefaultChild() instanceof CfnQueue created
                ? known(created.getMessageRetentionPeriod(), USUAL_RETENTION_SECONDS)
                : null;
    }

    private static @Nullable Number known(@Nullable Number seconds, int usual) {
        if (seconds == null) {
            return usual;
        }
        return Tokens.isUnresolved(seconds) ? null : seconds;
    }

    private static void checkRetention(Construct scope, IQueue queue, @Nullable Duration age) {
        Number retention = retentionOf(queue);
        if (age != null && !age.isUnresolved() && retention != null) {
            Check.of(scope)
                    .that(
                            age.toSeconds().longValue() < retention.longValue(),
                            "alarms.messageAge must be less than the %d seconds that the queue keeps messages, got %d; SQS deletes what is older"
                                    .formatted(
                                            retention.longValue(),
                                            age.toSeconds().longValue()));
        }
    }

    private static long longestUsualAge(IQueue queue) {
        Number visibility = visibilityOf(queue);
        Number retention = retentionOf(queue);
        DeadLetterQueue redrive = queue instanceof Queue created ? created.getDeadLetterQueue() : null;
        if (visibility == null
                || retention == null
                || redrive == null
                || Tokens.isUnresolved(redrive.getMaxReceiveCount())) {
            return HOUR;
        }
        long receives = visibility.longValue() * redrive.getMaxReceiveCount().longValue();
        return Math.min(Math.max(HOUR, receives), retention.longValue() / 2);
    }

    private static MetricOptions maximum() {
        return MetricOptions.builder().statistic("Maximum").build();
    }

    private static MetricOptions labelled(String label) {
        return MetricOptions.builder().statistic("Maximum").label(label).build();
    }

    private static IWidget graph(String title, IMetric... metrics) {
        return GraphWidget.Builder.create()
                .title(title)
                .left(List.of(metrics))
                .width(12)
                .build();
    }
}

package dev.ashlar.constructs.queue;

import dev.ashlar.constructs.access.QueueAccess;
import dev.ashlar.constructs.alarm.Alarms;
import dev.ashlar.constructs.alarm.Watched;
import dev.ashlar.constructs.internal.Acknowledged;
import dev.ashlar.constructs.internal.Known;
import dev.ashlar.constructs.profile.internal.Inherited;
import dev.ashlar.constructs.queue.internal.QueueWatch;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.services.cloudwatch.Alarm;
import software.amazon.awscdk.services.cloudwatch.IWidget;
import software.amazon.awscdk.services.cloudwatch.Metric;
import software.amazon.awscdk.services.iam.Grant;
import software.amazon.awscdk.services.iam.IGrantable;
import software.amazon.awscdk.services.sqs.Queue;
import software.constructs.Construct;

/**
 * An SQS queue for what failed for good: events that could not be delivered, invocations that failed after all retries,
 * messages that were received too often. It keeps them for {@value #RETENTION_DAYS} days, the longest that SQS offers.
 *
 * <p>It creates:
 *
 * <ul>
 *   <li>{@code Queue}, encrypted by SQS, with the policy that refuses requests without TLS
 *   <li>with alarms {@code DeadLettersAlarm}, which goes off as soon as it holds a message
 * </ul>
 *
 * <pre>{@code
 * DeadLetterQueue failed = DeadLetterQueue.Builder.create(this, "Failed").alarms(Alarms.to(topic)).build();
 * WarmFunction.Builder.create(this, "Orders").onFailure(Destination.queue(failed.getQueue()))
 * }</pre>
 *
 * <p>A {@link SourceQueue} brings one along. Idle it costs nothing.
 *
 * @see <a href="https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-dead-letter-queues.html">Using
 *     dead-letter queues in Amazon SQS</a>
 */
public final class DeadLetterQueue extends Construct implements Watched {
    /** For how many days the queue keeps what failed: {@value}. */
    public static final int RETENTION_DAYS = 14;

    private static final String LAST = "It is itself where messages lie that failed for good.";

    private final Queue queue;
    private final List<Alarm> alarms;

    /**
     * Creates the queue.
     *
     * @param scope the construct that it belongs to
     * @param id its id there
     * @param props its properties
     * @throws IllegalArgumentException if the customizer set what does not work
     */
    public DeadLetterQueue(Construct scope, String id, DeadLetterQueueProps props) {
        super(scope, id);
        Inherited.share(this, scope);
        this.queue = ProfileQueue.create(
                this,
                builder -> builder.retentionPeriod(Known.days(RETENTION_DAYS))
                        .fifo(Boolean.TRUE.equals(props.getFifo()) ? true : null),
                props.getRemovalPolicy(),
                props.getCustomizeQueue());
        Acknowledged acknowledged = Acknowledged.in(this);
        acknowledged.finding(queue, "AwsSolutions-SQS3", LAST);
        acknowledged.finding(queue, "Serverless-SQSRedrivePolicy", LAST);
        this.alarms = createAlarms(props.getAlarms());
    }

    /** {@return the queue} */
    public Queue getQueue() {
        return queue;
    }

    /** {@return the alarm on messages in the queue, none without {@code alarms}} */
    public List<Alarm> getAlarms() {
        return alarms;
    }

    /** {@return a graph of the messages in the queue} */
    @Override
    public List<IWidget> getWidgets() {
        return List.of(QueueWatch.deadLettersWidget(queue));
    }

    /**
     * Grants {@code sqs:SendMessage}: to the role of a schedule in EventBridge Scheduler, for example.
     *
     * @param grantee who may send what failed
     * @return the grant
     */
    public Grant grantSend(IGrantable grantee) {
        return QueueAccess.of(queue).grantSend(grantee);
    }

    /**
     * Lets an EventBridge rule {@code sqs:SendMessage}, by the queue's own policy and on condition of the rule's ARN.
     *
     * @param ruleArn the ARN of the rule
     */
    public void grantSendToRule(String ruleArn) {
        QueueAccess.of(queue).grantSendToRule(ruleArn);
    }

    /**
     * Grants {@code sqs:ReceiveMessage}, {@code DeleteMessage}, {@code ChangeMessageVisibility} and
     * {@code GetQueueAttributes}.
     *
     * @param grantee who may take messages out
     * @return the grant
     */
    public Grant grantConsume(IGrantable grantee) {
        return QueueAccess.of(queue).grantConsume(grantee);
    }

    /** {@return how many messages the queue holds that nobody is looking at: maximum over 5 minutes} */
    public Metric metricApproximateNumberOfMessagesVisible() {
        return queue.metricApproximateNumberOfMessagesVisible();
    }

    private List<Alarm> createAlarms(@Nullable Alarms wanted) {
        return wanted == null ? List.of() : List.of(wanted.add(QueueWatch.deadLettersAlarm(this, queue)));
    }

    /** Creates a {@link DeadLetterQueue}. */
    public static final class Builder extends DeadLetterQueueProps.Setters<Builder>
            implements software.amazon.jsii.Builder<DeadLetterQueue> {
        private final Construct scope;
        private final String id;

        private Builder(Construct scope, String id) {
            this.scope = scope;
            this.id = id;
        }

        /**
         * Starts a queue.
         *
         * @param scope the construct that it belongs to
         * @param id its id there
         * @return a builder with nothing set
         */
        public static Builder create(Construct scope, String id) {
            return new Builder(scope, id);
        }

        @Override
        protected Builder self() {
            return this;
        }

        /**
         * Creates the queue.
         *
         * @return the queue
         * @throws IllegalArgumentException if the customizer set what does not work
         */
        @Override
        public DeadLetterQueue build() {
            return new DeadLetterQueue(scope, id, toProps());
        }
    }
}

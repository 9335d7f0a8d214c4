package dev.ashlar.constructs.queue;

import dev.ashlar.constructs.access.QueueAccess;
import dev.ashlar.constructs.alarm.Alarms;
import dev.ashlar.constructs.alarm.Watched;
import dev.ashlar.constructs.internal.Check;
import dev.ashlar.constructs.internal.Known;
import dev.ashlar.constructs.profile.internal.Inherited;
import dev.ashlar.constructs.queue.internal.QueueWatch;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.cloudwatch.Alarm;
import software.amazon.awscdk.services.cloudwatch.IWidget;
import software.amazon.awscdk.services.cloudwatch.Metric;
import software.amazon.awscdk.services.iam.Grant;
import software.amazon.awscdk.services.iam.IGrantable;
import software.amazon.awscdk.services.sqs.Queue;
import software.constructs.Construct;

/**
 * An SQS queue that somebody processes, with a dead-letter queue for messages that were received too often.
 *
 * <p>It creates:
 *
 * <ul>
 *   <li>{@code DeadLetterQueue}: see {@link DeadLetterQueue}
 *   <li>{@code Queue}, encrypted by SQS, with the policy that refuses requests without TLS; it keeps messages for
 *       {@value #RETENTION_DAYS} days
 *   <li>with alarms {@code AgeAlarm}, which goes off when messages wait for long, and that of the dead-letter queue
 * </ul>
 *
 * <pre>{@code
 * SourceQueue orders = SourceQueue.Builder.create(this, "Orders").visibilityTimeout(Duration.minutes(3)).build();
 * orders.grantSend(function);
 * }</pre>
 *
 * <p>What grows older than {@value #RETENTION_DAYS} days is deleted by SQS and never reaches the dead-letter queue, hence
 * the alarm. Idle it costs nothing; who polls it pays by the request.
 *
 * @see <a href="https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/welcome.html">What is Amazon Simple
 *     Queue Service?</a>
 */
public final class SourceQueue extends Construct implements Watched {
    /** For how many days the queue keeps a message: {@value}. */
    public static final int RETENTION_DAYS = 4;

    /** How often a message is received before it goes to the dead-letter queue, unless given: {@value}. */
    public static final int DEFAULT_MAX_RECEIVE_COUNT = 5;

    /** For how many seconds a message is hidden from others that was received, unless given: {@value}. */
    public static final int DEFAULT_VISIBILITY_TIMEOUT_SECONDS = 30;

    private final DeadLetterQueue deadLetterQueue;
    private final Queue queue;
    private final List<Alarm> alarms;

    /**
     * Creates the queues.
     *
     * @param scope the construct that they belong to
     * @param id its id there
     * @param props its properties
     * @throws IllegalArgumentException if a property is out of its limits, or the customizer set what does not work
     */
    public SourceQueue(Construct scope, String id, SourceQueueProps props) {
        super(scope, id);
        Inherited.share(this, scope);
        validate(props);
        this.deadLetterQueue = createDeadLetterQueue(props);
        this.queue = createQueue(props);
        this.alarms = createAlarms(props.getAlarms());
    }

    /** {@return the queue itself} */
    public Queue getQueue() {
        return queue;
    }

    /** {@return where messages go that were received too often} */
    public DeadLetterQueue getDeadLetterQueue() {
        return deadLetterQueue;
    }

    /** {@return the alarm on old messages, none without {@code alarms}; that of the dead-letter queue is there} */
    public List<Alarm> getAlarms() {
        return alarms;
    }

    /** {@return graphs of the messages that wait or are being processed, and of the oldest one's age} */
    @Override
    public List<IWidget> getWidgets() {
        return QueueWatch.widgets(queue);
    }

    /**
     * Grants {@code sqs:SendMessage}.
     *
     * @param grantee who may send
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
     * @param grantee who may receive messages and delete them
     * @return the grant
     */
    public Grant grantConsume(IGrantable grantee) {
        return QueueAccess.of(queue).grantConsume(grantee);
    }

    /** {@return how many messages wait: maximum over 5 minutes} */
    public Metric metricApproximateNumberOfMessagesVisible() {
        return queue.metricApproximateNumberOfMessagesVisible();
    }

    /** {@return the age of the oldest message in seconds: maximum over 5 minutes} */
    public Metric metricApproximateAgeOfOldestMessage() {
        return queue.metricApproximateAgeOfOldestMessage();
    }

    private void validate(SourceQueueProps props) {
        Check check = Check.of(this);
        // https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SetQueueAttributes.html
        check.between("visibilityTimeout", props.getVisibilityTimeout(), 0, 43200, "");
        check.between("maxReceiveCount", props.getMaxReceiveCount(), 1, 1000, "receives");
        QueueWatch.check(this, props.getAlarms());
    }

    private DeadLetterQueue createDeadLetterQueue(SourceQueueProps props) {
        return DeadLetterQueue.Builder.create(this, "DeadLetterQueue")
                .fifo(props.getFifo())
                .alarms(props.getAlarms())
                .removalPolicy(props.getRemovalPolicy())
                .build();
    }

    private Queue createQueue(SourceQueueProps props) {
        boolean fifo = Boolean.TRUE.equals(props.getFifo());
        Duration visibility = props.getVisibilityTimeout();
        Number receives = props.getMaxReceiveCount();
        Queue created = ProfileQueue.create(
                this,
                builder -> builder.retentionPeriod(Known.days(RETENTION_DAYS))
                        .visibilityTimeout(
                                visibility == null ? Known.seconds(DEFAULT_VISIBILITY_TIMEOUT_SECONDS) : visibility)
                        .fifo(fifo ? true : null)
                        .deadLetterQueue(software.amazon.awscdk.services.sqs.DeadLetterQueue.builder()
                                .queue(deadLetterQueue.getQueue())
                                .maxReceiveCount(receives == null ? DEFAULT_MAX_RECEIVE_COUNT : receives)
                                .build()),
                props.getRemovalPolicy(),
                props.getCustomizeQueue());
        if (props.getCustomizeQueue() != null) {
            checkCustomized(created, fifo);
        }
        return created;
    }

    private void checkCustomized(Queue created, boolean fifo) {
        Check check = Check.of(this);
        check.that(
                created.getFifo() == fifo,
                "customizeQueue must not set fifo, got " + created.getFifo()
                        + "; set the option fifo, which holds for the dead-letter queue too");
        software.amazon.awscdk.services.sqs.DeadLetterQueue redrive = created.getDeadLetterQueue();
        check.that(
                redrive != null && redrive.getQueue().equals(deadLetterQueue.getQueue()),
                "customizeQueue must not set deadLetterQueue, got another one; change getDeadLetterQueue(), or set the option"
                        + " maxReceiveCount");
    }

    private List<Alarm> createAlarms(@Nullable Alarms wanted) {
        return wanted == null ? List.of() : List.of(wanted.add(QueueWatch.ageAlarm(this, queue, wanted)));
    }

    /** Creates a {@link SourceQueue}. */
    public static final class Builder extends SourceQueueProps.Setters<Builder>
            implements software.amazon.jsii.Builder<SourceQueue> {
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
         * Creates the queues.
         *
         * @return the queue with its dead-letter queue
         * @throws IllegalArgumentException if a property is out of its limits, or the customizer set what does not work
         */
        @Override
        public SourceQueue build() {
            return new SourceQueue(scope, id, toProps());
        }
    }
}

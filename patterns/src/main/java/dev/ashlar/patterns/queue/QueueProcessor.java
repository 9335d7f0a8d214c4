package dev.ashlar.patterns.queue;

import static java.util.Objects.requireNonNull;

import dev.ashlar.constructs.access.QueueAccess;
import dev.ashlar.constructs.alarm.Alarms;
import dev.ashlar.constructs.function.WarmFunction;
import dev.ashlar.constructs.internal.Check;
import dev.ashlar.constructs.profile.internal.Inherited;
import dev.ashlar.constructs.queue.SourceQueue;
import dev.ashlar.constructs.queue.internal.Batches;
import dev.ashlar.constructs.queue.internal.QueueEventSource;
import dev.ashlar.constructs.queue.internal.QueueWatch;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.Annotations;
import software.amazon.awscdk.services.cloudwatch.Alarm;
import software.amazon.awscdk.services.cloudwatch.Metric;
import software.amazon.awscdk.services.iam.Grant;
import software.amazon.awscdk.services.iam.IGrantable;
import software.amazon.awscdk.services.lambda.CfnEventSourceMapping;
import software.amazon.awscdk.services.lambda.FilterCriteria;
import software.amazon.awscdk.services.sqs.DeadLetterQueue;
import software.amazon.awscdk.services.sqs.IQueue;
import software.amazon.awscdk.services.sqs.Queue;
import software.constructs.Construct;

/**
 * A function that processes the messages of an SQS queue: what fails is tried again, and lies in a dead-letter queue after
 * that.
 *
 * <p>It creates:
 *
 * <ul>
 *   <li>{@code Function}: a {@link WarmFunction}, unless one was given
 *   <li>{@code Queue}: a {@link SourceQueue} with its dead-letter queue, unless a queue was given
 *   <li>{@code EventSource}: the event source mapping on the alias {@code live}, with partial batch responses
 *   <li>with alarms and a given queue {@code AgeAlarm}, and {@code DeadLettersAlarm} if its dead-letter queue is known
 * </ul>
 *
 * <pre>{@code
 * QueueProcessor orders = QueueProcessor.Builder.create(this, "Orders")
 *         .code(FunctionCode.maven("handlers"))
 *         .handler("shop.OrdersHandler")
 *         .build();
 * orders.grantSend(web);
 * }</pre>
 *
 * <p>Granted: to the function's role {@code sqs:ReceiveMessage}, {@code DeleteMessage}, {@code ChangeMessageVisibility} and
 * {@code GetQueueAttributes} on the queue, with which Lambda polls it.
 *
 * <p>A message may come more than once, whatever the queue: the code must not mind. Idle it costs the requests by which
 * Lambda polls.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html">Using Lambda with Amazon SQS</a>
 */
public final class QueueProcessor extends Construct {
    // https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventfiltering.html
    private static final int USUAL_FILTERS = 5;
    private static final int LONGEST_FILTER = 4096;

    private final WarmFunction function;
    private final IQueue queue;
    private final CfnEventSourceMapping eventSource;
    private final List<Alarm> alarms;

    /**
     * Creates the processor.
     *
     * @param scope the construct that it belongs to
     * @param id its id there
     * @param props its properties
     * @throws IllegalArgumentException if a property is out of its limits, or two do not go together
     */
    public QueueProcessor(Construct scope, String id, QueueProcessorProps props) {
        super(scope, id);
        Inherited.share(this, scope);
        Batches batches = batches(props);
        validate(props, batches);
        this.function = props.toFunction(this, "Function", props.getFunction());
        QueueEventSource source = new QueueEventSource(this, function, batches);
        SourceQueue own = props.getQueue() == null ? createQueue(props, source) : null;
        this.queue = own == null ? requireNonNull(props.getQueue()) : own.getQueue();
        // Of a queue of our own all is known, unless the customizer had a word.
        this.eventSource =
                own == null || props.getCustomizeQueue() != null ? source.create(queue) : source.createFor(queue);
        if (props.getFunction() == null) {
            source.acknowledge();
        }
        this.alarms = own == null ? watch(props.getAlarms()) : alarmsOf(own);
    }

    /** {@return the function that processes the messages} */
    public WarmFunction getFunction() {
        return function;
    }

    /** {@return the queue} */
    public IQueue getQueue() {
        return queue;
    }

    /** {@return where messages lie that failed for good; null if a queue was given that does not tell} */
    public @Nullable IQueue getDeadLetterQueue() {
        DeadLetterQueue redrive = queue instanceof Queue created ? created.getDeadLetterQueue() : null;
        return redrive == null ? null : redrive.getQueue();
    }

    /** {@return what hands the messages to the function} */
    public CfnEventSourceMapping getEventSource() {
        return eventSource;
    }

    /** {@return the alarms of the queue and its dead-letter queue, none without {@code alarms}; the function's are its own} */
    public List<Alarm> getAlarms() {
        return alarms;
    }

    /**
     * Grants {@code sqs:SendMessage} on the queue.
     *
     * @param grantee who may send
     * @return the grant
     */
    public Grant grantSend(IGrantable grantee) {
        return QueueAccess.of(queue).grantSend(grantee);
    }

    /** {@return how many messages wait: maximum over 5 minutes} */
    public Metric metricApproximateNumberOfMessagesVisible() {
        return queue.metricApproximateNumberOfMessagesVisible();
    }

    /** {@return the age of the oldest message in seconds: maximum over 5 minutes} */
    public Metric metricApproximateAgeOfOldestMessage() {
        return queue.metricApproximateAgeOfOldestMessage();
    }

    private static Batches batches(QueueProcessorProps props) {
        List<Map<String, Object>> filters = props.getFilters().stream()
                // In the same order at each synth, because it becomes a text: that of Map.of differs from run to run.
                .map(body -> FilterCriteria.filter(Map.of("body", new TreeMap<>(body))))
                .toList();
        return new Batches(props.getBatchSize(), props.getMaxBatchingWindow(), props.getMaxConcurrency(), filters);
    }

    private void validate(QueueProcessorProps props, Batches batches) {
        IQueue given = props.getQueue();
        if (given != null) {
            checkNothingShapesIt(props);
        }
        boolean fifo = Boolean.TRUE.equals(given == null ? props.getFifo() : given.getFifo());
        batches.check(this, fifo);
        Check.of(this).between("maxReceiveCount", props.getMaxReceiveCount(), 1, 1000, "receives");
        QueueWatch.check(this, props.getAlarms());
        checkFilters(batches.filters());
    }

    private void checkNothingShapesIt(QueueProcessorProps props) {
        Map<String, Boolean> options = new LinkedHashMap<>();
        options.put("fifo", props.getFifo() != null);
        options.put("maxReceiveCount", props.getMaxReceiveCount() != null);
        options.put("customizeQueue", props.getCustomizeQueue() != null);
        options.values().removeIf(isGiven -> !isGiven);
        Check.of(this)
                .that(
                        options.isEmpty(),
                        "queue must not be given together with " + String.join(", ", options.keySet())
                                + ", got both; set these where the queue is made");
    }

    private void checkFilters(List<Map<String, Object>> filters) {
        for (Map<String, Object> filter : filters) {
            int length = String.valueOf(filter.get("pattern")).length();
            Check.of(this)
                    .that(
                            length <= LONGEST_FILTER,
                            "filter must be at most %d characters as JSON, got %d; filter in the function"
                                    .formatted(LONGEST_FILTER, length));
        }
        if (!filters.isEmpty()) {
            Annotations.of(this)
                    .addWarningV2(
                            "ashlar:filteredMessagesAreDeleted",
                            "filter deletes all messages that match none, and they reach no dead-letter queue; acknowledge this"
                                    + " if nobody needs them");
        }
        if (filters.size() > USUAL_FILTERS) {
            Annotations.of(this)
                    .addWarningV2(
                            "ashlar:manyFilters",
                            "filter should be given at most 5 times, got " + filters.size()
                                    + "; Lambda takes up to 10 where AWS raised the quota");
        }
    }

    private SourceQueue createQueue(QueueProcessorProps props, QueueEventSource source) {
        return SourceQueue.Builder.create(this, "Queue")
                .fifo(props.getFifo())
                .visibilityTimeout(source.visibilityTimeout())
                .maxReceiveCount(props.getMaxReceiveCount())
                .alarms(props.getAlarms())
                .customizeQueue(props.getCustomizeQueue())
                .build();
    }

    private static List<Alarm> alarmsOf(SourceQueue own) {
        List<Alarm> created = new ArrayList<>(own.getAlarms());
        created.addAll(own.getDeadLetterQueue().getAlarms());
        return List.copyOf(created);
    }

    private List<Alarm> watch(@Nullable Alarms wanted) {
        if (wanted == null) {
            return List.of();
        }
        List<Alarm> created = new ArrayList<>();
        created.add(QueueWatch.ageAlarm(this, queue, wanted));
        IQueue deadLetters = getDeadLetterQueue();
        if (deadLetters != null) {
            created.add(QueueWatch.deadLettersAlarm(this, deadLetters));
        }
        created.forEach(wanted::add);
        return List.copyOf(created);
    }

    /** Creates a {@link QueueProcessor}. */
    public static final class Builder extends QueueProcessorProps.Setters<Builder>
            implements software.amazon.jsii.Builder<QueueProcessor> {
        private final Construct scope;
        private final String id;

        private Builder(Construct scope, String id) {
            this.scope = scope;
            this.id = id;
        }

        /**
         * Starts a processor.
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
         * Creates the processor.
         *
         * @return the processor
         * @throws NullPointerException if there is nothing to run
         * @throws IllegalArgumentException if a property is out of its limits, or two do not go together
         */
        @Override
        public QueueProcessor build() {
            return new QueueProcessor(scope, id, toProps());
        }
    }
}

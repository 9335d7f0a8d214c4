package dev.ashlar.constructs.function;

import static java.util.Objects.requireNonNull;

import dev.ashlar.constructs.access.EventBusAccess;
import dev.ashlar.constructs.access.QueueAccess;
import dev.ashlar.constructs.access.TopicAccess;
import dev.ashlar.constructs.internal.Known;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.services.events.IEventBus;
import software.amazon.awscdk.services.iam.IGrantable;
import software.amazon.awscdk.services.sns.ITopic;
import software.amazon.awscdk.services.sqs.IQueue;

/**
 * Where Lambda sends the record of an asynchronous invocation: the event, the answer or the error, and how often it was
 * tried. The function's role gets the one permission that it takes.
 *
 * <pre>{@code
 * WarmFunction.Builder.create(this, "Orders").onFailure(Destination.queue(failedOrders))
 * }</pre>
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html">Capturing records of
 *     Lambda asynchronous invocations</a>
 */
public final class Destination {
    private final String arn;
    private final Consumer<IGrantable> grant;
    private final @Nullable IQueue queue;

    private Destination(String arn, Consumer<IGrantable> grant, @Nullable IQueue queue) {
        this.arn = arn;
        this.grant = grant;
        this.queue = queue;
    }

    /**
     * An SQS queue, which keeps the records until somebody looks at them.
     *
     * @param queue a standard queue; Lambda takes no FIFO queue here
     * @return the destination
     */
    public static Destination queue(IQueue queue) {
        return new Destination(Known.arnOf(requireNonNull(queue, "queue")), QueueAccess.of(queue)::grantSend, queue);
    }

    /**
     * An SNS topic.
     *
     * @param topic a standard topic; Lambda takes no FIFO topic here
     * @return the destination
     */
    public static Destination topic(ITopic topic) {
        return new Destination(requireNonNull(topic, "topic").getTopicArn(), TopicAccess.of(topic)::grantPublish, null);
    }

    /**
     * An EventBridge event bus.
     *
     * @param bus the bus
     * @return the destination
     */
    public static Destination eventBus(IEventBus bus) {
        return new Destination(requireNonNull(bus, "bus").getEventBusArn(), EventBusAccess.of(bus)::grantPut, null);
    }

    /**
     * Another function, by its alias {@code live}.
     *
     * @param function the function
     * @return the destination
     */
    public static Destination function(WarmFunction function) {
        return new Destination(
                Known.arnOf(requireNonNull(function, "function").getAlias()), function::grantInvoke, null);
    }

    String arn() {
        return arn;
    }

    void grantTo(IGrantable function) {
        grant.accept(function);
    }

    /** The queue, if it is one. */
    Optional<IQueue> queue() {
        return Optional.ofNullable(queue);
    }
}

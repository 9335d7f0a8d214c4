package dev.ashlar.runtime;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.logging.LogLevel;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A handler of the messages of an SQS queue, one by one: what succeeds is done with, and what throws comes again, alone.
 *
 * <pre>{@code
 * public final class OrdersHandler extends QueueHandler {
 *     protected void process(QueueMessage message, Context context) throws Exception {
 *         orders.confirm(mapper.readValue(message.getBody(), Order.class));
 *     }
 * }
 * }</pre>
 *
 * <p>It answers with the messages that failed, as Lambda wants it where {@code ReportBatchItemFailures} is on; where that is off, Lambda
 * takes the batch for done with and deletes it. An exception is logged with the message's id, at level ERROR, and with what the exception says, not with the body. An
 * {@link Error}, such as that the memory is used up, ends the invocation, and the whole batch comes again.
 *
 * <p>In a FIFO queue the messages of a group that follow a failed one are not processed, and come again behind it.
 *
 * <p>A message may come more than once, also after it succeeded.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html">Handling errors for an SQS event source in
 *     Lambda</a>
 */
public abstract class QueueHandler implements RequestHandler<Map<String, Object>, Map<String, Object>> {

    /** For subclasses. */
    protected QueueHandler() {}

    /**
     * Processes one message.
     *
     * @param message the message
     * @param context that of the invocation, whose time is for all messages of the batch
     * @throws Exception if the message shall come again, and go to the dead-letter queue when it has come too often
     */
    protected abstract void process(QueueMessage message, Context context) throws Exception;

    /**
     * Processes a batch of messages in its order.
     *
     * @param event what Lambda makes of a batch
     * @param context passed on
     * @return the ids of the messages that shall come again
     * @throws IllegalArgumentException if the event is not that of a queue
     */
    @Override
    public final Map<String, Object> handleRequest(Map<String, Object> event, Context context) {
        if (!(event.get("Records") instanceof List<?> records)) {
            throw new IllegalArgumentException("event must be that of an SQS queue, got one without Records");
        }
        List<QueueMessage> messages = records.stream()
                .map(record -> QueueMessage.of(Fields.map(record)))
                .toList();
        List<Map<String, String>> failures = new ArrayList<>();
        Set<String> stopped = new HashSet<>();
        for (QueueMessage message : messages) {
            String group = message.orderedGroup();
            if (stopped.contains(group) || !succeeds(message, context)) {
                failures.add(Map.of("itemIdentifier", message.getMessageId()));
                stopped.add(group);
            }
        }
        return Map.of("batchItemFailures", failures);
    }

    private boolean succeeds(QueueMessage message, Context context) {
        try {
            process(message, context);
            return true;
        } catch (Exception e) {
            StringWriter trace = new StringWriter();
            e.printStackTrace(new PrintWriter(trace, true));
            context.getLogger()
                    .log(
                            "Message " + message.getMessageId() + " failed, receive " + message.getReceiveCount() + ": "
                                    + trace,
                            LogLevel.ERROR);
            return false;
        }
    }
}

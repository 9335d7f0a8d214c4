package dev.ashlar.runtime;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A message of an SQS queue, as Lambda hands it over. */
public final class QueueMessage {

    private final String messageId;
    private final String body;
    private final boolean fifo;
    private final Map<?, ?> attributes;
    private final Map<String, String> messageAttributes = new LinkedHashMap<>();

    private QueueMessage(Map<?, ?> fields) {
        messageId = Fields.text(fields, "messageId");
        body = Fields.text(fields, "body");
        fifo = fields.get("eventSourceARN") instanceof String arn && arn.endsWith(".fifo");
        attributes = Fields.optionalMap(fields, "attributes");
        Fields.optionalMap(fields, "messageAttributes").forEach((name, value) -> {
            if (value instanceof Map<?, ?> attribute && attribute.get("stringValue") instanceof String text) {
                messageAttributes.put(String.valueOf(name), text);
            }
        });
    }

    /**
     * Reads one of the {@code Records} of Lambda's event: for tests, and for handlers of your own.
     *
     * @param fields the record
     * @return the message
     * @throws IllegalArgumentException if it has no {@code messageId} or no {@code body}
     */
    public static QueueMessage of(Map<?, ?> fields) {
        return new QueueMessage(fields);
    }

    /** {@return the id that SQS gave the message, the same each time that it comes} */
    public String getMessageId() {
        return messageId;
    }

    /** {@return what was sent} */
    public String getBody() {
        return body;
    }

    /** {@return how often the message came, this time included; 1 if SQS did not tell} */
    public int getReceiveCount() {
        return attributes.get("ApproximateReceiveCount") instanceof String count ? Integer.parseInt(count) : 1;
    }

    /** {@return the group that the sender put the message into; null if into none} */
    public @Nullable String getMessageGroupId() {
        return attributes.get("MessageGroupId") instanceof String group ? group : null;
    }

    /** {@return what the sender said beside the body: the attributes that have a text or a number} */
    public Map<String, String> getMessageAttributes() {
        return Map.copyOf(messageAttributes);
    }

    /** The group whose order counts. In a standard queue a group has none, and each message is one of its own. */
    String orderedGroup() {
        String group = getMessageGroupId();
        return fifo && group != null ? "group " + group : "message " + messageId;
    }
}

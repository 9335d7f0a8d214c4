package dev.ashlar.local;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Messages of a queue, made by {@link LambdaEvents#sqs(String...)}. Their ids are those of {@link #getMessageId(int)}, for
 * what a handler answers of messages that failed. Immutable.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html#example-standard-queue-message-event">What Lambda
 *     hands on</a>
 */
public final class SqsEvent implements LambdaEvent {
    /** Where the numbers of a FIFO queue begin, which have 20 digits. */
    private static final BigInteger FIRST_IN_ORDER = new BigInteger("18849496460467696128");

    private final List<String> bodies;
    private final @Nullable String group;
    private final int receiveCount;
    private final Map<String, String> attributes;

    SqsEvent(List<String> bodies) {
        this(bodies, null, 1, Map.of());
    }

    private SqsEvent(List<String> bodies, @Nullable String group, int receiveCount, Map<String, String> attributes) {
        this.bodies = bodies;
        this.group = group;
        this.receiveCount = receiveCount;
        this.attributes = attributes;
    }

    /**
     * Returns the same messages in a FIFO queue.
     *
     * @param group the id of their message group
     * @return the event
     */
    public SqsEvent fifo(String group) {
        return new SqsEvent(bodies, group, receiveCount, attributes);
    }

    /**
     * Returns the same messages, received several times.
     *
     * @param count how often, this time included
     * @return the event
     */
    public SqsEvent receiveCount(int count) {
        return new SqsEvent(bodies, group, count, attributes);
    }

    /**
     * Returns the same messages, each with one more attribute.
     *
     * @param name the attribute's name
     * @param value its value, a string
     * @return the event
     */
    public SqsEvent attribute(String name, String value) {
        Map<String, String> more = new TreeMap<>(attributes);
        more.put(name, value);
        return new SqsEvent(bodies, group, receiveCount, more);
    }

    /**
     * Returns the id that a message has.
     *
     * @param index the message's place, from 0
     * @return the id
     */
    public String getMessageId(int index) {
        return UUID.nameUUIDFromBytes(("message " + index).getBytes(StandardCharsets.UTF_8))
                .toString();
    }

    @Override
    public String toJson() {
        ObjectNode event = JsonNodeFactory.instance.objectNode();
        ArrayNode records = event.putArray("Records");
        for (int i = 0; i < bodies.size(); i++) {
            records.add(message(i));
        }
        return event.toString();
    }

    private ObjectNode message(int index) {
        String sent = String.valueOf(LambdaEvents.TIME.toEpochMilli());
        ObjectNode message = JsonNodeFactory.instance.objectNode();
        message.put("messageId", getMessageId(index));
        message.put("receiptHandle", "receipt-" + index);
        message.put("body", bodies.get(index));
        ObjectNode system = message.putObject("attributes");
        system.put("ApproximateReceiveCount", String.valueOf(receiveCount));
        system.put("SentTimestamp", sent);
        if (group != null) {
            system.put(
                    "SequenceNumber",
                    FIRST_IN_ORDER.add(BigInteger.valueOf(index)).toString());
            system.put("MessageGroupId", group);
        }
        system.put("SenderId", "AIDAIENQZJOLO23YVJ4VO");
        if (group != null) {
            system.put("MessageDeduplicationId", String.valueOf(index));
        }
        system.put("ApproximateFirstReceiveTimestamp", sent);
        ObjectNode own = message.putObject("messageAttributes");
        attributes.forEach(
                (name, value) -> own.putObject(name).put("stringValue", value).put("dataType", "String"));
        message.put("md5OfBody", md5(bodies.get(index)));
        message.put("eventSource", "aws:sqs");
        message.put(
                "eventSourceARN",
                "arn:aws:sqs:%s:%s:queue%s"
                        .formatted(LambdaEvents.REGION, LambdaEvents.ACCOUNT, group == null ? "" : ".fifo"));
        message.put("awsRegion", LambdaEvents.REGION);
        return message;
    }

    private static String md5(String body) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("MD5").digest(body.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}

package dev.ashlar.local;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A message that was published to a topic.
 *
 * @param topicArn the topic
 * @param subject the subject; null without one
 * @param message the text
 * @param attributes the values of the attributes by name, binary ones as Base64
 */
public record SnsMessage(String topicArn, @Nullable String subject, String message, Map<String, String> attributes) {

    /** How large a message, or a batch of them, may be with its attributes. */
    static final int MAX_BYTES = 262_144;

    private static final int MAX_SUBJECT_LENGTH = 99;
    private static final Pattern STANDARD_TOPIC =
            Pattern.compile("arn:aws[a-z-]*:sns:[a-z0-9-]+:[0-9]{12}:[A-Za-z0-9_-]{1,256}");
    private static final Pattern ATTRIBUTE_TYPE = Pattern.compile("(String|String\\.Array|Number|Binary)(\\..+)?");

    /**
     * Creates a message.
     *
     * @param topicArn the topic
     * @param subject the subject; null without one
     * @param message the text
     * @param attributes the values of the attributes by name, binary ones as Base64
     */
    public SnsMessage {
        attributes = Map.copyOf(attributes);
    }

    /** Reads which topic is meant. */
    static String topicOf(QueryForm form) {
        String arn = form.get(form.find("TopicArn") == null ? "TargetArn" : "TopicArn");
        if (arn.isEmpty()) {
            throw SnsError.invalid("TopicArn or TargetArn Reason: no value for required parameter");
        }
        if (!STANDARD_TOPIC.matcher(arn).matches()) {
            throw SnsError.invalid("TopicArn Reason: only standard topics are known here");
        }
        return arn;
    }

    /** Reads a message as SNS does, and refuses what SNS refuses. */
    static SnsMessage of(String topicArn, QueryForm form) {
        String subject = form.find("Subject");
        if (subject != null && !isSubject(subject)) {
            throw SnsError.invalid("Subject");
        }
        String message = form.get("Message");
        if (message.isEmpty()) {
            throw SnsError.invalid("Empty message");
        }
        if (form.find("MessageStructure") != null) {
            throw SnsError.invalid("MessageStructure Reason: only one text for all protocols is known here");
        }
        if (sizeOf(form) > MAX_BYTES) {
            throw SnsError.invalid("Message too long");
        }
        Map<String, String> values = new TreeMap<>();
        attributesOf(form).forEach(attribute -> values.put(attribute.get("Name"), valueOf(attribute)));
        return new SnsMessage(topicArn, subject, message, values);
    }

    /** How much of SNS's limit a message takes: its text, and the names, types and values of its attributes. */
    static int sizeOf(QueryForm form) {
        Stream<String> attributes =
                attributesOf(form).stream().flatMap(attribute -> attribute.fields().values().stream());
        return Stream.concat(Stream.of(form.get("Message")), attributes)
                .mapToInt(text -> text.getBytes(UTF_8).length)
                .sum();
    }

    private static List<QueryForm> attributesOf(QueryForm form) {
        return form.members("MessageAttributes.entry");
    }

    private static boolean isSubject(String subject) {
        return !subject.isEmpty()
                && subject.length() <= MAX_SUBJECT_LENGTH
                && subject.chars().noneMatch(Character::isISOControl);
    }

    private static String valueOf(QueryForm attribute) {
        String name = attribute.get("Name");
        String type = attribute.get("Value.DataType");
        String value = attribute.get(type.startsWith("Binary") ? "Value.BinaryValue" : "Value.StringValue");
        if (name.isEmpty() || value.isEmpty() || !ATTRIBUTE_TYPE.matcher(type).matches()) {
            throw new SnsError(
                    "ParameterValueInvalid",
                    "The message attribute '" + name
                            + "' must contain a name, a type of String, String.Array, Number or"
                            + " Binary, and a value of it.");
        }
        return value;
    }
}

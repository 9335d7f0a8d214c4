package dev.ashlar.local.internal.event;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ashlar.local.internal.template.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What Lambda makes of received messages.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html">The event</a>
 */
final class QueueEvent {
    private QueueEvent() {}

    static byte[] of(String queueArn, String region, List<JsonNode> messages) {
        ObjectNode event = JsonNodeFactory.instance.objectNode();
        ArrayNode records = event.putArray("Records");
        messages.forEach(message -> records.add(recordOf(queueArn, region, message)));
        return Json.write(event).getBytes(StandardCharsets.UTF_8);
    }

    /** {@return the form in which filters see a message too} */
    static ObjectNode recordOf(String queueArn, String region, JsonNode message) {
        ObjectNode record = JsonNodeFactory.instance.objectNode();
        record.put("messageId", message.path("MessageId").asText());
        record.put("receiptHandle", message.path("ReceiptHandle").asText());
        record.put("body", message.path("Body").asText());
        ObjectNode attributes = record.putObject("attributes");
        message.path("Attributes").properties().forEach(each -> attributes.set(each.getKey(), each.getValue()));
        ObjectNode messageAttributes = record.putObject("messageAttributes");
        message.path("MessageAttributes").properties().forEach(each -> {
            ObjectNode attribute = messageAttributes.putObject(each.getKey());
            copy(each.getValue(), "StringValue", attribute, "stringValue");
            copy(each.getValue(), "BinaryValue", attribute, "binaryValue");
            attribute.putArray("stringListValues");
            attribute.putArray("binaryListValues");
            attribute.put("dataType", each.getValue().path("DataType").asText());
        });
        record.put("md5OfBody", message.path("MD5OfBody").asText());
        record.put("eventSource", "aws:sqs");
        record.put("eventSourceARN", queueArn);
        record.put("awsRegion", region);
        return record;
    }

    private static void copy(JsonNode from, String name, ObjectNode to, String newName) {
        if (from.has(name)) {
            to.set(newName, from.path(name));
        }
    }
}

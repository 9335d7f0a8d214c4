package dev.ashlar.examples.orders;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.Context;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ashlar.local.LocalSqs;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The queue of the stack Orders and its dead-letter queue, in ElasticMQ, with what Lambda does for an event source mapping. Receives are
 * as many as the stack's snapshot says; only the visibility timeout is shorter.
 */
final class OrdersQueue implements AutoCloseable {

    private static final String REGION = "eu-central-1";
    private static final Path TEMPLATE =
            Path.of("../../src/test/resources/snapshots/dev.ashlar.examples.OrdersStackTest/Orders.json");
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final LocalSqs server = LocalSqs.start(REGION);
    private final HttpClient http = HttpClient.newHttpClient();
    private final String deadLetters;
    private final String queue;

    OrdersQueue() throws IOException, InterruptedException {
        deadLetters = create("dead-letters", Map.of());
        Map<String, Object> redrive =
                Map.of("deadLetterTargetArn", arn("dead-letters"), "maxReceiveCount", maxReceiveCount());
        queue = create("orders", Map.of("VisibilityTimeout", "1", "RedrivePolicy", MAPPER.writeValueAsString(redrive)));
    }

    static int maxReceiveCount() throws IOException {
        JsonNode count = MAPPER.readTree(TEMPLATE.toFile()).findValue("maxReceiveCount");
        return requireNonNull(count, "maxReceiveCount").asInt();
    }

    void send(String body) throws IOException, InterruptedException {
        call("SendMessage", Map.of("QueueUrl", queue, "MessageBody", body));
    }

    /** Does what Lambda does, until the queue is empty: what did not fail is deleted, all else is seen again later. */
    void drain(OrdersHandler handler, Context context) throws IOException, InterruptedException {
        while (!isEmpty(queue)) {
            JsonNode messages = call(
                            "ReceiveMessage",
                            Map.of(
                                    "QueueUrl",
                                    queue,
                                    "MaxNumberOfMessages",
                                    10,
                                    "WaitTimeSeconds",
                                    1,
                                    "AttributeNames",
                                    List.of("All")))
                    .path("Messages");
            if (!messages.isEmpty()) {
                handle(messages, handler, context);
            }
        }
    }

    /** What lies in the dead-letter queue, sorted. It stays there. */
    List<String> deadLetters() throws IOException, InterruptedException {
        return call(
                        "ReceiveMessage",
                        Map.of("QueueUrl", deadLetters, "MaxNumberOfMessages", 10, "VisibilityTimeout", 0))
                .findValuesAsText("Body")
                .stream()
                .sorted()
                .toList();
    }

    void redrive() throws IOException, InterruptedException {
        call("StartMessageMoveTask", Map.of("SourceArn", arn("dead-letters")));
        while (!isEmpty(deadLetters)) {
            Thread.sleep(50);
        }
    }

    @Override
    public void close() {
        server.close();
    }

    private void handle(JsonNode messages, OrdersHandler handler, Context context)
            throws IOException, InterruptedException {
        Map<String, String> receiptHandles = new LinkedHashMap<>();
        List<Map<String, Object>> records = new ArrayList<>();
        for (JsonNode message : messages) {
            receiptHandles.put(
                    message.get("MessageId").asText(),
                    message.get("ReceiptHandle").asText());
            records.add(Map.of(
                    "messageId", message.get("MessageId"),
                    "receiptHandle", message.get("ReceiptHandle"),
                    "body", message.get("Body"),
                    "attributes", message.get("Attributes"),
                    "messageAttributes", Map.of(),
                    "md5OfBody", message.get("MD5OfBody"),
                    "eventSource", "aws:sqs",
                    "eventSourceARN", arn("orders"),
                    "awsRegion", REGION));
        }
        Map<String, Object> event =
                MAPPER.convertValue(Map.of("Records", records), new TypeReference<Map<String, Object>>() {});
        JsonNode answer = MAPPER.valueToTree(handler.handleRequest(event, context));
        receiptHandles.keySet().removeAll(answer.findValuesAsText("itemIdentifier"));
        for (String receiptHandle : receiptHandles.values()) {
            call("DeleteMessage", Map.of("QueueUrl", queue, "ReceiptHandle", receiptHandle));
        }
    }

    private boolean isEmpty(String queueUrl) throws IOException, InterruptedException {
        JsonNode attributes = call("GetQueueAttributes", Map.of("QueueUrl", queueUrl, "AttributeNames", List.of("All")))
                .get("Attributes");
        return attributes.get("ApproximateNumberOfMessages").asInt() == 0
                && attributes.get("ApproximateNumberOfMessagesNotVisible").asInt() == 0;
    }

    private String create(String name, Map<String, String> attributes) throws IOException, InterruptedException {
        return call("CreateQueue", Map.of("QueueName", name, "Attributes", attributes))
                .get("QueueUrl")
                .asText();
    }

    /** Calls SQS by its JSON protocol. */
    private JsonNode call(String action, Map<String, Object> request) throws IOException, InterruptedException {
        HttpResponse<String> response = http.send(
                HttpRequest.newBuilder(server.getEndpoint())
                        .header("X-Amz-Target", "AmazonSQS." + action)
                        .header("Content-Type", "application/x-amz-json-1.0")
                        .POST(HttpRequest.BodyPublishers.ofString(MAPPER.writeValueAsString(request)))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return MAPPER.readTree(response.body().isEmpty() ? "{}" : response.body());
    }

    private static String arn(String name) {
        return "arn:aws:sqs:" + REGION + ":" + LocalSqs.ACCOUNT + ":" + name;
    }
}

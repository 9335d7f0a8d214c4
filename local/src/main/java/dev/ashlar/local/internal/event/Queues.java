package dev.ashlar.local.internal.event;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.ashlar.local.internal.template.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The queues of SQS's stand-in, as Lambda's pollers and other services use them: without credentials. */
final class Queues {
    /** How long a receive waits for a message; closing waits as long. */
    private static final int WAIT_SECONDS = 1;

    private final URI endpoint;
    private final String account;
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

    Queues(URI endpoint, String account) {
        this.endpoint = endpoint;
        this.account = account;
    }

    /** Receives at most ten messages, with all that SQS tells of them. */
    List<JsonNode> receive(String queueArn, int atMost) {
        JsonNode answer = call(
                "ReceiveMessage",
                Map.of(
                        "QueueUrl", url(queueArn),
                        "MaxNumberOfMessages", Math.min(atMost, 10),
                        "WaitTimeSeconds", WAIT_SECONDS,
                        "AttributeNames", List.of("All"),
                        "MessageAttributeNames", List.of("All")));
        return answer.path("Messages").valueStream().toList();
    }

    void delete(String queueArn, JsonNode message) {
        call("DeleteMessage", Map.of("QueueUrl", url(queueArn), "ReceiptHandle", receipt(message)));
    }

    /** Lets a message come again, after some seconds. */
    void release(String queueArn, JsonNode message, int seconds) {
        call(
                "ChangeMessageVisibility",
                Map.of("QueueUrl", url(queueArn), "ReceiptHandle", receipt(message), "VisibilityTimeout", seconds));
    }

    void send(String queueArn, String body, Map<String, String> attributes) {
        Map<String, Object> request = new LinkedHashMap<>();
        request.put("QueueUrl", url(queueArn));
        request.put("MessageBody", body);
        Map<String, Object> values = new LinkedHashMap<>();
        attributes.forEach((name, value) -> values.put(name, Map.of("DataType", "String", "StringValue", value)));
        request.put("MessageAttributes", values);
        if (queueArn.endsWith(".fifo")) {
            request.put("MessageGroupId", "local");
            request.put("MessageDeduplicationId", UUID.randomUUID().toString());
        }
        call("SendMessage", request);
    }

    private static String receipt(JsonNode message) {
        return message.path("ReceiptHandle").asText();
    }

    private String url(String queueArn) {
        return endpoint.resolve("/" + account + "/" + queueArn.substring(queueArn.lastIndexOf(':') + 1))
                .toString();
    }

    private JsonNode call(String action, Map<String, Object> request) {
        HttpRequest post = HttpRequest.newBuilder(endpoint.resolve("/"))
                .timeout(Duration.ofSeconds(WAIT_SECONDS + 20))
                .header("content-type", "application/x-amz-json-1.0")
                .header("x-amz-target", "AmazonSQS." + action)
                .POST(BodyPublishers.ofString(Json.write(request)))
                .build();
        try {
            HttpResponse<String> response = client.send(post, BodyHandlers.ofString());
            if (response.statusCode() != 200) {
                throw new IllegalStateException(action + " failed: " + response.statusCode() + " " + response.body());
            }
            return response.body().isEmpty() ? Json.parse("{}") : Json.parse(response.body());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(action + " was not answered with JSON", e);
        } catch (IOException e) {
            throw new UncheckedIOException(action + " failed", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(action + " was interrupted", e);
        }
    }
}

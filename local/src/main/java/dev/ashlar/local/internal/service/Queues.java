package dev.ashlar.local.internal.service;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ashlar.local.internal.template.Json;
import dev.ashlar.local.internal.template.Template;
import java.net.URI;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/** The queues of the templates in ElasticMQ. */
final class Queues {
    private static final String API = "AmazonSQS.";

    /** Properties that the API knows by the same name. What encrypts, and who may redrive, changes nothing here. */
    private static final List<String> ATTRIBUTES = List.of(
            "ContentBasedDeduplication",
            "DelaySeconds",
            "FifoQueue",
            "MaximumMessageSize",
            "MessageRetentionPeriod",
            "ReceiveMessageWaitTimeSeconds",
            "VisibilityTimeout");

    private final Admin admin;
    private final List<Named> queues;
    private final UnaryOperator<String> url;

    /**
     * Creates the queues' list.
     *
     * @param url the URL of a queue of a name
     */
    Queues(Admin admin, List<Template> templates, UnaryOperator<String> url) {
        this.admin = admin;
        this.queues = Named.all(templates, "AWS::SQS::Queue");
        this.url = url;
    }

    boolean isEmpty() {
        return queues.isEmpty();
    }

    List<Named> all() {
        return queues;
    }

    /** {@return the ARNs of the queues whose dead letters go to another} */
    List<String> sourcesOf(String arn) {
        return queues.stream()
                .filter(queue -> target(queue).filter(arn::equals).isPresent())
                .map(Named::arn)
                .toList();
    }

    List<String> reported() {
        return queues.stream()
                .filter(queue -> target(queue).isPresent() && deadLetters(queue).isEmpty())
                .map(queue -> "[" + queue.resource().path() + "] its dead-letter queue "
                        + target(queue).orElseThrow()
                        + " is not in the templates: a message stays until it is processed or too old")
                .toList();
    }

    /** Makes the queues, the targets of dead letters first. */
    void create(URI standIn) {
        Set<String> made = new HashSet<>();
        queues.forEach(queue -> create(standIn, queue, made));
    }

    /** Empties all. */
    void reset(URI standIn) {
        queues.forEach(queue -> admin.call(standIn, API + "PurgeQueue", Map.of("QueueUrl", url.apply(queue.name()))));
    }

    private void create(URI standIn, Named queue, Set<String> made) {
        if (!made.add(queue.name())) {
            return;
        }
        Optional<Named> deadLetters = deadLetters(queue);
        deadLetters.ifPresent(target -> create(standIn, target, made));
        Map<String, String> attributes = new LinkedHashMap<>();
        for (String attribute : ATTRIBUTES) {
            JsonNode value = queue.template().get(queue.resource(), attribute);
            if (!value.isMissingNode()) {
                attributes.put(attribute, value.asText());
            }
        }
        if (deadLetters.isPresent()) {
            attributes.put("RedrivePolicy", Json.write(policy(queue)));
        }
        admin.call(standIn, API + "CreateQueue", Map.of("QueueName", queue.name(), "Attributes", attributes));
    }

    private Optional<Named> deadLetters(Named queue) {
        Optional<String> target = target(queue);
        return queues.stream()
                .filter(other -> target.filter(other.arn()::equals).isPresent())
                .findFirst();
    }

    private static Optional<String> target(Named queue) {
        return Optional.ofNullable(policy(queue).path("deadLetterTargetArn").textValue());
    }

    private static JsonNode policy(Named queue) {
        return queue.template().get(queue.resource(), "RedrivePolicy");
    }
}

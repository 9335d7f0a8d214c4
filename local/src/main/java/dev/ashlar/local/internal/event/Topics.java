package dev.ashlar.local.internal.event;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ashlar.local.internal.template.Json;
import dev.ashlar.local.internal.template.Resource;
import dev.ashlar.local.internal.template.Template;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What is subscribed to topics.
 *
 * @see <a href="https://docs.aws.amazon.com/sns/latest/dg/sns-message-and-json-formats.html">What subscribers get</a>
 */
final class Topics {
    private final Targets targets;
    private final Clock clock;
    private final List<Subscription> subscriptions = new ArrayList<>();

    /**
     * One subscription.
     *
     * @param path the construct path
     * @param topic the topic's ARN
     * @param protocol {@code sqs} or {@code lambda}
     * @param endpoint the ARN of what gets the messages
     * @param raw whether a queue gets the message alone
     */
    private record Subscription(String path, String topic, String protocol, String endpoint, boolean raw) {}

    Topics(Targets targets, Clock clock) {
        this.targets = targets;
        this.clock = clock;
    }

    /** Takes a subscription of a template, and returns what is not done. */
    Optional<String> read(Template template, Resource subscription) {
        String protocol = template.text(subscription, "Protocol").orElse("");
        if (!protocol.equals("sqs") && !protocol.equals("lambda")) {
            return Optional.of("[%s] nothing is sent by %s here: the subscriber gets no messages"
                    .formatted(subscription.path(), protocol));
        }
        if (!subscription.raw("FilterPolicy").isMissingNode()) {
            return Optional.of(
                    "[%s] filter policies of subscriptions are not done here: the subscriber gets no messages"
                            .formatted(subscription.path()));
        }
        subscriptions.add(new Subscription(
                subscription.path(),
                template.text(subscription, "TopicArn").orElse(""),
                protocol,
                template.text(subscription, "Endpoint").orElse(""),
                template.get(subscription, "RawMessageDelivery").asBoolean()));
        return Optional.empty();
    }

    void published(String topic, @Nullable String subject, String message, Map<String, String> attributes) {
        for (Subscription subscription : subscriptions) {
            if (subscription.topic().equals(topic)) {
                targets.deliver(
                        subscription.path(),
                        subscription.endpoint(),
                        event(subscription, subject, message, attributes));
            }
        }
    }

    private String event(
            Subscription subscription, @Nullable String subject, String message, Map<String, String> attributes) {
        if (subscription.raw()) {
            return message;
        }
        ObjectNode notification = JsonNodeFactory.instance.objectNode();
        notification.put("Type", "Notification");
        notification.put("MessageId", UUID.randomUUID().toString());
        notification.put("TopicArn", subscription.topic());
        if (subject != null) {
            notification.put("Subject", subject);
        }
        notification.put("Message", message);
        notification.put("Timestamp", clock.instant().toString());
        ObjectNode values = notification.putObject("MessageAttributes");
        attributes.forEach(
                (name, value) -> values.putObject(name).put("Type", "String").put("Value", value));
        if (subscription.protocol().equals("sqs")) {
            return Json.write(notification);
        }
        ObjectNode event = JsonNodeFactory.instance.objectNode();
        ObjectNode record = event.putArray("Records").addObject();
        record.put("EventSource", "aws:sns");
        record.put("EventVersion", "1.0");
        record.put("EventSubscriptionArn", subscription.topic() + ":local");
        record.set("Sns", notification);
        return Json.write(event);
    }
}

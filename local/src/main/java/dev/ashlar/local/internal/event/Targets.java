package dev.ashlar.local.internal.event;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Delivers to what an ARN names: a function, a queue or a topic. */
final class Targets {
    private final AsyncInvocations functions;
    private final Queues queues;
    private final Log log;

    Targets(AsyncInvocations functions, Queues queues, Log log) {
        this.functions = functions;
        this.queues = queues;
        this.log = log;
    }

    /**
     * Delivers an event, and does not wait for what comes of it.
     *
     * @param from the construct path of who sends
     * @param arn where to
     * @param event the event, as JSON
     */
    void deliver(String from, String arn, String event) {
        String service = arn.split(":", 4).length > 2 ? arn.split(":", 4)[2] : "";
        switch (service) {
            case "lambda" -> functions.invoke(from, arn, event.getBytes(StandardCharsets.UTF_8));
            case "sqs" -> queues.send(arn, event, Map.of());
            default -> log.say(from, "An event for " + arn + " is not delivered: that is not run here");
        }
    }

    /** {@return whether events can be delivered to an ARN} */
    static boolean areKnown(String arn) {
        return arn.startsWith("arn:aws:lambda:") || arn.startsWith("arn:aws:sqs:");
    }
}

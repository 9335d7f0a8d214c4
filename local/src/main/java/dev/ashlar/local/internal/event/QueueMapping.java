package dev.ashlar.local.internal.event;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.ashlar.local.internal.lambda.Functions;
import dev.ashlar.local.internal.lambda.Invocation;
import dev.ashlar.local.internal.lambda.Invocation.Outcome;
import dev.ashlar.local.internal.template.Account;
import dev.ashlar.local.internal.template.Json;
import dev.ashlar.local.internal.template.Resource;
import dev.ashlar.local.internal.template.Template;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A queue as the source of a function's events. What failed comes again after a second, not after the queue's visibility
 * timeout: whoever waits for it sits here.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html">Errors and partial batches</a>
 */
final class QueueMapping {
    private static final int SECONDS_TO_NEXT_RECEIVE = 1;
    private static final int MAX_POLLERS = 5;

    private final String path;
    private final String queue;
    private final String function;
    private final int batchSize;
    private final Duration window;
    private final boolean partial;
    private final int pollers;
    private final Patterns filters;
    private final Account account;
    private final Queues queues;
    private final Functions functions;
    private final Log log;

    QueueMapping(Template template, Resource mapping, Account account, Queues queues, Functions functions, Log log) {
        this.path = template.getTarget(mapping.raw("EventSourceArn"))
                .map(Resource::path)
                .orElse(mapping.path());
        this.queue = template.text(mapping, "EventSourceArn").orElse("");
        this.function = arn(template.text(mapping, "FunctionName").orElse(""), account);
        this.batchSize = template.get(mapping, "BatchSize").asInt(10);
        this.window = Duration.ofSeconds(
                template.get(mapping, "MaximumBatchingWindowInSeconds").asInt(0));
        this.partial = template.get(mapping, "FunctionResponseTypes")
                .valueStream()
                .anyMatch(type -> type.asText().equals("ReportBatchItemFailures"));
        this.pollers = Math.min(
                template.get(mapping, "ScalingConfig")
                        .path("MaximumConcurrency")
                        .asInt(MAX_POLLERS),
                MAX_POLLERS);
        this.filters = Patterns.of(template.get(mapping, "FilterCriteria")
                .path("Filters")
                .valueStream()
                .map(filter -> filter.path("Pattern").asText())
                .toList());
        this.account = account;
        this.queues = queues;
        this.functions = functions;
        this.log = log;
    }

    /** {@return how many may poll at the same time; of a FIFO queue one, which keeps the order} */
    int getPollers() {
        return queue.endsWith(".fifo") ? 1 : pollers;
    }

    String getQueue() {
        return queue;
    }

    String getFunction() {
        return function;
    }

    String getPath() {
        return path;
    }

    /** Receives once, and has the function handle what came. */
    void poll() {
        List<JsonNode> received = receive();
        List<JsonNode> batch = new ArrayList<>();
        for (JsonNode message : received) {
            if (filters.match(filterable(message))) {
                batch.add(message);
            } else {
                log.say(path, "Message " + id(message) + " matches no filter and is deleted");
                queues.delete(queue, message);
            }
        }
        if (!batch.isEmpty()) {
            handle(batch);
        }
    }

    private List<JsonNode> receive() {
        List<JsonNode> received = new ArrayList<>(queues.receive(queue, batchSize));
        long end = System.nanoTime() + window.toNanos();
        while (!received.isEmpty() && received.size() < batchSize && System.nanoTime() < end) {
            received.addAll(queues.receive(queue, batchSize - received.size()));
        }
        return received;
    }

    private void handle(List<JsonNode> batch) {
        Set<String> failed = failed(batch);
        for (JsonNode message : batch) {
            if (failed.contains(id(message))) {
                log.say(path, "Message %s failed, receive %s".formatted(id(message), receives(message)));
                queues.release(queue, message, SECONDS_TO_NEXT_RECEIVE);
            } else {
                queues.delete(queue, message);
            }
        }
    }

    /** {@return the ids of the messages that are to come again} */
    private Set<String> failed(List<JsonNode> batch) {
        Set<String> all = batch.stream().map(QueueMapping::id).collect(Collectors.toSet());
        Invocation invocation;
        try {
            invocation = functions.invoke(function, QueueEvent.of(queue, account.region(), batch));
        } catch (RuntimeException e) {
            log.say(path, "The function cannot be invoked: " + e.getMessage());
            return all;
        }
        if (invocation.outcome() == Outcome.THROTTLED) {
            log.say(path, "The function is throttled; the batch comes again");
        }
        if (!invocation.isReturned()) {
            return all;
        }
        return partial ? reported(invocation, all) : Set.of();
    }

    /** {@return what the answer names; all, if it names what is not in the batch or cannot be read} */
    private Set<String> reported(Invocation invocation, Set<String> all) {
        Set<String> failed = new HashSet<>();
        try {
            JsonNode failures = Json.parse(invocation.text()).path("batchItemFailures");
            for (JsonNode failure : failures) {
                failed.add(failure.path("itemIdentifier").asText());
            }
        } catch (JsonProcessingException e) {
            log.say(path, "The function's answer is not JSON; the batch comes again");
            return all;
        }
        if (!all.containsAll(failed)) {
            log.say(path, "The function's answer names a message that is not in the batch, which comes again");
            return all;
        }
        return failed;
    }

    /** {@return what filters see: a body that is JSON is seen as JSON} */
    private JsonNode filterable(JsonNode message) {
        var record = QueueEvent.recordOf(queue, account.region(), message);
        try {
            JsonNode body = Json.parse(message.path("Body").asText());
            if (body.isObject()) {
                record.set("body", body);
            }
        } catch (JsonProcessingException e) {
            // Plain text is matched as text.
            return record;
        }
        return record;
    }

    /** {@return the ARN of a function that is named by it or by its name, which may end with an alias} */
    private static String arn(String function, Account account) {
        return function.startsWith("arn:")
                ? function
                : "arn:aws:lambda:%s:%s:function:%s".formatted(account.region(), account.id(), function);
    }

    private static String id(JsonNode message) {
        return message.path("MessageId").asText();
    }

    private static String receives(JsonNode message) {
        return message.path("Attributes").path("ApproximateReceiveCount").asText("?");
    }
}

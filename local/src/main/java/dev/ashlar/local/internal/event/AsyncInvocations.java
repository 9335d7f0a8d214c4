package dev.ashlar.local.internal.event;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.ashlar.local.internal.lambda.Functions;
import dev.ashlar.local.internal.lambda.Invocation;
import dev.ashlar.local.internal.lambda.Invocation.Outcome;
import dev.ashlar.local.internal.template.Json;
import dev.ashlar.local.internal.template.Resource;
import dev.ashlar.local.internal.template.Template;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Asynchronous invocations: nobody waits, what fails is tried again, and what fails each time goes where the alias says.
 * Retries come after one and two seconds, not after one and two minutes.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html">How Lambda retries</a>
 */
final class AsyncInvocations {
    private static final int DEFAULT_RETRIES = 2;
    private static final int THROTTLED_RETRIES = 10;

    private final Functions functions;
    private final Queues queues;
    private final ScheduledExecutorService threads;
    private final Clock clock;
    private final Log log;
    private final Map<String, Settings> settings = new HashMap<>();

    /**
     * What an alias says of its asynchronous invocations.
     *
     * @param retries how often a failure is tried again
     * @param onFailure where a record of what failed goes, or empty
     * @param onSuccess where a record of what succeeded goes, or empty
     * @param deadLetters where the event alone goes, or empty
     */
    private record Settings(int retries, String onFailure, String onSuccess, String deadLetters) {
        static final Settings DEFAULT = new Settings(DEFAULT_RETRIES, "", "", "");
    }

    AsyncInvocations(Functions functions, Queues queues, ScheduledExecutorService threads, Clock clock, Log log) {
        this.functions = functions;
        this.queues = queues;
        this.threads = threads;
        this.clock = clock;
        this.log = log;
    }

    /** Takes where a function says that dead letters go. */
    void readFunction(Template template, Resource function) {
        String target =
                template.get(function, "DeadLetterConfig").path("TargetArn").asText();
        if (!target.isEmpty()) {
            String arn = template.resolve(getAtt(function, "Arn")).asText();
            settings.put(arn, new Settings(DEFAULT_RETRIES, "", "", target));
        }
    }

    /** Takes what is said of an alias or a function, of which {@link #readFunction} has been told. */
    void readConfig(Template template, Resource config) {
        String function = template.getTarget(config.raw("FunctionName"))
                .map(target -> template.resolve(getAtt(target, "Arn")).asText())
                .orElseGet(() -> template.text(config, "FunctionName").orElse(""));
        JsonNode destinations = template.get(config, "DestinationConfig");
        String qualifier = template.text(config, "Qualifier").orElse("$LATEST");
        settings.put(
                qualifier.equals("$LATEST") ? function : function + ":" + qualifier,
                new Settings(
                        template.get(config, "MaximumRetryAttempts").asInt(DEFAULT_RETRIES),
                        destinations.path("OnFailure").path("Destination").asText(),
                        destinations.path("OnSuccess").path("Destination").asText(),
                        settings.getOrDefault(function, Settings.DEFAULT).deadLetters()));
    }

    /** Invokes a function soon. */
    void invoke(String from, String arn, byte[] event) {
        Settings wanted = settings.getOrDefault(arn, settings.getOrDefault(unqualified(arn), Settings.DEFAULT));
        schedule(new Attempt(from, arn, event, wanted, UUID.randomUUID().toString(), 1, 0), 0);
    }

    private void schedule(Attempt attempt, int seconds) {
        try {
            Future<?> unused = threads.schedule(() -> run(attempt), seconds, TimeUnit.SECONDS);
        } catch (RejectedExecutionException e) {
            log.say(attempt.from(), "An event for " + attempt.arn() + " is lost, as everything is being stopped");
        }
    }

    private void run(Attempt attempt) {
        try {
            Invocation invocation = functions.invoke(attempt.arn(), attempt.event());
            if (invocation.isReturned()) {
                succeed(attempt, invocation);
            } else if (invocation.outcome() == Outcome.THROTTLED && attempt.throttled() < THROTTLED_RETRIES) {
                schedule(attempt.afterThrottling(), 1);
            } else if (attempt.number() <= attempt.settings().retries()) {
                log.say(attempt.from(), "Attempt " + attempt.number() + " failed; it is tried again");
                schedule(attempt.next(), attempt.number());
            } else {
                fail(attempt, invocation);
            }
        } catch (RuntimeException e) {
            log.say(attempt.from(), "An event for " + attempt.arn() + " is lost: " + e.getMessage());
        }
    }

    private void succeed(Attempt attempt, Invocation invocation) {
        send(attempt, attempt.settings().onSuccess(), "Success", invocation);
    }

    private void fail(Attempt attempt, Invocation invocation) {
        Settings wanted = attempt.settings();
        if (wanted.onFailure().isEmpty() && wanted.deadLetters().isEmpty()) {
            log.say(attempt.from(), "All attempts failed, and the event is lost: there is no destination for failures");
            return;
        }
        send(attempt, wanted.onFailure(), "RetriesExhausted", invocation);
        if (!wanted.deadLetters().isEmpty()) {
            queues.send(
                    wanted.deadLetters(),
                    new String(attempt.event(), StandardCharsets.UTF_8),
                    Map.of("RequestID", attempt.requestId(), "ErrorCode", "200", "ErrorMessage", invocation.text()));
            log.say(attempt.from(), "All attempts failed; the event lies in " + wanted.deadLetters());
        }
    }

    private void send(Attempt attempt, String destination, String condition, Invocation invocation) {
        if (destination.isEmpty()) {
            return;
        }
        String record = Json.write(recordOf(attempt, condition, invocation));
        if (destination.contains(":sqs:")) {
            queues.send(destination, record, Map.of());
        } else if (destination.contains(":lambda:")) {
            invoke(attempt.from(), destination, record.getBytes(StandardCharsets.UTF_8));
        } else {
            log.say(
                    attempt.from(),
                    "The record of an invocation is not sent to " + destination + ": that is not run here");
            return;
        }
        if (!invocation.isReturned()) {
            log.say(attempt.from(), "All attempts failed; the record lies in " + destination);
        }
    }

    private ObjectNode recordOf(Attempt attempt, String condition, Invocation invocation) {
        ObjectNode record = JsonNodeFactory.instance.objectNode();
        record.put("version", "1.0");
        record.put("timestamp", clock.instant().toString());
        ObjectNode context = record.putObject("requestContext");
        context.put("requestId", attempt.requestId());
        context.put("functionArn", attempt.arn());
        context.put("condition", condition);
        context.put("approximateInvokeCount", attempt.number());
        record.set("requestPayload", json(new String(attempt.event(), StandardCharsets.UTF_8)));
        ObjectNode response = record.putObject("responseContext");
        response.put("statusCode", 200);
        response.put("executedVersion", "1");
        if (!invocation.isReturned()) {
            response.put("functionError", "Unhandled");
        }
        record.set("responsePayload", json(invocation.text()));
        return record;
    }

    private static JsonNode json(String text) {
        try {
            return Json.parse(text);
        } catch (JsonProcessingException e) {
            return TextNode.valueOf(text);
        }
    }

    private static JsonNode getAtt(Resource resource, String attribute) {
        ObjectNode token = JsonNodeFactory.instance.objectNode();
        token.putArray("Fn::GetAtt").add(resource.id()).add(attribute);
        return token;
    }

    private static String unqualified(String arn) {
        String[] parts = arn.split(":", 8);
        return parts.length == 8 ? arn.substring(0, arn.length() - parts[7].length() - 1) : arn;
    }

    /** One try of one event. */
    @SuppressWarnings("ArrayRecordComponent") // It is compared with nothing.
    private record Attempt(
            String from, String arn, byte[] event, Settings settings, String requestId, int number, int throttled) {
        Attempt next() {
            return new Attempt(from, arn, event, settings, requestId, number + 1, throttled);
        }

        Attempt afterThrottling() {
            return new Attempt(from, arn, event, settings, requestId, number, throttled + 1);
        }
    }
}

package dev.ashlar.local.internal.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.ashlar.local.internal.lambda.Functions;
import dev.ashlar.local.internal.lambda.Invocation;
import dev.ashlar.local.internal.lambda.Invocation.Outcome;
import dev.ashlar.local.internal.template.Json;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiFunction;

/** Functions that are called in this JVM, and remember their events. */
final class FakeFunctions implements Functions {
    final List<JsonNode> events = new CopyOnWriteArrayList<>();
    volatile BiFunction<String, JsonNode, Invocation> handler = (arn, event) -> returns("'ok'");

    static Invocation returns(String json) {
        return new Invocation(Outcome.RETURNED, json.replace('\'', '"').getBytes(UTF_8));
    }

    static Invocation fails(Outcome outcome) {
        return new Invocation(outcome, "{\"errorMessage\":\"broken\"}".getBytes(UTF_8));
    }

    @Override
    public Invocation invoke(String arn, byte[] payload) {
        try {
            JsonNode event = Json.parse(new String(payload, UTF_8));
            events.add(event);
            return handler.apply(arn, event);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    JsonNode last() {
        return events.get(events.size() - 1);
    }
}

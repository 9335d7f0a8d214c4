package dev.ashlar.local.internal.service;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.ashlar.local.internal.template.Json;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What stands before DynamoDB Local. */
final class DynamoDbGate implements Gate.Handler {
    private static final String JSON = "application/x-amz-json-1.0";
    private static final String ERROR = "com.amazon.coral.service#";
    private static final Set<String> PARTIQL =
            Set.of("ExecuteStatement", "BatchExecuteStatement", "ExecuteTransaction");

    private final URI standIn;
    private final Guard guard;
    private final DynamoDbActions actions;

    DynamoDbGate(URI standIn, Guard guard, DynamoDbActions actions) {
        this.standIn = standIn;
        this.guard = guard;
        this.actions = actions;
    }

    @Override
    public void handle(Call call) throws IOException {
        byte[] body = call.body();
        // DynamoDB_20120810.PutItem
        Optional<String> operation =
                call.header("X-Amz-Target").map(target -> target.substring(target.lastIndexOf('.') + 1));
        if (operation.isEmpty()) {
            error(call, "UnknownOperationException", "DynamoDB is asked by POST with X-Amz-Target");
            return;
        }
        Sender sender = guard.sender(call);
        if (sender.equals(Sender.ANONYMOUS)) {
            error(call, "MissingAuthenticationTokenException", "Request is missing Authentication Token");
            return;
        }
        List<Access> needed;
        try {
            needed = sender.trusted() ? List.of() : actions.of(operation.get(), json(body));
        } catch (JsonProcessingException e) {
            error(call, "SerializationException", e.getOriginalMessage());
            return;
        }
        Optional<Refusal> refusal = guard.refuse(sender, needed, call.context());
        if (refusal.isPresent()) {
            Access access = refusal.get().access();
            error(call, "AccessDeniedException", refusal.get().message(access.action(), access.resource()));
            return;
        }
        if (PARTIQL.contains(operation.get())) {
            error(call, "UnknownOperationException", "PartiQL is not run here; use GetItem, Query and their like");
            return;
        }
        call.pass(call.send(standIn, body, Set.of()), Set.of());
    }

    private static JsonNode json(byte[] body) throws JsonProcessingException {
        return Json.parse(new String(body, StandardCharsets.UTF_8));
    }

    private static void error(Call call, String type, String message) throws IOException {
        call.answer(400, JSON, Json.write(Map.of("__type", ERROR + type, "Message", message)));
    }
}

package dev.ashlar.local.internal.service;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.ashlar.local.internal.template.Json;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** What stands before ElasticMQ: for SQS's JSON, and for the forms that SDKs sent before it. */
final class SqsGate implements Gate.Handler {
    private static final String TARGET = "AmazonSQS.";

    private final URI standIn;
    private final Guard guard;
    private final SqsActions actions;

    SqsGate(URI standIn, Guard guard, SqsActions actions) {
        this.standIn = standIn;
        this.guard = guard;
        this.actions = actions;
    }

    @Override
    public void handle(Call call) throws IOException {
        byte[] body = call.body();
        boolean json = call.header("X-Amz-Target").isPresent();
        Map<String, String> parameters;
        try {
            parameters = json ? members(body) : form(call, body);
        } catch (JsonProcessingException e) {
            error(call, true, 400, "SerializationException", e.getOriginalMessage());
            return;
        }
        Optional<String> operation = json
                ? call.header("X-Amz-Target").map(target -> target.replace(TARGET, ""))
                : Optional.ofNullable(parameters.get("Action"));
        if (operation.isEmpty()) {
            String protocol = call.header("Smithy-Protocol").orElse("this");
            error(
                    call,
                    json,
                    400,
                    "UnknownOperationException",
                    "SQS is asked here by JSON or forms, not by " + protocol);
            return;
        }
        Sender sender = guard.sender(call);
        if (sender.equals(Sender.ANONYMOUS)) {
            error(call, json, 403, "MissingAuthenticationToken", "Request is missing Authentication Token");
            return;
        }
        List<Access> needed = sender.trusted() ? List.of() : actions.of(operation.get(), parameters);
        Optional<Refusal> refusal = guard.refuse(sender, needed, call.context());
        if (refusal.isPresent()) {
            Access access = refusal.get().access();
            // SQS writes actions in lower case.
            String action = access.action().toLowerCase(Locale.ROOT);
            error(call, json, 403, "AccessDenied", refusal.get().message(action, access.resource()));
            return;
        }
        URI target = URI.create(standIn + call.rawPath() + (call.rawQuery().isEmpty() ? "" : "?" + call.rawQuery()));
        call.pass(call.send(target, body, Set.of()), Set.of());
    }

    private static Map<String, String> members(byte[] body) throws JsonProcessingException {
        Map<String, String> members = new HashMap<>();
        JsonNode request = Json.parse(new String(body, StandardCharsets.UTF_8));
        request.properties().forEach(member -> {
            if (member.getValue().isValueNode()) {
                members.put(member.getKey(), member.getValue().asText());
            }
        });
        return members;
    }

    private static Map<String, String> form(Call call, byte[] body) {
        Map<String, String> parameters = new HashMap<>(call.query());
        parameters.putAll(Call.parameters(new String(body, StandardCharsets.UTF_8)));
        // Older clients send to the queue's own address.
        if (call.rawPath().length() > 1) {
            parameters.putIfAbsent("QueueUrl", call.rawPath());
        }
        return parameters;
    }

    private static void error(Call call, boolean json, int status, String code, String message) throws IOException {
        if (json) {
            call.addToAnswer("x-amzn-query-error", code + ";Sender");
            String type = "com.amazon.coral.service#" + code + (code.endsWith("Exception") ? "" : "Exception");
            call.answer(status, "application/x-amz-json-1.0", Json.write(Map.of("__type", type, "message", message)));
            return;
        }
        call.answer(status, "text/xml", """
                <ErrorResponse xmlns="http://queue.amazonaws.com/doc/2012-11-05/">\
                <Error><Type>Sender</Type><Code>%s</Code><Message>%s</Message><Detail/></Error>\
                <RequestId>%s</RequestId></ErrorResponse>""".formatted(code, Xml.escape(message), UUID.randomUUID()));
    }
}

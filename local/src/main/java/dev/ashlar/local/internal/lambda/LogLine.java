package dev.ashlar.local.internal.lambda;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.ashlar.local.internal.template.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A line of a function's log.
 *
 * @param function the function's path, short
 * @param kind who says it
 * @param requestId of the invocation meanwhile; empty before the first
 * @param level of a JSON record, if it has one
 * @param text the line
 */
public record LogLine(String function, Kind kind, String requestId, Optional<String> level, String text) {
    /** Who says it. */
    public enum Kind {
        /** The function's process printed it. */
        OUTPUT,
        /** An invocation begins. */
        START,
        /** An invocation ended: how long it took. */
        REPORT,
        /** Something went wrong that the process cannot tell itself. */
        PROBLEM
    }

    /** What a reader of a terminal knows already, or does not want to. */
    private static final Set<String> NOT_SHOWN = Set.of(
            "timestamp", "level", "message", "AWSRequestId", "requestId", "function_request_id", "xray_trace_id");

    private static final Set<String> STACK_TRACES = Set.of("stackTrace", "stack");

    static LogLine output(String function, String requestId, String text) {
        return new LogLine(
                function,
                Kind.OUTPUT,
                requestId,
                jsonRecord(text).map(LogLine::level).filter(level -> !level.isEmpty()),
                text);
    }

    /**
     * Returns what a person reads: the function, then the line; of a JSON record its level, message and the rest; of a report
     * how long it took and the memory.
     *
     * @return nothing where an invocation begins: what it prints and its end tell enough
     */
    public Optional<String> render() {
        String prefix = function + " | ";
        return switch (kind) {
            case START -> Optional.empty();
            case REPORT -> Optional.of(prefix + inShort(text));
            default ->
                Optional.of(jsonRecord(text)
                        .map(LogLine::lines)
                        .orElseGet(() -> text.lines().toList())
                        .stream()
                        .map(prefix::concat)
                        .collect(Collectors.joining("\n")));
        };
    }

    /** {@return such as: 24 ms, 142 of 1024 MB; started in 1882 ms} */
    private static String inShort(String report) {
        String memory = value(report, "Memory Size: (\\d+)").orElse("");
        return value(report, " Duration: (\\d+)").orElse("") + " ms, "
                + value(report, "Max Memory Used: (\\d+)")
                        .map(used -> used + " of ")
                        .orElse("")
                + memory + " MB"
                + value(report, "Init Duration: (\\d+)")
                        .map(init -> "; started in " + init + " ms")
                        .orElse("");
    }

    private static Optional<String> value(String report, String pattern) {
        return Pattern.compile(pattern).matcher(report).results().findFirst().map(found -> found.group(1));
    }

    private static Optional<JsonNode> jsonRecord(String text) {
        if (!text.startsWith("{")) {
            return Optional.empty();
        }
        try {
            return Optional.of(Json.parse(text)).filter(json -> json.has("message"));
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    /** {@return the level, or nothing: what is logged without one is said to have an undefined one} */
    private static String level(JsonNode json) {
        String level = json.path("level").asText();
        return level.equals("UNDEFINED") ? "" : level;
    }

    private static List<String> lines(JsonNode json) {
        List<String> rest = new ArrayList<>();
        List<String> trace = new ArrayList<>();
        json.properties().forEach(field -> {
            JsonNode value = field.getValue();
            if (STACK_TRACES.contains(field.getKey())) {
                if (value.isArray()) {
                    value.forEach(line -> trace.add("    " + line.asText()));
                } else {
                    value.asText().lines().map("    "::concat).forEach(trace::add);
                }
            } else if (!NOT_SHOWN.contains(field.getKey())) {
                rest.add(field.getKey() + "=" + (value.isTextual() ? value.asText() : value));
            }
        });
        JsonNode message = json.get("message");
        List<String> lines = new ArrayList<>((level(json) + " "
                        + (message.isTextual() ? message.asText() : message)
                        + (rest.isEmpty() ? "" : "  " + String.join(" ", rest)))
                .strip()
                .lines()
                .toList());
        lines.addAll(trace);
        return lines;
    }
}

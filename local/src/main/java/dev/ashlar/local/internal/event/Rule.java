package dev.ashlar.local.internal.event;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ashlar.local.internal.template.Json;
import dev.ashlar.local.internal.template.Resource;
import dev.ashlar.local.internal.template.Template;
import java.util.List;
import java.util.Optional;

/**
 * A rule of EventBridge on the default bus.
 *
 * @param path the construct path
 * @param text the pattern or the expression, for readers
 * @param patterns what it matches, or nothing for a rule by the clock
 * @param expression when it runs, or an empty text
 * @param targets what gets the events
 */
record Rule(String path, String text, Optional<Patterns> patterns, String expression, List<Target> targets) {
    /**
     * One target.
     *
     * @param arn where events go
     * @param input what goes there in place of the event, if given
     */
    record Target(String arn, Optional<String> input) {}

    static Rule of(Template template, Resource rule) {
        JsonNode pattern = template.get(rule, "EventPattern");
        boolean disabled = template.text(rule, "State").orElse("ENABLED").equals("DISABLED");
        List<Target> targets = disabled
                ? List.of()
                : template.get(rule, "Targets")
                        .valueStream()
                        .filter(target -> unsupported(target).isEmpty())
                        .map(target -> new Target(
                                target.path("Arn").asText(),
                                Optional.ofNullable(target.path("Input").textValue())))
                        .toList();
        String expression = template.text(rule, "ScheduleExpression").orElse("");
        return new Rule(
                rule.path(),
                pattern.isMissingNode() ? expression : Json.write(pattern),
                pattern.isMissingNode() ? Optional.empty() : Optional.of(Patterns.of(List.of(Json.write(pattern)))),
                expression,
                targets);
    }

    /** {@return why a target gets no events here, if it gets none} */
    static Optional<String> unsupported(JsonNode target) {
        String arn = target.path("Arn").asText();
        if (!Targets.areKnown(arn)) {
            return Optional.of("target " + arn + " is not run here: it gets no events");
        }
        if (target.has("InputTransformer") || target.has("InputPath")) {
            return Optional.of(
                    "target " + arn + " has an input that is transformed, which is not done here: it gets no events");
        }
        return Optional.empty();
    }
}

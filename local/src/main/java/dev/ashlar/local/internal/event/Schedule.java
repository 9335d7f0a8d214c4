package dev.ashlar.local.internal.event;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ashlar.local.internal.template.Resource;
import dev.ashlar.local.internal.template.Template;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;

/**
 * A schedule of EventBridge Scheduler.
 *
 * @param path the construct path
 * @param name the schedule's name
 * @param text the expression and its time zone, for readers
 * @param enabled whether it runs by itself
 * @param target the ARN of what it invokes
 */
record Schedule(
        String path,
        String name,
        String text,
        boolean enabled,
        String target,
        String arn,
        String input,
        Expression expression,
        Optional<Instant> start,
        Optional<Instant> end) {

    static Schedule of(Template template, Resource resource, String name, String arn, Instant now) {
        JsonNode target = template.get(resource, "Target");
        String zone = template.text(resource, "ScheduleExpressionTimezone").orElse("UTC");
        String expression = template.text(resource, "ScheduleExpression").orElse("");
        Optional<Instant> start = template.text(resource, "StartDate").map(Instant::parse);
        return new Schedule(
                resource.path(),
                name,
                expression + " " + zone,
                template.text(resource, "State").orElse("ENABLED").equals("ENABLED"),
                target.path("Arn").asText(),
                arn,
                target.path("Input").asText("{}"),
                Expression.of(expression, ZoneId.of(zone), start.orElse(now)),
                start,
                template.text(resource, "EndDate").map(Instant::parse));
    }

    /** {@return whether a text is its name, its path, the end of that, or a construct that it lies in} */
    boolean isMeant(String text) {
        return name.equals(text) || ("/" + path + "/").contains("/" + text + "/");
    }

    /** {@return the first run after an instant} */
    Optional<Instant> next(Instant now) {
        if (!enabled) {
            return Optional.empty();
        }
        Instant from = start.filter(date -> date.isAfter(now)).orElse(now);
        return expression.after(from).filter(run -> end.isEmpty() || run.isBefore(end.get()));
    }

    /**
     * Returns what the target gets.
     *
     * @see <a href="https://docs.aws.amazon.com/scheduler/latest/UserGuide/managing-schedule-context-attributes.html">Context
     *     attributes</a>
     */
    String event(Instant scheduledTime) {
        return input.replace(
                        "<aws.scheduler.scheduled-time>",
                        scheduledTime.truncatedTo(ChronoUnit.SECONDS).toString())
                .replace("<aws.scheduler.schedule-arn>", arn)
                .replace("<aws.scheduler.execution-id>", UUID.randomUUID().toString())
                .replace("<aws.scheduler.attempt-number>", "1");
    }
}

package dev.ashlar.constructs.internal;

import dev.ashlar.constructs.profile.internal.Inherited;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.TimeZone;
import software.amazon.awscdk.services.scheduler.ScheduleExpression;
import software.constructs.IConstruct;

/**
 * What a schedule expression says.
 *
 * @param expression the expression, as EventBridge Scheduler takes it
 * @param timeZone the name of its time zone; null if it has none
 */
public record Schedule(String expression, @Nullable String timeZone) {
    /**
     * Reads an expression.
     *
     * @param scope the construct that has it
     * @param schedule the expression
     * @return what it says
     */
    public static Schedule of(IConstruct scope, ScheduleExpression schedule) {
        // At once and as text: CDK's class of time zones asks Node for each of its 350 when it is first used.
        if (Inherited.stack(scope).resolve(schedule) instanceof Map<?, ?> fields
                && fields.get("expressionString") instanceof String expression
                && fields.get("timeZone") instanceof Map<?, ?> zone
                && zone.get("timezoneName") instanceof String name) {
            return new Schedule(expression, name);
        }
        // One that holds tokens, or that somebody wrote.
        TimeZone zone = schedule.getTimeZone();
        return new Schedule(schedule.getExpressionString(), zone == null ? null : zone.getTimezoneName());
    }
}

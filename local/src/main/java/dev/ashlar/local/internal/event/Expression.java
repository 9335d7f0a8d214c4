package dev.ashlar.local.internal.event;

import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * When a schedule runs.
 *
 * @see <a href="https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html">Schedule types</a>
 */
@FunctionalInterface
interface Expression {
    /** {@return the first run after an instant, or nothing if there is none any more} */
    Optional<Instant> after(Instant instant);

    /**
     * Reads an expression.
     *
     * @param text {@code rate(5 minutes)}, {@code cron(0 3 * * ? *)} or {@code at(2030-01-30T18:00:00)}
     * @param zone the time zone of {@code cron} and {@code at}
     * @param start from when {@code rate} counts
     * @throws IllegalArgumentException if it is none of these
     */
    static Expression of(String text, ZoneId zone, Instant start) {
        Matcher parts = Pattern.compile("(rate|cron|at)\\((.*)\\)").matcher(text.strip());
        if (!parts.matches()) {
            throw new IllegalArgumentException("schedule must be rate(...), cron(...) or at(...), got " + text);
        }
        try {
            return switch (parts.group(1)) {
                case "rate" -> rate(parts.group(2), start);
                case "cron" -> cron(parts.group(2), zone);
                default -> at(parts.group(2), zone);
            };
        } catch (IllegalArgumentException | DateTimeParseException e) {
            throw new IllegalArgumentException("schedule " + text + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static Expression rate(String text, Instant start) {
        Matcher parts = Pattern.compile("([0-9]+)\\s+(minute|hour|day)s?").matcher(text.strip());
        if (!parts.matches()) {
            throw new IllegalArgumentException("a rate is a number of minutes, hours or days");
        }
        long number = Long.parseLong(parts.group(1));
        Duration period = switch (parts.group(2)) {
            case "minute" -> Duration.ofMinutes(number);
            case "hour" -> Duration.ofHours(number);
            default -> Duration.ofDays(number);
        };
        return instant -> {
            long periods = Math.max(0, Duration.between(start, instant).toMillis()) / period.toMillis();
            return Optional.of(start.plus(period.multipliedBy(periods + 1)));
        };
    }

    /** The fields are Quartz's, but that the seconds are missing: days of the week count from Sunday, which is 1. */
    private static Expression cron(String fields, ZoneId zone) {
        CronParser parser = new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.QUARTZ));
        ExecutionTime times = ExecutionTime.forCron(parser.parse("0 " + fields.strip()));
        return instant -> times.nextExecution(instant.atZone(zone)).map(ZonedDateTime::toInstant);
    }

    private static Expression at(String text, ZoneId zone) {
        Instant once = LocalDateTime.parse(text.strip()).atZone(zone).toInstant();
        return instant -> Optional.of(once).filter(run -> run.isAfter(instant));
    }
}

package dev.ashlar.patterns.schedule;

import dev.ashlar.constructs.internal.Check;
import dev.ashlar.constructs.internal.Schedule;
import dev.ashlar.constructs.internal.Tokens;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the expression of a schedule as EventBridge Scheduler does, so that a mistake is found at synth. */
final class ScheduleCheck {
    private static final Pattern CRON = Pattern.compile("cron\\((.*)\\)");
    private static final Pattern RATE = Pattern.compile("rate\\((\\d+) (minutes?|hours?|days?)\\)");
    private static final Pattern AT = Pattern.compile("at\\((\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2})\\)");

    private static final int MINUTES_AN_HOUR = 60;
    private static final int MINUTES_A_DAY = 24 * MINUTES_AN_HOUR;

    private final Schedule schedule;
    private final String text;
    private final Check check;

    ScheduleCheck(Schedule schedule, Check check) {
        this.schedule = schedule;
        this.text = schedule.expression();
        this.check = check;
    }

    /**
     * Checks the expression.
     *
     * @throws IllegalArgumentException if EventBridge Scheduler would not take it
     */
    void expression() {
        if (Tokens.isUnresolved(text)) {
            return;
        }
        Matcher cron = CRON.matcher(text);
        Matcher rate = RATE.matcher(text);
        if (cron.matches()) {
            try {
                CronExpression.of(cron.group(1));
            } catch (CronExpression.Unreadable e) {
                throw check.failure("schedule must " + e.getMessage());
            }
        } else if (rate.matches()) {
            check.that(
                    rate.group(1).length() < 8 && Integer.parseInt(rate.group(1)) > 0,
                    "schedule must have a rate of 1 to 9999999, got " + text);
        } else {
            check.that(
                    AT.matcher(text).matches(),
                    "schedule must be cron(0 3 * * ? *), rate(5 minutes) or at(2030-01-31T03:00:00) and their like, got \""
                            + text + "\"");
            check.that(
                    time(text) != null || !AT.matcher(text).matches(),
                    "schedule must be a date that there is, got " + text);
        }
    }

    /** The longest time between two runs in minutes; empty if it is not known, more than a day, or runs once. */
    OptionalInt longestGapMinutes() {
        if (Tokens.isUnresolved(text)) {
            return OptionalInt.empty();
        }
        Matcher rate = RATE.matcher(text);
        if (rate.matches()) {
            long minutes = Long.parseLong(rate.group(1)) * minutesOf(rate.group(2));
            return minutes <= MINUTES_A_DAY ? OptionalInt.of((int) minutes) : OptionalInt.empty();
        }
        Matcher cron = CRON.matcher(text);
        try {
            return cron.matches() ? CronExpression.of(cron.group(1)).longestGapMinutes() : OptionalInt.empty();
        } catch (CronExpression.Unreadable e) {
            return OptionalInt.empty();
        }
    }

    /** Whether it runs once, at a time that has gone. */
    boolean isPast(Clock clock) {
        LocalDateTime time = Tokens.isUnresolved(text) ? null : time(text);
        return time != null && time.atZone(zone()).toInstant().isBefore(clock.instant());
    }

    private ZoneId zone() {
        String zone = schedule.timeZone() == null ? "UTC" : schedule.timeZone();
        return ZoneId.getAvailableZoneIds().contains(zone) ? ZoneId.of(zone) : ZoneOffset.UTC;
    }

    private static @Nullable LocalDateTime time(String text) {
        Matcher at = AT.matcher(text);
        try {
            return at.matches() ? LocalDateTime.parse(at.group(1)) : null;
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static int minutesOf(String unit) {
        return switch (unit.charAt(0)) {
            case 'm' -> 1;
            case 'h' -> MINUTES_AN_HOUR;
            default -> MINUTES_A_DAY;
        };
    }
}

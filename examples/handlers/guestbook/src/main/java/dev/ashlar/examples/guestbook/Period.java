package dev.ashlar.examples.guestbook;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The days that a report is about, by the clocks of Seoul: those that ended before its run was planned, however late it runs.
 *
 * @param schedule what asked for the report
 */
record Period(String schedule, LocalDate first, LocalDate last) {

    static final ZoneId ZONE = ZoneId.of("Asia/Seoul");

    /**
     * Reads what a schedule tells.
     *
     * @throws IllegalArgumentException if that is no schedule's, or not for one of ours
     */
    static Period of(Map<String, Object> event) {
        Object schedule = event.get("schedule");
        LocalDate last =
                time(event.get("scheduledTime")).atZone(ZONE).toLocalDate().minusDays(1);
        if ("nightly".equals(schedule)) {
            return new Period("nightly", last, last);
        }
        if ("weekly".equals(schedule)) {
            return new Period("weekly", last.minusDays(6), last);
        }
        throw new IllegalArgumentException("schedule must be nightly or weekly, got " + schedule);
    }

    Instant from() {
        return first.atStartOfDay(ZONE).toInstant();
    }

    /** The first instant that is no longer part of it. */
    Instant until() {
        return last.plusDays(1).atStartOfDay(ZONE).toInstant();
    }

    /** The days, as in {@code on 2026-11-20}. */
    String inWords() {
        return first.equals(last) ? "on " + last : "from " + first + " to " + last;
    }

    private static Instant time(@Nullable Object time) {
        if (time instanceof String text) {
            try {
                return Instant.parse(text);
            } catch (DateTimeException e) {
                throw new IllegalArgumentException(
                        "scheduledTime must be a time such as 2026-11-20T18:00:00Z, got " + text, e);
            }
        }
        throw new IllegalArgumentException("scheduledTime must be a time such as 2026-11-20T18:00:00Z, got " + time);
    }
}

package dev.ashlar.examples.guestbook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PeriodTest {

    @Test
    void theNightlyRunIsAboutTheDayThatEndedInSeoul() {
        Period period = period("nightly", "2026-11-20T18:00:00Z");

        assertThat(period).isEqualTo(new Period("nightly", LocalDate.of(2026, 11, 20), LocalDate.of(2026, 11, 20)));
        assertThat(period.from()).isEqualTo(Instant.parse("2026-11-19T15:00:00Z"));
        assertThat(period.until()).isEqualTo(Instant.parse("2026-11-20T15:00:00Z"));
        assertThat(period.inWords()).isEqualTo("on 2026-11-20");
    }

    @Test
    void theWeeklyRunIsAboutSevenDays() {
        // Monday, 03:30 in Seoul: the Monday before to Sunday.
        Period period = period("weekly", "2026-11-22T18:30:00Z");

        assertThat(period).isEqualTo(new Period("weekly", LocalDate.of(2026, 11, 16), LocalDate.of(2026, 11, 22)));
        assertThat(period.from()).isEqualTo(Instant.parse("2026-11-15T15:00:00Z"));
        assertThat(period.until()).isEqualTo(Instant.parse("2026-11-22T15:00:00Z"));
        assertThat(period.inWords()).isEqualTo("from 2026-11-16 to 2026-11-22");
    }

    @ParameterizedTest
    @CsvSource({
        // The day changes in Seoul, where it is 15:00 in UTC.
        "2026-11-20T14:59:59.999Z, 2026-11-19",
        "2026-11-20T15:00:00Z,     2026-11-20",
        "2026-11-20T23:59:59Z,     2026-11-20",
        "2026-11-21T00:00:00Z,     2026-11-20",
        "2026-12-31T18:00:00Z,     2026-12-31",
        "2028-02-29T18:00:00Z,     2028-02-29",
        "2028-03-01T03:00:00+09:00, 2028-02-29",
    })
    void daysAreThoseOfSeoul(String scheduledTime, LocalDate day) {
        assertThat(period("nightly", scheduledTime).last()).isEqualTo(day);
    }

    @Test
    void otherSchedulesAreRefused() {
        assertRefused("hourly", "2026-11-20T18:00:00Z", "schedule must be nightly or weekly, got hourly");
        assertRefused(null, "2026-11-20T18:00:00Z", "schedule must be nightly or weekly, got null");
        assertRefused(7, "2026-11-20T18:00:00Z", "schedule must be nightly or weekly, got 7");
    }

    @Test
    void otherTimesAreRefused() {
        String message = "scheduledTime must be a time such as 2026-11-20T18:00:00Z, got ";

        assertRefused("nightly", null, message + "null");
        assertRefused("nightly", 1795197600, message + "1795197600");
        assertRefused("nightly", "yesterday", message + "yesterday");
        assertRefused("nightly", "2026-11-20", message + "2026-11-20");
        assertRefused("nightly", "2026-02-30T18:00:00Z", message + "2026-02-30T18:00:00Z");
        assertRefused("nightly", "<aws.scheduler.scheduled-time>", message + "<aws.scheduler.scheduled-time>");
    }

    private static Period period(String schedule, String scheduledTime) {
        return Period.of(Map.of("schedule", schedule, "scheduledTime", scheduledTime));
    }

    private static void assertRefused(@Nullable Object schedule, @Nullable Object scheduledTime, String message) {
        Map<String, Object> event = new HashMap<>();
        if (schedule != null) {
            event.put("schedule", schedule);
        }
        if (scheduledTime != null) {
            event.put("scheduledTime", scheduledTime);
        }
        assertThatIllegalArgumentException().isThrownBy(() -> Period.of(event)).withMessage(message);
    }
}

package dev.ashlar.patterns.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ashlar.constructs.internal.Check;
import dev.ashlar.constructs.internal.Schedule;
import dev.ashlar.test.TestApp;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awscdk.Fn;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.TimeZone;
import software.amazon.awscdk.services.scheduler.ScheduleExpression;

class ScheduleCheckTest {
    private final Stack stack = new Stack(TestApp.create(), "Shop");

    @ParameterizedTest
    @ValueSource(strings = {"rate(1 minute)", "rate(9999999 days)"})
    void takesRatesAtTheLimits(String expression) {
        assertThatCode(() -> check(expression, null).expression()).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"rate(0 minutes)", "rate(10000000 minutes)"})
    void rejectsRatesBeyondTheLimits(String expression) {
        assertThatThrownBy(() -> check(expression, null).expression())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("[Shop] schedule must have a rate of 1 to 9999999, got " + expression);
    }

    @ParameterizedTest
    @CsvSource({"rate(1439 minutes), 1439", "rate(24 hours), 1440", "rate(1 day), 1440", "cron(0 * * * ? *), 60"})
    void knowsTheLongestGapUpToADay(String expression, int minutes) {
        assertThat(check(expression, null).longestGapMinutes()).isEqualTo(OptionalInt.of(minutes));
    }

    @ParameterizedTest
    @ValueSource(strings = {"rate(1441 minutes)", "rate(2000000 days)", "at(2030-01-31T03:00:00)", "cron(0 3 * * *)"})
    void knowsNoLongerGapAndNoneOfWhatRunsOnce(String expression) {
        assertThat(check(expression, null).longestGapMinutes()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        ", 2030-01-31T03:00:00Z",
        "Etc/UTC, 2030-01-31T03:00:00Z",
        "Asia/Seoul, 2030-01-30T18:00:00Z",
        "Mars/Olympus, 2030-01-31T03:00:00Z"
    })
    void aTimeHasGoneWhenItsZoneSaysSo(@Nullable String zone, Instant time) {
        TimeZone timeZone = zone == null ? null : TimeZone.of(zone);
        ScheduleCheck check = check("at(2030-01-31T03:00:00)", timeZone);

        assertThat(check.isPast(at(time))).isFalse();
        assertThat(check.isPast(at(time.plusMillis(1)))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"rate(5 minutes)", "cron(0 3 * * ? *)", "at(2030-02-30T03:00:00)"})
    void whatRunsAgainOrIsNoDateHasNotGone(String expression) {
        assertThat(check(expression, null).isPast(at(Instant.parse("2199-01-01T00:00:00Z"))))
                .isFalse();
    }

    @Test
    void letsTokensPass() {
        ScheduleCheck check = check(Fn.importValue("expression"), null);

        assertThatCode(check::expression).doesNotThrowAnyException();
        assertThat(check.longestGapMinutes()).isEmpty();
        assertThat(check.isPast(Clock.systemUTC())).isFalse();
    }

    private ScheduleCheck check(String expression, @Nullable TimeZone zone) {
        ScheduleExpression schedule = zone == null
                ? ScheduleExpression.expression(expression)
                : ScheduleExpression.expression(expression, zone);
        return new ScheduleCheck(Schedule.of(stack, schedule), Check.of(stack));
    }

    private static Clock at(Instant time) {
        return Clock.fixed(time, ZoneOffset.UTC);
    }
}

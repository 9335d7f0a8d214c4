package dev.ashlar.local.internal.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExpressionTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:30Z");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "cron(0 3 * * ? *)            | Asia/Seoul    | 2026-01-01T00:00:00Z | 2026-01-01T18:00:00Z",
                "cron(0 3 * * ? *)            | Asia/Seoul    | 2026-01-01T18:00:00Z | 2026-01-02T18:00:00Z",
                "cron(30 9 ? * 2 *)           | UTC           | 2026-01-01T00:00:00Z | 2026-01-05T09:30:00Z",
                "cron(30 9 ? * MON-FRI *)     | UTC           | 2026-01-02T10:00:00Z | 2026-01-05T09:30:00Z",
                "cron(0 0 L * ? *)            | UTC           | 2026-02-01T00:00:00Z | 2026-02-28T00:00:00Z",
                "cron(0 0 ? * 6#3 *)          | UTC           | 2026-01-01T00:00:00Z | 2026-01-16T00:00:00Z",
                "cron(0/15 * * * ? *)         | UTC           | 2026-01-01T00:07:00Z | 2026-01-01T00:15:00Z",
                "cron(0 12 1 1 ? 2030)        | UTC           | 2026-01-01T00:00:00Z | 2030-01-01T12:00:00Z",
                "cron(30 2 * * ? *)           | Europe/Berlin | 2026-03-28T12:00:00Z | 2026-03-30T00:30:00Z",
                "rate(5 minutes)              | UTC           | 2026-01-01T00:00:30Z | 2026-01-01T00:05:30Z",
                "rate(5 minutes)              | UTC           | 2026-01-01T00:05:30Z | 2026-01-01T00:10:30Z",
                "rate(1 day)                  | UTC           | 2026-01-03T00:00:00Z | 2026-01-03T00:00:30Z",
                "at(2026-06-01T09:00:00)      | Asia/Seoul    | 2026-01-01T00:00:00Z | 2026-06-01T00:00:00Z",
            })
    void knowsTheNextRun(String text, String zone, Instant after, Instant next) {
        Expression expression = Expression.of(text.strip(), ZoneId.of(zone), START);

        assertThat(expression.after(after)).contains(next);
    }

    @Test
    void knowsWhenThereIsNone() {
        assertThat(Expression.of("at(2026-06-01T09:00:00)", ZoneId.of("UTC"), START)
                        .after(Instant.parse("2026-06-01T09:00:00Z")))
                .isEmpty();
        assertThat(Expression.of("cron(0 0 1 1 ? 2025)", ZoneId.of("UTC"), START)
                        .after(START))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"rate(5 weeks)", "cron(0 3 * * *)", "at(tomorrow)", "every day"})
    void rejectsWhatItCannotRead(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Expression.of(text, ZoneId.of("UTC"), START))
                .withMessageContaining(text);
    }
}

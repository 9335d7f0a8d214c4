package dev.ashlar.constructs.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.test.TestApp;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Fn;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.TimeZone;
import software.amazon.awscdk.services.scheduler.CronOptionsWithTimezone;
import software.amazon.awscdk.services.scheduler.ScheduleExpression;

class ScheduleTest {
    private final Stack stack = new Stack(TestApp.create(), "Shop");

    @Test
    void readsExpressionAndZone() {
        assertThat(read(ScheduleExpression.rate(Duration.hours(6))))
                .isEqualTo(new Schedule("rate(6 hours)", "Etc/UTC"));
        assertThat(read(ScheduleExpression.expression("cron(0 3 * * ? *)", TimeZone.ASIA_SEOUL)))
                .isEqualTo(new Schedule("cron(0 3 * * ? *)", "Asia/Seoul"));
        assertThat(read(ScheduleExpression.cron(CronOptionsWithTimezone.builder()
                        .minute("0")
                        .hour("3")
                        .timeZone(TimeZone.EUROPE_PARIS)
                        .build())))
                .isEqualTo(new Schedule("cron(0 3 * * ? *)", "Europe/Paris"));
    }

    @Test
    void leavesTokensAsTheyAre() {
        String expression = "rate(" + Fn.importValue("minutes") + " minutes)";
        String zone = Fn.importValue("zone");

        assertThat(read(ScheduleExpression.expression(expression, TimeZone.of(zone))))
                .isEqualTo(new Schedule(expression, zone));
    }

    @Test
    void takesWhatSomebodyWrote() {
        assertThat(read(new Nightly(TimeZone.ASIA_SEOUL))).isEqualTo(new Schedule("cron(0 3 * * ? *)", "Asia/Seoul"));
        assertThat(read(new Nightly(null))).isEqualTo(new Schedule("cron(0 3 * * ? *)", null));
    }

    private Schedule read(ScheduleExpression expression) {
        return Schedule.of(stack, expression);
    }

    private static final class Nightly extends ScheduleExpression {
        private final @Nullable TimeZone zone;

        private Nightly(@Nullable TimeZone zone) {
            this.zone = zone;
        }

        @Override
        public String getExpressionString() {
            return "cron(0 3 * * ? *)";
        }

        @Override
        public @Nullable TimeZone getTimeZone() {
            return zone;
        }
    }
}

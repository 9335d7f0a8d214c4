package dev.ashlar.patterns.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.OptionalInt;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CronExpressionTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "0 3 * * ? *",
                "0 3 * * ? 1970/1000",
                "0/15 8-18 ? * MON-FRI *",
                "0 10 1 * ? 2030-2040",
                "15 12 ? * 6L *",
                "15 12 ? * FRIL *",
                "0 9 ? * MON#1 *",
                "0 9 ? * 2#5 *",
                "0 9 L * ? *",
                "0 9 L-3 * ? *",
                "0 9 LW * ? *",
                "0 9 15W * ? *",
                "0 9 ? * L *",
                "0,30 0,12 ? JAN,jul sun-tue *",
                "*/5 * * * ? *",
                "0 0 31 12 ? 2199",
                "59 23 1 1 ? 1970"
            })
    void readsWhatAwsReads(String text) throws CronExpression.Unreadable {
        assertThat(CronExpression.of(text)).isNotNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0 3 * * *   | cron(0 3 * * ? *)",
                "*/5 * * * * | cron(*/5 * * * ? *)",
                "0 3 1 * *   | cron(0 3 1 * ? *)",
                "0 3 * * 0   | cron(0 3 ? * SUN *)",
                "0 3 * * 7   | cron(0 3 ? * SUN *)",
                "0 3 * * 1-5 | cron(0 3 ? * MON-FRI *)",
                "0 3 * * mon | cron(0 3 ? * MON *)",
                "0 3 * * 1/2 | cron(0 3 ? * MON/2 *)",
                "0 3 1 * 1   | two schedules, cron(0 3 1 * ? *) and cron(0 3 ? * MON *)"
            })
    void tellsTheSameInAwssForm(String unix, String aws) {
        assertThatThrownBy(() -> CronExpression.of(unix))
                .isInstanceOf(CronExpression.Unreadable.class)
                .hasMessage(
                        "have six fields, minutes hours day-of-month month day-of-week year, got the five of Unix: cron("
                                + unix + "); write " + aws);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "60 3 * * ? *     | have a minutes of 0 to 59, got 60 in cron(60 3 * * ? *)",
                "0 24 * * ? *     | have a hours of 0 to 23, got 24 in cron(0 24 * * ? *)",
                "0 3 0 * ? *      | have a day of month of 1 to 31, got 0 in cron(0 3 0 * ? *)",
                "0 3 32 * ? *     | have a day of month of 1 to 31, got 32 in cron(0 3 32 * ? *)",
                "0 3 32W * ? *    | have a day of month of 1 to 31, got 32 in cron(0 3 32W * ? *)",
                "0 3 * 13 ? *     | have a month of 1 to 12, got 13 in cron(0 3 * 13 ? *)",
                "0 3 ? * 0 *      | have a day of week of 1 to 7, got 0 in cron(0 3 ? * 0 *)",
                "0 3 ? * 8 *      | have a day of week of 1 to 7, got 8 in cron(0 3 ? * 8 *)",
                "0 3 ? * 8#1 *    | have a day of week of 1 to 7, got 8 in cron(0 3 ? * 8#1 *)",
                "0 3 * * ? 1969   | have a year of 1970 to 2199, got 1969 in cron(0 3 * * ? 1969)",
                "0 3 * * ? 2200   | have a year of 1970 to 2199, got 2200 in cron(0 3 * * ? 2200)",
                "0 18-8 * * ? *   | have ranges that go upwards, got 18-8 for the hours in cron(0 18-8 * * ? *)",
                "0 3 * * * *      | have a question mark for the day of month or for the day of week, and for one of them alone, got cron(0 3 * * * *)",
                "0 3 ? * ? *      | have a question mark for the day of month or for the day of week, and for one of them alone, got cron(0 3 ? * ? *)",
                "0 3 1 * MON *    | have a question mark for the day of month or for the day of week, and for one of them alone, got cron(0 3 1 * MON *)",
                "x 3 * * ? *      | have a minutes of numbers, ranges such as 1-5, lists such as 1,3 and steps such as */2, got \"X\" in cron(x 3 * * ? *)",
                "0 3 * FOO ? *    | have a month of numbers or names, ranges such as 1-5, lists such as 1,3 and steps such as */2, got \"FOO\" in cron(0 3 * FOO ? *)",
                "3 * * ?          | have six fields, minutes hours day-of-month month day-of-week year, got 4: cron(3 * * ?)"
            })
    void tellsWhatIsWrong(String text, String message) {
        assertThatThrownBy(() -> CronExpression.of(text)).hasMessage(message);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0 3/99999 * * ? *",
                "0 3-4-5 * * ? *",
                "0 3/0 * * ? *",
                "0 3//2 * * ? *",
                "0 3, * * ? *",
                "0 3 ? * MON#6 *",
                "0 3 ? * XL *",
                "-1 3 * * ? *",
                "0 99999 * * ? *"
            })
    void refusesTheRest(String text) {
        assertThatThrownBy(() -> CronExpression.of(text))
                .isInstanceOf(CronExpression.Unreadable.class)
                .hasMessageContaining("in cron(" + text + ")");
    }

    @ParameterizedTest
    @CsvSource({
        "0 3 * * ? *, 1440",
        "0 * * * ? *, 60",
        "* * * * ? *, 1",
        "0/15 * * * ? *, 15",
        "0 8-18 * * ? *, 840",
        "'0 0,13 * * ? *', 780",
        "0 6/12 ? * * *, 720",
        "30 23 ? JAN-DEC * *, 1440",
        "0 3 ? * MON-FRI *, -1",
        "0 3 1 * ? *, -1",
        "0 3 * JAN ? *, -1",
        "0 3 * * ? 2030, -1"
    })
    void knowsTheLongestGapOfADay(String text, int minutes) throws CronExpression.Unreadable {
        assertThat(CronExpression.of(text).longestGapMinutes())
                .isEqualTo(minutes < 0 ? OptionalInt.empty() : OptionalInt.of(minutes));
    }
}

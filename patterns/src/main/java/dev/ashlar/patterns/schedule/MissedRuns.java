package dev.ashlar.patterns.schedule;

import dev.ashlar.constructs.alarm.Alarms;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.cloudwatch.Alarm;
import software.amazon.awscdk.services.cloudwatch.ComparisonOperator;
import software.amazon.awscdk.services.cloudwatch.Metric;
import software.amazon.awscdk.services.cloudwatch.MetricOptions;
import software.amazon.awscdk.services.cloudwatch.TreatMissingData;
import software.amazon.awscdk.services.cloudwatch.actions.SnsAction;
import software.constructs.Construct;

/**
 * The alarm on runs that did not happen. Where nothing runs there is no data, and an alarm that took that for trouble would
 * go off at the first deployment, before the first run. So it is the change to a lack of data that tells.
 */
final class MissedRuns {
    // https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html: seven days with periods
    // of an
    // hour and more, one day with shorter ones.
    private static final int LONG_PERIOD_MINUTES = 60;
    private static final int SHORT_PERIOD_MINUTES = 5;
    private static final int SHORT_GAP_MINUTES = 120;

    // A clock that is set back makes one gap of the year longer by that.
    private static final int CLOCK_CHANGE_MINUTES = 60;

    private MissedRuns() {}

    static Optional<Alarm> alarm(
            Construct scope,
            String id,
            Metric started,
            OptionalInt gapMinutes,
            @Nullable Duration window,
            Alarms wanted) {
        if (gapMinutes.isEmpty() || (window != null && window.isUnresolved())) {
            return Optional.empty();
        }
        int gap =
                gapMinutes.getAsInt() + (window == null ? 0 : window.toMinutes().intValue());
        boolean isShort = gap <= SHORT_GAP_MINUTES;
        int period = isShort ? SHORT_PERIOD_MINUTES : LONG_PERIOD_MINUTES;
        int longest = isShort ? gap : gap + CLOCK_CHANGE_MINUTES;
        Alarm alarm = Alarm.Builder.create(scope, id)
                .alarmDescription(
                        "A run did not happen, if the state is INSUFFICIENT_DATA: see whether the schedule is enabled and its end has"
                                + " not come, then whether its role may invoke the function")
                .metric(started.with(
                        MetricOptions.builder().period(Duration.minutes(period)).build()))
                .threshold(1)
                .comparisonOperator(ComparisonOperator.LESS_THAN_THRESHOLD)
                .evaluationPeriods((longest + period - 1) / period + 1)
                .treatMissingData(TreatMissingData.MISSING)
                .build();
        wanted.add(alarm);
        alarm.addInsufficientDataAction(new SnsAction(wanted.getTopic()));
        return Optional.of(alarm);
    }
}

package dev.ashlar.constructs.internal;

import software.amazon.awscdk.services.cloudwatch.Alarm;
import software.amazon.awscdk.services.cloudwatch.ComparisonOperator;
import software.amazon.awscdk.services.cloudwatch.IMetric;
import software.amazon.awscdk.services.cloudwatch.TreatMissingData;
import software.constructs.Construct;

/** Creates the alarms that constructs have in common: as soon as one period reaches a number; no data is no trouble. */
public final class Threshold {
    private Threshold() {}

    /**
     * Creates an alarm, which tells nobody yet.
     *
     * @param scope the construct that it belongs to
     * @param id its id there
     * @param metric what to look at
     * @param number the number from which on it goes off
     * @param description what to look at first, in a sentence without a period
     * @return the alarm
     */
    public static Alarm of(Construct scope, String id, IMetric metric, Number number, String description) {
        return Alarm.Builder.create(scope, id)
                .alarmDescription(description)
                .metric(metric)
                .threshold(number)
                .comparisonOperator(ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD)
                .evaluationPeriods(1)
                .treatMissingData(TreatMissingData.NOT_BREACHING)
                .build();
    }
}

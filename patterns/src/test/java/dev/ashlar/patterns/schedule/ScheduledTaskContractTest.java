package dev.ashlar.patterns.schedule;

import dev.ashlar.constructs.alarm.Alarms;
import dev.ashlar.constructs.function.FunctionCode;
import dev.ashlar.constructs.function.WarmStrategy;
import dev.ashlar.patterns.FunctionOptionValues;
import dev.ashlar.test.ConstructContract;
import dev.ashlar.test.Options;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.TimeZone;
import software.amazon.awscdk.services.scheduler.ScheduleExpression;
import software.amazon.awscdk.services.sns.Topic;
import software.constructs.Construct;

class ScheduledTaskContractTest extends ConstructContract {
    @Override
    protected Optional<Options> options() {
        return Optional.of(FunctionOptionValues.requiring("schedule", "code", "handler")
                .values("name", "often", "weekly", "-")
                .withoutEffect("input(Map.of())", "no field is no input")
                .withoutEffect("enabled(true)", "it is the default")
                .withoutEffect("warm(WarmStrategy.none())", "it is the default"));
    }

    @Override
    protected Construct minimal(Construct scope, String id) {
        return ScheduledTask.Builder.create(scope, id)
                .schedule(ScheduleExpression.rate(Duration.minutes(5)))
                .code(FunctionCode.jar("handlers.jar"))
                .handler("shop.NightlyHandler")
                .build();
    }

    @Override
    protected Construct maximal(Construct scope, String id) {
        return ScheduledTask.Builder.create(scope, id)
                .schedule(ScheduleExpression.expression("cron(0 3 * * ? *)", TimeZone.ASIA_SEOUL))
                .schedule("weekly", ScheduleExpression.expression("cron(0 4 ? * SUN *)", TimeZone.ASIA_SEOUL))
                .schedule("often", ScheduleExpression.rate(Duration.minutes(5)))
                .input(Map.of("report", "notes", "days", 7))
                .start(Instant.parse("2190-01-01T00:00:00Z"))
                .end(Instant.parse("2191-01-01T00:00:00Z"))
                .flexibleTimeWindow(Duration.minutes(15))
                .code(FunctionCode.jar("handlers.jar"))
                .handler("shop.NightlyHandler")
                .timeout(Duration.minutes(15))
                .warm(WarmStrategy.snapStart())
                .alarms(Alarms.to(
                        Topic.fromTopicArn(scope, id + "Topic", "arn:aws:sns:ap-northeast-2:123456789012:alarms")))
                .customizeSchedule(schedule -> schedule.description("All that can be set"))
                .build();
    }
}

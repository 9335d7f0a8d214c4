package dev.ashlar.constructs.function;

import dev.ashlar.constructs.internal.Acknowledged;
import dev.ashlar.constructs.internal.Check;
import dev.ashlar.constructs.internal.Schedule;
import dev.ashlar.constructs.internal.Tokens;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Token;
import software.amazon.awscdk.services.applicationautoscaling.CfnScalableTarget;
import software.amazon.awscdk.services.applicationautoscaling.CfnScalingPolicy;
import software.amazon.awscdk.services.events.CfnRule;
import software.amazon.awscdk.services.lambda.Alias;
import software.amazon.awscdk.services.lambda.CfnPermission;

/** Does what a {@link WarmStrategy} asks for, on the alias. */
final class Warming {
    /** What the alias is pinged with; {@code ashlar-runtime} knows it too. */
    static final String PING = "{\"ashlar\":{\"ping\":{\"holdMillis\":75}}}";

    // https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html
    private static final int TARGETS_OF_A_RULE = 5;

    private static final int MAX_PINGED = 100;

    private static final String NOT_KEPT =
            "A ping that did not arrive is of no use later: the next one comes by itself.";

    private final WarmFunction scope;
    private final @Nullable WarmStrategy strategy;
    private final Acknowledged acknowledged;

    Warming(WarmFunction scope, @Nullable WarmStrategy strategy, Acknowledged acknowledged) {
        this.scope = scope;
        this.strategy = strategy;
        this.acknowledged = acknowledged;
    }

    /** Checks the strategy's own numbers. */
    static void check(@Nullable WarmStrategy strategy, Check check) {
        if (strategy instanceof WarmStrategy.Fixed fixed) {
            check.between("warm.provisioned", fixed.instances(), 1, Integer.MAX_VALUE, "instances");
        } else if (strategy instanceof WarmStrategy.Scaling scaling) {
            check(scaling, check);
        } else if (strategy instanceof WarmStrategy.Ping ping) {
            check(ping, check);
        }
    }

    private static void check(WarmStrategy.Scaling scaling, Check check) {
        check.between("warm.provisioned min", scaling.min(), 1, Integer.MAX_VALUE, "instances");
        check.between("warm.provisioned max", scaling.max(), 1, Integer.MAX_VALUE, "instances");
        check.that(
                isAtMost(scaling.min(), scaling.max()),
                "warm.provisioned must have a min of at most its max, got " + scaling.min() + " and " + scaling.max());
        double utilization = scaling.utilization().doubleValue();
        check.that(
                Tokens.isUnresolved(scaling.utilization()) || (utilization >= 0.1 && utilization <= 0.9),
                "warm.utilization must be 0.1 to 0.9, got " + scaling.utilization());
        for (WarmStrategy.Scaling.Schedule schedule : scaling.schedules()) {
            Number instances = schedule.instances();
            check.that(
                    Tokens.isUnresolved(instances) || instances.doubleValue() >= 1,
                    "warm.atLeast must be 1 or more instances, got " + instances
                            + "; at 0 Lambda refuses the next deployment");
            check.that(
                    isAtMost(instances, scaling.max()),
                    "warm.atLeast must be at most the max of provisioned, got " + instances + " and " + scaling.max());
        }
    }

    private static void check(WarmStrategy.Ping ping, Check check) {
        check.wholeMinutes("warm.ping", ping.interval(), 1, 60);
        check.that(
                !Tokens.isUnresolved(ping.instances()),
                "warm.ping.instances must be known at synth, got a token; each instance is a target of a rule");
        check.between("warm.ping.instances", ping.instances(), 1, MAX_PINGED, "instances");
    }

    private static boolean isAtMost(Number number, Number limit) {
        return Tokens.isUnresolved(number) || Tokens.isUnresolved(limit) || number.doubleValue() <= limit.doubleValue();
    }

    void prepare(Alias.Builder alias) {
        if (strategy instanceof WarmStrategy.Fixed fixed) {
            alias.provisionedConcurrentExecutions(fixed.instances());
        }
    }

    void complete(Alias alias) {
        if (strategy instanceof WarmStrategy.Scaling scaling) {
            scale(alias, scaling);
        } else if (strategy instanceof WarmStrategy.Ping ping) {
            ping(alias, ping);
        }
    }

    private void scale(Alias alias, WarmStrategy.Scaling scaling) {
        CfnScalableTarget target = CfnScalableTarget.Builder.create(scope, "Scaling")
                .serviceNamespace("lambda")
                .scalableDimension("lambda:function:ProvisionedConcurrency")
                // The alias' own name for itself, so that it exists before.
                .resourceId("function:" + alias.getFunctionName())
                .minCapacity(scaling.min())
                .maxCapacity(scaling.max())
                .scheduledActions(scheduledActions(scaling.schedules()))
                .build();
        CfnScalingPolicy.Builder.create(scope, "ScalingPolicy")
                .policyName("Utilization")
                .policyType("TargetTrackingScaling")
                .scalingTargetId(target.getRef())
                .targetTrackingScalingPolicyConfiguration(
                        CfnScalingPolicy.TargetTrackingScalingPolicyConfigurationProperty.builder()
                                .targetValue(scaling.utilization())
                                .predefinedMetricSpecification(
                                        CfnScalingPolicy.PredefinedMetricSpecificationProperty.builder()
                                                .predefinedMetricType("LambdaProvisionedConcurrencyUtilization")
                                                .build())
                                .build())
                .build();
    }

    private @Nullable List<CfnScalableTarget.ScheduledActionProperty> scheduledActions(
            List<WarmStrategy.Scaling.Schedule> schedules) {
        if (schedules.isEmpty()) {
            return null;
        }
        List<CfnScalableTarget.ScheduledActionProperty> actions = new ArrayList<>();
        for (WarmStrategy.Scaling.Schedule schedule : schedules) {
            Schedule wanted = Schedule.of(scope, schedule.expression());
            actions.add(CfnScalableTarget.ScheduledActionProperty.builder()
                    .scheduledActionName("AtLeast" + (actions.size() + 1))
                    .schedule(wanted.expression())
                    .timezone(wanted.timeZone())
                    .scalableTargetAction(CfnScalableTarget.ScalableTargetActionProperty.builder()
                            .minCapacity(schedule.instances())
                            .build())
                    .build());
        }
        return actions;
    }

    private void ping(Alias alias, WarmStrategy.Ping ping) {
        int instances = ping.instances().intValue();
        String arn = alias.getFunctionArn();
        for (int first = 0; first < instances; first += TARGETS_OF_A_RULE) {
            String id = first == 0 ? "Ping" : "Ping" + (first / TARGETS_OF_A_RULE + 1);
            // Not by CDK's target, which names the permission by the path, so anew in each stage.
            CfnRule rule = CfnRule.Builder.create(scope, id)
                    .description("Keeps instances warm")
                    .scheduleExpression(expressionOf(ping.interval()))
                    .targets(IntStream.range(0, Math.min(TARGETS_OF_A_RULE, instances - first))
                            .mapToObj(target -> target("Instance" + (target + 1), arn))
                            .toList())
                    .build();
            acknowledged.finding(rule, "Serverless-EventBusDLQ", NOT_KEPT);
            CfnPermission.Builder.create(scope, id + "Permission")
                    .action("lambda:InvokeFunction")
                    .functionName(arn)
                    .principal("events.amazonaws.com")
                    .sourceArn(rule.getAttrArn())
                    .build();
        }
    }

    /** Rules with a rate begin each at its own second; those with a cron expression at the same. */
    private static String expressionOf(Duration interval) {
        Number minutes = interval.toMinutes();
        if (Tokens.isUnresolved(minutes)) {
            return "rate(" + Token.asString(minutes) + " minutes)";
        }
        int number = minutes.intValue();
        if (60 % number != 0) {
            return "rate(" + number + " minutes)";
        }
        return number == 60 ? "cron(0 * * * ? *)" : "cron(0/" + number + " * * * ? *)";
    }

    private static CfnRule.TargetProperty target(String id, String arn) {
        // A ping that comes late or twice is of no use.
        return CfnRule.TargetProperty.builder()
                .id(id)
                .arn(arn)
                .input(PING)
                .retryPolicy(CfnRule.RetryPolicyProperty.builder()
                        .maximumRetryAttempts(0)
                        .maximumEventAgeInSeconds(60)
                        .build())
                .build();
    }
}

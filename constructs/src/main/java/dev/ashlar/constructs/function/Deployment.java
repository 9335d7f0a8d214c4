package dev.ashlar.constructs.function;

import static java.util.Objects.requireNonNull;

import dev.ashlar.constructs.access.DeploymentAccess;
import dev.ashlar.constructs.internal.Check;
import dev.ashlar.constructs.internal.Known;
import dev.ashlar.constructs.internal.StackShared;
import dev.ashlar.constructs.internal.Tokens;
import dev.ashlar.constructs.profile.internal.Inherited;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.Annotations;
import software.amazon.awscdk.ArnComponents;
import software.amazon.awscdk.ArnFormat;
import software.amazon.awscdk.CfnCodeDeployLambdaAliasUpdate;
import software.amazon.awscdk.CfnUpdatePolicy;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.cloudwatch.Alarm;
import software.amazon.awscdk.services.codedeploy.CfnApplication;
import software.amazon.awscdk.services.codedeploy.CfnDeploymentConfig;
import software.amazon.awscdk.services.codedeploy.CfnDeploymentGroup;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.lambda.Alias;
import software.amazon.awscdk.services.lambda.CfnAlias;
import software.amazon.awscdk.services.lambda.Function;

/** Lets CodeDeploy move the alias of a function, as its {@link Rollout} says. */
final class Deployment {
    // https://docs.aws.amazon.com/codedeploy/latest/userguide/deployment-configurations.html
    private static final int OWN_PERCENT = 10;
    private static final Set<Integer> OWN_CANARY_MINUTES = Set.of(5, 10, 15, 30);
    private static final Set<Integer> OWN_LINEAR_MINUTES = Set.of(1, 2, 3, 10);

    // https://docs.aws.amazon.com/codedeploy/latest/userguide/limits.html: 48 hours from the first to the last shift.
    private static final int MAX_MINUTES = 2880;

    private final WarmFunction scope;
    private final Rollout rollout;

    Deployment(WarmFunction scope, Rollout rollout) {
        this.scope = scope;
        this.rollout = rollout;
    }

    /** Checks the rollout's own numbers, and what else was given. */
    static void check(FunctionOptions props, WarmFunction scope) {
        Rollout rollout = props.getRollout();
        if (rollout == null) {
            return;
        }
        Check check = Check.of(scope);
        check.between("rollout percent", rollout.percent(), 1, 99, "percent");
        check.between("rollout errors", rollout.errors(), 1, Integer.MAX_VALUE, "errors");
        check.wholeMinutes("rollout interval", rollout.interval(), 1, MAX_MINUTES);
        checkLength(rollout, check);
        for (WarmFunction hook : hooksOf(rollout)) {
            String path = hook.getNode().getPath();
            check.that(
                    Stack.of(hook).equals(Stack.of(scope)),
                    "rollout hooks must be functions of the same stack, got " + path + "; create it there");
            check.that(
                    hook.getDeploymentGroup() == null,
                    "rollout hooks must go over at once themselves, got " + path
                            + ", which has a rollout by CodeDeploy; leave that out");
        }
        checkWarmth(props.getWarm(), rollout, scope, check);
    }

    private static void checkLength(Rollout rollout, Check check) {
        Number percent = rollout.percent();
        Duration interval = rollout.interval();
        if (rollout.steps() == Rollout.Steps.LINEAR
                && percent != null
                && !Tokens.isUnresolved(percent)
                && interval != null
                && !interval.isUnresolved()) {
            double length = (Math.ceil(100 / percent.doubleValue()) - 1)
                    * interval.toMinutes().doubleValue();
            check.that(
                    length <= MAX_MINUTES,
                    "rollout must be over after %d minutes, got %.0f; take larger steps or a shorter interval"
                            .formatted(MAX_MINUTES, length));
        }
    }

    private static void checkWarmth(@Nullable WarmStrategy warm, Rollout rollout, WarmFunction scope, Check check) {
        if (!rollout.shiftsInSteps()) {
            return;
        }
        check.that(
                !(warm instanceof WarmStrategy.Scaling),
                "rollout must be allAtOnce() with provisioned(min, max), got steps; Lambda refuses to scale while an alias"
                        + " points to two versions, so use provisioned(n) or ping");
        if (warm instanceof WarmStrategy.Fixed) {
            Annotations.of(scope)
                    .addWarningV2(
                            "ashlar:provisionedRollout",
                            "rollout should be allAtOnce() with provisioned(n), got steps; when a rollout fails and leaves"
                                    + " weights on the alias, Lambda refuses to change its provisioned concurrency until"
                                    + " they are taken away by hand");
        }
    }

    private static List<WarmFunction> hooksOf(Rollout rollout) {
        return Stream.concat(Stream.ofNullable(rollout.preHook()), Stream.ofNullable(rollout.postHook()))
                .distinct()
                .toList();
    }

    /** Creates the deployment group, and makes CloudFormation leave the alias to it. */
    CfnDeploymentGroup create(Function function, Alias alias, Alarm rollback, List<Alarm> alarms) {
        List<Alarm> all = Stream.concat(Stream.of(rollback), alarms.stream()).toList();
        List<WarmFunction> hooks = hooksOf(rollout);
        CfnApplication application = StackShared.of(
                scope,
                "CodeDeploy",
                CfnApplication.class,
                (shared, id) -> CfnApplication.Builder.create(shared, id)
                        .computePlatform("Lambda")
                        .build());
        Role role = StackShared.of(
                scope,
                "CodeDeployRole",
                Role.class,
                (shared, id) -> Role.Builder.create(shared, id)
                        .assumedBy(Known.service("codedeploy.amazonaws.com"))
                        .build());
        // CodeDeploy moves the alias, so it must have been allowed to before.
        alias.getNode()
                .addDependency(DeploymentAccess.policyToShift(
                        scope,
                        "DeploymentPolicy",
                        role,
                        function,
                        function.getFunctionArn() + ":" + WarmFunction.ALIAS_NAME,
                        all,
                        hooks.stream().map(WarmFunction::getFunction).toList()));
        CfnDeploymentGroup group = CfnDeploymentGroup.Builder.create(scope, "DeploymentGroup")
                .applicationName(application.getRef())
                .serviceRoleArn(role.getRoleArn())
                .deploymentConfigName(configName())
                .deploymentStyle(CfnDeploymentGroup.DeploymentStyleProperty.builder()
                        .deploymentType("BLUE_GREEN")
                        .deploymentOption("WITH_TRAFFIC_CONTROL")
                        .build())
                .alarmConfiguration(CfnDeploymentGroup.AlarmConfigurationProperty.builder()
                        .enabled(true)
                        .alarms(all.stream()
                                .map(alarm -> CfnDeploymentGroup.AlarmProperty.builder()
                                        .name(alarm.getAlarmName())
                                        .build())
                                .toList())
                        .build())
                .autoRollbackConfiguration(CfnDeploymentGroup.AutoRollbackConfigurationProperty.builder()
                        .enabled(true)
                        .events(List.of("DEPLOYMENT_FAILURE", "DEPLOYMENT_STOP_ON_ALARM", "DEPLOYMENT_STOP_ON_REQUEST"))
                        .build())
                .build();
        CfnAlias resource = (CfnAlias) requireNonNull(alias.getNode().getDefaultChild());
        resource.getCfnOptions()
                .setUpdatePolicy(CfnUpdatePolicy.builder()
                        .codeDeployLambdaAliasUpdate(CfnCodeDeployLambdaAliasUpdate.builder()
                                .applicationName(application.getRef())
                                .deploymentGroupName(group.getRef())
                                .beforeAllowTrafficHook(nameOf(rollout.preHook()))
                                .afterAllowTrafficHook(nameOf(rollout.postHook()))
                                .build())
                        .build());
        hooks.forEach(hook -> DeploymentAccess.grantReport(hook, arnOf(application, group)));
        return group;
    }

    private String arnOf(CfnApplication application, CfnDeploymentGroup group) {
        return Inherited.stack(scope)
                .formatArn(ArnComponents.builder()
                        .service("codedeploy")
                        .resource("deploymentgroup")
                        .resourceName(application.getRef() + "/" + group.getRef())
                        .arnFormat(ArnFormat.COLON_RESOURCE_NAME)
                        .build());
    }

    /** CodeDeploy knows its hooks by the names of functions; there is no word on aliases in its documentation. */
    private static @Nullable String nameOf(@Nullable WarmFunction hook) {
        return hook == null ? null : hook.getFunction().getFunctionName();
    }

    private String configName() {
        Number percent = rollout.percent();
        Duration interval = rollout.interval();
        if (percent == null || interval == null) {
            return "CodeDeployDefault.LambdaAllAtOnce";
        }
        Number minutes = interval.toMinutes();
        boolean isCanary = rollout.steps() == Rollout.Steps.CANARY;
        if (!Tokens.isUnresolved(percent)
                && !Tokens.isUnresolved(minutes)
                && percent.intValue() == OWN_PERCENT
                && (isCanary ? OWN_CANARY_MINUTES : OWN_LINEAR_MINUTES).contains(minutes.intValue())) {
            return isCanary
                    ? "CodeDeployDefault.LambdaCanary10Percent%dMinutes".formatted(minutes.intValue())
                    : "CodeDeployDefault.LambdaLinear10PercentEvery%dMinute%s"
                            .formatted(minutes.intValue(), minutes.intValue() == 1 ? "" : "s");
        }
        return CfnDeploymentConfig.Builder.create(scope, "DeploymentConfig")
                .computePlatform("Lambda")
                .trafficRoutingConfig(isCanary ? canary(percent, minutes) : linear(percent, minutes))
                .build()
                .getRef();
    }

    private static CfnDeploymentConfig.TrafficRoutingConfigProperty canary(Number percent, Number minutes) {
        return CfnDeploymentConfig.TrafficRoutingConfigProperty.builder()
                .type("TimeBasedCanary")
                .timeBasedCanary(CfnDeploymentConfig.TimeBasedCanaryProperty.builder()
                        .canaryPercentage(percent)
                        .canaryInterval(minutes)
                        .build())
                .build();
    }

    private static CfnDeploymentConfig.TrafficRoutingConfigProperty linear(Number percent, Number minutes) {
        return CfnDeploymentConfig.TrafficRoutingConfigProperty.builder()
                .type("TimeBasedLinear")
                .timeBasedLinear(CfnDeploymentConfig.TimeBasedLinearProperty.builder()
                        .linearPercentage(percent)
                        .linearInterval(minutes)
                        .build())
                .build();
    }
}

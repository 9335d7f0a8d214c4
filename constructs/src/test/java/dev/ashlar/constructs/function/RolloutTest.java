package dev.ashlar.constructs.function;

import static dev.ashlar.test.CdkAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ashlar.constructs.alarm.Alarms;
import dev.ashlar.test.Permission;
import dev.ashlar.test.TestApp;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.assertions.Annotations;
import software.amazon.awscdk.assertions.Match;
import software.amazon.awscdk.assertions.Template;
import software.amazon.awscdk.services.sns.Topic;

class RolloutTest {
    private static final String ALIAS = "AWS::Lambda::Alias";
    private static final String GROUP = "AWS::CodeDeploy::DeploymentGroup";

    private final App app = TestApp.create();
    private final Stack stack = new Stack(app, "Shop");

    @Test
    void allAtOnceNeedsNoCodeDeploy() {
        function("Notes", Rollout.allAtOnce()).build();

        Template template = template();
        template.resourceCountIs(GROUP, 0);
        template.resourceCountIs("AWS::CloudWatch::Alarm", 0);
        template.hasResource(ALIAS, Map.of("UpdatePolicy", Match.absent()));
    }

    @Test
    void aCanaryIsMovedByCodeDeploy() {
        function("Notes", canary()).build();

        Template template = template();
        template.hasResourceProperties(
                GROUP,
                Map.of(
                        "DeploymentConfigName",
                        "CodeDeployDefault.LambdaCanary10Percent5Minutes",
                        "DeploymentStyle",
                        Map.of("DeploymentType", "BLUE_GREEN", "DeploymentOption", "WITH_TRAFFIC_CONTROL"),
                        "AutoRollbackConfiguration",
                        Map.of(
                                "Enabled",
                                true,
                                "Events",
                                List.of(
                                        "DEPLOYMENT_FAILURE",
                                        "DEPLOYMENT_STOP_ON_ALARM",
                                        "DEPLOYMENT_STOP_ON_REQUEST")),
                        "AlarmConfiguration",
                        Map.of(
                                "Enabled",
                                true,
                                "Alarms",
                                List.of(Map.of(
                                        "Name", Map.of("Ref", Match.stringLikeRegexp("^NotesRolloutErrorsAlarm")))))));
        template.hasResource(
                ALIAS,
                Map.of(
                        "UpdatePolicy",
                        Map.of(
                                "CodeDeployLambdaAliasUpdate",
                                Map.of(
                                        "ApplicationName",
                                        Map.of("Ref", Match.stringLikeRegexp("^AshlarCodeDeploy")),
                                        "DeploymentGroupName",
                                        Map.of("Ref", Match.stringLikeRegexp("^NotesDeploymentGroup")))),
                        "DependsOn",
                        Match.arrayWith(List.of(Match.stringLikeRegexp("^NotesDeploymentPolicy")))));
    }

    @Test
    void itsOwnAlarmLooksAtTheAliasEachMinute() {
        function("Notes", canary().errors(3)).build();

        template()
                .hasResourceProperties(
                        "AWS::CloudWatch::Alarm",
                        Map.of(
                                "MetricName", "Errors",
                                "Namespace", "AWS/Lambda",
                                "Period", 60,
                                "Threshold", 3,
                                "Statistic", "Sum",
                                "TreatMissingData", "notBreaching",
                                "AlarmActions", Match.absent()));
        JsonNode dimensions = assertThat(stack).json().findValue("Dimensions");
        assertThat(dimensions.findValuesAsText("Name")).containsExactly("FunctionName", "Resource");
        assertThat(dimensions.toString()).contains(":live\"");
    }

    @Test
    void theAlarmsOfTheTopicRollBackToo() {
        Topic topic = new Topic(stack, "Topic");

        function("Notes", canary()).alarms(Alarms.to(topic)).build();

        assertThat(assertThat(stack)
                        .json()
                        .findValue("AlarmConfiguration")
                        .path("Alarms")
                        .findValuesAsText("Ref"))
                .hasSize(4);
    }

    @ParameterizedTest
    @CsvSource({
        "canary, 10, 5, CodeDeployDefault.LambdaCanary10Percent5Minutes",
        "canary, 10, 30, CodeDeployDefault.LambdaCanary10Percent30Minutes",
        "linear, 10, 1, CodeDeployDefault.LambdaLinear10PercentEvery1Minute",
        "linear, 10, 10, CodeDeployDefault.LambdaLinear10PercentEvery10Minutes"
    })
    void takesCodeDeploysOwnConfigurations(String steps, int percent, int minutes, String name) {
        function("Notes", rollout(steps, percent, minutes)).build();

        Template template = template();
        template.hasResourceProperties(GROUP, Map.of("DeploymentConfigName", name));
        template.resourceCountIs("AWS::CodeDeploy::DeploymentConfig", 0);
    }

    @Test
    void makesConfigurationsThatCodeDeployHasNot() {
        function("Notes", Rollout.canary(20, Duration.minutes(5))).build();
        function("Quotes", Rollout.linear(10, Duration.minutes(5))).build();

        Template template = template();
        template.hasResourceProperties(
                "AWS::CodeDeploy::DeploymentConfig",
                Map.of(
                        "ComputePlatform",
                        "Lambda",
                        "TrafficRoutingConfig",
                        Map.of(
                                "Type",
                                "TimeBasedCanary",
                                "TimeBasedCanary",
                                Map.of("CanaryPercentage", 20, "CanaryInterval", 5))));
        template.hasResourceProperties(
                "AWS::CodeDeploy::DeploymentConfig",
                Map.of(
                        "TrafficRoutingConfig",
                        Map.of(
                                "Type",
                                "TimeBasedLinear",
                                "TimeBasedLinear",
                                Map.of("LinearPercentage", 10, "LinearInterval", 5))));
    }

    @Test
    void aStackHasOneApplicationAndOneRole() {
        function("Notes", canary()).build();
        function("Quotes", Rollout.linear(10, Duration.minutes(1))).build();

        Template template = template();
        template.resourceCountIs("AWS::CodeDeploy::Application", 1);
        template.resourceCountIs(GROUP, 2);
        template.resourcePropertiesCountIs(
                "AWS::IAM::Role",
                Map.of(
                        "AssumeRolePolicyDocument",
                        Match.objectLike(Map.of(
                                "Statement",
                                List.of(Match.objectLike(
                                        Map.of("Principal", Map.of("Service", "codedeploy.amazonaws.com")))))),
                        "ManagedPolicyArns",
                        Match.absent()),
                1);
    }

    @Test
    void codeDeployMayMoveTheAliasAndNoMore() {
        WarmFunction hook = hook("Check");
        function("Notes", canary().preHook(hook)).build();

        assertThat(stack)
                .permissionsOf("Ashlar/CodeDeployRole")
                .areExactly(
                        Permission.of("lambda:GetAlias", "${Notes/Function.Arn}"),
                        Permission.of("lambda:UpdateAlias", "${Notes/Function.Arn}"),
                        Permission.of("lambda:GetProvisionedConcurrencyConfig", "${Notes/Function.Arn}:live"),
                        Permission.of("cloudwatch:DescribeAlarms", "${Notes/RolloutErrorsAlarm.Arn}"),
                        Permission.of("lambda:InvokeFunction", "${Check/Function.Arn}"));
    }

    @Test
    void hooksMayReportOnTheirOwnDeploymentGroupOnly() {
        function("Notes", canary().preHook(hook("Before")).postHook(hook("After")))
                .build();

        String group = "arn:${AWS::Partition}:codedeploy:${AWS::Region}:${AWS::AccountId}:deploymentgroup:"
                + "${Ashlar/CodeDeploy}/${Notes/DeploymentGroup}";
        for (String hook : List.of("Before", "After")) {
            assertThat(stack)
                    .permissionsOf(hook + "/Role")
                    .areExactly(
                            Permission.of("logs:CreateLogStream", "${" + hook + "/Logs.Arn}"),
                            Permission.of("logs:PutLogEvents", "${" + hook + "/Logs.Arn}"),
                            Permission.of("xray:PutTraceSegments", "*"),
                            Permission.of("xray:PutTelemetryRecords", "*"),
                            Permission.of("codedeploy:PutLifecycleEventHookExecutionStatus", group));
        }
        template()
                .hasResource(
                        ALIAS,
                        Map.of(
                                "UpdatePolicy",
                                Map.of(
                                        "CodeDeployLambdaAliasUpdate",
                                        Match.objectLike(Map.of(
                                                "BeforeAllowTrafficHook",
                                                        Map.of("Ref", Match.stringLikeRegexp("^BeforeFunction")),
                                                "AfterAllowTrafficHook",
                                                        Map.of("Ref", Match.stringLikeRegexp("^AfterFunction")))))));
    }

    @Test
    void hooksMakeCodeDeployMoveEvenAllAtOnce() {
        function("Notes", Rollout.allAtOnce().postHook(hook("After"))).build();

        template().hasResourceProperties(GROUP, Map.of("DeploymentConfigName", "CodeDeployDefault.LambdaAllAtOnce"));
    }

    @Test
    void oneHookMayServeBothTimes() {
        WarmFunction hook = hook("Check");

        function("Notes", canary().preHook(hook).postHook(hook)).build();

        assertThat(stack)
                .permissionsOf("Ashlar/CodeDeployRole")
                .areExactly(
                        Permission.of("lambda:GetAlias", "${Notes/Function.Arn}"),
                        Permission.of("lambda:UpdateAlias", "${Notes/Function.Arn}"),
                        Permission.of("lambda:GetProvisionedConcurrencyConfig", "${Notes/Function.Arn}:live"),
                        Permission.of("cloudwatch:DescribeAlarms", "${Notes/RolloutErrorsAlarm.Arn}"),
                        Permission.of("lambda:InvokeFunction", "${Check/Function.Arn}"));
    }

    /** CloudFormation refuses a template in which resources wait for each other. */
    @Test
    void aHookMayKnowTheVersionThatItChecks() {
        WarmFunction hook = hook("Check");
        WarmFunction notes = function("Notes", canary().preHook(hook)).build();

        hook.addEnvironment("CHECKED", notes.getFunction().getCurrentVersion().getFunctionArn());

        // CDK looks for circles itself.
        template().resourceCountIs(GROUP, 1);
    }

    @Test
    void rejectsHooksThatGoOverInSteps() {
        WarmFunction hook = function("Check", canary()).build();

        assertThatThrownBy(() -> function("Notes", canary().preHook(hook)).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "[Shop/Notes] rollout hooks must go over at once themselves, got Shop/Check, which has a rollout"
                                + " by CodeDeploy; leave that out");
    }

    @Test
    void rejectsHooksOfAnotherStack() {
        WarmFunction hook = WarmFunction.Builder.create(new Stack(app, "Other"), "Check")
                .code(FunctionCode.jar("handlers.jar"))
                .handler("shop.Check")
                .build();

        assertThatThrownBy(() -> function("Notes", canary().postHook(hook)).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "[Shop/Notes] rollout hooks must be functions of the same stack, got Other/Check; create it there");
    }

    @ParameterizedTest
    @MethodSource("refused")
    void rejectsNumbersBeyondTheLimits(Rollout rollout, String message) {
        assertThatThrownBy(() -> function("Notes", rollout).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("[Shop/Notes] " + message);
    }

    static Stream<Arguments> refused() {
        return Stream.of(
                Arguments.of(
                        Rollout.canary(0, Duration.minutes(5)),
                        "rollout percent must be a whole number of 1 to 99 percent, got 0"),
                Arguments.of(
                        Rollout.linear(100, Duration.minutes(5)),
                        "rollout percent must be a whole number of 1 to 99 percent, got 100"),
                Arguments.of(
                        Rollout.canary(10, Duration.seconds(30)),
                        "rollout interval must be 1 to 2880 whole minutes, got 30 seconds"),
                Arguments.of(
                        Rollout.canary(10, Duration.minutes(2881)),
                        "rollout interval must be 1 to 2880 whole minutes, got 2 days 1 minute"),
                Arguments.of(
                        Rollout.linear(10, Duration.minutes(321)),
                        "rollout must be over after 2880 minutes, got 2889; take larger steps or a shorter interval"),
                Arguments.of(
                        canary().errors(0), "rollout errors must be a whole number of 1 to 2147483647 errors, got 0"));
    }

    @Test
    void takesTwoDays() {
        function("Notes", Rollout.linear(10, Duration.minutes(320))).build();
        function("Quotes", Rollout.canary(10, Duration.days(2))).build();

        template().resourceCountIs(GROUP, 2);
    }

    @Test
    void rejectsStepsWhileInstancesScale() {
        assertThatThrownBy(() -> function("Notes", canary())
                        .warm(WarmStrategy.provisioned(1, 5))
                        .build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "[Shop/Notes] rollout must be allAtOnce() with provisioned(min, max), got steps; Lambda refuses to"
                                + " scale while an alias points to two versions, so use provisioned(n) or ping");
    }

    @Test
    void warnsOfStepsWithProvisionedInstances() {
        function("Notes", canary()).warm(WarmStrategy.provisioned(2)).build();

        Annotations.fromStack(stack)
                .hasWarning(
                        "/Shop/Notes",
                        "rollout should be allAtOnce() with provisioned(n), got steps; when a rollout fails and leaves weights"
                                + " on the alias, Lambda refuses to change its provisioned concurrency until they are taken"
                                + " away by hand [ack: ashlar:provisionedRollout]");
    }

    @Test
    void versionsGoUnlessTheyAreRetained() {
        function("Notes", Rollout.allAtOnce()).build();
        function("Quotes", Rollout.allAtOnce()).retainVersions(true).build();

        Template template = template();
        assertThat(template.findResources("AWS::Lambda::Version").values())
                .extracting(version -> version.get("DeletionPolicy"))
                .containsExactlyInAnyOrder("Retain", "Delete");
    }

    private static Rollout canary() {
        return Rollout.canary(10, Duration.minutes(5));
    }

    private static Rollout rollout(String steps, int percent, int minutes) {
        return steps.equals("canary")
                ? Rollout.canary(percent, Duration.minutes(minutes))
                : Rollout.linear(percent, Duration.minutes(minutes));
    }

    private WarmFunction hook(String id) {
        return function(id, Rollout.allAtOnce()).build();
    }

    private WarmFunction.Builder function(String id, Rollout rollout) {
        return WarmFunction.Builder.create(stack, id)
                .code(FunctionCode.jar("handlers.jar"))
                .handler("shop.NotesHandler")
                .rollout(rollout);
    }

    private Template template() {
        return Template.fromStack(stack);
    }
}

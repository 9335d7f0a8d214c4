package dev.ashlar.examples;

import static dev.ashlar.test.CdkAssertions.assertThat;

import dev.ashlar.test.Permission;
import dev.ashlar.test.TestApp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awscdk.Stack;

class QuotesStackTest {
    private final Stack stack = new QuotesStack(TestApp.create(), "Quotes");

    @Test
    void isAsReviewed() {
        assertThat(stack).matchesSnapshot().hasNoWildcards().hasNoCustomResources();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Quotes", "WebQuotes", "PartnerQuotes", "ShopQuotes", "YearEndQuotes"})
    void mayWriteLogsAndTracesAlone(String function) {
        assertThat(stack)
                .permissionsOf(function + "/Role")
                .areExactly(
                        Permission.of("logs:CreateLogStream", "${" + function + "/Logs.Arn}"),
                        Permission.of("logs:PutLogEvents", "${" + function + "/Logs.Arn}"),
                        Permission.of("xray:PutTraceSegments", "*"),
                        Permission.of("xray:PutTelemetryRecords", "*"));
    }

    @Test
    void codeDeployMayMoveOneAliasAlone() {
        assertThat(stack)
                .permissionsOf("Ashlar/CodeDeployRole")
                .areExactly(
                        Permission.of("lambda:GetAlias", "${Quotes/Function.Arn}"),
                        Permission.of("lambda:UpdateAlias", "${Quotes/Function.Arn}"),
                        Permission.of("lambda:GetProvisionedConcurrencyConfig", "${Quotes/Function.Arn}:live"),
                        Permission.of("cloudwatch:DescribeAlarms", "${Quotes/RolloutErrorsAlarm.Arn}"),
                        Permission.of("cloudwatch:DescribeAlarms", "${Quotes/ErrorsAlarm.Arn}"),
                        Permission.of("cloudwatch:DescribeAlarms", "${Quotes/ThrottlesAlarm.Arn}"),
                        Permission.of("cloudwatch:DescribeAlarms", "${Quotes/DurationAlarm.Arn}"));
    }
}

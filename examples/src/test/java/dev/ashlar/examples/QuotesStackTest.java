package dev.ashlar.examples;

import static dev.ashlar.test.CdkAssertions.assertThat;

import dev.ashlar.test.Permission;
import dev.ashlar.test.TestApp;
import org.junit.jupiter.api.Test;
import software.amazon.awscdk.Stack;

class QuotesStackTest {
    private final Stack stack = new QuotesStack(TestApp.create(), "Quotes");

    @Test
    void isAsReviewed() {
        assertThat(stack).matchesSnapshot().hasNoWildcards().hasNoCustomResources();
    }

    @Test
    void mayWriteLogsAndTracesAlone() {
        assertThat(stack)
                .permissionsOf("Quotes/Role")
                .areExactly(
                        Permission.of("logs:CreateLogStream", "${Quotes/Logs.Arn}"),
                        Permission.of("logs:PutLogEvents", "${Quotes/Logs.Arn}"),
                        Permission.of("xray:PutTraceSegments", "*"),
                        Permission.of("xray:PutTelemetryRecords", "*"));
    }
}

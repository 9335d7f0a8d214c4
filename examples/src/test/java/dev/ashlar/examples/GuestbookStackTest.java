package dev.ashlar.examples;

import static dev.ashlar.test.CdkAssertions.assertThat;

import dev.ashlar.test.Permission;
import dev.ashlar.test.TestApp;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awscdk.Stack;

class GuestbookStackTest {
    private final Stack stack = new GuestbookStack(TestApp.create(), "Guestbook");

    @Test
    void isAsReviewed() {
        assertThat(stack).matchesSnapshot().hasNoWildcards().hasNoCustomResources();
    }

    @Test
    void mayDoWhatItsHandlerNeedsAndNoMore() {
        String notes = "${Notes/Table.Arn}";
        assertThat(stack)
                .permissionsOf("Web/Function/Role")
                .areExactly(
                        Permission.of("logs:CreateLogStream", "${Web/Function/Logs.Arn}"),
                        Permission.of("logs:PutLogEvents", "${Web/Function/Logs.Arn}"),
                        Permission.of("xray:PutTraceSegments", "*"),
                        Permission.of("xray:PutTelemetryRecords", "*"),
                        Permission.of("dynamodb:GetItem", notes),
                        Permission.of("dynamodb:BatchGetItem", notes),
                        Permission.of("dynamodb:Query", notes),
                        Permission.of("dynamodb:PutItem", notes),
                        Permission.of("dynamodb:UpdateItem", notes),
                        Permission.of("dynamodb:ConditionCheckItem", notes),
                        Permission.of("dynamodb:DeleteItem", notes),
                        Permission.of("dynamodb:BatchWriteItem", notes));
    }

    @Test
    void leavesNothingBehindInDevelopment() {
        Stack development = new GuestbookStack(TestApp.create(Map.of("ashlar:profile", "development")), "Guestbook");

        assertThat(development).matchesSnapshot("Guestbook-development").hasNoWildcards();
    }
}

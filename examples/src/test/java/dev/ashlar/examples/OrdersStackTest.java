package dev.ashlar.examples;

import static dev.ashlar.test.CdkAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ashlar.test.Permission;
import dev.ashlar.test.TestApp;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awscdk.Stack;

class OrdersStackTest {
    private final Stack stack = new OrdersStack(TestApp.create(), "Orders");

    @Test
    void isAsReviewed() {
        assertThat(stack).matchesSnapshot().hasNoWildcards().hasNoCustomResources();
    }

    @Test
    void leavesNothingBehindInDevelopment() {
        Stack development = new OrdersStack(TestApp.create(Map.of("ashlar:profile", "development")), "Orders");

        assertThat(development)
                .matchesSnapshot("Orders-development")
                .hasNoWildcards()
                .hasNoCustomResources();
    }

    @Test
    void mayTakeOrdersAndWriteThemButNeitherReadNorDelete() {
        String orders = "${Orders/Table.Arn}";
        String queue = "${Confirmation/Queue/Queue.Arn}";
        assertThat(stack)
                .permissionsOf("Confirmation/Function/Role")
                .areExactly(
                        Permission.of("logs:CreateLogStream", "${Confirmation/Function/Logs.Arn}"),
                        Permission.of("logs:PutLogEvents", "${Confirmation/Function/Logs.Arn}"),
                        Permission.of("xray:PutTraceSegments", "*"),
                        Permission.of("xray:PutTelemetryRecords", "*"),
                        Permission.of("sqs:ReceiveMessage", queue),
                        Permission.of("sqs:DeleteMessage", queue),
                        Permission.of("sqs:ChangeMessageVisibility", queue),
                        Permission.of("sqs:GetQueueAttributes", queue),
                        Permission.of("dynamodb:PutItem", orders),
                        Permission.of("dynamodb:UpdateItem", orders),
                        Permission.of("dynamodb:ConditionCheckItem", orders));
    }

    @Test
    void whatFailsComesAgainAloneFiveTimes() {
        List<JsonNode> mappings = resources("AWS::Lambda::EventSourceMapping");
        List<JsonNode> redrives = new ArrayList<>();
        resources("AWS::SQS::Queue").forEach(queue -> redrives.add(queue.at("/Properties/RedrivePolicy")));

        assertThat(mappings).hasSize(1);
        assertThat(mappings.get(0).at("/Properties/FunctionResponseTypes"))
                .hasToString("[\"ReportBatchItemFailures\"]");
        assertThat(redrives)
                .filteredOn(redrive -> !redrive.isMissingNode())
                .extracting(redrive -> redrive.path("maxReceiveCount").asInt())
                .containsExactly(5);
    }

    @Test
    void aBatchMayWaitForDynamoDbTenTimes() {
        assertThat(resources("AWS::Lambda::Function"))
                .extracting(function -> function.at("/Properties/Timeout").asInt())
                .containsExactly(60);
    }

    @Test
    void allAlarmsTellTheOperators() {
        JsonNode operators = assertThat(stack).json().at("/Outputs/OperatorsArn/Value");

        assertThat(resources("AWS::CloudWatch::Alarm"))
                .hasSize(5)
                .extracting(alarm -> alarm.at("/Properties/AlarmActions/0"))
                .containsOnly(operators);
    }

    private List<JsonNode> resources(String type) {
        List<JsonNode> found = new ArrayList<>();
        assertThat(stack).json().get("Resources").forEach(resource -> {
            if (resource.path("Type").asText().equals(type)) {
                found.add(resource);
            }
        });
        return found;
    }
}

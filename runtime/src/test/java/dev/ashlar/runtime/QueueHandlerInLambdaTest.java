package dev.ashlar.runtime;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.runtime.LocalLambda.Outcome;
import dev.ashlar.runtime.task.Orders;
import dev.ashlar.runtime.task.WarmOrders;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** From end to end: AWS's runtime interface client in processes of its own, as in Lambda. It runs on Linux alone. */
@EnabledOnOs(OS.LINUX)
class QueueHandlerInLambdaTest {

    /** As AWS's documentation has it, but for the bodies. */
    private static final String BATCH = """
            {"Records": [
              {
                "messageId": "059f36b4-87a3-44ab-83d2-661975830a7d",
                "receiptHandle": "AQEBwJnKyrHigUMZj6rYigCgxlaS3SLy0a",
                "body": "slate",
                "attributes": {
                  "ApproximateReceiveCount": "1",
                  "SentTimestamp": "1545082649183",
                  "SenderId": "AIDAIENQZJOLO23YVJ4VO",
                  "ApproximateFirstReceiveTimestamp": "1545082649185"
                },
                "messageAttributes": {},
                "md5OfBody": "e4e68fb7bd0e697a0ae8f1bb342846b3",
                "eventSource": "aws:sqs",
                "eventSourceARN": "arn:aws:sqs:us-east-2:123456789012:my-queue",
                "awsRegion": "us-east-2"
              },
              {
                "messageId": "2e1424d4-f796-459a-8184-9c92662be6da",
                "receiptHandle": "AQEBzWwaftRI0KuVm4tP",
                "body": "granite",
                "attributes": {"ApproximateReceiveCount": "4"},
                "messageAttributes": {},
                "eventSource": "aws:sqs",
                "eventSourceARN": "arn:aws:sqs:us-east-2:123456789012:my-queue",
                "awsRegion": "us-east-2"
              }
            ]}
            """;

    private static final String SECOND_FAILED =
            "{\"batchItemFailures\":[{\"itemIdentifier\":\"2e1424d4-f796-459a-8184-9c92662be6da\"}]}";

    @TempDir
    private Path directory;

    @Test
    void tellsLambdaWhatFailed() throws Exception {
        try (var lambda = LocalLambda.create(directory, Orders.class, Map.of())) {
            var instance = lambda.start();
            lambda.awaitIdle();

            Outcome answer = lambda.invoke(BATCH).get(30, SECONDS);

            assertThat(answer).isEqualTo(new Outcome(0, "response", SECOND_FAILED));
            assertThat(instance.log())
                    .contains("Confirmed slate")
                    .contains("Message 2e1424d4-f796-459a-8184-9c92662be6da failed, receive 4:")
                    .contains("java.lang.IllegalStateException: Out of stone");
        }
    }

    @Test
    void aHandlerThatAnswersPingsTellsTheSame() throws Exception {
        try (var lambda = LocalLambda.create(directory, WarmOrders.class, Map.of())) {
            for (String event : List.of(BATCH, PingTest.PING)) {
                Outcome answer = lambda.invoke(event).get(30, SECONDS);

                assertThat(answer.body()).isEqualTo(event.equals(BATCH) ? SECOND_FAILED : "{\"ashlar\":\"pong\"}");
                lambda.awaitIdle();
            }
        }
    }
}

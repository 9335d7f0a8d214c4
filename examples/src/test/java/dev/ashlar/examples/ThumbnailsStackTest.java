package dev.ashlar.examples;

import static dev.ashlar.test.CdkAssertions.assertThat;

import dev.ashlar.test.Permission;
import dev.ashlar.test.TestApp;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awscdk.Stack;

class ThumbnailsStackTest {
    private final Stack stack = new ThumbnailsStack(TestApp.create(), "Thumbnails");

    @Test
    void isAsReviewed() {
        assertThat(stack).matchesSnapshot().hasNoWildcards().hasNoCustomResources();
    }

    @Test
    void mayDoWhatItsHandlerNeedsAndNoMore() {
        String bucket = "${Thumbnails/Bucket/Bucket.Arn}";
        String queue = "${Thumbnails/Queue/Queue.Arn}";
        String table = "${Catalogue/Table.Arn}";
        assertThat(stack)
                .permissionsOf("Thumbnails/Function/Role")
                .areExactly(
                        Permission.of("logs:CreateLogStream", "${Thumbnails/Function/Logs.Arn}"),
                        Permission.of("logs:PutLogEvents", "${Thumbnails/Function/Logs.Arn}"),
                        Permission.of("xray:PutTraceSegments", "*"),
                        Permission.of("xray:PutTelemetryRecords", "*"),
                        Permission.of("sqs:ReceiveMessage", queue),
                        Permission.of("sqs:DeleteMessage", queue),
                        Permission.of("sqs:ChangeMessageVisibility", queue),
                        Permission.of("sqs:GetQueueAttributes", queue),
                        Permission.of("s3:ListBucket", bucket).when("{\"StringLike\":{\"s3:prefix\":\"incoming/*\"}}"),
                        Permission.of("s3:GetObject", bucket + "/incoming/*"),
                        Permission.of("s3:PutObject", bucket + "/thumbnails/*"),
                        Permission.of("s3:AbortMultipartUpload", bucket + "/thumbnails/*"),
                        Permission.of("s3:DeleteObject", bucket + "/thumbnails/*"),
                        Permission.of("dynamodb:PutItem", table),
                        Permission.of("dynamodb:UpdateItem", table),
                        Permission.of("dynamodb:ConditionCheckItem", table),
                        Permission.of("dynamodb:DeleteItem", table));
    }

    @Test
    void leavesNothingBehindInDevelopment() {
        Stack development = new ThumbnailsStack(TestApp.create(Map.of("ashlar:profile", "development")), "Thumbnails");

        assertThat(development).matchesSnapshot("Thumbnails-development").hasNoWildcards();
    }
}

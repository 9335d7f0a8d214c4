package dev.ashlar.examples;

import dev.ashlar.constructs.access.BucketAccess;
import dev.ashlar.constructs.access.TopicAccess;
import dev.ashlar.constructs.alarm.Alarms;
import dev.ashlar.constructs.function.FunctionCode;
import dev.ashlar.constructs.function.WarmFunction;
import dev.ashlar.constructs.storage.PrivateBucket;
import dev.ashlar.patterns.schedule.ScheduledTask;
import java.util.Map;
import software.amazon.awscdk.CfnOutput;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.TimeZone;
import software.amazon.awscdk.services.dynamodb.ITable;
import software.amazon.awscdk.services.scheduler.ScheduleExpression;
import software.amazon.awscdk.services.sns.Topic;
import software.constructs.Construct;

/**
 * What was written into the guestbook, each night and each week: an object under {@code reports/}, and a message to whoever has
 * subscribed to the topic.
 *
 * <pre>
 * aws sns subscribe --topic-arn REPORTS_TOPIC --protocol email --notification-endpoint ada@example.com
 * </pre>
 */
final class NightlyReport extends Construct {
    NightlyReport(Construct scope, String id, FunctionCode code, ITable notes) {
        super(scope, id);
        PrivateBucket bucket = PrivateBucket.Builder.create(this, "Bucket").build();
        // By TLS alone, which makes it a policy: alarms have a topic without one, which lets CloudWatch in.
        Topic topic = Topic.Builder.create(this, "Topic").enforceSsl(true).build();
        Topic operators = new Topic(this, "Operators");

        ScheduledTask task = ScheduledTask.Builder.create(this, "Task")
                .schedule("nightly", inSeoul("cron(0 3 * * ? *)"))
                .schedule("weekly", inSeoul("cron(30 3 ? * MON *)"))
                .code(code)
                .handler("dev.ashlar.examples.guestbook.NightlyReport")
                .timeout(Duration.minutes(5))
                .readOnlyTable("NOTES_TABLE", notes)
                .environment(Map.of(
                        "REPORTS_BUCKET", bucket.getBucket().getBucketName(),
                        "REPORTS_TOPIC", topic.getTopicArn()))
                .alarms(Alarms.to(operators))
                .build();
        WarmFunction function = task.getFunction();
        BucketAccess.of(bucket.getBucket()).under("reports/").grantWrite(function);
        TopicAccess.of(topic).grantPublish(function);

        output("ReportsTopic", "Who reads the reports: aws sns subscribe --topic-arn ...", topic.getTopicArn());
        output(
                "ReportsBucket",
                "Where they are kept: aws s3 ls ...",
                bucket.getBucket().getBucketName());
        output("OperatorsTopic", "Whom alarms tell: aws sns subscribe --topic-arn ...", operators.getTopicArn());
    }

    private void output(String id, String description, String value) {
        CfnOutput.Builder.create(this, id).description(description).value(value).build();
    }

    private static ScheduleExpression inSeoul(String expression) {
        return ScheduleExpression.expression(expression, TimeZone.ASIA_SEOUL);
    }
}

package dev.ashlar.constructs.queue;

import dev.ashlar.constructs.alarm.Alarms;
import dev.ashlar.test.ConstructContract;
import dev.ashlar.test.Options;
import java.util.Optional;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.sns.Topic;
import software.constructs.Construct;

class SourceQueueContractTest extends ConstructContract {
    @Override
    protected Optional<Options> options() {
        return Optional.of(Options.requiring()
                .values("maxReceiveCount", 10, 1, 1000, 0, 1001)
                .withoutEffect("fifo(false)", "it is the default")
                .withoutEffect("visibilityTimeout(Duration.seconds(30))", "it is the default")
                .withoutEffect("removalPolicy(RemovalPolicy.RETAIN)", "it is the default in production"));
    }

    @Override
    protected Construct minimal(Construct scope, String id) {
        return SourceQueue.Builder.create(scope, id).build();
    }

    @Override
    protected Construct maximal(Construct scope, String id) {
        return SourceQueue.Builder.create(scope, id)
                .fifo(true)
                .visibilityTimeout(Duration.minutes(5))
                .maxReceiveCount(10)
                .alarms(Alarms.to(Topic.fromTopicArn(
                                scope, id + "Topic", "arn:aws:sns:ap-northeast-2:123456789012:alarms"))
                        .messageAge(Duration.hours(2)))
                .customizeQueue(builder -> builder.contentBasedDeduplication(true))
                .build();
    }
}

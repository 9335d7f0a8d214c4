package dev.ashlar.constructs.queue;

import dev.ashlar.constructs.alarm.Alarms;
import dev.ashlar.test.ConstructContract;
import dev.ashlar.test.Options;
import java.util.Optional;
import software.amazon.awscdk.services.sns.Topic;
import software.constructs.Construct;

class DeadLetterQueueContractTest extends ConstructContract {
    @Override
    protected Optional<Options> options() {
        return Optional.of(Options.requiring()
                .withoutEffect("fifo(false)", "it is the default")
                .withoutEffect("removalPolicy(RemovalPolicy.RETAIN)", "it is the default in production"));
    }

    @Override
    protected Construct minimal(Construct scope, String id) {
        return DeadLetterQueue.Builder.create(scope, id).build();
    }

    @Override
    protected Construct maximal(Construct scope, String id) {
        DeadLetterQueue queue = DeadLetterQueue.Builder.create(scope, id)
                .fifo(true)
                .alarms(Alarms.to(
                        Topic.fromTopicArn(scope, id + "Topic", "arn:aws:sns:ap-northeast-2:123456789012:alarms")))
                .customizeQueue(builder -> builder.contentBasedDeduplication(true))
                .build();
        queue.grantSendToRule("arn:aws:events:ap-northeast-2:123456789012:rule/orders");
        return queue;
    }
}

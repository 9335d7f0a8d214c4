package dev.ashlar.patterns.queue;

import dev.ashlar.constructs.alarm.Alarms;
import dev.ashlar.constructs.function.FunctionCode;
import dev.ashlar.patterns.FunctionOptionValues;
import dev.ashlar.test.ConstructContract;
import dev.ashlar.test.Options;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.sns.Topic;
import software.constructs.Construct;

class QueueProcessorContractTest extends ConstructContract {
    @Override
    protected Optional<Options> options() {
        return Optional.of(FunctionOptionValues.requiring("code", "handler")
                .values("batchSize", 10, 1, 10000, 0, 10001)
                .values("maxConcurrency", 2, 1000, 1, 1001)
                .values("maxReceiveCount", 10, 1, 1000, 0)
                .withoutEffect("fifo(false)", "it is the default"));
    }

    @Override
    protected Construct minimal(Construct scope, String id) {
        return QueueProcessor.Builder.create(scope, id)
                .code(FunctionCode.jar("handlers.jar"))
                .handler("shop.OrdersHandler")
                .build();
    }

    @Override
    protected Construct maximal(Construct scope, String id) {
        return QueueProcessor.Builder.create(scope, id)
                .code(FunctionCode.jar("handlers.jar"))
                .handler("shop.OrdersHandler")
                .timeout(Duration.minutes(5))
                .batchSize(1000)
                .maxBatchingWindow(Duration.seconds(30))
                .maxConcurrency(50)
                .maxReceiveCount(10)
                .filter(Map.of("kind", List.of("order")))
                .alarms(Alarms.to(
                        Topic.fromTopicArn(scope, id + "Topic", "arn:aws:sns:ap-northeast-2:123456789012:alarms")))
                .customizeQueue(queue -> queue.deliveryDelay(Duration.seconds(10)))
                .build();
    }
}

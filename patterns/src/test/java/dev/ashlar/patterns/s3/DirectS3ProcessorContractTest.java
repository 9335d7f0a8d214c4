package dev.ashlar.patterns.s3;

import dev.ashlar.constructs.alarm.Alarms;
import dev.ashlar.constructs.function.FunctionCode;
import dev.ashlar.patterns.FunctionOptionValues;
import dev.ashlar.test.ConstructContract;
import dev.ashlar.test.Options;
import java.util.Optional;
import software.amazon.awscdk.services.sns.Topic;
import software.constructs.Construct;

/** Without a queue. */
class DirectS3ProcessorContractTest extends ConstructContract {
    @Override
    protected Optional<Options> options() {
        return Optional.of(FunctionOptionValues.requiring("code", "handler", "direct")
                .values("prefix", "incoming/", "thumbnails/")
                .values("output.prefix", "results/", "")
                .values("suffix", ".jpg")
                .values("corsOrigins", "https://www.example.com", "*")
                .withoutEffect("changes(ObjectChange.CREATED)", "it is the default")
                .withoutEffect("batchSize(1)", "it is the default")
                .withoutEffect("corsOrigins()", "there are none by default")
                .withoutEffect("input(ObjectFilter.all())", "it is the default"));
    }

    @Override
    protected Construct minimal(Construct scope, String id) {
        return direct(scope, id).build();
    }

    @Override
    protected Construct maximal(Construct scope, String id) {
        return direct(scope, id)
                .input(ObjectFilter.prefix("incoming/"))
                .changes(ObjectChange.values())
                .output("thumbnails/")
                .alarms(Alarms.to(
                        Topic.fromTopicArn(scope, id + "Topic", "arn:aws:sns:ap-northeast-2:123456789012:alarms")))
                .build();
    }

    private static S3Processor.Builder direct(Construct scope, String id) {
        return S3Processor.Builder.create(scope, id)
                .code(FunctionCode.jar("handlers.jar"))
                .handler("shop.ThumbnailHandler")
                .direct();
    }
}

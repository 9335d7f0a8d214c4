package dev.ashlar.patterns.s3;

import dev.ashlar.constructs.alarm.Alarms;
import dev.ashlar.constructs.function.FunctionCode;
import dev.ashlar.patterns.FunctionOptionValues;
import dev.ashlar.test.ConstructContract;
import dev.ashlar.test.Options;
import java.util.Optional;
import software.amazon.awscdk.Size;
import software.amazon.awscdk.services.s3.Bucket;
import software.amazon.awscdk.services.sns.Topic;
import software.constructs.Construct;

class S3ProcessorContractTest extends ConstructContract {
    @Override
    protected Optional<Options> options() {
        return Optional.of(FunctionOptionValues.requiring("code", "handler")
                .values("batchSize", 10, 1, 10000, 0)
                .values("maxConcurrency", 2, 1000, 1)
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
        return S3Processor.Builder.create(scope, id)
                .code(FunctionCode.jar("handlers.jar"))
                .handler("shop.ThumbnailHandler")
                .build();
    }

    @Override
    protected Construct maximal(Construct scope, String id) {
        return S3Processor.Builder.create(scope, id)
                .code(FunctionCode.jar("handlers.jar"))
                .handler("shop.ThumbnailHandler")
                .input(ObjectFilter.prefix("incoming/").suffix(".jpg").minimumSize(Size.kibibytes(1)))
                .input(ObjectFilter.prefix("scans/"))
                .changes(ObjectChange.CREATED, ObjectChange.RESTORED)
                .output(Bucket.fromBucketName(scope, id + "Results", "results"), "thumbnails/")
                .canTellMissing()
                .batchSize(5)
                .maxConcurrency(50)
                .corsOrigins("https://www.example.com")
                .alarms(Alarms.to(
                        Topic.fromTopicArn(scope, id + "Topic", "arn:aws:sns:ap-northeast-2:123456789012:alarms")))
                .customizeBucket(bucket -> bucket.versioned(true))
                .build();
    }
}

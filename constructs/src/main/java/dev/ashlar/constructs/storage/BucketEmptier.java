package dev.ashlar.constructs.storage;

import dev.ashlar.constructs.access.BucketAccess;
import dev.ashlar.constructs.function.FunctionCode;
import dev.ashlar.constructs.function.WarmFunction;
import dev.ashlar.constructs.internal.StackShared;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import software.amazon.awscdk.CustomResource;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.lambda.Code;
import software.amazon.awscdk.services.lambda.Runtime;
import software.amazon.awscdk.services.s3.Bucket;
import software.constructs.Construct;

/**
 * Empties buckets before CloudFormation deletes them, which it cannot do itself: one small function a stack, which may
 * list and delete the objects of these buckets and nothing else.
 */
final class BucketEmptier {
    private static final int TIMEOUT_MINUTES = 15;

    private BucketEmptier() {}

    /** Has a bucket emptied when it is about to be deleted. */
    static void empty(Construct scope, Bucket bucket) {
        WarmFunction function =
                StackShared.of(scope, "BucketEmptier", WarmFunction.class, BucketEmptier::createFunction);
        BucketAccess.of(bucket).grantEmpty(function);
        CustomResource.Builder.create(scope, "Emptier")
                .resourceType("Custom::AshlarBucketEmptier")
                .serviceToken(function.getAlias().getFunctionArn())
                .serviceTimeout(Duration.minutes(TIMEOUT_MINUTES))
                .properties(Map.of("BucketName", bucket.getBucketName()))
                .build();
    }

    private static WarmFunction createFunction(Construct shared) {
        return WarmFunction.Builder.create(shared, "BucketEmptier")
                .code(FunctionCode.of(Code.fromInline(program())))
                .handler("index.handler")
                .runtime(Runtime.NODEJS_24_X)
                .memorySize(256)
                .timeout(Duration.minutes(TIMEOUT_MINUTES))
                .build();
    }

    private static String program() {
        try (InputStream in = BucketEmptier.class.getResourceAsStream("empty-bucket.js")) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the program of the bucket emptier", e);
        }
    }
}

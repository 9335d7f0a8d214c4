package dev.ashlar.constructs.storage;

import static java.util.Objects.requireNonNull;

import dev.ashlar.constructs.access.BucketAccess;
import dev.ashlar.constructs.function.FunctionCode;
import dev.ashlar.constructs.function.WarmFunction;
import dev.ashlar.constructs.internal.Acknowledged;
import dev.ashlar.constructs.internal.Known;
import dev.ashlar.constructs.internal.StackShared;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import software.amazon.awscdk.CustomResource;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.iam.Policy;
import software.amazon.awscdk.services.lambda.Code;
import software.amazon.awscdk.services.lambda.Runtime;
import software.amazon.awscdk.services.s3.Bucket;
import software.amazon.awscdk.services.s3.CfnBucket;
import software.constructs.Construct;

/**
 * Empties buckets before CloudFormation deletes them, which it cannot do itself: one small function a stack, which may
 * list and delete the objects of these buckets and nothing else.
 */
final class BucketEmptier {
    private static final int TIMEOUT_MINUTES = 15;
    private static final String AWAITED = "CloudFormation waits for the answer, and a failure stops the deployment.";

    private BucketEmptier() {}

    /**
     * Has a bucket emptied when it is about to be deleted. The resource that does it also goes when the bucket is to be
     * kept from now on: the tag, which CloudFormation takes away before, tells the two apart.
     */
    static void empty(Construct scope, Bucket bucket) {
        WarmFunction function =
                StackShared.of(scope, "BucketEmptier", WarmFunction.class, BucketEmptier::createFunction);
        CfnBucket resource = (CfnBucket) requireNonNull(bucket.getNode().getDefaultChild());
        resource.getTags().setTag("ashlar:empty-on-delete", "true");
        Policy policy = BucketAccess.of(bucket).policyToEmpty(scope, "EmptierPolicy", function.getRole());
        CustomResource.Builder.create(scope, "Emptier")
                .resourceType("Custom::AshlarBucketEmptier")
                .serviceToken(Known.arnOf(function.getAlias()))
                .serviceTimeout(Duration.minutes(TIMEOUT_MINUTES))
                .properties(Map.of("BucketName", bucket.getBucketName()))
                .build()
                .getNode()
                .addDependency(policy);
    }

    private static WarmFunction createFunction(Construct shared, String id) {
        WarmFunction function = WarmFunction.Builder.create(shared, id)
                .code(FunctionCode.of(Code.fromInline(program())))
                .handler("index.handler")
                .runtime(Runtime.NODEJS_24_X)
                .memorySize(256)
                .timeout(Duration.minutes(TIMEOUT_MINUTES))
                .build();
        Acknowledged acknowledged = Acknowledged.in(function);
        acknowledged.finding(function.getFunction(), "Serverless-LambdaDLQ", AWAITED);
        acknowledged.standard(function.getFunction(), "LambdaConcurrency", Acknowledged.NOT_RESERVED);
        acknowledged.standard(function.getFunction(), "LambdaInsideVPC", Acknowledged.WITHOUT_NETWORK);
        return function;
    }

    private static String program() {
        try (InputStream in = BucketEmptier.class.getResourceAsStream("empty-bucket.js")) {
            return new String(requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the program of the bucket emptier", e);
        }
    }
}

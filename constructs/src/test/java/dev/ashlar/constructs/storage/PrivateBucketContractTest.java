package dev.ashlar.constructs.storage;

import dev.ashlar.test.ConstructContract;
import java.util.List;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.s3.LifecycleRule;
import software.constructs.Construct;

class PrivateBucketContractTest extends ConstructContract {
    @Override
    protected Construct minimal(Construct scope, String id) {
        return PrivateBucket.Builder.create(scope, id).build();
    }

    @Override
    protected Construct maximal(Construct scope, String id) {
        return PrivateBucket.Builder.create(scope, id)
                .versioned(true)
                .lifecycleRules(List.of(LifecycleRule.builder()
                        .noncurrentVersionExpiration(Duration.days(30))
                        .build()))
                .customizeBucket(bucket -> bucket.transferAcceleration(true))
                .build();
    }
}

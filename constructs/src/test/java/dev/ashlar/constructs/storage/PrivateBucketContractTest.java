package dev.ashlar.constructs.storage;

import dev.ashlar.test.ConstructContract;
import dev.ashlar.test.Options;
import java.util.List;
import java.util.Optional;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.s3.LifecycleRule;
import software.constructs.Construct;

class PrivateBucketContractTest extends ConstructContract {
    @Override
    protected Optional<Options> options() {
        return Optional.of(Options.requiring()
                .withoutEffect("versioned(false)", "it is the default")
                .withoutEffect("lifecycleRules(Arrays.asList())", "there are none by default")
                .withoutEffect("removalPolicy(RemovalPolicy.RETAIN)", "it is the default in production"));
    }

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

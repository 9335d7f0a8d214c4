package dev.ashlar.constructs.queue;

import dev.ashlar.constructs.internal.Check;
import dev.ashlar.constructs.internal.Known;
import dev.ashlar.constructs.profile.Profile;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.sqs.Queue;
import software.amazon.awscdk.services.sqs.QueueEncryption;
import software.amazon.awscdk.services.sqs.QueuePolicy;
import software.constructs.Construct;

/** Makes CDK's own queue: encrypted, over TLS only, kept as the {@link Profile} says; then the customizer has its word. */
final class ProfileQueue {
    private ProfileQueue() {}

    static Queue create(
            Construct scope,
            Consumer<Queue.Builder> settings,
            @Nullable RemovalPolicy removalPolicy,
            @Nullable Consumer<Queue.Builder> customizeQueue) {
        RemovalPolicy removal = removalPolicy == null ? Profile.of(scope).getRemovalPolicy() : removalPolicy;
        Queue.Builder builder = Queue.Builder.create(scope, "Queue")
                .encryption(QueueEncryption.SQS_MANAGED)
                .enforceSsl(true)
                .removalPolicy(removal);
        settings.accept(builder);
        if (customizeQueue != null) {
            customizeQueue.accept(builder);
        }
        Queue created = builder.build();
        if (customizeQueue == null) {
            Known.isWithoutKey(created);
        } else {
            Check.of(scope)
                    .that(
                            created.getEncryptionType() != QueueEncryption.KMS_MANAGED,
                            "customizeQueue must not set encryption to KMS_MANAGED, got it; AWS's key lets no service of AWS"
                                    + " send, keep SQS_MANAGED or set a key of your own");
        }
        if (created.getNode().tryFindChild("Policy") instanceof QueuePolicy policy) {
            // A queue that is kept keeps the policy that refuses requests without TLS.
            policy.applyRemovalPolicy(removal);
        }
        return created;
    }
}

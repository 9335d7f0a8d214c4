package dev.ashlar.constructs.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ashlar.constructs.queue.DeadLetterQueue;
import dev.ashlar.constructs.storage.PrivateBucket;
import dev.ashlar.constructs.storage.SingleTable;
import dev.ashlar.test.TestApp;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Environment;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.amazon.awscdk.Token;
import software.amazon.awscdk.services.dynamodb.TableEncryptionV2;
import software.amazon.awscdk.services.dynamodb.TableV2;
import software.amazon.awscdk.services.kms.Key;
import software.amazon.awscdk.services.s3.Bucket;
import software.amazon.awscdk.services.s3.BucketEncryption;
import software.amazon.awscdk.services.sqs.Queue;
import software.constructs.Construct;

class KnownTest {
    private final Stack stack = new Stack(
            TestApp.create(),
            "Shop",
            StackProps.builder()
                    .env(Environment.builder().region("eu-west-1").build())
                    .build());

    @Test
    void valuesOfCdkAreMadeOnce() {
        assertThat(Known.seconds(90)).isSameAs(Known.seconds(90));
        assertThat(Known.days(3)).isSameAs(Known.days(3));
        assertThat(Known.service("sqs.amazonaws.com")).isSameAs(Known.service("sqs.amazonaws.com"));
        assertThat(Known.service("sqs.amazonaws.com").getService()).isEqualTo("sqs.amazonaws.com");
    }

    @Test
    void durationsAreAsLongAsCdkSays() {
        assertThat(Known.seconds(90).toSeconds()).isEqualTo(90);
        assertThat(Known.days(3).toDays()).isEqualTo(3);
        assertThat(Known.millisOf(Known.seconds(90))).isEqualTo(90_000L);
        assertThat(Known.millisOf(Known.days(3))).isEqualTo(259_200_000L);
        assertThat(Known.millisOf(Duration.millis(1500))).isEqualTo(1500);
        assertThat(Known.secondsOf(Duration.minutes(2)).intValue()).isEqualTo(120);
    }

    @Test
    void ofATokenOnlyTheUnitIsKnown() {
        Duration seconds = Duration.seconds(token());

        assertThat(Known.millisOf(seconds)).isNull();
        assertThat(stack.resolve(Known.secondsOf(seconds))).isEqualTo(stack.resolve(seconds.toSeconds()));
        assertThatThrownBy(() -> Known.secondsOf(Duration.minutes(token()))).isInstanceOf(RuntimeException.class);
    }

    @Test
    void idsAreThoseOfCdk() {
        Construct construct = new Construct(stack, "a/b");
        Construct asked = new Construct(stack, "c/d");

        Known.isNamed(construct, "a/b");

        assertThat(Known.idOf(construct)).isEqualTo(construct.getNode().getId());
        assertThat(Known.idOf(asked)).isEqualTo(asked.getNode().getId());
    }

    @Test
    void placesAreThoseOfCdk() {
        Construct construct = new Construct(stack, "Inner");

        assertThat(Known.scopeOf(construct)).isSameAs(stack);
        assertThat(Known.scopeOf(stack.getNode().getRoot())).isNull();
        assertThat(Known.nodeOf(construct).getPath()).isEqualTo("Shop/Inner");
        assertThat(Known.regionOf(stack)).isEqualTo("eu-west-1");
    }

    @Test
    void aKeyIsFoundWhereThereIsOne() {
        Key key = Key.Builder.create(stack, "Key").build();
        Queue queue =
                Queue.Builder.create(stack, "Queue").encryptionMasterKey(key).build();
        Bucket bucket =
                Bucket.Builder.create(stack, "Bucket").encryptionKey(key).build();

        assertThat(Known.keyOf(queue)).isSameAs(key);
        assertThat(Known.keyOf(bucket)).isSameAs(key);
        assertThat(Known.keyOf(Queue.Builder.create(stack, "Plain").build())).isNull();
        assertThat(Known.keyOf(Bucket.Builder.create(stack, "PlainBucket")
                        .encryption(BucketEncryption.S3_MANAGED)
                        .build()))
                .isNull();
    }

    /** The customizer may have brought it, which nobody may take for known. */
    @Test
    void aKeyOfACustomizerIsFound() {
        Key key = Key.Builder.create(stack, "Key").build();
        Queue queue = DeadLetterQueue.Builder.create(stack, "Failed")
                .customizeQueue(builder -> builder.encryption(null).encryptionMasterKey(key))
                .build()
                .getQueue();
        Bucket bucket = PrivateBucket.Builder.create(stack, "Bucket")
                .customizeBucket(
                        builder -> builder.encryption(BucketEncryption.KMS).encryptionKey(key))
                .build()
                .getBucket();
        TableV2 table = SingleTable.Builder.create(stack, "Table")
                .customizeTable(builder -> builder.encryption(TableEncryptionV2.customerManagedKey(key, Map.of())))
                .build()
                .getTable();

        assertThat(Known.keyOf(queue)).isSameAs(key);
        assertThat(Known.keyOf(bucket)).isSameAs(key);
        assertThat(Known.keyOf(table)).isSameAs(key);
    }

    @Test
    void ourOwnHaveNone() {
        Queue queue = DeadLetterQueue.Builder.create(stack, "Failed").build().getQueue();
        Bucket bucket = PrivateBucket.Builder.create(stack, "Bucket").build().getBucket();
        TableV2 table = SingleTable.Builder.create(stack, "Table").build().getTable();

        assertThat(Known.keyOf(queue)).isNull();
        assertThat(queue.getEncryptionMasterKey()).isNull();
        assertThat(Known.keyOf(bucket)).isNull();
        assertThat(bucket.getEncryptionKey()).isNull();
        assertThat(Known.keyOf(table)).isNull();
        assertThat(table.getEncryptionKey()).isNull();
    }

    private static Number token() {
        return Token.asNumber(Map.of("Ref", "Time"));
    }
}

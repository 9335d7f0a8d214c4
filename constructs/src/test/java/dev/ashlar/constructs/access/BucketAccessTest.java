package dev.ashlar.constructs.access;

import static dev.ashlar.constructs.access.Grantee.assertAllows;
import static dev.ashlar.test.CdkAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ashlar.test.Permission;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awscdk.assertions.Template;
import software.amazon.awscdk.services.iam.Grant;
import software.amazon.awscdk.services.kms.Key;
import software.amazon.awscdk.services.s3.Bucket;
import software.amazon.awscdk.services.s3.BucketEncryption;
import software.amazon.awscdk.services.s3.IBucket;

class BucketAccessTest {
    private static final String BUCKET = "arn:${AWS::Partition}:s3:::uploads";

    private final Grantee grantee = new Grantee();
    private final IBucket bucket = Bucket.fromBucketName(grantee.stack, "Uploads", "uploads");

    @Test
    void readingIsGetObject() {
        Grant grant = BucketAccess.of(bucket).grantRead(grantee.role);

        assertThat(grantee.stack).permissionsOf("Reader").areExactly(Permission.of("s3:GetObject", BUCKET + "/*"));
        assertAllows(grant, "s3:GetObject");
    }

    @Test
    void readingUnderAPrefixReachesNothingElse() {
        BucketAccess.of(bucket).under("in/").grantRead(grantee.role);

        assertThat(grantee.stack).permissionsOf("Reader").areExactly(Permission.of("s3:GetObject", BUCKET + "/in/*"));
    }

    @Test
    void writingCleansUpItsOwnUploads() {
        Grant grant = BucketAccess.of(bucket).under("out/").grantWrite(grantee.role);

        assertThat(grantee.stack)
                .permissionsOf("Reader")
                .areExactly(
                        Permission.of("s3:PutObject", BUCKET + "/out/*"),
                        Permission.of("s3:AbortMultipartUpload", BUCKET + "/out/*"));
        assertAllows(grant, "s3:PutObject", "s3:AbortMultipartUpload");
    }

    @Test
    void deletingKeepsVersions() {
        Grant grant = BucketAccess.of(bucket).grantDelete(grantee.role);

        assertThat(grantee.stack).permissionsOf("Reader").areExactly(Permission.of("s3:DeleteObject", BUCKET + "/*"));
        assertAllows(grant, "s3:DeleteObject");
    }

    @Test
    void listingUnderAPrefixSeesNothingElse() {
        BucketAccess.of(bucket).under("in/").grantList(grantee.role);

        assertThat(grantee.stack)
                .permissionsOf("Reader")
                .areExactly(Permission.of("s3:ListBucket", BUCKET).when("{\"StringLike\":{\"s3:prefix\":\"in/*\"}}"));
    }

    @Test
    void listingAllHasNoCondition() {
        Grant grant = BucketAccess.of(bucket).grantList(grantee.role);

        assertThat(grantee.stack).permissionsOf("Reader").areExactly(Permission.of("s3:ListBucket", BUCKET));
        assertAllows(grant, "s3:ListBucket");
    }

    @Test
    void emptyingDeletesVersionsTooByAPolicyOfItsOwn() {
        BucketAccess.of(bucket).policyToEmpty(grantee.stack, "Emptying", grantee.role);

        Template.fromStack(grantee.stack).resourceCountIs("AWS::IAM::Policy", 1);
        assertThat(grantee.stack)
                .permissionsOf("Reader")
                .areExactly(
                        Permission.of("s3:GetBucketTagging", BUCKET),
                        Permission.of("s3:ListBucketVersions", BUCKET),
                        Permission.of("s3:DeleteObject", BUCKET + "/*"),
                        Permission.of("s3:DeleteObjectVersion", BUCKET + "/*"));
    }

    @Test
    void readersOfACustomersKeyDecrypt() {
        BucketAccess.of(encrypted()).grantRead(grantee.role);

        assertThat(grantee.stack)
                .permissionsOf("Reader")
                .areExactly(
                        Permission.of("s3:GetObject", "${Bucket.Arn}/*"), Permission.of("kms:Decrypt", "${Key.Arn}"));
    }

    @Test
    void writersOfACustomersKeyDecryptToo() {
        BucketAccess.of(encrypted()).grantWrite(grantee.role);

        assertThat(grantee.stack)
                .permissionsOf("Reader")
                .areExactly(
                        Permission.of("s3:PutObject", "${Bucket.Arn}/*"),
                        Permission.of("s3:AbortMultipartUpload", "${Bucket.Arn}/*"),
                        Permission.of("kms:GenerateDataKey", "${Key.Arn}"),
                        Permission.of("kms:Decrypt", "${Key.Arn}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/in/", "*", "in/*", "in/?.jpg", "${aws:username}/"})
    void rejectsPrefixesThatWouldMeanSomethingElse(String prefix) {
        assertThatThrownBy(() -> BucketAccess.of(bucket).under(prefix))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("under must be a key prefix without a leading / and without * ? $, got \"" + prefix
                        + "\"; for the whole bucket leave it out");
    }

    private Bucket encrypted() {
        return Bucket.Builder.create(grantee.stack, "Bucket")
                .encryption(BucketEncryption.KMS)
                .encryptionKey(Key.Builder.create(grantee.stack, "Key").build())
                .build();
    }
}

package dev.ashlar.constructs.storage;

import static dev.ashlar.test.CdkAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ashlar.constructs.profile.Profile;
import dev.ashlar.test.Permission;
import dev.ashlar.test.TestApp;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.assertions.Annotations;
import software.amazon.awscdk.assertions.Match;
import software.amazon.awscdk.assertions.Template;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.s3.LifecycleRule;
import software.amazon.awscdk.services.s3.ObjectLockRetention;

class PrivateBucketTest {
    private static final String TYPE = "AWS::S3::Bucket";
    private static final String EMPTIER = "Custom::AshlarBucketEmptier";

    private final Stack stack = new Stack(TestApp.create(), "Shop");

    @Test
    void usesDocumentedDefaults() {
        bucket().build();

        Template.fromStack(stack)
                .hasResource(
                        TYPE,
                        Map.of(
                                "DeletionPolicy",
                                "Retain",
                                "Properties",
                                Map.of(
                                        "PublicAccessBlockConfiguration",
                                                Map.of(
                                                        "BlockPublicAcls", true,
                                                        "BlockPublicPolicy", true,
                                                        "IgnorePublicAcls", true,
                                                        "RestrictPublicBuckets", true),
                                        "OwnershipControls",
                                                Map.of(
                                                        "Rules",
                                                        List.of(Map.of("ObjectOwnership", "BucketOwnerEnforced"))),
                                        "BucketEncryption",
                                                Map.of(
                                                        "ServerSideEncryptionConfiguration",
                                                        List.of(Map.of(
                                                                "ServerSideEncryptionByDefault",
                                                                Map.of("SSEAlgorithm", "AES256")))),
                                        "LifecycleConfiguration",
                                                Map.of(
                                                        "Rules",
                                                        List.of(Map.of(
                                                                "Id", "IncompleteUploads",
                                                                "Status", "Enabled",
                                                                "AbortIncompleteMultipartUpload",
                                                                        Map.of("DaysAfterInitiation", 7)))))));
    }

    @Test
    void refusesRequestsWithoutNewTlsForAsLongAsItExists() {
        bucket().build();

        Template.fromStack(stack)
                .hasResource(
                        "AWS::S3::BucketPolicy",
                        Map.of(
                                "DeletionPolicy",
                                "Retain",
                                "Properties",
                                Match.objectLike(Map.of(
                                        "PolicyDocument",
                                        Match.objectLike(Map.of(
                                                "Statement",
                                                List.of(
                                                        Match.objectLike(Map.of(
                                                                "Effect",
                                                                "Deny",
                                                                "Condition",
                                                                Map.of(
                                                                        "Bool",
                                                                        Map.of("aws:SecureTransport", "false")))),
                                                        Match.objectLike(Map.of(
                                                                "Effect",
                                                                "Deny",
                                                                "Condition",
                                                                Map.of(
                                                                        "NumericLessThan",
                                                                        Map.of("s3:TlsVersion", 1.2)))))))))));
    }

    @Test
    void nullMeansDefault() {
        Stack other = new Stack(TestApp.create(), "Shop");
        bucket().build();

        PrivateBucket.Builder.create(other, "Uploads")
                .versioned(null)
                .objectLockDefaultRetention(null)
                .lifecycleRules(null)
                .removalPolicy(null)
                .customizeBucket(null)
                .build();

        assertThat(Template.fromStack(other).toJSON())
                .isEqualTo(Template.fromStack(stack).toJSON());
    }

    @Test
    void developmentEmptiesAndDeletes() {
        Profile.DEVELOPMENT.applyTo(stack);

        bucket().build();

        Template template = Template.fromStack(stack);
        template.hasResource(TYPE, Map.of("DeletionPolicy", "Delete"));
        template.hasResourceProperties(EMPTIER, Map.of("BucketName", Match.anyValue(), "ServiceTimeout", "900"));
    }

    @Test
    void oneEmptierServesAllBucketsOfAStackAndReachesNothingElse() {
        Profile.DEVELOPMENT.applyTo(stack);

        bucket().build();
        PrivateBucket.Builder.create(stack, "Exports").build();

        Template.fromStack(stack).resourceCountIs("AWS::Lambda::Function", 1);
        Template.fromStack(stack).resourceCountIs(EMPTIER, 2);
        assertThat(stack)
                .permissionsOf("Ashlar/BucketEmptier/Role")
                .areExactly(
                        Permission.of("logs:CreateLogStream", "${Ashlar/BucketEmptier/Logs.Arn}"),
                        Permission.of("logs:PutLogEvents", "${Ashlar/BucketEmptier/Logs.Arn}"),
                        Permission.of("xray:PutTraceSegments", "*"),
                        Permission.of("xray:PutTelemetryRecords", "*"),
                        Permission.of("s3:GetBucketTagging", "${Uploads/Bucket.Arn}"),
                        Permission.of("s3:ListBucketVersions", "${Uploads/Bucket.Arn}"),
                        Permission.of("s3:DeleteObject", "${Uploads/Bucket.Arn}/*"),
                        Permission.of("s3:DeleteObjectVersion", "${Uploads/Bucket.Arn}/*"),
                        Permission.of("s3:GetBucketTagging", "${Exports/Bucket.Arn}"),
                        Permission.of("s3:ListBucketVersions", "${Exports/Bucket.Arn}"),
                        Permission.of("s3:DeleteObject", "${Exports/Bucket.Arn}/*"),
                        Permission.of("s3:DeleteObjectVersion", "${Exports/Bucket.Arn}/*"));
    }

    @Test
    void theEmptierKeepsItsPermissionsUntilItIsDone() {
        Profile.DEVELOPMENT.applyTo(stack);

        bucket().build();

        // CloudFormation deletes in reverse order: first the emptier, then its policy, then the bucket.
        Template.fromStack(stack)
                .hasResource(
                        EMPTIER,
                        Map.of("DependsOn", List.of(Match.stringLikeRegexp("UploadsEmptierPolicy[0-9A-F]{8}"))));
    }

    @Test
    void onlyTheTagOfDevelopmentLetsTheEmptierDeleteAnything() {
        Stack development = new Stack(TestApp.create(Map.of("ashlar:profile", "development")), "Shop");
        bucket().build();
        PrivateBucket.Builder.create(development, "Uploads").build();

        Template.fromStack(stack).hasResourceProperties(TYPE, Map.of("Tags", Match.absent()));
        Template.fromStack(development)
                .hasResourceProperties(
                        TYPE, Map.of("Tags", List.of(Map.of("Key", "ashlar:empty-on-delete", "Value", "true"))));
    }

    @Test
    void productionHasNoEmptierEvenWhenItIsToBeDeleted() {
        bucket().removalPolicy(RemovalPolicy.DESTROY).build();

        assertThat(stack).hasNoCustomResources();
        Template.fromStack(stack).hasResource(TYPE, Map.of("DeletionPolicy", "Delete"));
    }

    @Test
    void developmentKeepsABucketThatIsToBeKept() {
        Profile.DEVELOPMENT.applyTo(stack);

        bucket().removalPolicy(RemovalPolicy.RETAIN).build();

        assertThat(stack).hasNoCustomResources();
        Template.fromStack(stack).hasResource(TYPE, Map.of("DeletionPolicy", "Retain"));
    }

    @Test
    void locksObjectsAndKeepsTheirVersions() {
        bucket().objectLockDefaultRetention(ObjectLockRetention.governance(Duration.days(30)))
                .build();

        Template.fromStack(stack)
                .hasResourceProperties(
                        TYPE,
                        Map.of(
                                "ObjectLockEnabled",
                                true,
                                "ObjectLockConfiguration",
                                Map.of(
                                        "ObjectLockEnabled",
                                        "Enabled",
                                        "Rule",
                                        Map.of("DefaultRetention", Map.of("Days", 30, "Mode", "GOVERNANCE"))),
                                "VersioningConfiguration",
                                Map.of("Status", "Enabled")));
    }

    @Test
    void warnsThatALockedBucketIsKeptInDevelopment() {
        Profile.DEVELOPMENT.applyTo(stack);

        bucket().objectLockDefaultRetention(ObjectLockRetention.governance(Duration.days(1)))
                .build();

        Annotations.fromStack(stack)
                .hasWarning(
                        "/Shop/Uploads",
                        "A bucket with locked objects cannot be emptied: it is kept in the development profile too"
                                + " [ack: ashlar:lockedBucketIsKept]");
        assertThat(stack).hasNoCustomResources();
    }

    @Test
    void rejectsLocksWithoutVersions() {
        assertThatThrownBy(() -> bucket().versioned(false)
                        .objectLockDefaultRetention(ObjectLockRetention.governance(Duration.days(1)))
                        .build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("[Shop/Uploads] versioned must not be false with objectLockDefaultRetention, got false; S3"
                        + " locks versions of objects");
    }

    @Test
    void addsLifecycleRulesToItsOwn() {
        bucket().lifecycleRules(List.of(LifecycleRule.builder()
                        .id("Old")
                        .expiration(Duration.days(90))
                        .build()))
                .build();

        Template.fromStack(stack)
                .hasResourceProperties(
                        TYPE,
                        Map.of(
                                "LifecycleConfiguration",
                                Map.of(
                                        "Rules",
                                        List.of(
                                                Match.objectLike(Map.of("Id", "IncompleteUploads")),
                                                Match.objectLike(Map.of("Id", "Old", "ExpirationInDays", 90))))));
    }

    @Test
    void theCustomizerHasTheLastWord() {
        bucket().customizeBucket(bucket -> bucket.versioned(true)).build();

        Template.fromStack(stack)
                .hasResourceProperties(TYPE, Map.of("VersioningConfiguration", Map.of("Status", "Enabled")));
    }

    @Test
    void grantsReadingWritingAndDeletingApart() {
        Role role = Role.Builder.create(stack, "Worker")
                .assumedBy(new ServicePrincipal("lambda.amazonaws.com"))
                .build();
        PrivateBucket uploads = bucket().build();

        uploads.grantRead(role);
        uploads.grantWrite(role);
        uploads.grantDelete(role);

        assertThat(stack)
                .permissionsOf("Worker")
                .areExactly(
                        Permission.of("s3:GetObject", "${Uploads/Bucket.Arn}/*"),
                        Permission.of("s3:PutObject", "${Uploads/Bucket.Arn}/*"),
                        Permission.of("s3:AbortMultipartUpload", "${Uploads/Bucket.Arn}/*"),
                        Permission.of("s3:DeleteObject", "${Uploads/Bucket.Arn}/*"));
    }

    private PrivateBucket.Builder bucket() {
        return PrivateBucket.Builder.create(stack, "Uploads");
    }
}

package dev.ashlar.constructs.access;

import static dev.ashlar.constructs.access.Grantee.assertAllows;
import static dev.ashlar.test.CdkAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.test.Permission;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awscdk.services.cloudfront.Distribution;
import software.amazon.awscdk.services.cloudfront.DistributionAttributes;
import software.amazon.awscdk.services.cloudwatch.Alarm;
import software.amazon.awscdk.services.ecr.Repository;
import software.amazon.awscdk.services.iam.Grant;
import software.amazon.awscdk.services.lambda.Function;
import software.amazon.awscdk.services.lambda.IFunction;
import software.amazon.awscdk.services.s3.Bucket;
import software.amazon.awscdk.services.s3.IBucket;

/** What a deployment needs: to shift versions, to upload a site, to pull an image. */
class DeploymentNeedsTest {
    private static final String LAMBDA = "arn:aws:lambda:ap-northeast-2:123456789012:function:";
    private static final String ALARM = "arn:aws:cloudwatch:ap-northeast-2:123456789012:alarm:errors";
    private static final String ASSETS = "arn:${AWS::Partition}:s3:::assets";
    private static final String SITE = "arn:${AWS::Partition}:s3:::site";

    private final Grantee grantee = new Grantee();

    @Test
    void shiftingMovesOneAliasAndLooksAtItsAlarms() {
        shift(List.of());

        assertThat(grantee.stack)
                .permissionsOf("Reader")
                .areExactly(
                        Permission.of("lambda:GetAlias", LAMBDA + "quotes"),
                        Permission.of("lambda:UpdateAlias", LAMBDA + "quotes"),
                        Permission.of("lambda:GetProvisionedConcurrencyConfig", LAMBDA + "quotes:live"),
                        Permission.of("cloudwatch:DescribeAlarms", ALARM));
    }

    @Test
    void shiftingInvokesItsHooks() {
        shift(List.of(function("check")));

        assertThat(grantee.stack)
                .permissionsOf("Reader")
                .areExactly(
                        Permission.of("lambda:GetAlias", LAMBDA + "quotes"),
                        Permission.of("lambda:UpdateAlias", LAMBDA + "quotes"),
                        Permission.of("lambda:GetProvisionedConcurrencyConfig", LAMBDA + "quotes:live"),
                        Permission.of("cloudwatch:DescribeAlarms", ALARM),
                        Permission.of("lambda:InvokeFunction", LAMBDA + "check"));
    }

    @Test
    void aHookReportsToItsDeploymentGroup() {
        String group = "arn:aws:codedeploy:ap-northeast-2:123456789012:deploymentgroup:shop/quotes";

        Grant grant = DeploymentAccess.grantReport(grantee.role, group);

        assertThat(grantee.stack)
                .permissionsOf("Reader")
                .areExactly(Permission.of("codedeploy:PutLifecycleEventHookExecutionStatus", group));
        assertAllows(grant, "codedeploy:PutLifecycleEventHookExecutionStatus");
    }

    @Test
    void uploadingReadsZipsAndWritesOneSite() {
        SiteAccess.policyToUpload(grantee.stack, "Upload", grantee.role, bucket("assets"), bucket("site"), null);

        assertThat(grantee.stack)
                .permissionsOf("Reader")
                .areExactly(
                        Permission.of("s3:GetObject", ASSETS + "/*.zip"),
                        Permission.of("s3:ListBucket", SITE),
                        Permission.of("s3:PutObject", SITE + "/*"),
                        Permission.of("s3:AbortMultipartUpload", SITE + "/*"),
                        Permission.of("s3:DeleteObject", SITE + "/*"));
    }

    @Test
    void uploadingInvalidatesTheSitesOwnDistribution() {
        SiteAccess.policyToUpload(
                grantee.stack,
                "Upload",
                grantee.role,
                bucket("assets"),
                bucket("site"),
                Distribution.fromDistributionAttributes(
                        grantee.stack,
                        "Distribution",
                        DistributionAttributes.builder()
                                .distributionId("E1")
                                .domainName("d1.cloudfront.net")
                                .build()));

        String distribution = "arn:${AWS::Partition}:cloudfront::${AWS::AccountId}:distribution/E1";
        assertThat(grantee.stack)
                .permissionsOf("Reader")
                .areExactly(
                        Permission.of("s3:GetObject", ASSETS + "/*.zip"),
                        Permission.of("s3:ListBucket", SITE),
                        Permission.of("s3:PutObject", SITE + "/*"),
                        Permission.of("s3:AbortMultipartUpload", SITE + "/*"),
                        Permission.of("s3:DeleteObject", SITE + "/*"),
                        Permission.of("cloudfront:CreateInvalidation", distribution),
                        Permission.of("cloudfront:GetInvalidation", distribution));
    }

    @Test
    void imagesArePulledByTheFunctionsOfThisAccountAndRegion() {
        Repository repository =
                Repository.Builder.create(grantee.stack, "Images").build();

        RepositoryAccess.of(repository).grantPullToFunctions(grantee.stack);

        assertThat(assertThat(grantee.stack)
                        .json()
                        .findValue("RepositoryPolicyText")
                        .findValue("Statement")
                        .toString())
                .isEqualTo("[{\"Action\":[\"ecr:BatchGetImage\",\"ecr:GetDownloadUrlForLayer\"],\"Condition\":"
                        + "{\"StringLike\":{\"aws:SourceArn\":{\"Fn::Join\":[\"\",[\"arn:\",{\"Ref\":\"AWS::Partition\"},"
                        + "\":lambda:\",{\"Ref\":\"AWS::Region\"},\":\",{\"Ref\":\"AWS::AccountId\"},\":function:*\"]]}}},"
                        + "\"Effect\":\"Allow\",\"Principal\":{\"Service\":\"lambda.amazonaws.com\"}}]");
    }

    private void shift(List<IFunction> hooks) {
        DeploymentAccess.policyToShift(
                grantee.stack,
                "Shifting",
                grantee.role,
                function("quotes"),
                LAMBDA + "quotes:live",
                List.of(Alarm.fromAlarmArn(grantee.stack, "Alarm", ALARM)),
                hooks);
    }

    private IFunction function(String name) {
        return Function.fromFunctionArn(grantee.stack, name, LAMBDA + name);
    }

    private IBucket bucket(String name) {
        return Bucket.fromBucketName(grantee.stack, name, name);
    }
}

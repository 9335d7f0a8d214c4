package dev.ashlar.constructs.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awscdk.CfnResource;
import software.amazon.awscdk.services.cloudwatch.Alarm;
import software.amazon.awscdk.services.dynamodb.ITable;
import software.amazon.awscdk.services.dynamodb.TableV2;
import software.amazon.awscdk.services.iam.Policy;
import software.amazon.awscdk.services.lambda.Function;
import software.amazon.awscdk.services.s3.Bucket;
import software.amazon.awscdk.services.s3.IBucket;
import software.constructs.IConstruct;

/** Which of the wildcards of this package, and of its policies, cdk-nag is told about. */
class AcknowledgedGrantsTest {
    private static final String BUCKET = "arn:<AWS::Partition>:s3:::uploads";
    private static final String HERE = ":<AWS::Region>:<AWS::AccountId>:";
    private static final List<String> OWN_POLICY = List.of(
            "HIPAA.Security-IAMNoInlinePolicy", "NIST.800.53.R5-IAMNoInlinePolicy", "PCI.DSS.321-IAMNoInlinePolicy");

    private final Grantee grantee = new Grantee(Map.of("ashlar:nag", true));
    private final IBucket bucket = Bucket.fromBucketName(grantee.stack, "Uploads", "uploads");

    private static Stream<Arguments> grantsWithWildcards() {
        return Stream.of(
                Arguments.of(
                        BUCKET + "/in/*",
                        grant(it -> BucketAccess.of(it.bucket).under("in/").grantRead(it.grantee.role))),
                Arguments.of(
                        "arn:<AWS::Partition>:dynamodb" + HERE + "table/notes/index/*",
                        grant(it -> TableAccess.of(it.table()).grantScan(it.grantee.role))),
                Arguments.of("*", grant(it -> TracingAccess.grantWrite(it.grantee.role))),
                Arguments.of("*", grant(it -> NetworkAccess.grantInterfaces(it.grantee.role))),
                Arguments.of(
                        "arn:<AWS::Partition>:logs" + HERE + "log-group:/aws/lambda-insights:*",
                        grant(it -> InsightsAccess.grantWrite(it.grantee.role))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("grantsWithWildcards")
    void aWildcardIsAcknowledgedAsItIsWritten(String resource, Consumer<AcknowledgedGrantsTest> grant) {
        grant.accept(this);

        assertThat(findings(grantee.role.getNode().findChild("DefaultPolicy")))
                .containsExactly("AwsSolutions-IAM5 Resource::" + resource);
    }

    @Test
    void indexesThatAreNamedNeedNoAnswer() {
        TableAccess.of(table()).indexes("byAuthor").grantScan(grantee.role);

        assertThat(findings(grantee.role.getNode().findChild("DefaultPolicy"))).isEmpty();
    }

    @Test
    void emptyingHasAPolicyOfItsOwn() {
        Policy policy = BucketAccess.of(bucket).policyToEmpty(grantee.stack, "Emptying", grantee.role);

        assertThat(findings(policy))
                .contains("AwsSolutions-IAM5 Resource::" + BUCKET + "/*")
                .containsAll(OWN_POLICY)
                .hasSize(4);
    }

    @Test
    void uploadingHasAPolicyOfItsOwn() {
        IBucket assets = Bucket.fromBucketName(grantee.stack, "Assets", "assets");

        Policy policy = SiteAccess.policyToUpload(grantee.stack, "Upload", grantee.role, assets, bucket, null);

        assertThat(findings(policy))
                .contains(
                        "AwsSolutions-IAM5 Resource::arn:<AWS::Partition>:s3:::assets/*.zip",
                        "AwsSolutions-IAM5 Resource::" + BUCKET + "/*")
                .containsAll(OWN_POLICY)
                .hasSize(5);
    }

    @Test
    void shiftingHasAPolicyOfItsOwn() {
        Policy policy = DeploymentAccess.policyToShift(
                grantee.stack,
                "Shifting",
                grantee.role,
                Function.fromFunctionArn(
                        grantee.stack, "Quotes", "arn:aws:lambda:ap-northeast-2:123456789012:function:quotes"),
                "arn:aws:lambda:ap-northeast-2:123456789012:function:quotes:live",
                List.of(Alarm.fromAlarmArn(
                        grantee.stack, "Alarm", "arn:aws:cloudwatch:ap-northeast-2:123456789012:alarm:errors")),
                List.of());

        assertThat(findings(policy)).containsExactlyElementsOf(OWN_POLICY);
    }

    private static Consumer<AcknowledgedGrantsTest> grant(Consumer<AcknowledgedGrantsTest> grant) {
        return grant;
    }

    private ITable table() {
        return TableV2.fromTableName(grantee.stack, "Notes", "notes");
    }

    /** The rules that are acknowledged, each with what it applies to. */
    private static List<String> findings(IConstruct policy) {
        return ((CfnResource) policy.getNode().getDefaultChild()).getMetadata("cdk_nag") instanceof Map<?, ?> metadata
                        && metadata.get("rules_to_suppress") instanceof List<?> rules
                ? rules.stream().map(rule -> finding((Map<?, ?>) rule)).toList()
                : List.of();
    }

    private static String finding(Map<?, ?> rule) {
        return rule.get("applies_to") instanceof List<?> resources
                ? rule.get("id") + " " + resources.get(0)
                : String.valueOf(rule.get("id"));
    }
}

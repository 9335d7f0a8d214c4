package dev.ashlar.constructs.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.test.TestApp;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awscdk.Aws;
import software.amazon.awscdk.CfnResource;
import software.amazon.awscdk.Fn;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.iam.Policy;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.s3.Bucket;
import software.constructs.IConstruct;

class AcknowledgedTest {
    private static final String REASON = "Nobody reads what is in it.";

    private final Stack stack = new Stack(TestApp.create(Map.of("ashlar:nag", true)), "Shop");
    private final Bucket bucket = new Bucket(stack, "Bucket");

    @Test
    void writesNothingWithoutTheKey() {
        Stack without = new Stack(TestApp.create(), "Shop");
        Bucket silent = new Bucket(without, "Bucket");
        Role role = role(without);

        Acknowledged acknowledged = Acknowledged.in(silent);
        acknowledged.finding(silent, "AwsSolutions-S1", REASON);
        acknowledged.standard(silent, "S3BucketVersioningEnabled", REASON);
        acknowledged.wildcard(role, "*", REASON);
        acknowledged.ownPolicies(role);

        assertThat(acknowledged.isWanted()).isFalse();
        assertThat(metadata(silent)).isNull();
        assertThat(metadata((Policy) role.getNode().findChild("DefaultPolicy"))).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"false", "yes", ""})
    void takesNothingButTrue(String value) {
        assertThat(Acknowledged.in(new Stack(TestApp.create(Map.of("ashlar:nag", value)), "Shop"))
                        .isWanted())
                .isFalse();
    }

    @Test
    void takesTrueFromTheCommandLine() {
        assertThat(Acknowledged.in(new Stack(TestApp.create(Map.of("ashlar:nag", "true")), "Shop"))
                        .isWanted())
                .isTrue();
    }

    @Test
    void writesWhatCdkNagReads() {
        Acknowledged.in(bucket).finding(bucket, "AwsSolutions-S10", REASON);

        assertThat(metadata(bucket)).isEqualTo(rules("AwsSolutions-S10"));
    }

    @Test
    void answersTheSameQuestionOfOtherPacks() {
        Acknowledged.in(bucket).finding(bucket, "AwsSolutions-S1", REASON);

        assertThat(metadata(bucket))
                .isEqualTo(rules(
                        "AwsSolutions-S1",
                        "HIPAA.Security-S3BucketLoggingEnabled",
                        "NIST.800.53.R5-S3BucketLoggingEnabled",
                        "PCI.DSS.321-S3BucketLoggingEnabled"));
    }

    @Test
    void answersThePacksThatShareARule() {
        Acknowledged.in(bucket).standard(bucket, "S3BucketVersioningEnabled", REASON);

        assertThat(metadata(bucket))
                .isEqualTo(rules(
                        "HIPAA.Security-S3BucketVersioningEnabled",
                        "NIST.800.53.R5-S3BucketVersioningEnabled",
                        "PCI.DSS.321-S3BucketVersioningEnabled"));
    }

    @Test
    void answersForThePoliciesOfARole() {
        Role role = role(stack);

        Acknowledged.in(role).ownPolicies(role);

        assertThat(metadata((Policy) role.getNode().findChild("DefaultPolicy")))
                .asString()
                .contains("HIPAA.Security-IAMNoInlinePolicy", "gone with it")
                .contains("NIST.800.53.R5-IAMNoInlinePolicy", "PCI.DSS.321-IAMNoInlinePolicy");
        assertThat(metadata(role)).isNull();
    }

    @Test
    void keepsWhatSomebodyElseAcknowledged() {
        CfnResource resource = (CfnResource) bucket.getNode().getDefaultChild();
        Map<String, String> others = Map.of("id", "AwsSolutions-S10", "reason", "Not from here at all.");
        resource.addMetadata("cdk_nag", Map.of("rules_to_suppress", List.of(others)));

        Acknowledged.in(bucket).finding(resource, "AwsSolutions-S2", REASON);

        assertThat(metadata(bucket))
                .isEqualTo(Map.of(
                        "rules_to_suppress", List.of(others, Map.of("id", "AwsSolutions-S2", "reason", REASON))));
    }

    @Test
    void writesTheSameOnce() {
        Acknowledged acknowledged = Acknowledged.in(bucket);
        Role role = role(stack);

        acknowledged.wildcard(role, "*", REASON);
        acknowledged.wildcard(role, "*", REASON);

        assertAcknowledges(role, "*");
    }

    @Test
    void namesResourcesAsCdkNagDoes() {
        Role role = role(stack);
        Acknowledged acknowledged = Acknowledged.in(role);

        acknowledged.wildcard(role, bucket.arnForObjects("in/*"), REASON);
        acknowledged.wildcard(role, "arn:" + Aws.PARTITION + ":s3:::" + bucket.getBucketName() + "/*", REASON);
        acknowledged.wildcard(role, Fn.sub("arn:aws:s3:::assets-${AWS::AccountId}/*"), REASON);
        acknowledged.wildcard(role, "arn:aws:s3:::others/*", REASON);

        String id = stack.getLogicalId((CfnResource) bucket.getNode().getDefaultChild());
        assertAcknowledges(
                role,
                "<" + id + ".Arn>/in/*",
                "arn:<AWS::Partition>:s3:::<" + id + ">/*",
                "arn:aws:s3:::assets-<AWS::AccountId>/*",
                "arn:aws:s3:::others/*");
    }

    @Test
    void leavesARoleAloneThatHasNoPolicy() {
        Role role = Role.Builder.create(stack, "Idle")
                .assumedBy(new ServicePrincipal("lambda.amazonaws.com"))
                .build();

        Acknowledged.in(role).wildcard(role, "*", REASON);

        assertThat(metadata(role)).isNull();
    }

    private static Map<String, Object> rules(String... ids) {
        return Map.of(
                "rules_to_suppress",
                Stream.of(ids).map(id -> Map.of("id", id, "reason", REASON)).toList());
    }

    private static Role role(Stack stack) {
        Role role = Role.Builder.create(stack, "Role")
                .assumedBy(new ServicePrincipal("lambda.amazonaws.com"))
                .build();
        role.addToPolicy(PolicyStatement.Builder.create()
                .actions(List.of("s3:GetObject"))
                .resources(List.of("*"))
                .build());
        return role;
    }

    private static void assertAcknowledges(Role role, String... resources) {
        assertThat(metadata((Policy) role.getNode().findChild("DefaultPolicy")))
                .isEqualTo(Map.of(
                        "rules_to_suppress",
                        Stream.of(resources)
                                .map(resource -> Map.of(
                                        "id",
                                        "AwsSolutions-IAM5",
                                        "reason",
                                        REASON,
                                        "applies_to",
                                        List.of("Resource::" + resource)))
                                .toList()));
    }

    private static @Nullable Object metadata(IConstruct construct) {
        return ((CfnResource) construct.getNode().getDefaultChild()).getMetadata("cdk_nag");
    }
}

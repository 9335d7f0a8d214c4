package dev.ashlar.constructs.storage;

import static dev.ashlar.test.CdkAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ashlar.constructs.profile.Profile;
import dev.ashlar.test.Permission;
import dev.ashlar.test.TestApp;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.assertions.Match;
import software.amazon.awscdk.assertions.Template;
import software.amazon.awscdk.services.dynamodb.Attribute;
import software.amazon.awscdk.services.dynamodb.AttributeType;
import software.amazon.awscdk.services.dynamodb.GlobalSecondaryIndexPropsV2;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;

class SingleTableTest {
    private static final String TYPE = "AWS::DynamoDB::GlobalTable";

    private final Stack stack = new Stack(TestApp.create(), "Shop");

    @Test
    void usesDocumentedDefaults() {
        table().build();

        Template.fromStack(stack)
                .hasResource(
                        TYPE,
                        Map.of(
                                "DeletionPolicy",
                                "Retain",
                                "Properties",
                                Match.objectLike(Map.of(
                                        "BillingMode", "PAY_PER_REQUEST",
                                        "KeySchema",
                                                List.of(
                                                        Map.of("AttributeName", "pk", "KeyType", "HASH"),
                                                        Map.of("AttributeName", "sk", "KeyType", "RANGE")),
                                        "SSESpecification", Map.of("SSEEnabled", false),
                                        "TimeToLiveSpecification", Match.absent(),
                                        "Replicas",
                                                List.of(Match.objectLike(Map.of(
                                                        "DeletionProtectionEnabled",
                                                        true,
                                                        "PointInTimeRecoverySpecification",
                                                        Map.of("PointInTimeRecoveryEnabled", true))))))));
    }

    @Test
    void nullMeansDefault() {
        Stack other = new Stack(TestApp.create(), "Shop");
        table().build();

        SingleTable.Builder.create(other, "Notes")
                .partitionKey(null)
                .sortKey(null)
                .timeToLiveAttribute(null)
                .globalSecondaryIndexes(null)
                .pointInTimeRecovery(null)
                .deletionProtection(null)
                .removalPolicy(null)
                .customizeTable(null)
                .build();

        assertThat(Template.fromStack(other).toJSON())
                .isEqualTo(Template.fromStack(stack).toJSON());
    }

    @Test
    void developmentLeavesNothingBehind() {
        Profile.DEVELOPMENT.applyTo(stack);

        table().build();

        Template.fromStack(stack)
                .hasResource(
                        TYPE,
                        Map.of(
                                "DeletionPolicy",
                                "Delete",
                                "Properties",
                                Match.objectLike(Map.of(
                                        "Replicas",
                                        List.of(Match.objectLike(Map.of(
                                                "DeletionProtectionEnabled",
                                                false,
                                                "PointInTimeRecoverySpecification",
                                                Map.of("PointInTimeRecoveryEnabled", false))))))));
    }

    @Test
    void anySingleSettingWinsOverTheProfile() {
        table().removalPolicy(RemovalPolicy.DESTROY)
                .deletionProtection(false)
                .pointInTimeRecovery(false)
                .build();

        Template.fromStack(stack)
                .hasResource(
                        TYPE,
                        Map.of(
                                "DeletionPolicy",
                                "Delete",
                                "Properties",
                                Match.objectLike(Map.of(
                                        "Replicas",
                                        List.of(Match.objectLike(Map.of(
                                                "DeletionProtectionEnabled",
                                                false,
                                                "PointInTimeRecoverySpecification",
                                                Map.of("PointInTimeRecoveryEnabled", false))))))));
    }

    @Test
    void setsTimeToLive() {
        table().timeToLiveAttribute("expires").build();

        Template.fromStack(stack)
                .hasResourceProperties(
                        TYPE, Map.of("TimeToLiveSpecification", Map.of("AttributeName", "expires", "Enabled", true)));
    }

    @Test
    void theCustomizerHasTheLastWord() {
        table().customizeTable(table -> table.deletionProtection(false)).build();

        Template.fromStack(stack)
                .hasResourceProperties(
                        TYPE,
                        Map.of("Replicas", List.of(Match.objectLike(Map.of("DeletionProtectionEnabled", false)))));
    }

    @Test
    void readersMayUseItsIndexesByName() {
        Role role = Role.Builder.create(stack, "Reader")
                .assumedBy(new ServicePrincipal("lambda.amazonaws.com"))
                .build();

        table().globalSecondaryIndexes(List.of(index("byAuthor"))).build().grantRead(role);

        String index = "${Notes/Table.Arn}/index/byAuthor";
        assertThat(stack)
                .permissionsOf("Reader")
                .areExactly(
                        Permission.of("dynamodb:GetItem", "${Notes/Table.Arn}"),
                        Permission.of("dynamodb:BatchGetItem", "${Notes/Table.Arn}"),
                        Permission.of("dynamodb:Query", "${Notes/Table.Arn}"),
                        Permission.of("dynamodb:GetItem", index),
                        Permission.of("dynamodb:BatchGetItem", index),
                        Permission.of("dynamodb:Query", index));
    }

    @Test
    void grantsWritingDeletingAndScanningApart() {
        Role role = Role.Builder.create(stack, "Worker")
                .assumedBy(new ServicePrincipal("lambda.amazonaws.com"))
                .build();
        SingleTable notes = table().build();

        notes.grantWrite(role);
        notes.grantDelete(role);
        notes.grantScan(role);

        assertThat(stack)
                .permissionsOf("Worker")
                .areExactly(
                        Permission.of("dynamodb:PutItem", "${Notes/Table.Arn}"),
                        Permission.of("dynamodb:UpdateItem", "${Notes/Table.Arn}"),
                        Permission.of("dynamodb:ConditionCheckItem", "${Notes/Table.Arn}"),
                        Permission.of("dynamodb:DeleteItem", "${Notes/Table.Arn}"),
                        Permission.of("dynamodb:Scan", "${Notes/Table.Arn}"));
    }

    @Test
    void takesTwentyIndexes() {
        table().globalSecondaryIndexes(indexes(20)).build();

        assertThat(stack).hasNoCustomResources();
    }

    @Test
    void rejectsTwentyOneIndexes() {
        assertThatThrownBy(() -> table().globalSecondaryIndexes(indexes(21)).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "[Shop/Notes] globalSecondaryIndexes must be at most 20, got 21; let several queries share an"
                                + " index");
    }

    @Test
    void rejectsIndexesOfOneName() {
        assertThatThrownBy(() -> table().globalSecondaryIndexes(List.of(index("a"), index("a")))
                        .build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("[Shop/Notes] globalSecondaryIndexes must have different names, got a, a");
    }

    private SingleTable.Builder table() {
        return SingleTable.Builder.create(stack, "Notes");
    }

    private static List<GlobalSecondaryIndexPropsV2> indexes(int count) {
        return IntStream.range(0, count).mapToObj(i -> index("index" + i)).toList();
    }

    private static GlobalSecondaryIndexPropsV2 index(String name) {
        return GlobalSecondaryIndexPropsV2.builder()
                .indexName(name)
                .partitionKey(Attribute.builder()
                        .name("author")
                        .type(AttributeType.STRING)
                        .build())
                .build();
    }
}

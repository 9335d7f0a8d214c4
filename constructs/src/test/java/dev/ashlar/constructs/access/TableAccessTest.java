package dev.ashlar.constructs.access;

import static dev.ashlar.constructs.access.Grantee.assertAllows;
import static dev.ashlar.test.CdkAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ashlar.test.Permission;
import org.junit.jupiter.api.Test;
import software.amazon.awscdk.services.dynamodb.ITable;
import software.amazon.awscdk.services.dynamodb.TableAttributesV2;
import software.amazon.awscdk.services.dynamodb.TableV2;
import software.amazon.awscdk.services.iam.Grant;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.kms.Key;

class TableAccessTest {
    private static final String TABLE = "arn:${AWS::Partition}:dynamodb:${AWS::Region}:${AWS::AccountId}:table/notes";

    private final Grantee grantee = new Grantee();
    private final ITable table = TableV2.fromTableName(grantee.stack, "Notes", "notes");

    @Test
    void readingIsGetBatchGetAndQuery() {
        Grant grant = TableAccess.of(table).indexes().grantRead(grantee.role);

        assertThat(grantee.stack)
                .permissionsOf("Reader")
                .areExactly(
                        Permission.of("dynamodb:GetItem", TABLE),
                        Permission.of("dynamodb:BatchGetItem", TABLE),
                        Permission.of("dynamodb:Query", TABLE));
        assertAllows(grant, "dynamodb:GetItem", "dynamodb:BatchGetItem", "dynamodb:Query");
    }

    @Test
    void readingReachesTheIndexesThatAreNamed() {
        Grant grant = TableAccess.of(table).indexes("byAuthor").grantScan(grantee.role);

        assertThat(grantee.stack)
                .permissionsOf("Reader")
                .areExactly(
                        Permission.of("dynamodb:Scan", TABLE),
                        Permission.of("dynamodb:Scan", TABLE + "/index/byAuthor"));
        assertAllows(grant, "dynamodb:Scan");
    }

    @Test
    void readingReachesAllIndexesOfATableThatWasNotMadeHere() {
        TableAccess.of(table).grantScan(grantee.role);

        assertThat(grantee.stack)
                .permissionsOf("Reader")
                .areExactly(Permission.of("dynamodb:Scan", TABLE), Permission.of("dynamodb:Scan", TABLE + "/index/*"));
    }

    @Test
    void writingNeitherDeletesNorBatches() {
        Grant grant = TableAccess.of(table).grantWrite(grantee.role);

        assertThat(grantee.stack)
                .permissionsOf("Reader")
                .areExactly(
                        Permission.of("dynamodb:PutItem", TABLE),
                        Permission.of("dynamodb:UpdateItem", TABLE),
                        Permission.of("dynamodb:ConditionCheckItem", TABLE));
        assertAllows(grant, "dynamodb:PutItem", "dynamodb:UpdateItem", "dynamodb:ConditionCheckItem");
    }

    @Test
    void deletingIsDeleteItem() {
        Grant grant = TableAccess.of(table).grantDelete(grantee.role);

        assertThat(grantee.stack).permissionsOf("Reader").areExactly(Permission.of("dynamodb:DeleteItem", TABLE));
        assertAllows(grant, "dynamodb:DeleteItem");
    }

    @Test
    void batchesComeWithWritingAndDeletingTogether() {
        Grant grant = TableAccess.of(table).indexes().grantReadWriteDelete(grantee.role);

        assertThat(grantee.stack)
                .permissionsOf("Reader")
                .areExactly(
                        Permission.of("dynamodb:GetItem", TABLE),
                        Permission.of("dynamodb:BatchGetItem", TABLE),
                        Permission.of("dynamodb:Query", TABLE),
                        Permission.of("dynamodb:PutItem", TABLE),
                        Permission.of("dynamodb:UpdateItem", TABLE),
                        Permission.of("dynamodb:ConditionCheckItem", TABLE),
                        Permission.of("dynamodb:DeleteItem", TABLE),
                        Permission.of("dynamodb:BatchWriteItem", TABLE));
        assertAllows(
                grant,
                "dynamodb:GetItem",
                "dynamodb:BatchGetItem",
                "dynamodb:Query",
                "dynamodb:PutItem",
                "dynamodb:UpdateItem",
                "dynamodb:ConditionCheckItem",
                "dynamodb:DeleteItem",
                "dynamodb:BatchWriteItem");
    }

    @Test
    void aCustomersKeyIsGrantedAlong() {
        Key key = Key.Builder.create(grantee.stack, "Key").build();
        ITable encrypted = TableV2.fromTableAttributes(
                grantee.stack,
                "Table",
                TableAttributesV2.builder()
                        .tableName("notes")
                        .encryptionKey(key)
                        .build());

        TableAccess.of(encrypted).grantDelete(grantee.role);

        assertThat(grantee.stack)
                .permissionsOf("Reader")
                .areExactly(Permission.of("dynamodb:DeleteItem", TABLE), Permission.of("kms:Decrypt", "${Key.Arn}"));
    }

    @Test
    void aPrincipalWithoutAPolicyIsAnError() {
        assertThatThrownBy(() -> TableAccess.of(table).grantDelete(new ServicePrincipal("lambda.amazonaws.com")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("grantee must have a policy that can take dynamodb:DeleteItem, got a principal without one;"
                        + " grant to a role or a function, or write the resource's own policy");
    }
}

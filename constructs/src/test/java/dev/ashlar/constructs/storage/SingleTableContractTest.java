package dev.ashlar.constructs.storage;

import dev.ashlar.test.ConstructContract;
import dev.ashlar.test.Options;
import java.util.List;
import java.util.Optional;
import software.amazon.awscdk.services.dynamodb.Attribute;
import software.amazon.awscdk.services.dynamodb.AttributeType;
import software.amazon.awscdk.services.dynamodb.GlobalSecondaryIndexPropsV2;
import software.amazon.awscdk.services.dynamodb.TableClass;
import software.constructs.Construct;

class SingleTableContractTest extends ConstructContract {
    @Override
    protected Optional<Options> options() {
        return Optional.of(Options.requiring()
                .withoutEffect("globalSecondaryIndexes(Arrays.asList())", "there are none by default")
                .withoutEffect("pointInTimeRecovery(true)", "it is the default in production")
                .withoutEffect("deletionProtection(true)", "it is the default in production")
                .withoutEffect("removalPolicy(RemovalPolicy.RETAIN)", "it is the default in production"));
    }

    @Override
    protected Construct minimal(Construct scope, String id) {
        return SingleTable.Builder.create(scope, id).build();
    }

    @Override
    protected Construct maximal(Construct scope, String id) {
        Attribute author =
                Attribute.builder().name("author").type(AttributeType.STRING).build();
        Attribute number =
                Attribute.builder().name("number").type(AttributeType.NUMBER).build();
        return SingleTable.Builder.create(scope, id)
                .partitionKey(author)
                .sortKey(number)
                .timeToLiveAttribute("expires")
                .globalSecondaryIndexes(List.of(GlobalSecondaryIndexPropsV2.builder()
                        .indexName("byNumber")
                        .partitionKey(number)
                        .build()))
                .pointInTimeRecovery(true)
                .deletionProtection(true)
                .customizeTable(table -> table.tableClass(TableClass.STANDARD_INFREQUENT_ACCESS))
                .build();
    }
}

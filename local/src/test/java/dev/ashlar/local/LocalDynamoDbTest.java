package dev.ashlar.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

class LocalDynamoDbTest {
    @Test
    void keepsItemsUntilItIsClosed() throws Exception {
        URI endpoint;
        try (LocalDynamoDb server = LocalDynamoDb.start();
                DynamoDbClient client = Clients.at(server.getEndpoint(), DynamoDbClient.builder())) {
            endpoint = server.getEndpoint();
            createTable(client);
            Map<String, AttributeValue> item =
                    Map.of("pk", AttributeValue.fromS("1"), "text", AttributeValue.fromS("가"));

            client.putItem(put -> put.tableName("Notes").item(item));

            assertThat(client.getItem(get -> get.tableName("Notes").key(Map.of("pk", AttributeValue.fromS("1"))))
                            .item())
                    .isEqualTo(item);
            Loopback.assertOnly(endpoint);
        }
        Loopback.assertGone(endpoint);
    }

    @Test
    void twoKnowNothingOfEachOther() {
        try (LocalDynamoDb one = LocalDynamoDb.start();
                LocalDynamoDb other = LocalDynamoDb.start();
                DynamoDbClient client = Clients.at(one.getEndpoint(), DynamoDbClient.builder());
                DynamoDbClient otherClient = Clients.at(other.getEndpoint(), DynamoDbClient.builder())) {
            createTable(client);

            assertThat(client.listTables().tableNames()).containsExactly("Notes");
            assertThat(otherClient.listTables().tableNames()).isEmpty();
        }
    }

    private static void createTable(DynamoDbClient client) {
        client.createTable(table -> table.tableName("Notes")
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .keySchema(KeySchemaElement.builder()
                        .attributeName("pk")
                        .keyType(KeyType.HASH)
                        .build())
                .attributeDefinitions(AttributeDefinition.builder()
                        .attributeName("pk")
                        .attributeType(ScalarAttributeType.S)
                        .build()));
    }
}

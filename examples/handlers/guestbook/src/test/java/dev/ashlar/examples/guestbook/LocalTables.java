package dev.ashlar.examples.guestbook;

import dev.ashlar.local.LocalDynamoDb;
import java.net.URI;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/** Tables in DynamoDB Local. */
final class LocalTables implements AutoCloseable {

    private final LocalDynamoDb server = LocalDynamoDb.start();
    private final DynamoDbClient client = Clients.at(server.getEndpoint(), DynamoDbClient.builder());
    private int tables;

    URI endpoint() {
        return server.getEndpoint();
    }

    DynamoDbClient client() {
        return client;
    }

    /** Creates an empty table with the keys that Ashlar's SingleTable has, and returns its name. */
    String create() {
        String name = "notes-" + ++tables;
        client.createTable(request -> request.tableName(name)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .keySchema(key("pk", KeyType.HASH), key("sk", KeyType.RANGE))
                .attributeDefinitions(string("pk"), string("sk")));
        return name;
    }

    @Override
    public void close() {
        client.close();
        server.close();
    }

    private static KeySchemaElement key(String name, KeyType type) {
        return KeySchemaElement.builder().attributeName(name).keyType(type).build();
    }

    private static AttributeDefinition string(String name) {
        return AttributeDefinition.builder()
                .attributeName(name)
                .attributeType(ScalarAttributeType.S)
                .build();
    }
}

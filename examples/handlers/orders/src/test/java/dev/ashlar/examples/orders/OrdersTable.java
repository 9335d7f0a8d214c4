package dev.ashlar.examples.orders;

import static java.util.Objects.requireNonNull;

import dev.ashlar.local.LocalDynamoDb;
import java.net.URI;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/** A table in DynamoDB Local with the keys that Ashlar's SingleTable has. */
final class OrdersTable implements AutoCloseable {

    static final String NAME = "orders";

    private final LocalDynamoDb server = LocalDynamoDb.start();
    private final DynamoDbClient client = client(server.getEndpoint());

    OrdersTable() {
        empty();
    }

    static DynamoDbClient client(URI endpoint) {
        return DynamoDbClient.builder()
                .endpointOverride(endpoint)
                .region(Region.EU_CENTRAL_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")))
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .build();
    }

    URI endpoint() {
        return server.getEndpoint();
    }

    Orders orders() {
        return new Orders(client, NAME);
    }

    void empty() {
        if (client.listTables().tableNames().contains(NAME)) {
            client.deleteTable(request -> request.tableName(NAME));
        }
        client.createTable(request -> request.tableName(NAME)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .keySchema(key("pk", KeyType.HASH), key("sk", KeyType.RANGE))
                .attributeDefinitions(string("pk"), string("sk")));
    }

    List<Map<String, AttributeValue>> items() {
        return client.scan(request -> request.tableName(NAME)).items();
    }

    /** The ids of what is confirmed, sorted. */
    List<String> confirmed() {
        return items().stream()
                .map(item -> requireNonNull(item.get("pk")).s().substring("ORDER#".length()))
                .sorted()
                .toList();
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

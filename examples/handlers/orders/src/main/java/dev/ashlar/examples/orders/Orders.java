package dev.ashlar.examples.orders;

import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromL;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromM;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromN;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromS;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;

/** The confirmed orders in their table: an item each, whose key is the order's id. */
final class Orders {

    static final String TABLE_VARIABLE = "ORDERS_TABLE";

    /** Enough for the first call of a new instance; a batch of ten that all wait so long still ends within the function's minute. */
    static final Duration LONGEST_CALL = Duration.ofSeconds(5);

    private static final String CONFIRMED_AT = "confirmedAt";

    private final DynamoDbClient dynamo;
    private final String table;

    Orders(DynamoDbClient dynamo, String table) {
        this.dynamo = dynamo;
        this.table = table;
    }

    static Orders fromEnvironment(Map<String, String> environment) {
        String table = environment.get(TABLE_VARIABLE);
        if (table == null || table.isBlank()) {
            throw new IllegalStateException(TABLE_VARIABLE + " must be the name of the orders' table, got " + table
                    + "; set it in the function's environment");
        }
        return new Orders(connect(), table);
    }

    /** Makes a client that finds region, credentials and endpoint in the environment; it connects with the first request. */
    private static DynamoDbClient connect() {
        return DynamoDbClient.builder()
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .overrideConfiguration(calls -> calls.apiCallTimeout(LONGEST_CALL))
                .build();
    }

    /**
     * Writes an order, unless it is there already.
     *
     * @throws IllegalArgumentException if another order is there under its id
     */
    void confirm(Order order, Instant now) {
        Map<String, AttributeValue> item = item(order);
        Map<String, AttributeValue> confirmed = new HashMap<>(item);
        confirmed.put(CONFIRMED_AT, fromS(now.toString()));
        try {
            dynamo.putItem(request -> request.tableName(table)
                    .item(confirmed)
                    .conditionExpression("attribute_not_exists(pk)")
                    .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD));
        } catch (ConditionalCheckFailedException e) {
            Map<String, AttributeValue> there = new HashMap<>(e.item());
            there.remove(CONFIRMED_AT);
            if (!there.equals(item)) {
                throw new IllegalArgumentException(
                        "order must have an id of its own, got " + order.id() + ", under which another is confirmed",
                        e);
            }
        }
    }

    private static Map<String, AttributeValue> item(Order order) {
        return Map.of(
                "pk", fromS("ORDER#" + order.id()),
                "sk", fromS("ORDER"),
                "customer", fromS(order.customer()),
                "currency", fromS(order.currency().getCurrencyCode()),
                "lines", fromL(order.lines().stream().map(Orders::line).toList()),
                "total", number(order.total()));
    }

    private static AttributeValue line(Order.Line line) {
        return fromM(Map.of(
                "sku", fromS(line.sku()),
                "quantity", number(line.quantity()),
                "unitPrice", number(line.unitPrice())));
    }

    private static AttributeValue number(long value) {
        return fromN(String.valueOf(value));
    }
}

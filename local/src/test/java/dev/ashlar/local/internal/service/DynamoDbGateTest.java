package dev.ashlar.local.internal.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveStatus;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DynamoDbGateTest {
    private static final String TABLE = "arn:aws:dynamodb:eu-west-1:000000000000:table/Shop-Notes";
    private static final Map<String, AttributeValue> KEY = Map.of("pk", text("a"), "sk", text("1"));

    /** Each call, by the one permission that it needs. */
    private static final Map<String, Consumer<DynamoDbClient>> CALLS = new TreeMap<>(Map.ofEntries(
            Map.entry(
                    "GetItem",
                    client -> client.getItem(get -> get.tableName("Shop-Notes").key(KEY))),
            Map.entry(
                    "PutItem",
                    client -> client.putItem(put -> put.tableName("Shop-Notes").item(KEY))),
            Map.entry(
                    "UpdateItem",
                    client -> client.updateItem(update -> update.tableName("Shop-Notes")
                            .key(KEY)
                            .updateExpression("SET t = :t")
                            .expressionAttributeValues(Map.of(":t", text("가"))))),
            Map.entry(
                    "DeleteItem",
                    client -> client.deleteItem(
                            delete -> delete.tableName("Shop-Notes").key(KEY))),
            Map.entry("Query", client -> query(client, "a")),
            Map.entry("Scan", client -> client.scan(scan -> scan.tableName("Shop-Notes"))),
            Map.entry(
                    "BatchGetItem",
                    client -> client.batchGetItem(batch -> batch.requestItems(Map.of(
                            "Shop-Notes",
                            KeysAndAttributes.builder().keys(List.of(KEY)).build())))),
            Map.entry(
                    "BatchWriteItem",
                    client -> client.batchWriteItem(batch -> batch.requestItems(Map.of(
                            "Shop-Notes",
                            List.of(WriteRequest.builder()
                                    .putRequest(put -> put.item(KEY))
                                    .build()))))),
            Map.entry(
                    "ConditionCheckItem",
                    client -> client.transactWriteItems(write -> write.transactItems(TransactWriteItem.builder()
                            .conditionCheck(check -> check.tableName("Shop-Notes")
                                    .key(KEY)
                                    .conditionExpression("attribute_not_exists(nothing)"))
                            .build()))),
            Map.entry("DescribeTable", client -> client.describeTable(table -> table.tableName("Shop-Notes")))));

    private Shop shop;

    @BeforeAll
    void start() {
        List<String> resources = new ArrayList<>(List.of(
                """
                'Notes':{'Type':'AWS::DynamoDB::Table','Metadata':{'aws:cdk:path':'Shop/Notes/Table/Resource'},'Properties':{
                  'BillingMode':'PROVISIONED','ProvisionedThroughput':{'ReadCapacityUnits':1,'WriteCapacityUnits':1},
                  'KeySchema':[{'AttributeName':'pk','KeyType':'HASH'},{'AttributeName':'sk','KeyType':'RANGE'}],
                  'AttributeDefinitions':[{'AttributeName':'pk','AttributeType':'S'},{'AttributeName':'sk','AttributeType':'S'}],
                  'GlobalSecondaryIndexes':[{'IndexName':'bySk','KeySchema':[{'AttributeName':'sk','KeyType':'HASH'}],
                    'Projection':{'ProjectionType':'ALL'},'ProvisionedThroughput':{'ReadCapacityUnits':1,'WriteCapacityUnits':1}}],
                  'TimeToLiveSpecification':{'AttributeName':'expires','Enabled':true},
                  'StreamSpecification':{'StreamViewType':'NEW_IMAGE'}}}
                """,
                """
                'Orders':{'Type':'AWS::DynamoDB::GlobalTable','Metadata':{'aws:cdk:path':'Shop/Orders/Resource'},'Properties':{
                  'TableName':'orders','KeySchema':[{'AttributeName':'id','KeyType':'HASH'}],
                  'AttributeDefinitions':[{'AttributeName':'id','AttributeType':'N'}],'Replicas':[{'Region':'eu-west-1'}]}}
                """,
                Shop.role("All", "dynamodb:* *"),
                Shop.role("None"),
                Shop.role("Indexes", "dynamodb:Query " + TABLE + "/index/bySk"),
                """
                'Own':{'Type':'AWS::IAM::Role','Properties':{'Policies':[{'PolicyDocument':{'Statement':[
                  {'Effect':'Allow','Action':['dynamodb:GetItem','dynamodb:Query','dynamodb:PutItem','dynamodb:BatchWriteItem'],
                   'Resource':'*','Condition':{'ForAllValues:StringEquals':{'dynamodb:LeadingKeys':['mine'],
                     'dynamodb:Attributes':['pk','sk','text']},'StringEqualsIfExists':{'test:New':'x'}}}]}}]}}
                """));
        CALLS.keySet().forEach(action -> {
            resources.add(Shop.role("Only" + action, "dynamodb:" + action + " " + TABLE));
            List<String> others = CALLS.keySet().stream()
                    .filter(other -> !other.equals(action))
                    .map(other -> "dynamodb:" + other + " " + TABLE)
                    .toList();
            resources.add(Shop.role("No" + action, others.toArray(String[]::new)));
        });
        shop = Shop.start(String.join(",", resources));
    }

    @AfterAll
    void stop() {
        shop.close();
    }

    static Stream<String> actions() {
        return CALLS.keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("actions")
    void onePermissionIsEnoughForACallAndNoneElseIs(String action) {
        Consumer<DynamoDbClient> call = call(action);
        call.accept(shop.dynamoDb("Only" + action));
        shop.log.clear();

        assertThatExceptionOfType(DynamoDbException.class)
                .isThrownBy(() -> call.accept(shop.dynamoDb("No" + action)))
                .satisfies(refused -> {
                    assertThat(refused.statusCode()).isEqualTo(400);
                    assertThat(refused.awsErrorDetails().errorCode()).isEqualTo("AccessDeniedException");
                    assertThat(refused.awsErrorDetails().errorMessage())
                            .isEqualTo(
                                    "User: arn:aws:sts::000000000000:assumed-role/Shop-No%1$s/Shop-Web is not authorized to perform: dynamodb:%1$s on resource: %2$s because no identity-based policy allows the dynamodb:%1$s action",
                                    action, TABLE);
                });
        assertThat(shop.log)
                .singleElement()
                .asString()
                .startsWith(
                        "[Shop/No%1$s] dynamodb:%1$s on %2$s [Shop/Notes/Table] was refused because no identity-based policy allows the dynamodb:%1$s action; add "
                                .formatted(action, TABLE));
    }

    @Test
    void theLogHasTheMissingLine() {
        shop.log.clear();

        assertThatThrownBy(() -> call("PutItem").accept(shop.dynamoDb("None")));
        assertThatThrownBy(() -> shop.dynamoDb("None")
                .getItem(get -> get.tableName("orders").key(Map.of("id", AttributeValue.fromN("1")))));
        assertThatThrownBy(() -> shop.dynamoDb("None").describeTable(table -> table.tableName("orders")));

        assertThat(shop.log)
                .extracting(line -> line.substring(line.indexOf("; add")))
                .containsExactly(
                        "; add notes.grantWrite(function)",
                        "; add TableAccess.of(orders).grantRead(function)",
                        "; add role.addToPrincipalPolicy(PolicyStatement.Builder.create().actions(List.of(\"dynamodb:DescribeTable\")).resources(List.of(\"arn:aws:dynamodb:eu-west-1:000000000000:table/orders\")).build())");
    }

    @Test
    void anIndexIsAResourceOfItsOwn() {
        assertThat(byIndex(shop.dynamoDb("Indexes"))).isZero();
        assertThatThrownBy(() -> query(shop.dynamoDb("Indexes"), "a"))
                .hasMessageContaining("on resource: " + TABLE + " because");
        assertThatThrownBy(() -> byIndex(shop.dynamoDb("OnlyQuery")))
                .hasMessageContaining("on resource: " + TABLE + "/index/bySk because");
    }

    @Test
    void eachPartOfATransactionIsAllowedByItself() {
        TransactWriteItem put = TransactWriteItem.builder()
                .put(item -> item.tableName("Shop-Notes").item(KEY))
                .build();
        TransactWriteItem delete = TransactWriteItem.builder()
                .delete(item -> item.tableName("Shop-Notes").key(Map.of("pk", text("b"), "sk", text("1"))))
                .build();

        shop.dynamoDb("All").transactWriteItems(write -> write.transactItems(put, delete));
        shop.dynamoDb("OnlyPutItem").transactWriteItems(write -> write.transactItems(put));

        assertThatThrownBy(() ->
                        shop.dynamoDb("OnlyPutItem").transactWriteItems(write -> write.transactItems(put, delete)))
                .hasMessageContaining("is not authorized to perform: dynamodb:DeleteItem on resource: " + TABLE);
    }

    @Test
    void conditionsSeeKeysAndAttributes() {
        DynamoDbClient own = shop.dynamoDb("Own");

        own.putItem(put ->
                put.tableName("Shop-Notes").item(Map.of("pk", text("mine"), "sk", text("1"), "text", text("t"))));
        query(own, "mine");
        shop.log.clear();

        assertThatThrownBy(() -> query(own, "yours")).hasMessageContaining("dynamodb:Query");
        assertThatThrownBy(() -> own.putItem(put -> put.tableName("Shop-Notes")
                        .item(Map.of("pk", text("mine"), "sk", text("1"), "price", text("0")))))
                .hasMessageContaining("dynamodb:PutItem");
        assertThatThrownBy(() -> own.batchWriteItem(batch -> batch.requestItems(Map.of(
                        "Shop-Notes",
                        List.of(WriteRequest.builder()
                                .deleteRequest(delete -> delete.key(KEY))
                                .build())))))
                .hasMessageContaining("dynamodb:BatchWriteItem");
        assertThat(shop.log).hasSize(3).allMatch(line -> line.endsWith("; not known here, and so absent: test:New"));
    }

    @Test
    void developersMayDoAll() {
        assertThat(shop.dynamoDb(Shop.DEVELOPER).listTables().tableNames()).containsExactly("Shop-Notes", "orders");
    }

    @Test
    void unsignedRequestsAreRefused() throws Exception {
        HttpResponse<String> answer = post("{}", Map.of("X-Amz-Target", "DynamoDB_20120810.ListTables"));

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("#MissingAuthenticationTokenException");
    }

    @Test
    void requestsThatAreNoJsonAreRefused() throws Exception {
        HttpResponse<String> answer = post(
                "{",
                Map.of(
                        "X-Amz-Target",
                        "DynamoDB_20120810.ListTables",
                        "Authorization",
                        "AWS4-HMAC-SHA256 Credential=" + shop.accessKey("None")
                                + "/20260101/eu-west-1/dynamodb/aws4_request"));

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("#SerializationException");
        assertThat(post("", Map.of()).body()).contains("#UnknownOperationException");
    }

    @Test
    void partiQlNeedsItsOwnPermissionsAndIsNotRun() {
        assertThatThrownBy(() -> shop.dynamoDb("OnlyGetItem")
                        .executeStatement(statement ->
                                statement.statement("SELECT * FROM \"Shop-Notes\".\"bySk\" WHERE sk = '1'")))
                .hasMessageContaining("dynamodb:PartiQLSelect on resource: " + TABLE + "/index/bySk because");
        assertThatThrownBy(() -> shop.dynamoDb("All")
                        .executeStatement(statement -> statement.statement("DELETE FROM orders WHERE id = 1")))
                .hasMessageContaining("PartiQL is not run here");
    }

    @Test
    void tablesAreAsTheTemplateHasThem() {
        DynamoDbClient client = shop.dynamoDb("All");

        assertThat(client.describeTimeToLive(table -> table.tableName("Shop-Notes"))
                        .timeToLiveDescription()
                        .timeToLiveStatus())
                .isEqualTo(TimeToLiveStatus.ENABLED);
        assertThat(shop.services.getReported())
                .containsExactly("[Shop/Notes/Table] its stream is not run here: no function sees its changes");
    }

    @Test
    void resetEmptiesTables() {
        DynamoDbClient client = shop.dynamoDb("All");
        client.putItem(put -> put.tableName("Shop-Notes").item(KEY));

        shop.services.reset();

        assertThat(client.scan(scan -> scan.tableName("Shop-Notes")).count()).isZero();
    }

    private HttpResponse<String> post(String body, Map<String, String> headers) throws Exception {
        URI endpoint = shop.services.getEndpoint(Service.DYNAMODB);
        HttpRequest.Builder request = HttpRequest.newBuilder(endpoint).POST(HttpRequest.BodyPublishers.ofString(body));
        headers.forEach(request::header);
        return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static void query(DynamoDbClient client, String key) {
        client.query(query -> query.tableName("Shop-Notes")
                .keyConditionExpression("#k = :k")
                .expressionAttributeNames(Map.of("#k", "pk"))
                .expressionAttributeValues(Map.of(":k", text(key))));
    }

    private static int byIndex(DynamoDbClient client) {
        return client.query(query -> query.tableName("Shop-Notes")
                        .indexName("bySk")
                        .keyConditionExpression("sk = :k")
                        .expressionAttributeValues(Map.of(":k", text("none"))))
                .count();
    }

    private static AttributeValue text(String text) {
        return AttributeValue.fromS(text);
    }

    private static Consumer<DynamoDbClient> call(String action) {
        return Objects.requireNonNull(CALLS.get(action));
    }
}

package dev.ashlar.local.internal.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.ConnectException;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

class ServicesTest {
    private static final String TABLE = """
            'Notes':{'Type':'AWS::DynamoDB::Table','Properties':{'KeySchema':[{'AttributeName':'pk','KeyType':'HASH'}],
              'AttributeDefinitions':[{'AttributeName':'pk','AttributeType':'S'}]}}""";
    private static final String BUCKET = "'Uploads':{'Type':'AWS::S3::Bucket'}";

    @Test
    void startsOnlyWhatTheTemplatesHave() {
        try (Shop shop = Shop.start(TABLE)) {
            assertThat(shop.services.getStandIn(Service.DYNAMODB)).isPresent();
            assertThat(shop.services.getStandIn(Service.S3)).isEmpty();
            assertThat(shop.services.getStandIn(Service.SQS)).isEmpty();
            assertThatThrownBy(() -> shop.s3(Shop.DEVELOPER).listBuckets()).hasMessageContaining("Status Code: 400");
        }
    }

    @Test
    void hasAddressesBeforeItAnswersAndNoneAfterwards() {
        Services services = Services.open(Options.inMemory(Shop.ACCOUNT));
        URI endpoint = services.getEndpoint(Service.SQS);

        assertThat(services.getQueueUrl("Orders")).isEqualTo(endpoint + "/000000000000/Orders");
        assertThat(endpoint.getHost()).isEqualTo("127.0.0.1");
        services.close();

        assertThatThrownBy(() -> new Socket(endpoint.getHost(), endpoint.getPort()).close())
                .isInstanceOf(ConnectException.class);
    }

    @Test
    void endsItsThreads() throws Exception {
        try (Shop shop = Shop.start(TABLE)) {
            shop.dynamoDb(Shop.DEVELOPER).listTables();
            assertThat(gateThreads()).isNotEmpty();
        }
        assertGateThreadsEnd();
    }

    @Test
    void refusesNothingIfSoTold() {
        try (Shop shop = Shop.start(TABLE + "," + Shop.role("None"), options -> options.permissions(false))) {
            assertThat(shop.dynamoDb("None").listTables().tableNames()).containsExactly("Shop-Notes");
            assertThat(shop.log).isEmpty();
        }
    }

    @Test
    void allowsAllToARoleThatIsNotInTheTemplatesAndSaysSo() {
        try (Shop shop = Shop.start(TABLE)) {
            assertThat(shop.dynamoDb("Imported").listTables().tableNames()).containsExactly("Shop-Notes");
            assertThat(shop.services.getReported())
                    .containsExactly(
                            "[Shop/Imported] its role arn:aws:iam::000000000000:role/Shop-Imported is not in the"
                                    + " templates: all is allowed to it here");
        }
    }

    @Test
    void keepsTablesAndObjects(@TempDir Path data) {
        Map<String, AttributeValue> item = Map.of("pk", AttributeValue.fromS("가"));
        try (Shop shop = Shop.start(TABLE + "," + BUCKET, options -> options.data(data))) {
            shop.dynamoDb(Shop.DEVELOPER)
                    .putItem(put -> put.tableName("Shop-Notes").item(item));
            shop.s3(Shop.DEVELOPER).putObject(put -> put.bucket("shop-uploads").key("가"), RequestBody.fromString("가"));
        }

        try (Shop shop = Shop.start(TABLE + "," + BUCKET, options -> options.data(data))) {
            assertThat(shop.dynamoDb(Shop.DEVELOPER)
                            .scan(scan -> scan.tableName("Shop-Notes"))
                            .items())
                    .containsExactly(item);
            assertThat(shop.s3(Shop.DEVELOPER)
                            .getObjectAsBytes(get -> get.bucket("shop-uploads").key("가"))
                            .asUtf8String())
                    .isEqualTo("가");
            shop.services.reset();
            assertThat(shop.dynamoDb(Shop.DEVELOPER)
                            .scan(scan -> scan.tableName("Shop-Notes"))
                            .items())
                    .isEmpty();
        }
    }

    @Test
    void saysWhatCannotBeMadeAndEnds() throws Exception {
        String table = TABLE.replace("'AttributeType':'S'", "'AttributeType':'Z'");

        assertThatThrownBy(() -> Shop.start(table).close())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("DynamoDB_20120810.CreateTable failed: ");
        assertGateThreadsEnd();
    }

    private static void assertGateThreadsEnd() throws InterruptedException {
        for (Thread thread : gateThreads()) {
            thread.join(Duration.ofSeconds(10).toMillis());
        }
        assertThat(gateThreads()).isEmpty();
    }

    private static List<Thread> gateThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().contains("-gate-"))
                .toList();
    }
}

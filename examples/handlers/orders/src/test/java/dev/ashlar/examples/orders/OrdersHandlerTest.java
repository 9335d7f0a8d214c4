package dev.ashlar.examples.orders;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

class OrdersHandlerTest {

    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
    private static final String LINES = "[{'sku': 'granite-30x60', 'quantity': 12, 'unitPrice': 2450}]";

    private static final Map<String, String> CREDENTIALS =
            Map.of("aws.region", "eu-central-1", "aws.accessKeyId", "local", "aws.secretAccessKey", "local");

    private static OrdersTable table;

    private final LogContext log = new LogContext();
    private OrdersHandler handler;

    @BeforeAll
    static void start() {
        table = new OrdersTable();
        CREDENTIALS.forEach(System::setProperty);
    }

    @AfterAll
    static void stop() {
        CREDENTIALS.keySet().forEach(System::clearProperty);
        table.close();
    }

    @BeforeEach
    void empty() {
        table.empty();
        handler = handlerAt(NOON);
    }

    // Processed

    @Test
    void confirmsAnOrder() {
        assertThat(failed(order("A-1", "Ada", LINES))).isEmpty();

        assertThat(table.items())
                .containsExactly(Map.of(
                        "pk", AttributeValue.fromS("ORDER#A-1"),
                        "sk", AttributeValue.fromS("ORDER"),
                        "customer", AttributeValue.fromS("Ada"),
                        "currency", AttributeValue.fromS("EUR"),
                        "lines",
                                AttributeValue.fromL(List.of(AttributeValue.fromM(Map.of(
                                        "sku", AttributeValue.fromS("granite-30x60"),
                                        "quantity", AttributeValue.fromN("12"),
                                        "unitPrice", AttributeValue.fromN("2450"))))),
                        "total", AttributeValue.fromN("29400"),
                        "confirmedAt", AttributeValue.fromS("2026-11-20T12:00:00Z")));
        assertThat(log.logged).isEmpty();
    }

    @Test
    void theSameOrderTwiceIsWrittenOnce() {
        failed(order("A-1", "Ada", LINES));
        handler = handlerAt(NOON.plusSeconds(60));

        assertThat(failed(order("A-1", "Ada", LINES), order("A-1", "Ada", LINES.replace(" ", ""))))
                .isEmpty();

        assertThat(table.items())
                .singleElement()
                .satisfies(item ->
                        assertThat(item).containsEntry("confirmedAt", AttributeValue.fromS("2026-11-20T12:00:00Z")));
        assertThat(log.logged).isEmpty();
    }

    @Test
    void anOrderMayBeTheLargestThatFits() {
        assertThat(failed(
                        order("A-1", "Ada", "[{'sku': 'a', 'quantity': 1, 'unitPrice': 9223372036854775807}]"),
                        order("A-2", "Ada", lines(5_000))))
                .isEmpty();

        assertThat(table.confirmed()).containsExactly("A-1", "A-2");
    }

    // A partial failure: poison, which ends in the dead-letter queue

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "nonsense | order must be JSON, got what is none",
                "['A-2'] | order must be an object, got a list of 1",
                "{'orderId': 2} | order must have no fields but id, customer, currency, lines, got another",
                "{'id': 'A-2', 'customer': 'Eve', 'currency': 'EUR', 'lines': [{'sku': 'a', 'quantity': -1, 'unitPrice': 1}]}"
                        + " | order.lines[0].quantity must be a whole number of 1 to 2147483647, got -1",
                "{'id': 'A-2', 'customer': 'Eve', 'currency': 'EUR', 'lines':"
                        + " [{'sku': 'a', 'quantity': 2, 'unitPrice': 9223372036854775807}]}"
                        + " | order must have a total of at most 9223372036854775807, got more",
                "{'id': 'A-1', 'customer': 'Eve', 'currency': 'EUR', 'lines': [{'sku': 'a', 'quantity': 1, 'unitPrice': 1}]}"
                        + " | order must have an id of its own, got A-1, under which another is confirmed",
            })
    void poisonFailsAlone(String poison, String reason) {
        assertThat(failed(order("A-1", "Ada", LINES), poison, order("A-3", "Ada", LINES)))
                .containsExactly("message-1");

        assertThat(table.confirmed()).containsExactly("A-1", "A-3");
        assertThat(log.logged)
                .singleElement()
                .asString()
                .startsWith("ERROR Message message-1 failed, receive 1: java.lang.IllegalArgumentException: " + reason)
                .doesNotContain("Eve");
    }

    @Test
    void anOrderThatIsTooLargeForAnItemFailsAlone() {
        assertThat(failed(order("A-1", "Ada", LINES), order("A-2", "Eve", lines(10_000)), order("A-3", "Ada", LINES)))
                .containsExactly("message-1");

        assertThat(table.confirmed()).containsExactly("A-1", "A-3");
        assertThat(log.logged)
                .singleElement()
                .asString()
                .contains("Item size has exceeded the maximum allowed size")
                .doesNotContain("Eve");
    }

    @Test
    void whatIsConfirmedStaysWhenAnotherOrderHasItsId() {
        failed(order("A-1", "Ada", LINES));
        List<Map<String, AttributeValue>> before = table.items();

        List.of(
                        order("A-1", "Eve", LINES),
                        order("A-1", "Ada", LINES.replace("12", "13")),
                        order("A-1", "Ada", LINES).replace("EUR", "USD"))
                .forEach(other -> assertThat(failed(other)).containsExactly("message-0"));

        assertThat(table.items()).isEqualTo(before);
    }

    // A partial failure: DynamoDB, until it is back

    @ParameterizedTest
    @ValueSource(
            strings = {"400 ProvisionedThroughputExceededException", "400 ThrottlingException", "503 ServiceUnavailable"
            })
    @Timeout(20)
    void whatDynamoDbCannotTakeNowComesAgain(String answer) throws Exception {
        HttpServer busy = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        AtomicInteger asked = new AtomicInteger();
        busy.createContext("/", exchange -> {
            try (exchange) {
                asked.incrementAndGet();
                exchange.getRequestBody().readAllBytes();
                byte[] body = "{\"__type\":\"com.amazonaws.dynamodb.v20120810#%s\",\"message\":\"Later\"}"
                        .formatted(answer.substring(4))
                        .getBytes(UTF_8);
                exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.0");
                exchange.sendResponseHeaders(Integer.parseInt(answer.substring(0, 3)), body.length);
                exchange.getResponseBody().write(body);
            }
        });
        busy.start();
        try {
            handler = handlerInLambda("http://127.0.0.1:" + busy.getAddress().getPort());

            assertThat(failed(order("A-1", "Ada", LINES), "nonsense")).containsExactly("message-0", "message-1");
        } finally {
            busy.stop(0);
        }
        assertThat(asked).hasValueGreaterThan(1);
        handler = handlerAt(NOON);

        assertThat(failed(order("A-1", "Ada", LINES), "nonsense")).containsExactly("message-1");
        assertThat(table.confirmed()).containsExactly("A-1");
    }

    @Test
    void aBatchEndsInTimeThoughDynamoDbDoesNotAnswer() throws Exception {
        // Takes connections and says nothing.
        try (var silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            handler = handlerInLambda("http://127.0.0.1:" + silent.getLocalPort());
            Instant start = Instant.now();

            assertThat(failed(order("A-1", "Ada", LINES))).containsExactly("message-0");

            assertThat(Duration.between(start, Instant.now()))
                    .isBetween(Orders.LONGEST_CALL, Orders.LONGEST_CALL.plusMillis(900));
        }
        assertThat(Orders.LONGEST_CALL.multipliedBy(10)).isLessThan(Duration.ofMinutes(1));
    }

    // How Lambda makes the handler

    @Test
    void findsEverythingInTheEnvironment() {
        handler = handlerInLambda(table.endpoint().toString());

        assertThat(failed(order("A-1", "Ada", LINES))).isEmpty();

        assertThat(table.confirmed()).containsExactly("A-1");
    }

    @Test
    void failsAtOnceWithoutATable() {
        String message =
                "ORDERS_TABLE must be the name of the orders' table, got %s; set it in the function's environment";

        assertThatIllegalStateException()
                .isThrownBy(() -> Orders.fromEnvironment(Map.of()))
                .withMessage(message, "null");
        assertThatIllegalStateException()
                .isThrownBy(() -> Orders.fromEnvironment(Map.of("ORDERS_TABLE", " ")))
                .withMessage(message, " ");
    }

    private OrdersHandler handlerAt(Instant instant) {
        return new OrdersHandler(table.orders(), Clock.fixed(instant, ZoneOffset.UTC));
    }

    /** A handler whose client is told nothing but its environment. */
    private static OrdersHandler handlerInLambda(String endpoint) {
        System.setProperty("aws.endpointUrlDynamoDb", endpoint);
        try {
            return new OrdersHandler(
                    Orders.fromEnvironment(Map.of("ORDERS_TABLE", OrdersTable.NAME)), Clock.systemUTC());
        } finally {
            System.clearProperty("aws.endpointUrlDynamoDb");
        }
    }

    private static String order(String id, String customer, String lines) {
        return "{'id': '" + id + "', 'customer': '" + customer + "', 'currency': 'EUR', 'lines': " + lines + "}";
    }

    private static String lines(int count) {
        return IntStream.range(0, count)
                .mapToObj(line -> "{'sku': 'granite-30x60', 'quantity': 12, 'unitPrice': 2450}")
                .collect(Collectors.joining(",", "[", "]"));
    }

    /** Hands over a batch of bodies in single quotes, and returns which failed: {@code message-0} for the first. */
    private List<Object> failed(String... bodies) {
        List<Map<String, Object>> records = new ArrayList<>();
        for (String body : bodies) {
            records.add(Map.of("messageId", "message-" + records.size(), "body", body.replace('\'', '"')));
        }
        Map<String, Object> answer = handler.handleRequest(Map.of("Records", records), log.context());
        List<?> failures = (List<?>) requireNonNull(answer.get("batchItemFailures"));
        return failures.stream()
                .map(failure -> requireNonNull(((Map<?, ?>) failure).get("itemIdentifier")))
                .map(Object.class::cast)
                .toList();
    }
}

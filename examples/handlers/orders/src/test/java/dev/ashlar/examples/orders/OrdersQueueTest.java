package dev.ashlar.examples.orders;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** From end to end: orders in ElasticMQ, the handler as Lambda calls it, a table in DynamoDB Local. */
@Timeout(60)
class OrdersQueueTest {

    private final LogContext log = new LogContext();
    private OrdersTable table;
    private OrdersQueue queue;
    private OrdersHandler handler;

    @BeforeEach
    void start() throws Exception {
        table = new OrdersTable();
        queue = new OrdersQueue();
        handler = new OrdersHandler(table.orders(), Clock.systemUTC());
    }

    @AfterEach
    void stop() {
        queue.close();
        table.close();
    }

    @Test
    void ordersEndInTheTableAndPoisonInTheDeadLetterQueue() throws Exception {
        String poison = resource("poison.json");
        String order = resource("order.json");
        for (int i = 10; i < 30; i++) {
            queue.send(order.replace("A-1001", "A-" + i));
        }
        queue.send(poison);
        queue.send(order);
        queue.send(order);

        queue.drain(handler, log.context());

        assertThat(table.confirmed())
                .containsExactlyElementsOf(IntStream.concat(IntStream.of(10, 1001), IntStream.range(11, 30))
                        .mapToObj(id -> "A-" + id)
                        .toList());
        assertThat(queue.deadLetters()).containsExactly(poison);
        assertThat(log.logged)
                .extracting(entry -> entry.substring(entry.indexOf(", receive"), entry.indexOf('\n')))
                .containsExactlyElementsOf(IntStream.rangeClosed(1, OrdersQueue.maxReceiveCount())
                        .mapToObj(receive -> ", receive " + receive
                                + ": java.lang.IllegalArgumentException: order.lines[0].quantity must be a whole number of"
                                + " 1 to 2147483647, got -12")
                        .toList());
    }

    @Test
    void whatFailedIsConfirmedWhenItsCauseIsMended() throws Exception {
        String poison = resource("poison.json");
        queue.send(resource("order.json"));
        queue.send(poison);
        Orders misnamed = new Orders(OrdersTable.client(table.endpoint()), "no-such-table");
        queue.drain(new OrdersHandler(misnamed, Clock.systemUTC()), log.context());
        assertThat(queue.deadLetters()).containsExactly(resource("order.json"), poison);

        queue.redrive();
        queue.drain(handler, log.context());

        assertThat(table.confirmed()).containsExactly("A-1001");
        assertThat(queue.deadLetters()).isEqualTo(List.of(poison));
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = requireNonNull(OrdersQueueTest.class.getResourceAsStream("/orders/" + name), name)) {
            return new String(in.readAllBytes(), UTF_8).strip();
        }
    }
}

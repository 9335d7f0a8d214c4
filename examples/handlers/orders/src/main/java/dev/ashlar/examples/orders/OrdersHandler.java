package dev.ashlar.examples.orders;

import com.amazonaws.services.lambda.runtime.Context;
import dev.ashlar.runtime.QueueHandler;
import dev.ashlar.runtime.QueueMessage;
import java.time.Clock;

/**
 * Confirms the orders of a queue: each is checked, added up and written to a table once, however often it comes.
 *
 * <pre>{@code
 * {"id": "A-1001", "customer": "Ada", "currency": "EUR",
 *  "lines": [{"sku": "granite-30x60", "quantity": 12, "unitPrice": 2450}]}
 * }</pre>
 *
 * <p>Amounts are in the currency's smallest unit, here cents.
 *
 * <table>
 *   <caption>Where an order ends</caption>
 *   <tr><th>The message</th><th>What the handler does</th><th>Where it ends</th></tr>
 *   <tr><td>an order</td><td>writes it</td><td>table</td></tr>
 *   <tr><td>the same order again</td><td>nothing, and succeeds</td><td>table, as it was</td></tr>
 *   <tr><td>an order while DynamoDB throttles, fails, or does not answer for 5 seconds</td><td>fails this message alone</td>
 *       <td>queue; table when it comes again</td></tr>
 *   <tr><td>no JSON, other JSON, a field too many, a quantity below 1 or with a fraction</td><td>fails this message alone</td>
 *       <td>dead-letter queue, after 5 receives</td></tr>
 *   <tr><td>an order whose total is beyond 9223372036854775807</td><td>the same</td><td>the same</td></tr>
 *   <tr><td>an order larger than an item may be, 400 KB</td><td>the same, as DynamoDB refuses it</td><td>the same</td></tr>
 *   <tr><td>another order under the id of a confirmed one</td><td>the same</td><td>the same</td></tr>
 *   <tr><td>whatever, in an invocation that times out</td><td>nothing more</td><td>queue, with its whole batch: what was
 *       confirmed is confirmed, and succeeds when it comes again</td></tr>
 * </table>
 *
 * <p>Why an order was refused is told to the log, with the message's id and without what the customer wrote.
 *
 * <p>Needs {@code dynamodb:PutItem} on the table that the environment variable {@value Orders#TABLE_VARIABLE} names.
 */
public final class OrdersHandler extends QueueHandler {

    private final Orders orders;
    private final Clock clock;

    /**
     * Creates the handler as Lambda does: once for each environment, or once for a SnapStart snapshot.
     *
     * @throws IllegalStateException if {@value Orders#TABLE_VARIABLE} is not set
     */
    public OrdersHandler() {
        this(Orders.fromEnvironment(System.getenv()), Clock.systemUTC());
    }

    OrdersHandler(Orders orders, Clock clock) {
        this.orders = orders;
        this.clock = clock;
    }

    @Override
    protected void process(QueueMessage message, Context context) {
        orders.confirm(OrderReader.read(message.getBody()), clock.instant());
    }
}

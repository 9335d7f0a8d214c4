package dev.ashlar.local;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import org.eclipse.jetty.server.Server;
import software.amazon.dynamodb.services.local.server.LocalDynamoDBRequestHandler;
import software.amazon.dynamodb.services.local.server.LocalDynamoDBServerHandler;

/**
 * DynamoDB Local in this JVM: in memory, on a free port of the loopback interface, without the launcher that sends usage
 * metrics. All credentials and regions see the same tables.
 *
 * @see <a href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/DynamoDBLocal.UsageNotes.html">How it
 *     differs from the service</a>
 */
public final class LocalDynamoDb implements AutoCloseable {
    private final Server server;

    private LocalDynamoDb(Server server) {
        this.server = server;
    }

    /**
     * Starts the server.
     *
     * @return the server, which answers
     * @throws IllegalStateException if it does not start
     */
    public static LocalDynamoDb start() {
        Server server = new Server(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        boolean inMemory = true;
        boolean sharedDb = true;
        server.setHandler(new LocalDynamoDBServerHandler(
                new LocalDynamoDBRequestHandler(0, inMemory, null, sharedDb, false), null));
        try {
            server.start();
        } catch (Exception e) {
            throw new IllegalStateException("DynamoDB Local does not start", e);
        }
        return new LocalDynamoDb(server);
    }

    /** {@return where it answers, such as {@code http://127.0.0.1:40101/}} */
    public URI getEndpoint() {
        return server.getURI();
    }

    /** Stops the server. Its tables are gone. */
    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException("DynamoDB Local does not stop", e);
        }
    }
}

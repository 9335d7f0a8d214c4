package dev.ashlar.local;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import org.eclipse.jetty.server.Server;
import org.jspecify.annotations.Nullable;
import software.amazon.dynamodb.services.local.server.LocalDynamoDBRequestHandler;
import software.amazon.dynamodb.services.local.server.LocalDynamoDBServerHandler;

/**
 * DynamoDB Local in this JVM: in memory or in a directory, on a free port of the loopback interface, without the launcher that sends usage
 * metrics. All credentials and regions see the same tables.
 *
 * @see <a href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/DynamoDBLocal.UsageNotes.html">How it
 *     differs from the service</a>
 */
public final class LocalDynamoDb implements AutoCloseable {
    private final Server server;
    private final LocalDynamoDBRequestHandler database;
    private final boolean inMemory;

    private LocalDynamoDb(Server server, LocalDynamoDBRequestHandler database, boolean inMemory) {
        this.server = server;
        this.database = database;
        this.inMemory = inMemory;
    }

    /**
     * Starts the server.
     *
     * @return the server, which answers
     * @throws IllegalStateException if it does not start
     */
    public static LocalDynamoDb start() {
        return start(true, null);
    }

    /**
     * Starts the server with tables that it keeps.
     *
     * @param directory where it keeps them, or has kept them before; it must exist
     * @return the server, which answers
     * @throws IllegalStateException if it does not start
     */
    public static LocalDynamoDb start(Path directory) {
        return start(false, directory.toString());
    }

    private static LocalDynamoDb start(boolean inMemory, @Nullable String directory) {
        Server server = new Server(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        boolean sharedDb = true;
        LocalDynamoDBRequestHandler database = new LocalDynamoDBRequestHandler(0, inMemory, directory, sharedDb, false);
        server.setHandler(new LocalDynamoDBServerHandler(database, null));
        try {
            server.start();
        } catch (Exception e) {
            throw new IllegalStateException("DynamoDB Local does not start", e);
        }
        return new LocalDynamoDb(server, database, inMemory);
    }

    /** {@return where it answers, such as {@code http://127.0.0.1:40101/}} */
    public URI getEndpoint() {
        return server.getURI();
    }

    /** Stops the server. Tables in memory are gone. */
    @Override
    public void close() {
        try {
            server.stop();
            // Its own threads take seconds to end. Only a file, which stays locked as long, is worth the wait.
            Thread end = new Thread(database::shutdown, "dynamodb-local-end");
            end.setDaemon(true);
            end.start();
            if (!inMemory) {
                end.join();
            }
        } catch (Exception e) {
            throw new IllegalStateException("DynamoDB Local does not stop", e);
        }
    }
}

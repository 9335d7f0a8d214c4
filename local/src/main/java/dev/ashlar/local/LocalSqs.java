package dev.ashlar.local;

import java.net.InetAddress;
import java.net.URI;
import org.elasticmq.NodeAddress;
import org.elasticmq.rest.sqs.SQSRestServer;
import org.elasticmq.rest.sqs.SQSRestServerBuilder;
import org.elasticmq.rest.sqs.TheSQSRestServerBuilder;

/**
 * ElasticMQ in this JVM: queues in memory, on a free port of the loopback interface. All credentials see the same
 * queues, whose ARNs have the account {@value #ACCOUNT}.
 *
 * @see <a href="https://github.com/softwaremill/elasticmq">ElasticMQ</a>
 */
public final class LocalSqs implements AutoCloseable {
    /** The account in the queues' ARNs and URLs: {@value}. */
    public static final String ACCOUNT = "000000000000";

    private final SQSRestServer server;
    private final URI endpoint;

    private LocalSqs(SQSRestServer server) {
        this.server = server;
        this.endpoint = URI.create("http://" + InetAddress.getLoopbackAddress().getHostAddress() + ":"
                + server.waitUntilStarted().localAddress().getPort());
    }

    /**
     * Starts the server.
     *
     * @param region the region in the queues' ARNs, such as {@code eu-central-1}
     * @return the server, which answers
     */
    public static LocalSqs start(String region) {
        return new LocalSqs(builder(region).start());
    }

    /**
     * Starts the server behind another one.
     *
     * @param region the region in the queues' ARNs, such as {@code eu-central-1}
     * @param address what the queues' URLs begin with, such as {@code http://127.0.0.1:9324}
     * @return the server, which answers
     */
    public static LocalSqs start(String region, URI address) {
        return new LocalSqs(builder(region)
                .withServerAddress(new NodeAddress(address.getScheme(), address.getHost(), address.getPort(), ""))
                .start());
    }

    private static TheSQSRestServerBuilder builder(String region) {
        return SQSRestServerBuilder.withInterface(
                        InetAddress.getLoopbackAddress().getHostAddress())
                .withDynamicPort()
                .withAWSRegion(region)
                .withAWSAccountId(ACCOUNT);
    }

    /** {@return where it answers, such as {@code http://127.0.0.1:40102}} */
    public URI getEndpoint() {
        return endpoint;
    }

    /** Stops the server. Its queues are gone. */
    @Override
    public void close() {
        server.stopAndWait();
    }
}

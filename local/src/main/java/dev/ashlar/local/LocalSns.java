package dev.ashlar.local;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * SNS in this JVM, as far as publishing goes: {@code Publish} and {@code PublishBatch} to standard topics, on a free port of the loopback
 * interface, in memory. It delivers nothing, but tells what was published.
 *
 * <pre>{@code
 * try (LocalSns sns = LocalSns.start()) {
 *     SnsClient client = SnsClient.builder().endpointOverride(sns.getEndpoint())...build();
 *     client.publish(request -> request.topicArn("arn:aws:sns:eu-central-1:000000000000:reports").message("Hello"));
 *     assertThat(sns.getPublished()).hasSize(1);
 * }
 * }</pre>
 *
 * <p>Each standard topic exists, and everybody may publish: signatures are not checked. What SNS refuses is refused with its error
 * codes: an empty message, more than 256 KB with the attributes, a subject of 100 characters or with line breaks. FIFO topics, phones,
 * devices and messages that differ by protocol are refused as well, and any other action is {@code InvalidAction}.
 *
 * @see <a href="https://docs.aws.amazon.com/sns/latest/api/API_Publish.html">Publish</a>
 */
public final class LocalSns implements AutoCloseable {

    private static final int MAX_ENTRIES = 10;
    private static final Pattern ENTRY_ID = Pattern.compile("[A-Za-z0-9_-]{1,80}");

    private final HttpServer server;
    private final URI endpoint;
    private final List<SnsMessage> published = new CopyOnWriteArrayList<>();
    private volatile Consumer<SnsMessage> listener = message -> {};

    private LocalSns(HttpServer server) {
        this.server = server;
        this.endpoint = URI.create("http://" + InetAddress.getLoopbackAddress().getHostAddress() + ":"
                + server.getAddress().getPort());
        server.createContext("/", this::answer);
        server.start();
    }

    /**
     * Starts the server.
     *
     * @return the server, which answers
     */
    public static LocalSns start() {
        try {
            return new LocalSns(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@return where it answers, such as {@code http://127.0.0.1:40104}} */
    public URI getEndpoint() {
        return endpoint;
    }

    /** {@return what was published, in its order} */
    public List<SnsMessage> getPublished() {
        return List.copyOf(published);
    }

    /** Sets who is told of each message. */
    void onPublish(Consumer<SnsMessage> listener) {
        this.listener = listener;
    }

    /** Forgets what was published. */
    void reset() {
        published.clear();
    }

    /** Stops the server. */
    @Override
    public void close() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String request = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
            int status = 200;
            String xml;
            try {
                xml = perform(QueryForm.parse(request));
            } catch (SnsError error) {
                status = 400;
                xml = document(
                        "ErrorResponse", "<Error><Type>Sender</Type>" + error.toXml() + "</Error>" + requestId());
            }
            byte[] body = xml.getBytes(UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "text/xml");
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private String perform(QueryForm form) {
        String action = form.get("Action");
        return switch (action) {
            case "Publish" -> result(action, publish(SnsMessage.topicOf(form), form));
            case "PublishBatch" -> result(action, publishBatch(form));
            default -> throw new SnsError("InvalidAction", "The action " + action + " is not valid for this endpoint.");
        };
    }

    private String publish(String topicArn, QueryForm form) {
        SnsMessage message = SnsMessage.of(topicArn, form);
        published.add(message);
        listener.accept(message);
        return Xml.element("MessageId", UUID.randomUUID().toString());
    }

    private String publishBatch(QueryForm form) {
        String topicArn = SnsMessage.topicOf(form);
        List<QueryForm> entries = form.members("PublishBatchRequestEntries.member");
        checkBatch(entries);
        StringBuilder successful = new StringBuilder();
        StringBuilder failed = new StringBuilder();
        for (QueryForm entry : entries) {
            String id = Xml.element("Id", entry.get("Id"));
            try {
                String messageId = publish(topicArn, entry);
                successful.append("<member>").append(id).append(messageId).append("</member>");
            } catch (SnsError error) {
                failed.append("<member>")
                        .append(id)
                        .append(error.toXml())
                        .append("<SenderFault>true</SenderFault></member>");
            }
        }
        return "<Successful>" + successful + "</Successful><Failed>" + failed + "</Failed>";
    }

    private static void checkBatch(List<QueryForm> entries) {
        if (entries.isEmpty()) {
            throw new SnsError("EmptyBatchRequest", "The batch request doesn't contain any entries.");
        }
        if (entries.size() > MAX_ENTRIES) {
            throw new SnsError(
                    "TooManyEntriesInBatchRequest", "The batch request contains more entries than permissible.");
        }
        if (!entries.stream()
                .allMatch(entry -> ENTRY_ID.matcher(entry.get("Id")).matches())) {
            throw new SnsError(
                    "InvalidBatchEntryId",
                    "The Id of a batch entry in a batch request doesn't abide by the specification.");
        }
        if (entries.stream().map(entry -> entry.get("Id")).distinct().count() < entries.size()) {
            throw new SnsError(
                    "BatchEntryIdsNotDistinct", "Two or more batch entries in the request have the same Id.");
        }
        if (entries.stream().mapToInt(SnsMessage::sizeOf).sum() > SnsMessage.MAX_BYTES) {
            throw new SnsError(
                    "BatchRequestTooLong", "The length of all the batch messages put together is more than the limit.");
        }
    }

    private static String result(String action, String xml) {
        return document(
                action + "Response",
                "<" + action + "Result>" + xml + "</" + action + "Result><ResponseMetadata>" + requestId()
                        + "</ResponseMetadata>");
    }

    private static String document(String root, String xml) {
        return "<" + root + " xmlns=\"http://sns.amazonaws.com/doc/2010-03-31/\">" + xml + "</" + root + ">";
    }

    private static String requestId() {
        return Xml.element("RequestId", UUID.randomUUID().toString());
    }
}

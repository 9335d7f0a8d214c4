package dev.ashlar.local.internal.service;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.w3c.dom.Element;
import org.xml.sax.SAXException;

/**
 * The keys of one {@code DeleteObjects}, each of which may be refused.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObjects.html">DeleteObjects</a>
 */
final class Deletions {
    private static final String END = "</DeleteResult>";

    private final String bucket;
    private final byte[] body;
    private final boolean quiet;
    private final List<Deletion> asked;
    private final List<Deletion> left = new ArrayList<>();
    private final Set<Deletion> wereThere = new HashSet<>();
    private final StringBuilder errors = new StringBuilder();

    private record Deletion(String key, Optional<String> version) {
        static Deletion of(Element object) {
            return new Deletion(Xml.text(object, "Key").orElse(""), Xml.text(object, "VersionId"));
        }

        String xml() {
            return "<Key>" + Xml.escape(key) + "</Key>"
                    + version.map(id -> "<VersionId>" + Xml.escape(id) + "</VersionId>")
                            .orElse("");
        }
    }

    private Deletions(String bucket, byte[] body, Element root) {
        this.bucket = bucket;
        this.body = body;
        this.quiet = Xml.text(root, "Quiet").filter("true"::equals).isPresent();
        this.asked = Xml.all(root, "Object").stream().map(Deletion::of).toList();
        this.left.addAll(asked);
    }

    static Deletions read(String bucket, byte[] body) throws SAXException, IOException {
        return new Deletions(bucket, body, Xml.parse(body));
    }

    void refuse(Guard guard, Sender sender, Map<String, List<String>> context) {
        for (Deletion deletion : asked) {
            Access access =
                    S3Actions.delete(bucket, deletion.key(), deletion.version().isPresent());
            Optional<String> message = guard.refuse(sender, List.of(access), context)
                    .map(S3Gate::message)
                    .or(() -> guard.allows(sender, access, context) ? Optional.empty() : Optional.of("Access Denied"));
            message.ifPresent(why -> {
                left.remove(deletion);
                errors.append("<Error>")
                        .append(deletion.xml())
                        .append("<Code>AccessDenied</Code><Message>")
                        .append(Xml.escape(why))
                        .append("</Message></Error>");
            });
        }
    }

    /** Looks which objects are there, as of others nothing is told. */
    void look(ObjectEvents events, Call call) throws IOException {
        for (Deletion deletion : left) {
            if (deletion.version().isPresent()
                    || events.find(call, bucket, deletion.key()).isPresent()) {
                wereThere.add(deletion);
            }
        }
    }

    boolean isNothingLeft() {
        return left.isEmpty();
    }

    /** {@return the answer if all is refused} */
    String refused() {
        return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<DeleteResult>" + errors + END;
    }

    /** {@return what is sent on: as it came, unless something is refused} */
    byte[] body() {
        if (left.size() == asked.size()) {
            return body;
        }
        StringBuilder rest = new StringBuilder("<Delete>");
        left.forEach(deletion -> rest.append("<Object>").append(deletion.xml()).append("</Object>"));
        return rest.append("<Quiet>")
                .append(quiet)
                .append("</Quiet></Delete>")
                .toString()
                .getBytes(StandardCharsets.UTF_8);
    }

    /** {@return the headers that were true of the body as it came} */
    Set<String> headersToDrop() {
        return left.size() == asked.size()
                ? Set.of()
                : Set.of(
                        "content-md5",
                        "x-amz-content-sha256",
                        "x-amz-sdk-checksum-algorithm",
                        "x-amz-checksum-crc32",
                        "x-amz-checksum-crc32c",
                        "x-amz-checksum-crc64nvme",
                        "x-amz-checksum-sha1",
                        "x-amz-checksum-sha256");
    }

    byte[] addRefusedTo(byte[] answer) {
        if (errors.isEmpty()) {
            return answer;
        }
        String text = new String(answer, StandardCharsets.UTF_8)
                .replaceFirst("<DeleteResult([^>]*)/>", "<DeleteResult$1>" + END);
        int end = text.lastIndexOf(END);
        return (text.substring(0, end) + errors + END).getBytes(StandardCharsets.UTF_8);
    }

    /** Tells of all that is gone: of what the answer has no error. */
    void tell(ObjectEvents events, byte[] answer) throws IOException {
        Element root;
        try {
            root = Xml.parse(answer);
        } catch (SAXException e) {
            throw new IOException(e);
        }
        List<String> failed = Xml.all(root, "Error").stream()
                .flatMap(error -> Xml.text(error, "Key").stream())
                .toList();
        List<String> marked = Xml.all(root, "Deleted").stream()
                .filter(deleted ->
                        Xml.text(deleted, "DeleteMarker").filter("true"::equals).isPresent())
                .flatMap(deleted -> Xml.text(deleted, "Key").stream())
                .toList();
        left.stream()
                .filter(deletion -> !failed.contains(deletion.key()))
                .filter(deletion -> wereThere.contains(deletion) || marked.contains(deletion.key()))
                .forEach(deletion -> events.deleted(
                        bucket,
                        deletion.key(),
                        deletion.version(),
                        deletion.version().isEmpty() && marked.contains(deletion.key())));
    }
}

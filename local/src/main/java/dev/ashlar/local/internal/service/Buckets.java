package dev.ashlar.local.internal.service;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ashlar.local.internal.template.Template;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.w3c.dom.Element;
import org.xml.sax.SAXException;

/** The buckets of the templates in S3Mock. */
final class Buckets {
    /** Lifecycle rules are not here: they act once a day. Notifications are not either: others read them. */
    private static final Map<String, String> NOT_DONE = new TreeMap<>(Map.of(
            "AccelerateConfiguration", "transfer acceleration is not run here: requests go the plain way",
            "InventoryConfigurations", "no inventory of it is written here",
            "LoggingConfiguration", "access to it is not logged here",
            "ObjectLockConfiguration", "its default lock is not run here: objects can be deleted",
            "ReplicationConfiguration", "its objects are not replicated here",
            "WebsiteConfiguration", "its website endpoint is not run here: objects are read by S3's API"));

    private final Admin admin;
    private final List<Named> buckets;

    Buckets(Admin admin, List<Template> templates) {
        this.admin = admin;
        this.buckets = Named.all(templates, "AWS::S3::Bucket");
    }

    boolean isEmpty() {
        return buckets.isEmpty();
    }

    List<Named> all() {
        return buckets;
    }

    List<String> reported() {
        return buckets.stream().flatMap(bucket -> bucket.report(NOT_DONE)).toList();
    }

    Cors cors() {
        Cors cors = new Cors();
        buckets.forEach(
                bucket -> cors.add(bucket.name(), bucket.template().get(bucket.resource(), "CorsConfiguration")));
        return cors;
    }

    /** Makes the buckets that are not there yet. */
    void create(URI standIn) {
        for (Named bucket : buckets) {
            URI address = URI.create(standIn + "/" + bucket.name());
            HttpResponse<byte[]> answer = admin.call(address, "PUT", "");
            // 409: kept from an earlier run.
            if (answer.statusCode() != 200 && answer.statusCode() != 409) {
                throw new IllegalStateException("[%s] the bucket %s cannot be made: %s"
                        .formatted(bucket.resource().path(), bucket.name(), text(answer)));
            }
            JsonNode versioning = bucket.template().get(bucket.resource(), "VersioningConfiguration");
            if (versioning.path("Status").asText().equals("Enabled")) {
                admin.call(
                        URI.create(address + "?versioning"),
                        "PUT",
                        "<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>");
            }
        }
    }

    /** Empties all. */
    void reset(URI standIn) {
        buckets.forEach(bucket -> empty(URI.create(standIn + "/" + bucket.name())));
    }

    private void empty(URI bucket) {
        Element uploads = list(bucket, "uploads");
        for (Element upload : Xml.all(uploads, "Upload")) {
            String id = Xml.text(upload, "UploadId").orElseThrow();
            admin.call(URI.create(object(bucket, upload) + "?uploadId=" + id), "DELETE", "");
        }
        boolean more = true;
        while (more) {
            Element versions = list(bucket, "versions");
            List<Element> all = Xml.all(versions, "Version");
            all.forEach(version -> delete(bucket, version));
            List<Element> markers = Xml.all(versions, "DeleteMarker");
            markers.forEach(marker -> delete(bucket, marker));
            more = Xml.text(versions, "IsTruncated").filter("true"::equals).isPresent()
                    && !(all.isEmpty() && markers.isEmpty());
        }
    }

    private void delete(URI bucket, Element version) {
        String id = Xml.text(version, "VersionId")
                .filter(known -> !known.isEmpty() && !known.equals("null"))
                .map(known -> "?versionId=" + known)
                .orElse("");
        admin.call(URI.create(object(bucket, version) + id), "DELETE", "");
    }

    private static String object(URI bucket, Element of) {
        return bucket + "/" + S3Request.encode(Xml.text(of, "Key").orElseThrow());
    }

    private Element list(URI bucket, String what) {
        try {
            return Xml.parse(
                    admin.call(URI.create(bucket + "?" + what), "GET", "").body());
        } catch (SAXException e) {
            throw new IllegalStateException(bucket + " cannot be listed", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(HttpResponse<byte[]> answer) {
        return new String(answer.body(), StandardCharsets.UTF_8);
    }
}

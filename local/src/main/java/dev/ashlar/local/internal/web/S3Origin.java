package dev.ashlar.local.internal.web;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ashlar.local.internal.template.Json;
import dev.ashlar.local.internal.template.Template;
import java.util.List;
import java.util.stream.Stream;

/**
 * A bucket behind a distribution. CloudFront may do there what the bucket's policy says; without {@code s3:ListBucket} S3
 * tells nobody that an object is missing, and answers 403.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html">GetObject</a>
 */
final class S3Origin implements Handler {
    private static final List<String> PASSED =
            List.of("If-Match", "If-Modified-Since", "If-None-Match", "If-Range", "If-Unmodified-Since", "Range");

    private final S3Objects objects;
    private final String bucket;
    private final boolean isReadable;
    private final boolean isListable;

    private S3Origin(S3Objects objects, String bucket, boolean isReadable, boolean isListable) {
        this.objects = objects;
        this.bucket = bucket;
        this.isReadable = isReadable;
        this.isListable = isListable;
    }

    static S3Origin of(String bucket, S3Objects objects, List<Template> templates) {
        boolean isDeclared = Declared.find(templates, "AWS::S3::Bucket").stream()
                .anyMatch(declared -> declared.ref().equals(bucket));
        List<String> actions = Declared.find(templates, "AWS::S3::BucketPolicy").stream()
                .filter(policy -> policy.says("Bucket", bucket))
                .flatMap(policy -> list(policy.resource().raw("PolicyDocument").path("Statement")))
                .filter(S3Origin::allowsCloudFront)
                .flatMap(statement -> list(statement.path("Action")))
                .map(JsonNode::asText)
                .toList();
        // Who may read a bucket of elsewhere is not known here.
        return new S3Origin(
                objects,
                bucket,
                !isDeclared || isAllowed("s3:GetObject", actions),
                isAllowed("s3:ListBucket", actions));
    }

    boolean isReadable() {
        return isReadable;
    }

    @Override
    public Response handle(Request request) {
        String key = Percent.decodePath(request.path()).substring(1);
        if (!isReadable || !request.isRead() || key.isEmpty()) {
            return error(403, "AccessDenied", "Access Denied");
        }
        Fields headers = request.headers().copy();
        headers.removeIf(name -> PASSED.stream().noneMatch(name::equalsIgnoreCase));
        Response response = objects.send(request.method(), bucket, key, headers, new byte[0]);
        // The stand-in speaks of CORS always, S3 only where the bucket does.
        response.headers().remove("Vary");
        if (response.status() != 404) {
            return response;
        }
        return isListable
                ? error(404, "NoSuchKey", "The specified key does not exist.")
                : error(403, "AccessDenied", "Access Denied");
    }

    private static Response error(int status, String code, String message) {
        return Response.of(
                status,
                "application/xml",
                "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>%s</Code><Message>%s</Message></Error>"
                        .formatted(code, message));
    }

    private static boolean allowsCloudFront(JsonNode statement) {
        String principal = Json.write(statement.path("Principal"));
        return statement.path("Effect").asText().equals("Allow")
                && Stream.of("cloudfront.amazonaws.com", "CanonicalUser", "\"*\"")
                        .anyMatch(principal::contains);
    }

    private static boolean isAllowed(String action, List<String> patterns) {
        return patterns.stream().anyMatch(pattern -> new PathPattern(pattern).matches(action));
    }

    private static Stream<JsonNode> list(JsonNode value) {
        return value.isArray() ? value.valueStream() : Stream.of(value);
    }
}

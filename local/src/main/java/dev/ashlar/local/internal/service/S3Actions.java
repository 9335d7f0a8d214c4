package dev.ashlar.local.internal.service;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The permissions that a request to S3 needs.
 *
 * @see <a href="https://docs.aws.amazon.com/service-authorization/latest/reference/list_s3.html">Actions, resources, and
 *     condition keys</a>
 */
final class S3Actions {
    /** What is said of a bucket: the query parameter, and the action without {@code Get} and {@code Put}. */
    private static final Map<String, String> OF_BUCKET = Map.ofEntries(
            Map.entry("accelerate", "AccelerateConfiguration"),
            Map.entry("acl", "BucketAcl"),
            Map.entry("analytics", "AnalyticsConfiguration"),
            Map.entry("cors", "BucketCORS"),
            Map.entry("encryption", "EncryptionConfiguration"),
            Map.entry("intelligent-tiering", "IntelligentTieringConfiguration"),
            Map.entry("inventory", "InventoryConfiguration"),
            Map.entry("lifecycle", "LifecycleConfiguration"),
            Map.entry("location", "BucketLocation"),
            Map.entry("logging", "BucketLogging"),
            Map.entry("metrics", "MetricsConfiguration"),
            Map.entry("notification", "BucketNotification"),
            Map.entry("object-lock", "BucketObjectLockConfiguration"),
            Map.entry("ownershipControls", "BucketOwnershipControls"),
            Map.entry("policy", "BucketPolicy"),
            Map.entry("policyStatus", "BucketPolicyStatus"),
            Map.entry("publicAccessBlock", "BucketPublicAccessBlock"),
            Map.entry("replication", "ReplicationConfiguration"),
            Map.entry("requestPayment", "BucketRequestPayment"),
            Map.entry("tagging", "BucketTagging"),
            Map.entry("versioning", "BucketVersioning"),
            Map.entry("website", "BucketWebsite"));

    /** What is said of an object. Each but the last two is another action for one version. */
    private static final Map<String, String> OF_OBJECT =
            Map.of("acl", "Acl", "tagging", "Tagging", "retention", "Retention", "legal-hold", "LegalHold");

    private static final List<String> NEVER_OF_A_VERSION = List.of("Retention", "LegalHold");

    /** Headers of an upload that set what a permission of its own is needed for. */
    private static final Map<String, String> ALONG = Map.of(
            "x-amz-acl", "s3:PutObjectAcl",
            "x-amz-tagging", "s3:PutObjectTagging",
            "x-amz-object-lock-retain-until-date", "s3:PutObjectRetention",
            "x-amz-object-lock-legal-hold", "s3:PutObjectLegalHold");

    private static final List<String> HEADER_KEYS = List.of(
            "x-amz-acl",
            "x-amz-content-sha256",
            "x-amz-copy-source",
            "x-amz-metadata-directive",
            "x-amz-server-side-encryption",
            "x-amz-server-side-encryption-aws-kms-key-id",
            "x-amz-storage-class",
            "x-amz-website-redirect-location");

    private static final List<String> LIST_KEYS = List.of("prefix", "delimiter", "max-keys");

    private S3Actions() {}

    /** {@return what a request needs, all of it; nothing for a request whose body says it} */
    static List<Access> of(S3Request request, Function<String, Optional<String>> headers) {
        Map<String, List<String>> context = context(request, headers);
        if (request.bucket().isEmpty()) {
            return List.of(new Access("s3:ListAllMyBuckets", "*", context));
        }
        if (!request.hasKey()) {
            return ofBucket(request).map(action -> new Access(action, bucketArn(request.bucket()), context)).stream()
                    .toList();
        }
        String arn = objectArn(request.bucket(), request.key());
        List<Access> needed = new ArrayList<>();
        needed.add(new Access(ofObject(request), arn, context));
        if (storesObject(request)) {
            ALONG.forEach((header, action) ->
                    headers.apply(header).ifPresent(value -> needed.add(new Access(action, arn, context))));
        }
        request.copySource()
                .ifPresent(source -> needed.add(new Access(
                        source.hasVersion() ? "s3:GetObjectVersion" : "s3:GetObject",
                        objectArn(source.bucket(), source.key()),
                        context)));
        return needed;
    }

    /** {@return what tells a missing object from one that must not be read} */
    static Access list(String bucket) {
        Map<String, List<String>> context = new HashMap<>();
        LIST_KEYS.forEach(key -> context.put("s3:" + key, List.of()));
        return new Access("s3:ListBucket", bucketArn(bucket), context);
    }

    /** {@return what it takes to delete an object, or one version of it} */
    static Access delete(String bucket, String key, boolean version) {
        return Access.of(version ? "s3:DeleteObjectVersion" : "s3:DeleteObject", objectArn(bucket, key));
    }

    /** {@return what it takes to store an object} */
    static Access put(String bucket, String key) {
        return Access.of("s3:PutObject", objectArn(bucket, key));
    }

    private static Optional<String> ofBucket(S3Request request) {
        Optional<String> about =
                OF_BUCKET.keySet().stream().filter(request::has).findFirst().map(OF_BUCKET::get);
        if (about.isPresent()) {
            String what = about.get();
            return Optional.of(
                    switch (request.method()) {
                        case "GET", "HEAD" -> "s3:Get" + what;
                        case "DELETE" ->
                            (List.of("BucketPolicy", "BucketWebsite").contains(what) ? "s3:Delete" : "s3:Put") + what;
                        default -> "s3:Put" + what;
                    });
        }
        return Optional.ofNullable(
                switch (request.method()) {
                    case "GET" ->
                        request.has("versions")
                                ? "s3:ListBucketVersions"
                                : request.has("uploads") ? "s3:ListBucketMultipartUploads" : "s3:ListBucket";
                    case "HEAD" -> "s3:ListBucket";
                    case "PUT" -> "s3:CreateBucket";
                    case "DELETE" -> "s3:DeleteBucket";
                    // Which objects are deleted or stored is in the body.
                    default -> null;
                });
    }

    private static String ofObject(S3Request request) {
        String version = request.has("versionId") ? "Version" : "";
        Optional<String> about =
                OF_OBJECT.keySet().stream().filter(request::has).findFirst().map(OF_OBJECT::get);
        if (about.isPresent()) {
            String verb = switch (request.method()) {
                case "GET" -> "Get";
                case "DELETE" -> "Delete";
                default -> "Put";
            };
            return "s3:" + verb + "Object" + (NEVER_OF_A_VERSION.contains(about.get()) ? "" : version) + about.get();
        }
        return switch (request.method()) {
            case "GET", "HEAD" -> request.has("uploadId") ? "s3:ListMultipartUploadParts" : "s3:GetObject" + version;
            case "DELETE" -> request.has("uploadId") ? "s3:AbortMultipartUpload" : "s3:DeleteObject" + version;
            case "POST" ->
                request.has("restore") ? "s3:RestoreObject" : request.has("select") ? "s3:GetObject" : "s3:PutObject";
            default -> "s3:PutObject";
        };
    }

    /** {@return whether a request stores an object, or begins to do so, and not a part or what is said of one} */
    private static boolean storesObject(S3Request request) {
        return switch (request.method()) {
            case "PUT" ->
                !request.has("partNumber") && OF_OBJECT.keySet().stream().noneMatch(request::has);
            case "POST" -> request.has("uploads");
            default -> false;
        };
    }

    private static Map<String, List<String>> context(S3Request request, Function<String, Optional<String>> headers) {
        Map<String, List<String>> context = new HashMap<>();
        LIST_KEYS.forEach(key -> context.put("s3:" + key, queryValue(request, key)));
        HEADER_KEYS.forEach(header ->
                context.put("s3:" + header, headers.apply(header).stream().toList()));
        context.put("s3:VersionId", queryValue(request, "versionId"));
        context.put("s3:if-match", headers.apply("If-Match").stream().toList());
        context.put("s3:if-none-match", headers.apply("If-None-Match").stream().toList());
        // AWS is asked over TLS, by the same code.
        context.put("s3:TlsVersion", List.of("1.3"));
        context.put("s3:signatureversion", List.of("AWS4-HMAC-SHA256"));
        context.put("s3:authType", List.of(request.has("X-Amz-Signature") ? "REST-QUERY-STRING" : "REST-HEADER"));
        Map<String, String> tags =
                Call.parameters(headers.apply("x-amz-tagging").orElse(""));
        context.put("s3:RequestObjectTagKeys", List.copyOf(tags.keySet()));
        tags.forEach((name, value) -> context.put("s3:RequestObjectTag/" + name, List.of(value)));
        return context;
    }

    private static List<String> queryValue(S3Request request, String parameter) {
        return Stream.ofNullable(request.query().get(parameter)).toList();
    }

    private static String bucketArn(String bucket) {
        return "arn:aws:s3:::" + bucket;
    }

    private static String objectArn(String bucket, String key) {
        return bucketArn(bucket) + "/" + key;
    }
}

package dev.ashlar.local.internal.service;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.Bucket;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.DeleteObjectsResponse;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.S3Error;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;
import software.amazon.awssdk.services.s3.model.Tag;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class S3GateTest {
    private static final String BUCKET = "shop-uploads";
    private static final String ARN = "arn:aws:s3:::" + BUCKET;
    private static final String KEY = "in/a.txt";

    /** Each call, by the one permission that it needs. */
    private static final Map<String, Consumer<S3Client>> CALLS = new TreeMap<>(Map.ofEntries(
            Map.entry(
                    "GetObject",
                    client -> client.getObjectAsBytes(get -> get.bucket(BUCKET).key(KEY))),
            Map.entry("PutObject", client -> put(client, KEY, "a")),
            Map.entry(
                    "DeleteObject",
                    client ->
                            client.deleteObject(delete -> delete.bucket(BUCKET).key(KEY))),
            Map.entry("ListBucket", client -> client.listObjectsV2(list -> list.bucket(BUCKET))),
            Map.entry("ListBucketVersions", client -> client.listObjectVersions(list -> list.bucket(BUCKET))),
            Map.entry("ListBucketMultipartUploads", client -> client.listMultipartUploads(list -> list.bucket(BUCKET))),
            Map.entry("GetBucketLocation", client -> client.getBucketLocation(get -> get.bucket(BUCKET))),
            Map.entry("GetBucketVersioning", client -> client.getBucketVersioning(get -> get.bucket(BUCKET))),
            Map.entry(
                    "GetObjectTagging",
                    client -> client.getObjectTagging(get -> get.bucket(BUCKET).key(KEY))),
            Map.entry(
                    "PutObjectTagging",
                    client -> client.putObjectTagging(put -> put.bucket(BUCKET)
                            .key(KEY)
                            .tagging(tags -> tags.tagSet(
                                    Tag.builder().key("k").value("v").build())))),
            Map.entry(
                    "DeleteObjectTagging",
                    client -> client.deleteObjectTagging(
                            delete -> delete.bucket(BUCKET).key(KEY)))));

    private final HttpClient http = HttpClient.newHttpClient();
    private Shop shop;

    @BeforeAll
    void start() {
        List<String> resources = new ArrayList<>(List.of(
                """
                'Uploads':{'Type':'AWS::S3::Bucket','Metadata':{'aws:cdk:path':'Shop/Uploads/Bucket/Resource'},'Properties':{
                  'CorsConfiguration':{'CorsRules':[{'AllowedOrigins':['https://*.example.com'],'AllowedMethods':['PUT','GET'],
                    'AllowedHeaders':['content-*','x-amz-date'],'ExposedHeaders':['ETag'],'MaxAge':60}]},
                  'LoggingConfiguration':{}}},
                'UploadsPolicy':{'Type':'AWS::S3::BucketPolicy','Properties':{'Bucket':{'Ref':'Uploads'},'PolicyDocument':{'Statement':[
                  {'Effect':'Deny','Principal':{'AWS':'*'},'Action':'s3:*','Resource':'*','Condition':{'Bool':{'aws:SecureTransport':'false'}}},
                  {'Effect':'Deny','Principal':{'AWS':'*'},'Action':'s3:*','Resource':'*','Condition':{'NumericLessThan':{'s3:TlsVersion':'1.2'}}},
                  {'Effect':'Deny','Principal':{'AWS':'*'},'Action':'s3:PutObject','Resource':{'Fn::Sub':'${Uploads.Arn}/locked/*'}}]}}},
                """.strip().replaceFirst(",$", ""),
                """
                'Kept':{'Type':'AWS::S3::Bucket','Properties':{'BucketName':'kept','VersioningConfiguration':{'Status':'Enabled'}}},
                'Site':{'Type':'AWS::S3::Bucket','Properties':{'BucketName':'site'}},
                'SitePolicy':{'Type':'AWS::S3::BucketPolicy','Properties':{'Bucket':{'Ref':'Site'},'PolicyDocument':{'Statement':
                  {'Effect':'Allow','Principal':'*','Action':'s3:GetObject','Resource':'arn:aws:s3:::site/*'}}}}
                """,
                Shop.role("All", "s3:* *"),
                Shop.role("None"),
                Shop.role("Reader", "s3:GetObject " + ARN + "/*"),
                Shop.role("Incoming", "s3:* " + ARN + "/in/*"),
                """
                'Lister':{'Type':'AWS::IAM::Role','Properties':{'Policies':[{'PolicyDocument':{'Statement':
                  {'Effect':'Allow','Action':'s3:ListBucket','Resource':'*','Condition':{'StringLike':{'s3:prefix':'in/*'}}}}}]}}
                """));
        CALLS.keySet().forEach(action -> {
            resources.add(Shop.role("Only" + action, "s3:" + action + " " + resource(action)));
            resources.add(Shop.role(
                    "No" + action,
                    CALLS.keySet().stream()
                            .filter(other -> !other.equals(action))
                            .map(other -> "s3:" + other + " " + resource(other))
                            .toArray(String[]::new)));
        });
        shop = Shop.start(String.join(",", resources));
    }

    private static String resource(String action) {
        return action.contains("Bucket") ? ARN : ARN + "/*";
    }

    @AfterAll
    void stop() {
        shop.close();
    }

    @BeforeEach
    void empty() {
        shop.services.reset();
        shop.log.clear();
        shop.events.clear();
    }

    static Stream<String> actions() {
        return CALLS.keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("actions")
    void onePermissionIsEnoughForACallAndNoneElseIs(String action) {
        put(shop.s3("All"), KEY, "a");
        Consumer<S3Client> call = call(action);
        call.accept(shop.s3("Only" + action));

        assertThatExceptionOfType(S3Exception.class)
                .isThrownBy(() -> call.accept(shop.s3("No" + action)))
                .satisfies(refused -> {
                    assertThat(refused.statusCode()).isEqualTo(403);
                    assertThat(refused.awsErrorDetails().errorCode()).isEqualTo("AccessDenied");
                    assertThat(refused.awsErrorDetails().errorMessage())
                            .isEqualTo(
                                    "User: arn:aws:sts::000000000000:assumed-role/Shop-No%1$s/Shop-Web is not authorized to perform: s3:%1$s on resource: \"%2$s\" because no identity-based policy allows the s3:%1$s action",
                                    action, action.contains("Bucket") ? ARN : ARN + "/" + KEY);
                });
        assertThat(shop.log)
                .singleElement()
                .asString()
                .startsWith("[Shop/No" + action + "] s3:" + action + " on " + ARN)
                .contains(" [Shop/Uploads/Bucket] was refused because no identity-based policy allows");
    }

    @Test
    void theLogHasTheMissingLine() {
        for (String action : List.of("GetObject", "PutObject", "DeleteObject", "ListBucket", "GetObjectTagging")) {
            assertThatThrownBy(() -> call(action).accept(shop.s3("None")));
        }

        assertThat(shop.log)
                .extracting(line -> line.substring(line.indexOf("; add")))
                .containsExactly(
                        "; add uploads.grantRead(function)",
                        "; add uploads.grantWrite(function)",
                        "; add uploads.grantDelete(function)",
                        "; add BucketAccess.of(uploads.getBucket()).grantList(function)",
                        "; add role.addToPrincipalPolicy(PolicyStatement.Builder.create().actions(List.of(\"s3:GetObjectTagging\")).resources(List.of(\""
                                + ARN + "/" + KEY + "\")).build())");
    }

    @Test
    void onlyWhoMayListIsToldThatAnObjectIsNotThere() {
        assertThatExceptionOfType(S3Exception.class)
                .isThrownBy(() -> shop.s3("Reader")
                        .getObjectAsBytes(get -> get.bucket(BUCKET).key("none")))
                .satisfies(refused -> {
                    assertThat(refused.statusCode()).isEqualTo(403);
                    assertThat(refused.awsErrorDetails().errorMessage())
                            .contains(
                                    "is not authorized to perform: s3:ListBucket on resource: \"" + ARN + "\" because");
                });
        assertThatExceptionOfType(S3Exception.class)
                .isThrownBy(() ->
                        shop.s3("Reader").headObject(head -> head.bucket(BUCKET).key("none")))
                .satisfies(refused -> assertThat(refused.statusCode()).isEqualTo(403));
        assertThatExceptionOfType(NoSuchKeyException.class)
                .isThrownBy(() -> shop.s3("All")
                        .getObjectAsBytes(get -> get.bucket(BUCKET).key("none")));
        assertThatExceptionOfType(NoSuchKeyException.class)
                .isThrownBy(() ->
                        shop.s3("All").headObject(head -> head.bucket(BUCKET).key("none")));
        assertThatExceptionOfType(NoSuchKeyException.class)
                .isThrownBy(() -> shop.s3(Shop.DEVELOPER)
                        .getObjectAsBytes(get -> get.bucket(BUCKET).key("none")));
    }

    @Test
    void conditionsSeeThePrefixOfAList() {
        S3Client lister = shop.s3("Lister");

        lister.listObjectsV2(list -> list.bucket(BUCKET).prefix("in/x"));

        assertThatThrownBy(
                        () -> lister.listObjectsV2(list -> list.bucket(BUCKET).prefix("out/")))
                .hasMessageContaining("s3:ListBucket");
        assertThatThrownBy(() -> lister.listObjectsV2(list -> list.bucket(BUCKET)))
                .hasMessageContaining("s3:ListBucket");
    }

    @Test
    void policiesOfBucketsCount() {
        assertThatThrownBy(() -> put(shop.s3("All"), "locked/a", "a"))
                .hasMessageContaining("with an explicit deny in a resource-based policy");
    }

    @ParameterizedTest
    @ValueSource(strings = {"in/a b+c %41/가.txt", "in//twice", "/slash", "a&b=c;d?e#f", "in/'(x)!*~.$@,:", "😀", "."})
    void keysAreWhatTheyAre(String key) {
        S3Client client = shop.s3("All");

        put(client, key, "가");

        assertThat(client.getObjectAsBytes(get -> get.bucket(BUCKET).key(key)).asUtf8String())
                .isEqualTo("가");
        assertThat(client.listObjectsV2(list -> list.bucket(BUCKET)).contents())
                .extracting(S3Object::key)
                .containsExactly(key);
        client.deleteObjects(delete -> delete.bucket(BUCKET)
                .delete(keys -> keys.objects(ObjectIdentifier.builder().key(key).build())));
        assertThat(shop.events)
                .extracting(ObjectEvent::key, ObjectEvent::reason)
                .containsExactly(tuple(key, "PutObject"), tuple(key, "DeleteObject"));
        assertThatThrownBy(() -> put(shop.s3("None"), key, "a"))
                .hasMessageContaining("on resource: \"" + ARN + "/" + key + "\"");
    }

    @Test
    void eventsTellWhatObjectsBecome() {
        S3Client client = shop.s3("All");

        put(client, KEY, "가나");
        client.copyObject(copy -> copy.sourceBucket(BUCKET)
                .sourceKey(KEY)
                .destinationBucket(BUCKET)
                .destinationKey("copy of+a"));
        client.putObjectTagging(put -> put.bucket(BUCKET)
                .key(KEY)
                .tagging(tags -> tags.tagSet(Tag.builder().key("k").value("v").build())));
        client.deleteObject(delete -> delete.bucket(BUCKET).key(KEY));
        client.deleteObject(delete -> delete.bucket(BUCKET).key(KEY));
        assertThatThrownBy(() -> put(shop.s3("None"), KEY, "a"));

        assertThat(shop.events)
                .extracting(
                        ObjectEvent::bucket,
                        ObjectEvent::key,
                        ObjectEvent::size,
                        ObjectEvent::reason,
                        ObjectEvent::isCreated,
                        ObjectEvent::deletionType)
                .containsExactly(
                        tuple(BUCKET, KEY, OptionalLong.of(6), "PutObject", true, Optional.empty()),
                        tuple(BUCKET, "copy of+a", OptionalLong.of(6), "CopyObject", true, Optional.empty()),
                        tuple(
                                BUCKET,
                                KEY,
                                OptionalLong.empty(),
                                "DeleteObject",
                                false,
                                Optional.of("Permanently Deleted")));
        assertThat(shop.events)
                .extracting(ObjectEvent::sequencer)
                .isSorted()
                .allMatch(hex -> hex.matches("[0-9A-F]{16}"));
        assertThat(shop.events.get(0).etag()).contains(md5("가나"));
    }

    @Test
    void eventsTellVersions() {
        S3Client client = shop.s3("All");

        String version = client.putObject(put -> put.bucket("kept").key("a"), RequestBody.fromString("1"))
                .versionId();
        client.deleteObject(delete -> delete.bucket("kept").key("a"));
        client.deleteObject(delete -> delete.bucket("kept").key("a").versionId(version));

        assertThat(shop.events.get(0).version()).contains(version);
        assertThat(shop.events)
                .extracting(ObjectEvent::deletionType)
                .containsExactly(
                        Optional.empty(), Optional.of("Delete Marker Created"), Optional.of("Permanently Deleted"));
        assertThat(shop.events.get(2).version()).contains(version);
    }

    @Test
    void ofManyKeysOnlyThoseThatMustNotAreKept() {
        S3Client all = shop.s3("All");
        for (String key : List.of("in/a", "in/<&>", "out/a")) {
            put(all, key, "a");
        }
        shop.events.clear();

        DeleteObjectsResponse answer = delete(shop.s3("Incoming"), "in/a", "in/<&>", "out/a", "in/none");

        assertThat(answer.errors())
                .extracting(S3Error::key, S3Error::code)
                .containsExactly(tuple("out/a", "AccessDenied"));
        assertThat(answer.errors().get(0).message())
                .contains("is not authorized to perform: s3:DeleteObject on resource: \"" + ARN + "/out/a\"");
        assertThat(all.listObjectsV2(list -> list.bucket(BUCKET)).contents())
                .extracting(S3Object::key)
                .containsExactly("out/a");
        assertThat(shop.events).extracting(ObjectEvent::key).containsExactly("in/a", "in/<&>");
        assertThat(delete(shop.s3("None"), "out/a").errors()).hasSize(1);
        assertThat(delete(shop.s3("Incoming"), "in/a").hasErrors()).isFalse();
    }

    @Test
    void copiesNeedToReadTheSource() {
        put(shop.s3("All"), "out/a b", "a");

        assertThatThrownBy(() -> shop.s3("Incoming")
                        .copyObject(copy -> copy.sourceBucket(BUCKET)
                                .sourceKey("out/a b")
                                .destinationBucket(BUCKET)
                                .destinationKey("in/b")))
                .hasMessageContaining("s3:GetObject on resource: \"" + ARN + "/out/a b\"");
        assertThatThrownBy(() -> shop.s3("Reader")
                        .copyObject(copy -> copy.sourceBucket(BUCKET)
                                .sourceKey("out/a b")
                                .destinationBucket(BUCKET)
                                .destinationKey("in/b")))
                .hasMessageContaining("s3:PutObject on resource: \"" + ARN + "/in/b\"");
    }

    @Test
    void tagsAndListsOfAnUploadNeedTheirOwnPermission() {
        assertThatThrownBy(() -> shop.s3("OnlyPutObject")
                        .putObject(put -> put.bucket(BUCKET).key(KEY).tagging("a=b"), RequestBody.fromString("a")))
                .hasMessageContaining("s3:PutObjectTagging");
    }

    @Test
    void partsBecomeOneObject() {
        S3Client client = shop.s3("OnlyPutObject");
        byte[] part = new byte[5 * 1024 * 1024];
        new Random(1).nextBytes(part);

        String upload = client.createMultipartUpload(
                        create -> create.bucket(BUCKET).key("in/big"))
                .uploadId();
        List<CompletedPart> parts = new ArrayList<>();
        for (int number : List.of(1, 2)) {
            String etag = client.uploadPart(
                            request -> request.bucket(BUCKET)
                                    .key("in/big")
                                    .uploadId(upload)
                                    .partNumber(number),
                            RequestBody.fromBytes(part))
                    .eTag();
            parts.add(CompletedPart.builder().partNumber(number).eTag(etag).build());
        }
        assertThat(shop.events).isEmpty();
        client.completeMultipartUpload(complete ->
                complete.bucket(BUCKET).key("in/big").uploadId(upload).multipartUpload(all -> all.parts(parts)));

        assertThat(shop.events)
                .extracting(ObjectEvent::size, ObjectEvent::reason)
                .containsExactly(tuple(OptionalLong.of(2L * part.length), "CompleteMultipartUpload"));
        assertThatThrownBy(() -> shop.s3("Reader")
                        .createMultipartUpload(create -> create.bucket(BUCKET).key("in/big")))
                .hasMessageContaining("s3:PutObject");
    }

    @Test
    void largeObjectsPassThrough() {
        byte[] large = new byte[30 * 1024 * 1024];
        new Random(1).nextBytes(large);
        S3Client client = shop.s3("All");

        client.putObject(put -> put.bucket(BUCKET).key("large"), RequestBody.fromBytes(large));

        assertThat(Arrays.equals(
                        client.getObjectAsBytes(get -> get.bucket(BUCKET).key("large"))
                                .asByteArrayUnsafe(),
                        large))
                .isTrue();
        assertThat(client.getObjectAsBytes(
                                get -> get.bucket(BUCKET).key("large").range("bytes=5-9"))
                        .asByteArray())
                .isEqualTo(Arrays.copyOfRange(large, 5, 10));
        assertThat(client.headObject(head -> head.bucket(BUCKET).key("large")).contentLength())
                .isEqualTo(large.length);
        assertThatExceptionOfType(S3Exception.class)
                .isThrownBy(() ->
                        shop.s3("None").putObject(put -> put.bucket(BUCKET).key("large"), RequestBody.fromBytes(large)))
                .satisfies(refused -> assertThat(refused.statusCode()).isEqualTo(403));
    }

    @Test
    void whoHasAPresignedAddressMayWhatItsFunctionMay() throws Exception {
        URI allowed = presigned("Incoming", "in/가 나+", Duration.ofMinutes(1));
        URI refused = presigned("Incoming", "out/a", Duration.ofMinutes(1));

        assertThat(put(allowed).statusCode()).isEqualTo(200);
        assertThat(put(refused).statusCode()).isEqualTo(403);

        assertThat(shop.events).extracting(ObjectEvent::key).containsExactly("in/가 나+");
        assertThat(shop.s3("All")
                        .getObjectAsBytes(get -> get.bucket(BUCKET).key("in/가 나+"))
                        .asUtf8String())
                .isEqualTo("signed");
    }

    @Test
    void presignedAddressesExpire() throws Exception {
        URI address = presigned("Incoming", "in/a", Duration.ofMinutes(1));
        URI old = URI.create(address.toString().replaceFirst("X-Amz-Date=\\d{8}", "X-Amz-Date=20200101"));

        HttpResponse<String> answer = put(old);

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.body()).contains("<Code>AccessDenied</Code><Message>Request has expired</Message>");
    }

    @Test
    void formsStoreFiles() throws Exception {
        assertThat(post("Incoming", "in/${filename}").statusCode()).isBetween(200, 204);
        assertThat(post("Incoming", "out/a").statusCode()).isEqualTo(403);

        assertThat(shop.events)
                .extracting(ObjectEvent::key, ObjectEvent::size, ObjectEvent::reason)
                .containsExactly(tuple("in/가.txt", OptionalLong.of(3), "POST Object"));
    }

    @Test
    void unsignedRequestsMayWhatEverybodyMay() throws Exception {
        shop.s3("All").putObject(put -> put.bucket("site").key("a"), RequestBody.fromString("public"));
        put(shop.s3("All"), KEY, "private");

        assertThat(get("/site/a").body()).isEqualTo("public");
        assertThat(get("/" + BUCKET + "/" + KEY).statusCode()).isEqualTo(403);
        assertThat(get("/" + BUCKET + "/" + KEY).body())
                .contains("<Code>AccessDenied</Code><Message>Access Denied</Message>");
        assertThat(get("/site/none").statusCode()).isEqualTo(403);
        assertThat(get("/site").statusCode()).isEqualTo(403);
    }

    @Test
    void browsersAreAnsweredAsTheBucketsRulesSay() throws Exception {
        HttpResponse<String> allowed = preflight("https://shop.example.com", "PUT", "content-type,x-amz-date");
        HttpResponse<String> header = preflight("https://shop.example.com", "PUT", "x-other");
        HttpResponse<String> method = preflight("https://shop.example.com", "DELETE", "");
        HttpResponse<String> origin = preflight("https://example.org", "PUT", "");

        assertThat(allowed.statusCode()).isEqualTo(200);
        assertThat(allowed.headers().firstValue("Access-Control-Allow-Origin")).contains("https://shop.example.com");
        assertThat(allowed.headers().firstValue("Access-Control-Allow-Methods")).contains("PUT, GET");
        assertThat(allowed.headers().firstValue("Access-Control-Allow-Headers")).contains("content-type, x-amz-date");
        assertThat(allowed.headers().firstValue("Access-Control-Max-Age")).contains("60");
        assertThat(List.of(header, method, origin)).allMatch(answer -> answer.statusCode() == 403);
        HttpResponse<String> get = http.send(
                HttpRequest.newBuilder(presigned("All", KEY, Duration.ofMinutes(1)))
                        .header("Origin", "https://shop.example.com")
                        .PUT(BodyPublishers.ofString("a"))
                        .build(),
                BodyHandlers.ofString());
        assertThat(get.headers().allValues("Access-Control-Allow-Origin")).containsExactly("https://shop.example.com");
        assertThat(get.headers().firstValue("Access-Control-Expose-Headers")).contains("ETag");
    }

    @Test
    void bucketsMayBeNamedByTheHost() throws Exception {
        shop.s3("All").putObject(put -> put.bucket("site").key("a"), RequestBody.fromString("public"));
        URI endpoint = shop.services.getEndpoint(Service.S3);

        try (Socket socket = new Socket(endpoint.getHost(), endpoint.getPort())) {
            socket.getOutputStream()
                    .write("GET /a HTTP/1.1\r\nHost: site.localhost:%d\r\nConnection: close\r\n\r\n"
                            .formatted(endpoint.getPort())
                            .getBytes(UTF_8));
            assertThat(new String(socket.getInputStream().readAllBytes(), UTF_8))
                    .startsWith("HTTP/1.1 200")
                    .endsWith("public");
        }
    }

    @Test
    void bucketsAreAsTheTemplateHasThem() {
        assertThat(shop.s3("All").getBucketVersioning(get -> get.bucket("kept")).statusAsString())
                .isEqualTo("Enabled");
        assertThat(shop.s3("All").listBuckets().buckets())
                .extracting(Bucket::name)
                .containsExactlyInAnyOrder(BUCKET, "kept", "site");
        assertThat(shop.services.getReported())
                .containsExactly("[Shop/Uploads/Bucket] access to it is not logged here");
    }

    @Test
    void resetEmptiesBuckets() {
        S3Client client = shop.s3("All");
        for (int i = 0; i < 3; i++) {
            client.putObject(put -> put.bucket("kept").key("a 가"), RequestBody.fromString("a"));
        }
        client.deleteObject(delete -> delete.bucket("kept").key("a 가"));
        client.createMultipartUpload(create -> create.bucket("kept").key("b"));
        shop.events.clear();

        shop.services.reset();

        assertThat(client.listObjectVersions(list -> list.bucket("kept")).versions())
                .isEmpty();
        assertThat(client.listObjectVersions(list -> list.bucket("kept")).deleteMarkers())
                .isEmpty();
        assertThat(client.listMultipartUploads(list -> list.bucket("kept")).uploads())
                .isEmpty();
        assertThat(shop.events).isEmpty();
    }

    private static void put(S3Client client, String key, String text) {
        client.putObject(put -> put.bucket(BUCKET).key(key), RequestBody.fromString(text));
    }

    private static DeleteObjectsResponse delete(S3Client client, String... keys) {
        List<ObjectIdentifier> objects = Arrays.stream(keys)
                .map(key -> ObjectIdentifier.builder().key(key).build())
                .toList();
        return client.deleteObjects(delete -> delete.bucket(BUCKET).delete(all -> all.objects(objects)));
    }

    private URI presigned(String role, String key, Duration duration) throws Exception {
        try (S3Presigner presigner = S3Presigner.builder()
                .region(Region.EU_WEST_1)
                .endpointOverride(shop.services.getEndpoint(Service.S3))
                .credentialsProvider(shop.credentials(role))
                .build()) {
            return presigner
                    .presignPutObject(presign -> presign.signatureDuration(duration)
                            .putObjectRequest(put -> put.bucket(BUCKET).key(key)))
                    .url()
                    .toURI();
        }
    }

    private HttpResponse<String> put(URI address) throws Exception {
        return http.send(
                HttpRequest.newBuilder(address)
                        .PUT(BodyPublishers.ofString("signed"))
                        .build(),
                BodyHandlers.ofString());
    }

    private HttpResponse<String> get(String path) throws Exception {
        return http.send(
                HttpRequest.newBuilder(URI.create(shop.services.getEndpoint(Service.S3) + path))
                        .build(),
                BodyHandlers.ofString());
    }

    private HttpResponse<String> preflight(String origin, String method, String headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create(shop.services.getEndpoint(Service.S3) + "/" + BUCKET + "/in/a"))
                .method("OPTIONS", BodyPublishers.noBody())
                .header("Origin", origin)
                .header("Access-Control-Request-Method", method);
        if (!headers.isEmpty()) {
            request.header("Access-Control-Request-Headers", headers);
        }
        return http.send(request.build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> post(String role, String key) throws Exception {
        String body = """
                --b\r
                Content-Disposition: form-data; name="key"\r
                \r
                %s\r
                --b\r
                Content-Disposition: form-data; name="X-Amz-Credential"\r
                \r
                %s/20260101/eu-west-1/s3/aws4_request\r
                --b\r
                Content-Disposition: form-data; name="file"; filename="가.txt"\r
                Content-Type: text/plain\r
                \r
                abc\r
                --b--\r
                """.formatted(key, shop.accessKey(role));
        return http.send(
                HttpRequest.newBuilder(URI.create(shop.services.getEndpoint(Service.S3) + "/" + BUCKET))
                        .header("Content-Type", "multipart/form-data; boundary=b")
                        .POST(BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }

    private static String md5(String text) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(text.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    private static Consumer<S3Client> call(String action) {
        return Objects.requireNonNull(CALLS.get(action));
    }
}

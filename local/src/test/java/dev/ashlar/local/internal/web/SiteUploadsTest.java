package dev.ashlar.local.internal.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.local.LocalS3;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awscdk.CfnParameter;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.s3.Bucket;
import software.amazon.awscdk.services.s3.IBucket;
import software.amazon.awscdk.services.s3.deployment.BucketDeployment;
import software.amazon.awscdk.services.s3.deployment.CacheControl;
import software.amazon.awscdk.services.s3.deployment.MarkersConfig;
import software.amazon.awscdk.services.s3.deployment.Source;
import software.amazon.awscdk.services.sqs.Queue;

class SiteUploadsTest {
    private static final ExecutorService EXECUTOR = Executors.newCachedThreadPool();
    private static LocalS3 s3;
    private static S3Objects objects;
    private static LocalWeb web;

    @TempDir
    static Path files;

    @BeforeAll
    static void upload() throws IOException {
        write("index.html", "<p>가</p>");
        write("fonts/a b+c.woff2", "font");
        s3 = LocalS3.start();
        objects = new S3Objects(s3.getEndpoint(), new Upstream(EXECUTOR));
        web = LocalWeb.open(SiteUploadsTest::declare);
        Declared.find(List.of(web.template), "AWS::S3::Bucket")
                .forEach(bucket -> objects.send("PUT", bucket.ref(), "", new Fields(), new byte[0]));
        web.start(new FakeFunctions(), s3.getEndpoint(), Map.of());
    }

    @AfterAll
    static void close() {
        web.close();
        s3.close();
        EXECUTOR.shutdownNow();
    }

    private static void declare(Stack stack) {
        deployment(stack, "Files", new Bucket(stack, "FilesBucket"))
                .sources(List.of(Source.asset(files.toString())))
                .cacheControl(List.of(CacheControl.maxAge(Duration.minutes(5))))
                .contentDisposition("inline")
                .metadata(Map.of("Colour", "red"))
                .build();

        Queue queue = new Queue(stack, "Queue");
        CfnParameter text =
                CfnParameter.Builder.create(stack, "Text").defaultValue("a\"b").build();
        deployment(stack, "Markers", new Bucket(stack, "MarkersBucket"))
                .sources(List.of(
                        Source.jsonData("config.json", Map.of("queue", queue.getQueueUrl(), "plain", "가")),
                        Source.data(
                                "escaped.json",
                                "{\"text\":\"" + text.getValueAsString() + "\"}",
                                MarkersConfig.builder().jsonEscape(true).build()),
                        Source.data("plain.txt", "text " + text.getValueAsString())))
                .build();

        Bucket pruned = new Bucket(stack, "PrunedBucket");
        BucketDeployment late = deployment(stack, "Late", pruned)
                .destinationKeyPrefix("/docs")
                .sources(List.of(Source.data("new.html", "new"), Source.data("new.txt", "new")))
                .exclude(List.of("*"))
                .include(List.of("*.html"))
                .build();
        BucketDeployment early = deployment(stack, "Zearly", pruned)
                .destinationKeyPrefix("docs/")
                .sources(List.of(Source.data("old.html", "old"), Source.data("old.txt", "old")))
                .build();
        late.getNode().addDependency(early);
        deployment(stack, "Beside", pruned)
                .destinationKeyPrefix("other")
                .sources(List.of(Source.data("old.html", "old")))
                .build();

        Bucket half = new Bucket(stack, "HalfBucket");
        deployment(stack, "Unresolved", half)
                .sources(List.of(Source.data("a.txt", half.getBucketDualStackDomainName())))
                .build();
        deployment(stack, "Resolved", half)
                .sources(List.of(Source.data("b.txt", "b")))
                .build();
        deployment(stack, "Elsewhere", Bucket.fromBucketName(stack, "ElsewhereBucket", "elsewhere"))
                .sources(List.of(Source.data("a.txt", "a")))
                .build();
    }

    private static BucketDeployment.Builder deployment(Stack stack, String id, IBucket bucket) {
        return BucketDeployment.Builder.create(stack, id).destinationBucket(bucket);
    }

    @Test
    void putsFilesWithTheirHeaders() {
        String bucket = bucket("FilesBucket");

        Response html = get(bucket, "index.html");

        assertThat(objects.list(bucket, "")).containsExactlyInAnyOrder("index.html", "fonts/a b+c.woff2");
        assertThat(html.body()).isEqualTo("<p>가</p>".getBytes(UTF_8));
        assertThat(html.headers().get("Content-Type")).contains("text/html");
        assertThat(html.headers().get("Cache-Control")).contains("max-age=300");
        assertThat(html.headers().get("Content-Disposition")).contains("inline");
        assertThat(html.headers().get("x-amz-meta-colour")).contains("red");
        assertThat(get(bucket, "fonts/a b+c.woff2").headers().get("Content-Type"))
                .contains("binary/octet-stream");
    }

    @Test
    void fillsInWhatOnlyTheDeploymentKnows() {
        String bucket = bucket("MarkersBucket");

        assertThat(body(bucket, "config.json"))
                .contains("\"queue\":\"http://queues/Shop-Queue")
                .contains("가");
        assertThat(body(bucket, "escaped.json")).isEqualTo("{\"text\":\"a\\\"b\"}");
        assertThat(body(bucket, "plain.txt")).isEqualTo("text a\"b");
    }

    @Test
    void prunesWhatTheFilterSeesUnderThePrefix() {
        assertThat(objects.list(bucket("PrunedBucket"), ""))
                .containsExactlyInAnyOrder("docs/new.html", "docs/old.txt", "other/old.html");
    }

    @Test
    void tellsWhatCannotBeUploadedAndGoesOn() {
        String bucket = bucket("HalfBucket");

        assertThat(objects.list(bucket, "")).containsExactly("b.txt");
        assertThat(web.servers.getReported())
                .satisfiesExactly(
                        line -> assertThat(line)
                                .matches("\\[Shop/Unresolved/CustomResource.*] is not uploaded here: \\[Shop] "
                                        + "Fn::GetAtt HalfBucket.*\\.DualStackDomainName cannot be resolved here: "
                                        + "only AWS knows this of a AWS::S3::Bucket"),
                        line -> assertThat(line)
                                .matches("\\[Shop/Elsewhere/CustomResource.*] is not uploaded here: "
                                        + "list s3://elsewhere/ was answered 404"));
    }

    private static String bucket(String id) {
        return Declared.find(List.of(web.template), "AWS::S3::Bucket").stream()
                .filter(bucket -> bucket.path().equals("Shop/" + id))
                .findFirst()
                .orElseThrow()
                .ref();
    }

    private static Response get(String bucket, String key) {
        return objects.send("GET", bucket, key, new Fields(), new byte[0]);
    }

    private static String body(String bucket, String key) {
        return new String(get(bucket, key).body(), UTF_8);
    }

    private static void write(String path, String text) throws IOException {
        Path file = files.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}

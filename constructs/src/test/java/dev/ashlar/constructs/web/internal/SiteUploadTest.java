package dev.ashlar.constructs.web.internal;

import static dev.ashlar.test.CdkAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ashlar.constructs.internal.Check;
import dev.ashlar.constructs.web.Site;
import dev.ashlar.test.Permission;
import dev.ashlar.test.TestApp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.assertions.Match;
import software.amazon.awscdk.assertions.Template;
import software.amazon.awscdk.services.cloudfront.BehaviorOptions;
import software.amazon.awscdk.services.cloudfront.Distribution;
import software.amazon.awscdk.services.cloudfront.origins.S3BucketOrigin;
import software.amazon.awscdk.services.s3.Bucket;
import software.amazon.awscdk.services.s3.deployment.BucketDeployment;
import software.amazon.awscdk.services.s3.deployment.Source;
import software.constructs.Construct;

class SiteUploadTest {
    private static final String UPLOAD = "Custom::CDKBucketDeployment";

    @TempDir
    private Path site;

    private final App app = TestApp.create();
    private final Stack stack = new Stack(app, "Shop");

    @Test
    void pagesComeLastAndHashedFilesFirst() throws IOException {
        upload("Site", Map.of("api", "https://api.example.com"));

        JsonNode resources = assertThat(stack).json().path("Resources");
        List<String> order = StreamSupport.stream(resources.spliterator(), false)
                .filter(resource -> resource.path("Type").asText().equals(UPLOAD))
                .sorted(java.util.Comparator.comparing(
                        resource -> resource.path("DependsOn").size()))
                .map(resource ->
                        resource.path("Properties").path("SystemMetadata").toString())
                .toList();
        assertThat(order)
                .containsExactly(
                        "{\"cache-control\":\"no-store\",\"content-type\":\"application/json\"}",
                        "{\"cache-control\":\"public, max-age=31536000, immutable\"}",
                        "{\"cache-control\":\"public, max-age=300\"}",
                        "{\"cache-control\":\"public, max-age=300\",\"content-type\":\"text/plain; charset=utf-8\"}",
                        "{\"cache-control\":\"no-cache\",\"content-type\":\"text/html; charset=utf-8\"}");
    }

    @Test
    void whatIsGoneGoesWithinItsOwnGlobs() throws IOException {
        upload("Site", Map.of());

        Template template = template();
        template.hasResourceProperties(
                UPLOAD,
                Map.of(
                        "Prune",
                        false,
                        "SystemMetadata",
                        Map.of("cache-control", "public, max-age=31536000, immutable")));
        template.hasResourceProperties(
                UPLOAD,
                Map.of(
                        "Prune", true,
                        "SystemMetadata", Map.of("cache-control", "public, max-age=300"),
                        "Exclude",
                                List.of(
                                        "*.avif",
                                        "*.csv",
                                        "*.htm",
                                        "*.html",
                                        "*.md",
                                        "*.txt",
                                        "*.webmanifest",
                                        "*.webp",
                                        "*.woff",
                                        "*.woff2",
                                        "assets/*-????????.js",
                                        "config.json"),
                        "Include", Match.absent()));
        template.hasResourceProperties(
                UPLOAD,
                Map.of(
                        "Prune", true,
                        "SystemMetadata",
                                Map.of(
                                        "content-type",
                                        "text/plain; charset=utf-8",
                                        "cache-control",
                                        "public, max-age=300"),
                        "Exclude", List.of("*"),
                        "Include", List.of("*.txt")));
        template.hasResourceProperties(
                UPLOAD,
                Map.of(
                        "Prune", true,
                        "SystemMetadata",
                                Map.of("content-type", "text/html; charset=utf-8", "cache-control", "no-cache"),
                        "Exclude", List.of("*"),
                        "Include", List.of("*.htm", "*.html")));
    }

    @Test
    void nothingIsPrunedThatHashedFilesCouldBeAmong() throws IOException {
        write("assets/inter-BqK3x9Za.woff2");
        write("fonts/old.woff2");

        upload("Site", Map.of());

        template()
                .hasResourceProperties(
                        UPLOAD,
                        Map.of(
                                "Prune",
                                false,
                                "SystemMetadata",
                                Map.of("content-type", "font/woff2", "cache-control", "public, max-age=300")));
    }

    @Test
    void onlyWhatKeepsItsNameAndIsCachedIsInvalidated() throws IOException {
        write("img/logo.svg");

        upload("Site", Map.of());

        List<JsonNode> paths = assertThat(stack).json().findValues("DistributionPaths");
        assertThat(paths)
                .extracting(JsonNode::toString)
                .containsExactlyInAnyOrder("[\"/favicon.ico\",\"/img/*\"]", "[\"/robots.txt\"]");
    }

    @Test
    void manyFoldersAreInvalidatedTogether() throws IOException {
        for (int i = 0; i < 11; i++) {
            write("folder" + i + "/logo.svg");
        }

        upload("Site", Map.of());

        assertThat(assertThat(stack).json().findValues("DistributionPaths"))
                .extracting(JsonNode::toString)
                .contains("[\"/*\"]");
    }

    @Test
    void twoSitesAndADeploymentOfOnesOwnHaveTheRightsTheyNeed() throws IOException {
        upload("First", Map.of());
        upload("Second", Map.of());
        BucketDeployment.Builder.create(stack, "Own")
                .sources(List.of(Source.asset(site.toString())))
                .destinationBucket(new Bucket(stack, "OwnBucket"))
                .build();

        assertThat(stack)
                .permissionsOf("Ashlar/SiteUploaderRole")
                .areExactly(
                        Permission.of("logs:CreateLogStream", "${Ashlar/SiteUploaderLogs.Arn}"),
                        Permission.of("logs:PutLogEvents", "${Ashlar/SiteUploaderLogs.Arn}"),
                        Permission.of("s3:GetObject", assets() + "/*.zip"),
                        Permission.of("s3:ListBucket", "${First/Bucket.Arn}"),
                        Permission.of("s3:PutObject", "${First/Bucket.Arn}/*"),
                        Permission.of("s3:AbortMultipartUpload", "${First/Bucket.Arn}/*"),
                        Permission.of("s3:DeleteObject", "${First/Bucket.Arn}/*"),
                        Permission.of("cloudfront:CreateInvalidation", distribution("First")),
                        Permission.of("cloudfront:GetInvalidation", distribution("First")),
                        Permission.of("s3:ListBucket", "${Second/Bucket.Arn}"),
                        Permission.of("s3:PutObject", "${Second/Bucket.Arn}/*"),
                        Permission.of("s3:AbortMultipartUpload", "${Second/Bucket.Arn}/*"),
                        Permission.of("s3:DeleteObject", "${Second/Bucket.Arn}/*"),
                        Permission.of("cloudfront:CreateInvalidation", distribution("Second")),
                        Permission.of("cloudfront:GetInvalidation", distribution("Second")));
        // CDK's own handler for the user's deployment, and one for both sites.
        template().resourceCountIs("AWS::Lambda::Function", 2);
        template().resourcePropertiesCountIs("AWS::Lambda::Function", Map.of("MemorySize", 1025), 1);
    }

    @Test
    void thereIsOneLayerForAllUploadsOfASite() throws IOException {
        upload("First", Map.of());
        upload("Second", Map.of());

        template().resourceCountIs("AWS::Lambda::LayerVersion", 2);
        assertThat(assertThat(stack).json().findValue("Layers").toString()).contains("FirstHashedAwsCliLayer");
    }

    @Test
    void uploadsWaitForTheirPermissions() throws IOException {
        upload("Site", Map.of());

        JsonNode resources = assertThat(stack).json().path("Resources");
        assertThat(resources)
                .filteredOn(resource -> resource.path("Type").asText().equals(UPLOAD))
                .hasSize(4)
                .allSatisfy(resource ->
                        assertThat(resource.path("DependsOn").toString()).contains("SiteUploadPolicy"));
    }

    @Test
    void aRuleOfOnesOwnComesFirst() throws IOException {
        write("fonts/a.woff3");

        upload("Site", Site.directory("site").cacheControl("fonts/*", "public, max-age=86400"));

        Template template = template();
        template.hasResourceProperties(
                UPLOAD,
                Map.of(
                        "Prune",
                        true,
                        "SystemMetadata",
                        Map.of("cache-control", "public, max-age=86400"),
                        "Exclude",
                        List.of("*"),
                        "Include",
                        List.of("fonts/*"),
                        "DistributionPaths",
                        List.of("/fonts/*")));
        template.hasResourceProperties(
                UPLOAD,
                Map.of(
                        "SystemMetadata",
                        Map.of("cache-control", "public, max-age=300"),
                        "Exclude",
                        Match.arrayWith(List.of("assets/*-????????.js", "fonts/*", "config.json"))));
    }

    @Test
    void theFirstOfTwoRulesCounts() throws IOException {
        write("data/old/a.bin");
        write("data/b.bin");

        upload(
                "Site",
                Site.directory("site").cacheControl("data/old/*", "max-age=1").cacheControl("data/*", "max-age=2"));

        Template template = template();
        template.hasResourceProperties(
                UPLOAD,
                Map.of("SystemMetadata", Map.of("cache-control", "max-age=1"), "Include", List.of("data/old/*")));
        // Of what is below data/ that rule cannot leave out what is below data/old/.
        template.hasResourceProperties(
                UPLOAD, Map.of("SystemMetadata", Map.of("cache-control", "max-age=2"), "Prune", false));
    }

    @Test
    void immutableFilesOfARuleStayAndAreNeverForgotten() throws IOException {
        write("img/logo.v7.svg");

        upload("Site", Site.directory("site").cacheControl("img/*", "public, max-age=31536000, immutable"));

        template()
                .hasResourceProperties(
                        UPLOAD,
                        Map.of(
                                "SystemMetadata",
                                Map.of("cache-control", "public, max-age=31536000, immutable"),
                                "Prune",
                                false,
                                "DistributionPaths",
                                Match.absent()));
    }

    @Test
    void pagesDoNotDeleteThoseOfARule() throws IOException {
        write("embed/a.html");

        upload("Site", Site.directory("site").cacheControl("embed/*", "max-age=60"));

        template()
                .hasResourceProperties(
                        UPLOAD,
                        Map.of(
                                "SystemMetadata",
                                Map.of("content-type", "text/html; charset=utf-8", "cache-control", "no-cache"),
                                "Prune",
                                false));
    }

    @Test
    void theOrderOfTheRuntimeConfigChangesNothing() throws IOException {
        Site empty = Site.directory("site");

        upload("One", empty.runtimeConfig(Map.of("a", "1")).runtimeConfig(Map.of("b", "2")));
        upload("Other", empty.runtimeConfig(Map.of("b", "2")).runtimeConfig(Map.of("a", "1")));

        List<JsonNode> keys = new ArrayList<>();
        assertThat(stack).json().get("Resources").forEach(resource -> {
            if (resource.at("/Properties/SystemMetadata/cache-control").asText().equals("no-store")) {
                keys.add(resource.at("/Properties/SourceObjectKeys"));
            }
        });
        assertThat(keys).hasSize(2);
        assertThat(keys.get(0)).isEqualTo(keys.get(1));
    }

    @Test
    void aRuleThatHoldsForTheRuntimeConfigDeletesNothing() throws IOException {
        write("data.json");

        upload("Site", Site.directory("site").cacheControl("*.json", "max-age=60"));

        template()
                .hasResourceProperties(
                        UPLOAD, Map.of("SystemMetadata", Map.of("cache-control", "max-age=60"), "Prune", false));
    }

    private static String assets() {
        return "arn:${AWS::Partition}:s3:::cdk-hnb659fds-assets-${AWS::AccountId}-${AWS::Region}";
    }

    private static String distribution(String site) {
        return "arn:${AWS::Partition}:cloudfront::${AWS::AccountId}:distribution/${" + site + "/Distribution}";
    }

    private void upload(String id, Map<String, String> runtimeConfig) throws IOException {
        upload(id, Site.directory("site").runtimeConfig(runtimeConfig));
    }

    private void upload(String id, Site wanted) throws IOException {
        write("index.html");
        write("favicon.ico");
        write("robots.txt");
        write("assets/index-BqK3x9Za.js");
        Construct scope = new Construct(stack, id);
        Bucket bucket = new Bucket(scope, "Bucket");
        Distribution distribution = Distribution.Builder.create(scope, "Distribution")
                .defaultBehavior(BehaviorOptions.builder()
                        .origin(S3BucketOrigin.withOriginAccessControl(bucket))
                        .build())
                .build();

        new SiteUpload(scope, bucket, distribution).create(SiteFiles.of(site, Check.of(scope)), wanted);
    }

    private void write(String name) throws IOException {
        Path file = site.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "x");
    }

    private Template template() {
        return Template.fromStack(stack);
    }
}

package dev.ashlar.examples;

import static dev.ashlar.test.CdkAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ashlar.test.Permission;
import dev.ashlar.test.TestApp;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awscdk.Stack;

class DocsStackTest {
    private final Stack stack = new DocsStack(TestApp.create(), "Docs");

    @Test
    void isAsReviewed() {
        assertThat(stack).matchesSnapshot().hasNoWildcards();
    }

    @Test
    void theUploaderMayWriteThisSiteAlone() {
        String bucket = "${Site/Bucket/Bucket.Arn}";
        String distribution = "arn:${AWS::Partition}:cloudfront::${AWS::AccountId}:distribution/${Site/Distribution}";
        assertThat(stack)
                .permissionsOf("Ashlar/SiteUploaderRole")
                .areExactly(
                        Permission.of("logs:CreateLogStream", "${Ashlar/SiteUploaderLogs.Arn}"),
                        Permission.of("logs:PutLogEvents", "${Ashlar/SiteUploaderLogs.Arn}"),
                        Permission.of(
                                "s3:GetObject",
                                "arn:${AWS::Partition}:s3:::cdk-hnb659fds-assets-${AWS::AccountId}-${AWS::Region}/*.zip"),
                        Permission.of("s3:ListBucket", bucket),
                        Permission.of("s3:PutObject", bucket + "/*"),
                        Permission.of("s3:AbortMultipartUpload", bucket + "/*"),
                        Permission.of("s3:DeleteObject", bucket + "/*"),
                        Permission.of("cloudfront:CreateInvalidation", distribution),
                        Permission.of("cloudfront:GetInvalidation", distribution));
    }

    @Test
    void pagesMayLoadStylesAndImagesOfTheSiteAlone() {
        JsonNode header = assertThat(stack).json().findValue("ContentSecurityPolicy");

        assertThat(header.path("ContentSecurityPolicy").asText())
                .isEqualTo("default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none';"
                        + " frame-ancestors 'none'");
    }

    @Test
    void whatIsNotThereIsThePageThatSaysSo() {
        JsonNode responses = assertThat(stack).json().findValue("CustomErrorResponses");

        assertThat(responses.findValuesAsText("ErrorCode")).containsExactly("403", "404");
        assertThat(responses.findValuesAsText("ResponseCode")).containsExactly("404", "404");
        assertThat(responses.findValuesAsText("ResponsePagePath")).containsExactly("/404.html", "/404.html");
    }

    @Test
    void leavesNothingBehindInDevelopment() {
        Stack development = new DocsStack(TestApp.create(Map.of("ashlar:profile", "development")), "Docs");

        assertThat(development).matchesSnapshot("Docs-development").hasNoWildcards();
    }
}

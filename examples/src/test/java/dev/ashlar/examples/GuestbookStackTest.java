package dev.ashlar.examples;

import static dev.ashlar.test.CdkAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ashlar.test.Permission;
import dev.ashlar.test.TestApp;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Stack;

class GuestbookStackTest {
    private static final Map<String, Object> DOMAIN = Map.of(
            "guestbook:domain", "notes.example.com",
            "guestbook:zoneId", "Z1234567890ABC",
            "guestbook:zoneName", "example.com");

    private final Stack stack = new GuestbookStack(TestApp.create(), "Guestbook");

    @Test
    void isAsReviewed() {
        assertThat(stack).matchesSnapshot().hasNoWildcards();
    }

    @Test
    void mayDoWhatItsHandlerNeedsAndNoMore() {
        String notes = "${Notes/Table.Arn}";
        assertThat(stack)
                .permissionsOf("Function/Role")
                .areExactly(
                        Permission.of("logs:CreateLogStream", "${Function/Logs.Arn}"),
                        Permission.of("logs:PutLogEvents", "${Function/Logs.Arn}"),
                        Permission.of("xray:PutTraceSegments", "*"),
                        Permission.of("xray:PutTelemetryRecords", "*"),
                        Permission.of("dynamodb:GetItem", notes),
                        Permission.of("dynamodb:BatchGetItem", notes),
                        Permission.of("dynamodb:Query", notes),
                        Permission.of("dynamodb:PutItem", notes),
                        Permission.of("dynamodb:UpdateItem", notes),
                        Permission.of("dynamodb:ConditionCheckItem", notes),
                        Permission.of("dynamodb:DeleteItem", notes),
                        Permission.of("dynamodb:BatchWriteItem", notes));
    }

    @Test
    void theReportMayReadNotesWriteReportsAndPublish() {
        String notes = "${Notes/Table.Arn}";
        String logs = "${NightlyReport/Task/Function/Logs.Arn}";
        String reports = "${NightlyReport/Bucket/Bucket.Arn}/reports/*";
        assertThat(stack)
                .permissionsOf("NightlyReport/Task/Function/Role")
                .areExactly(
                        Permission.of("logs:CreateLogStream", logs),
                        Permission.of("logs:PutLogEvents", logs),
                        Permission.of("xray:PutTraceSegments", "*"),
                        Permission.of("xray:PutTelemetryRecords", "*"),
                        Permission.of("sqs:SendMessage", "${NightlyReport/Task/Failed/Queue.Arn}"),
                        Permission.of("dynamodb:GetItem", notes),
                        Permission.of("dynamodb:BatchGetItem", notes),
                        Permission.of("dynamodb:Query", notes),
                        Permission.of("s3:PutObject", reports),
                        Permission.of("s3:AbortMultipartUpload", reports),
                        Permission.of("sns:Publish", "${NightlyReport/Topic}"));
    }

    @Test
    void reportsAreWrittenByTheClocksOfSeoul() {
        Map<String, String> expressions = new HashMap<>();
        resources(stack, "AWS::Scheduler::Schedule").forEach(schedule -> {
            JsonNode properties = schedule.get("Properties");
            assertThat(properties.path("ScheduleExpressionTimezone").asText()).isEqualTo("Asia/Seoul");
            expressions.put(
                    properties.at("/Target/Input").asText(),
                    properties.path("ScheduleExpression").asText());
        });

        // What the handler's own tests give it.
        String input = "{\"schedule\":\"%s\",\"scheduledTime\":\"<aws.scheduler.scheduled-time>\"}";
        assertThat(expressions)
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        input.formatted("nightly"), "cron(0 3 * * ? *)",
                        input.formatted("weekly"), "cron(30 3 ? * MON *)"));
    }

    @Test
    void theUploaderMayWriteThisSiteAlone() {
        String bucket = "${Web/Bucket/Bucket.Arn}";
        String distribution = "arn:${AWS::Partition}:cloudfront::${AWS::AccountId}:distribution/${Web/Distribution}";
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
    void oneDistributionLeadsToTheSiteTheApiAndTheApiThatRunsAlready() {
        List<JsonNode> distributions = resources(stack, "AWS::CloudFront::Distribution");
        assertThat(distributions).hasSize(1);
        JsonNode config = distributions.get(0).at("/Properties/DistributionConfig");

        Map<String, Set<String>> patterns = new HashMap<>();
        patterns.computeIfAbsent(targetOf(config.get("DefaultCacheBehavior"), config), target -> new TreeSet<>())
                .add("*");
        config.get("CacheBehaviors")
                .forEach(behavior -> patterns.computeIfAbsent(targetOf(behavior, config), target -> new TreeSet<>())
                        .add(behavior.path("PathPattern").asText()));
        assertThat(config.get("Origins")).hasSize(3);
        assertThat(patterns)
                .containsOnlyKeys("the bucket", "the API", "legacy.example.com")
                .containsEntry("the bucket", Set.of("*"))
                .containsEntry("the API", Set.of("/api", "/api/*"))
                .containsEntry("legacy.example.com", Set.of("/legacy", "/legacy/*"));
    }

    @Test
    void errorsOfTheApisStayWhatTheyAre() {
        assertThat(assertThat(stack).json().findValues("CustomErrorResponses")).isEmpty();
    }

    @Test
    void deletingAloneTakesAToken() {
        Map<String, String> authorizations = new HashMap<>();
        resources(stack, "AWS::ApiGatewayV2::Route")
                .forEach(route -> authorizations.put(
                        route.at("/Properties/RouteKey").asText(),
                        route.at("/Properties/AuthorizationType").asText()));

        assertThat(authorizations)
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "GET /api/notes", "NONE",
                        "POST /api/notes", "NONE",
                        "GET /api/notes/{id}", "NONE",
                        "DELETE /api/notes/{id}", "JWT"));
    }

    @Test
    void usersAreAddedByAdministratorsAndShowTwoFactors() {
        JsonNode users = resources(stack, "AWS::Cognito::UserPool").get(0).get("Properties");

        assertThat(users.at("/AdminCreateUserConfig/AllowAdminCreateUserOnly").asBoolean())
                .isTrue();
        assertThat(users.path("MfaConfiguration").asText()).isEqualTo("ON");
        assertThat(users.path("EnabledMfas")).hasToString("[\"SOFTWARE_TOKEN_MFA\"]");
        assertThat(users.path("DeletionProtection").asText()).isEqualTo("ACTIVE");
    }

    @Test
    void thePageSignsInByTheCodeFlowWithoutASecret() {
        JsonNode client =
                resources(stack, "AWS::Cognito::UserPoolClient").get(0).get("Properties");

        assertThat(client.path("GenerateSecret").asBoolean(true)).isFalse();
        assertThat(client.path("AllowedOAuthFlows")).hasToString("[\"code\"]");
        assertThat(client.path("AllowedOAuthScopes")).hasToString("[\"openid\"]");
        assertThat(client.path("ExplicitAuthFlows")).hasToString("[\"ALLOW_REFRESH_TOKEN_AUTH\"]");
    }

    @Test
    void signingInLeadsBackToTheSite() {
        JsonNode client =
                resources(stack, "AWS::Cognito::UserPoolClient").get(0).get("Properties");

        List<String> outputs = new ArrayList<>();
        assertThat(stack)
                .json()
                .get("Outputs")
                .forEach(output -> outputs.add(output.get("Value").toString()));
        assertThat(client.get("CallbackURLs")).hasSize(1).isEqualTo(client.get("LogoutURLs"));
        assertThat(outputs).contains(client.at("/CallbackURLs/0").toString());
    }

    @Test
    void pagesMayAskTheirOwnHostAndTheLoginAlone() {
        JsonNode parts =
                assertThat(stack).json().findValue("ContentSecurityPolicy").at("/ContentSecurityPolicy/Fn::Join/1");

        StringBuilder policy = new StringBuilder();
        parts.forEach(part -> policy.append(part.isTextual() ? part.asText() : "?"));
        assertThat(policy)
                .hasToString("default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
                        + " connect-src 'self' https://?.auth.?.amazoncognito.com; base-uri 'none';"
                        + " form-action 'none'; frame-ancestors 'none'");
    }

    @Test
    void theApiThatRunsAlreadyIsNamedByTheContext() {
        Stack other =
                new GuestbookStack(TestApp.create(Map.of("guestbook:legacyHost", "old.example.org")), "Guestbook");

        assertThat(assertThat(other).json().findValuesAsText("DomainName"))
                .contains("old.example.org")
                .doesNotContain("legacy.example.com");
    }

    @Test
    void theDomainIsSwitchedOnByTheContext() {
        Stack named = new GuestbookStack(TestApp.create(DOMAIN), "Guestbook");

        JsonNode client =
                resources(named, "AWS::Cognito::UserPoolClient").get(0).get("Properties");
        assertThat(client.get("CallbackURLs")).hasToString("[\"https://notes.example.com/\"]");
        assertThat(assertThat(named).json().findValue("Aliases")).hasToString("[\"notes.example.com\"]");
        assertThat(resources(named, "AWS::Route53::RecordSet"))
                .extracting(record -> record.at("/Properties/Type").asText())
                .containsExactlyInAnyOrder("A", "AAAA");
        assertThat(resources(stack, "AWS::Route53::RecordSet")).isEmpty();
    }

    @Test
    void aDomainTakesItsZone() {
        for (String key : List.of("guestbook:zoneId", "guestbook:zoneName")) {
            Map<String, Object> context = new HashMap<>(DOMAIN);
            context.remove(key);
            App app = TestApp.create(context);

            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new GuestbookStack(app, "Guestbook"))
                    .withMessage("[Guestbook] context " + key
                            + " must be given together with guestbook:domain, got none; write -c " + key
                            + "=..., or leave the domain out");
        }
    }

    @Test
    void contextIsText() {
        App app = TestApp.create(Map.of("guestbook:legacyHost", 7));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> new GuestbookStack(app, "Guestbook"))
                .withMessage("[Guestbook] context guestbook:legacyHost must be text, got 7");
    }

    @Test
    void noResourceWaitsForItself() {
        Stack named = new GuestbookStack(TestApp.create(DOMAIN), "Guestbook");
        TemplateGraph graph = new TemplateGraph(assertThat(stack).json());

        // The site's files and a route need the client, the client the distribution, and that one the API of the route.
        assertThat(graph.ways())
                .contains(
                        "CDKBucketDeployment UserPoolClient",
                        "Route Authorizer",
                        "Authorizer UserPoolClient",
                        "UserPoolClient Distribution",
                        "Distribution Api",
                        "Distribution ResponseHeadersPolicy",
                        "ResponseHeadersPolicy UserPoolDomain");
        assertThat(graph.cycle()).isEmpty();
        assertThat(new TemplateGraph(assertThat(named).json()).cycle()).isEmpty();
    }

    @Test
    void aCycleWouldBeFound() throws IOException {
        JsonNode template = new ObjectMapper().readTree("""
                {"Resources": {
                  "Start": {"Properties": {"A": {"Ref": "First"}, "B": {"Ref": "AWS::Region"}}},
                  "First": {"Properties": {"A": [{"Fn::GetAtt": ["Second", "Arn"]}]}},
                  "Second": {"DependsOn": ["Third"]},
                  "Third": {"Properties": {"A": {"Fn::Sub": "arn:${AWS::Partition}:${First.Arn}"}}},
                  "End": {}}}
                """);

        assertThat(new TemplateGraph(template).cycle()).containsExactly("First", "Second", "Third");
    }

    @Test
    void leavesNothingBehindInDevelopment() {
        Stack development = new GuestbookStack(TestApp.create(Map.of("ashlar:profile", "development")), "Guestbook");

        assertThat(development).matchesSnapshot("Guestbook-development").hasNoWildcards();
    }

    private static List<JsonNode> resources(Stack stack, String type) {
        List<JsonNode> found = new ArrayList<>();
        assertThat(stack).json().get("Resources").forEach(resource -> {
            if (resource.path("Type").asText().equals(type)) {
                found.add(resource);
            }
        });
        return found;
    }

    private static String targetOf(JsonNode behavior, JsonNode config) {
        for (JsonNode origin : config.get("Origins")) {
            if (origin.get("Id").equals(behavior.get("TargetOriginId"))) {
                JsonNode domain = origin.get("DomainName");
                return domain.isTextual() ? domain.asText() : domain.has("Fn::GetAtt") ? "the bucket" : "the API";
            }
        }
        throw new AssertionError(behavior);
    }
}

package dev.ashlar.local.internal.web;

import static dev.ashlar.local.internal.web.FakeFunctions.returns;
import static dev.ashlar.local.internal.web.LocalWeb.header;
import static dev.ashlar.local.internal.web.LocalWeb.text;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.ashlar.local.LocalS3;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Fn;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.aws_apigatewayv2_integrations.HttpLambdaIntegration;
import software.amazon.awscdk.services.cloudfront.AllowedMethods;
import software.amazon.awscdk.services.cloudfront.BehaviorOptions;
import software.amazon.awscdk.services.cloudfront.CachePolicy;
import software.amazon.awscdk.services.cloudfront.Distribution;
import software.amazon.awscdk.services.cloudfront.ErrorResponse;
import software.amazon.awscdk.services.cloudfront.FunctionAssociation;
import software.amazon.awscdk.services.cloudfront.FunctionCode;
import software.amazon.awscdk.services.cloudfront.FunctionEventType;
import software.amazon.awscdk.services.cloudfront.FunctionRuntime;
import software.amazon.awscdk.services.cloudfront.IOrigin;
import software.amazon.awscdk.services.cloudfront.OriginProtocolPolicy;
import software.amazon.awscdk.services.cloudfront.OriginRequestPolicy;
import software.amazon.awscdk.services.cloudfront.ResponseHeadersPolicy;
import software.amazon.awscdk.services.cloudfront.origins.FunctionUrlOrigin;
import software.amazon.awscdk.services.cloudfront.origins.HttpOrigin;
import software.amazon.awscdk.services.cloudfront.origins.S3BucketOrigin;
import software.amazon.awscdk.services.lambda.Code;
import software.amazon.awscdk.services.lambda.Function;
import software.amazon.awscdk.services.lambda.FunctionUrl;
import software.amazon.awscdk.services.lambda.Runtime;
import software.amazon.awscdk.services.s3.Bucket;

class DistributionTest {
    private static final FakeFunctions FUNCTIONS = new FakeFunctions();
    private static final ExecutorService EXECUTOR = Executors.newCachedThreadPool();
    private static final String PAGE = "<p>" + "hello ".repeat(300) + "</p>";
    private static final String EDGE = """
            function handler(event) {
              if (event.context.eventType === 'viewer-response') {
                event.response.headers['x-seen'] = { value: String(event.response.statusCode) };
                event.response.cookies['seen'] = { value: 'yes', attributes: 'Secure' };
                return event.response;
              }
              const request = event.request;
              if (request.querystring.to) {
                return { statusCode: 302, headers: { location: { value: request.querystring.to.value } } };
              }
              if (request.querystring.host) request.headers.host = { value: 'other' };
              request.uri = '/v1/app.txt';
              return request;
            }
            """;

    private static HttpServer elsewhere;
    private static LocalS3 s3;
    private static LocalWeb web;

    @BeforeAll
    static void start() throws IOException {
        elsewhere = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        elsewhere.createContext("/", exchange -> {
            String seen = exchange.getRequestMethod() + " " + exchange.getRequestURI() + " "
                    + exchange.getRequestHeaders().getFirst("Host") + " "
                    + exchange.getRequestHeaders().getFirst("X-Secret") + " "
                    + exchange.getRequestHeaders().getFirst("User-Agent");
            exchange.getResponseHeaders().set("Location", "http://elsewhere.example.com/");
            exchange.sendResponseHeaders(302, 0);
            exchange.getResponseBody().write(seen.getBytes(UTF_8));
            exchange.close();
        });
        elsewhere.start();
        s3 = LocalS3.start();
        web = LocalWeb.open(DistributionTest::declare);
        S3Objects objects = new S3Objects(s3.getEndpoint(), new Upstream(EXECUTOR));
        String bucket =
                Declared.find(List.of(web.template), "AWS::S3::Bucket").get(0).ref();
        objects.send("PUT", bucket, "", new Fields(), new byte[0]);
        put(objects, bucket, "index.html", PAGE);
        put(objects, bucket, "error.html", "no such page");
        put(objects, bucket, "a b/가.txt", "text");
        put(objects, bucket, "v1/app.txt", "v1");
        web.start(FUNCTIONS, s3.getEndpoint(), Map.of());
    }

    private static void put(S3Objects objects, String bucket, String key, String text) {
        Fields headers = new Fields()
                .set("Content-Type", key.endsWith("html") ? "text/html" : "text/plain")
                .set("Cache-Control", "max-age=60");
        objects.put(bucket, key, text.getBytes(UTF_8), headers);
    }

    @AfterAll
    static void close() {
        web.close();
        s3.close();
        elsewhere.stop(0);
        EXECUTOR.shutdownNow();
    }

    @BeforeEach
    void reset() {
        FUNCTIONS.events.clear();
        FUNCTIONS.handler = (arn, event) -> returns("{'statusCode':200,'body':'from the function'}");
        web.log.clear();
    }

    private static void declare(Stack stack) {
        Bucket bucket = new Bucket(stack, "Bucket");
        IOrigin site = S3BucketOrigin.withOriginAccessControl(bucket);
        Function handler = Function.Builder.create(stack, "Handler")
                .runtime(Runtime.NODEJS_LATEST)
                .handler("index.handler")
                .code(Code.fromInline("exports.handler = async () => 1"))
                .build();
        software.amazon.awscdk.services.apigatewayv2.HttpApi api =
                software.amazon.awscdk.services.apigatewayv2.HttpApi.Builder.create(stack, "Api")
                        .defaultIntegration(new HttpLambdaIntegration("Any", handler))
                        .build();
        FunctionUrl url = handler.addFunctionUrl();
        HttpOrigin apiOrigin = new HttpOrigin(Fn.select(2, Fn.split("/", api.getApiEndpoint())));
        HttpOrigin away = HttpOrigin.Builder.create("localhost")
                .protocolPolicy(OriginProtocolPolicy.HTTP_ONLY)
                .httpPort(elsewhere.getAddress().getPort())
                .originPath("/root")
                .customHeaders(Map.of("X-Secret", "s3cret"))
                .build();

        Distribution.Builder.create(stack, "Web")
                .defaultRootObject("index.html")
                .defaultBehavior(behavior(site)
                        .responseHeadersPolicy(ResponseHeadersPolicy.SECURITY_HEADERS)
                        .build())
                .additionalBehaviors(Map.of(
                        "/api/*",
                        behavior(apiOrigin)
                                .allowedMethods(AllowedMethods.ALLOW_ALL)
                                .cachePolicy(CachePolicy.CACHING_DISABLED)
                                .originRequestPolicy(OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER)
                                .build(),
                        "/bare/*",
                        behavior(apiOrigin).build(),
                        "/host/*",
                        behavior(apiOrigin)
                                .originRequestPolicy(OriginRequestPolicy.ALL_VIEWER)
                                .build(),
                        "/url/*",
                        behavior(FunctionUrlOrigin.withOriginAccessControl(url))
                                .allowedMethods(AllowedMethods.ALLOW_ALL)
                                .build(),
                        "/away/*",
                        behavior(away).build(),
                        "/named/*",
                        behavior(away)
                                .originRequestPolicy(OriginRequestPolicy.ALL_VIEWER)
                                .build(),
                        "/gone/*",
                        behavior(new HttpOrigin("gone.invalid")).build(),
                        "*.edge",
                        edge(stack, site, "Edge", EDGE),
                        "/broken",
                        edge(stack, site, "Broken", "function handler() { throw new Error('no'); }"),
                        "/v?/*.txt",
                        behavior(site).build()))
                .errorResponses(List.of(
                        ErrorResponse.builder()
                                .httpStatus(403)
                                .responseHttpStatus(404)
                                .responsePagePath("/error.html")
                                .build(),
                        ErrorResponse.builder()
                                .httpStatus(500)
                                .ttl(Duration.seconds(0))
                                .build()))
                .build();

        Bucket closed = new Bucket(stack, "Closed");
        Distribution.Builder.create(stack, "Forbidden")
                .defaultBehavior(behavior(new HttpOrigin(closed.getBucketRegionalDomainName()))
                        .build())
                .build();
    }

    private static BehaviorOptions edge(Stack stack, IOrigin origin, String id, String code) {
        software.amazon.awscdk.services.cloudfront.Function function =
                software.amazon.awscdk.services.cloudfront.Function.Builder.create(stack, id)
                        .code(FunctionCode.fromInline(code))
                        .runtime(FunctionRuntime.JS_2_0)
                        .build();
        return behavior(origin)
                .functionAssociations(List.of(
                        association(function, FunctionEventType.VIEWER_REQUEST),
                        association(function, FunctionEventType.VIEWER_RESPONSE)))
                .build();
    }

    private static FunctionAssociation association(
            software.amazon.awscdk.services.cloudfront.Function function, FunctionEventType type) {
        return FunctionAssociation.builder().function(function).eventType(type).build();
    }

    private static BehaviorOptions.Builder behavior(IOrigin origin) {
        return BehaviorOptions.builder().origin(origin);
    }

    @Test
    void servesTheBucket() throws Exception {
        HttpResponse<String> page = web.get("Web", "/");

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body()).isEqualTo(PAGE);
        assertThat(header(page, "Content-Type")).isEqualTo("text/html");
        assertThat(header(page, "Cache-Control")).isEqualTo("max-age=60");
        assertThat(header(page, "X-Frame-Options")).isEqualTo("SAMEORIGIN");
        assertThat(header(page, "Strict-Transport-Security")).isEqualTo("max-age=31536000");
        assertThat(header(page, "X-XSS-Protection")).isEqualTo("1; mode=block");
        assertThat(web.get("Web", "/a%20b/%EA%B0%80.txt").body()).isEqualTo("text");
    }

    @Test
    void passesConditionsAndRangesToTheBucket() throws Exception {
        HttpResponse<String> page = web.get("Web", "/index.html");
        HttpResponse<String> same = web.get("Web", "/index.html", "If-None-Match", header(page, "ETag"));
        HttpResponse<String> part = web.get("Web", "/index.html", "Range", "bytes=3-7");
        HttpResponse<String> head = web.send("Web", "HEAD", "/index.html", "");

        assertThat(same.statusCode()).isEqualTo(304);
        assertThat(part.statusCode()).isEqualTo(206);
        assertThat(part.body()).isEqualTo("hello");
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
        assertThat(header(head, "Content-Length")).isEqualTo("" + PAGE.length());
    }

    @Test
    void compressesWhatIsWorthIt() throws Exception {
        HttpResponse<String> large = web.get("Web", "/index.html", "Accept-Encoding", "gzip, br");
        HttpResponse<String> small = web.get("Web", "/v1/app.txt", "Accept-Encoding", "gzip, br");

        assertThat(header(large, "Content-Encoding")).isEqualTo("gzip");
        assertThat(header(large, "ETag")).startsWith("W/\"");
        assertThat(header(small, "Content-Encoding")).isEmpty();
    }

    @Test
    void whatIsMissingIsForbiddenAndAnsweredByTheErrorPage() throws Exception {
        HttpResponse<String> response = web.get("Web", "/missing.html");

        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(response.body()).isEqualTo("no such page");
    }

    @Test
    void aBucketThatDoesNotAllowItIsForbidden() throws Exception {
        HttpResponse<String> response = web.get("Forbidden", "/index.html");

        assertThat(response.statusCode()).isEqualTo(403);
        assertThat(response.body()).contains("<Code>AccessDenied</Code>");
        assertThat(web.servers.getReported())
                .anyMatch(line -> line.startsWith("[Shop/Forbidden] may not read the bucket shop-closed"));
    }

    @Test
    void methodsThatAreNotAllowedAreForbidden() throws Exception {
        HttpResponse<String> response = web.send("Web", "POST", "/index.html", "x");

        assertThat(response.statusCode()).isEqualTo(403);
        assertThat(response.body()).contains("is not configured to allow POST: its AllowedMethods are GET, HEAD");
    }

    @Test
    void theApiSeesWhatThePolicyLetsThrough() throws Exception {
        HttpResponse<String> response = web.send(
                "Web", "POST", "/api/a%20b?x=1", "{}", "Content-Type", "application/json", "Cookie", "a=1", "X-A", "b");

        String host = web.listing("Api").address().substring("http://".length());
        assertThat(response.body()).isEqualTo("from the function");
        assertThat(text(FUNCTIONS.last(), "/rawPath")).isEqualTo("/api/a b");
        assertThat(text(FUNCTIONS.last(), "/rawQueryString")).isEqualTo("x=1");
        assertThat(text(FUNCTIONS.last(), "/headers/host")).isEqualTo(host);
        assertThat(text(FUNCTIONS.last(), "/headers/x-a")).isEqualTo("b");
        assertThat(text(FUNCTIONS.last(), "/headers/x-forwarded-for")).isEqualTo("127.0.0.1, 127.0.0.1");
        assertThat(text(FUNCTIONS.last(), "/cookies/0")).isEqualTo("a=1");
    }

    @Test
    void withoutAPolicyNothingPassesButTheRequestItself() throws Exception {
        web.get("Web", "/bare/x?x=1", "Cookie", "a=1", "X-A", "b", "Authorization", "Bearer t", "If-Match", "\"1\"");

        assertThat(text(FUNCTIONS.last(), "/rawQueryString")).isEmpty();
        assertThat(FUNCTIONS.last().has("cookies")).isFalse();
        assertThat(FUNCTIONS.last().at("/headers/x-a").isMissingNode()).isTrue();
        assertThat(FUNCTIONS.last().at("/headers/authorization").isMissingNode())
                .isTrue();
        assertThat(text(FUNCTIONS.last(), "/headers/if-match")).isEqualTo("\"1\"");
        assertThat(text(FUNCTIONS.last(), "/headers/user-agent")).isEqualTo("Amazon CloudFront");
    }

    @Test
    void anApiRefusesAnotherHost() throws Exception {
        HttpResponse<String> response = web.get("Web", "/host/x");

        // The distribution's error page stands for the API's 403.
        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(FUNCTIONS.events).isEmpty();
        assertThat(web.log)
                .singleElement()
                .asString()
                .startsWith("[Shop/Api] the distribution passes the host localhost:")
                .endsWith("403; use the origin request policy AllViewerExceptHostHeader");
    }

    @Test
    void aFunctionUrlAcceptsTheDistribution() throws Exception {
        assertThat(web.get("Web", "/url/x").body()).isEqualTo("from the function");

        assertThat(web.send("Web", "POST", "/url/x", "body").statusCode()).isEqualTo(404);
        assertThat(web.send(
                                "Web",
                                "POST",
                                "/url/x",
                                "body",
                                "X-Amz-Content-Sha256",
                                "230d8358dc8e8890b4c58deeb62912ee2f20357ae92a5cc861b98e68fe31acb5")
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void otherOriginsAreReallyAsked() throws Exception {
        HttpResponse<String> response = web.get("Web", "/away/x?y=1");

        assertThat(response.statusCode()).isEqualTo(302);
        assertThat(response.body())
                .isEqualTo(
                        "GET /root/away/x localhost:" + elsewhere.getAddress().getPort() + " s3cret Amazon CloudFront");
        assertThat(header(response, "Location")).isEqualTo("http://elsewhere.example.com/");
    }

    @Test
    void otherOriginsGetTheHostOfTheViewerIfThePolicySaysSo() throws Exception {
        String host = web.listing("Web").address().substring("http://".length());

        assertThat(web.get("Web", "/named/x", "User-Agent", "agent").body())
                .isEqualTo("GET /root/named/x " + host + " s3cret agent");
    }

    @Test
    void anOriginThatCannotBeReachedIsABadGateway() throws Exception {
        HttpResponse<String> response = web.get("Web", "/gone/x");

        assertThat(response.statusCode()).isEqualTo(502);
        assertThat(response.body()).contains("https://gone.invalid cannot be reached from here");
    }

    @Test
    void functionsChangeRequestsAndResponses() throws Exception {
        HttpResponse<String> response = web.get("Web", "/any.edge");

        assertThat(response.body()).isEqualTo("v1");
        assertThat(header(response, "x-seen")).isEqualTo("200");
        assertThat(header(response, "Set-Cookie")).isEqualTo("seen=yes; Secure");
        assertThat(header(response, "Content-Type")).isEqualTo("text/plain");
    }

    @Test
    void functionsAnswerThemselves() throws Exception {
        HttpResponse<String> response = web.get("Web", "/any.edge?to=/a%20b");

        assertThat(response.statusCode()).isEqualTo(302);
        assertThat(header(response, "Location")).isEqualTo("/a%20b");
        assertThat(header(response, "x-seen")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "/any.edge?host=1, Shop/Edge, it may not change the header host",
        "/broken, Shop/Broken, Error: no",
    })
    void aFunctionThatFailsIsUnavailableAndTold(String target, String function, String why) throws Exception {
        HttpResponse<String> response = web.get("Web", target);

        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(web.log)
                .singleElement()
                .asString()
                .startsWith("[Shop/Web] the function " + function + " failed: " + why);
    }

    @ParameterizedTest
    @CsvSource({"/v1/app.txt, 200", "/%761/app.txt, 200", "/V1/app.txt, 404", "/v10/app.txt, 404"})
    void patternsAreCaseSensitive(String path, int status) throws Exception {
        assertThat(web.get("Web", path).statusCode()).isEqualTo(status);
    }

    @Test
    void listsWhereBehaviorsGo() {
        String api = web.listing("Api").address();

        assertThat(web.listing("Web").address()).startsWith("http://localhost:");
        assertThat(web.listing("Web").entries())
                .contains(new Listing.Entry("/api/*", "Shop/Api (" + api + ")"))
                .contains(new Listing.Entry("/gone/*", "https://gone.invalid"))
                .anyMatch(entry -> entry.match().equals("*") && entry.target().startsWith("bucket shop-bucket"));
    }
}

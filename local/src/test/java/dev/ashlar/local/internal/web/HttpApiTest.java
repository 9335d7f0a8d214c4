package dev.ashlar.local.internal.web;

import static dev.ashlar.local.internal.web.FakeFunctions.fails;
import static dev.ashlar.local.internal.web.FakeFunctions.returns;
import static dev.ashlar.local.internal.web.LocalWeb.header;
import static dev.ashlar.local.internal.web.LocalWeb.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ashlar.local.internal.lambda.Invocation.Outcome;
import dev.ashlar.local.internal.template.Json;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.aws_apigatewayv2_authorizers.HttpIamAuthorizer;
import software.amazon.awscdk.aws_apigatewayv2_authorizers.HttpJwtAuthorizer;
import software.amazon.awscdk.aws_apigatewayv2_authorizers.HttpLambdaAuthorizer;
import software.amazon.awscdk.aws_apigatewayv2_authorizers.HttpLambdaResponseType;
import software.amazon.awscdk.aws_apigatewayv2_integrations.HttpLambdaIntegration;
import software.amazon.awscdk.aws_apigatewayv2_integrations.HttpUrlIntegration;
import software.amazon.awscdk.services.apigatewayv2.AddRoutesOptions;
import software.amazon.awscdk.services.apigatewayv2.CorsHttpMethod;
import software.amazon.awscdk.services.apigatewayv2.CorsPreflightOptions;
import software.amazon.awscdk.services.apigatewayv2.HttpApi;
import software.amazon.awscdk.services.apigatewayv2.HttpMethod;
import software.amazon.awscdk.services.apigatewayv2.HttpRouteIntegration;
import software.amazon.awscdk.services.apigatewayv2.HttpStage;
import software.amazon.awscdk.services.apigatewayv2.IHttpRouteAuthorizer;
import software.amazon.awscdk.services.apigatewayv2.PayloadFormatVersion;
import software.amazon.awscdk.services.lambda.Code;
import software.amazon.awscdk.services.lambda.Function;
import software.amazon.awscdk.services.lambda.FunctionUrlAuthType;
import software.amazon.awscdk.services.lambda.FunctionUrlCorsOptions;
import software.amazon.awscdk.services.lambda.FunctionUrlOptions;
import software.amazon.awscdk.services.lambda.Runtime;

class HttpApiTest {
    private static final FakeFunctions FUNCTIONS = new FakeFunctions();
    private static LocalWeb web;

    @BeforeAll
    static void start() {
        web = LocalWeb.start(HttpApiTest::declare, FUNCTIONS);
    }

    @AfterAll
    static void close() {
        web.close();
    }

    @BeforeEach
    void reset() {
        FUNCTIONS.events.clear();
        FUNCTIONS.handler = (arn, event) -> returns("'ok'");
    }

    private static void declare(Stack stack) {
        Function function = function(stack, "Handler");
        Function guard = function(stack, "Guard");
        HttpLambdaIntegration integration = new HttpLambdaIntegration("Integration", function);
        HttpApi api = HttpApi.Builder.create(stack, "Api")
                .corsPreflight(CorsPreflightOptions.builder()
                        .allowOrigins(List.of("https://shop.example.com"))
                        .allowMethods(List.of(CorsHttpMethod.GET, CorsHttpMethod.POST))
                        .allowHeaders(List.of("content-type"))
                        .exposeHeaders(List.of("x-total"))
                        .allowCredentials(true)
                        .maxAge(Duration.hours(1))
                        .build())
                .build();
        route(api, "/my/path", integration, null);
        route(api, "/notes/{id}", integration, null);
        route(api, "/files/{proxy+}", integration, null);
        route(
                api,
                "/old",
                HttpLambdaIntegration.Builder.create("Old", function)
                        .payloadFormatVersion(PayloadFormatVersion.VERSION_1_0)
                        .build(),
                null);
        route(
                api,
                "/slow",
                HttpLambdaIntegration.Builder.create("Slow", function)
                        .timeout(Duration.millis(50))
                        .build(),
                null);
        route(
                api,
                "/jwt",
                integration,
                HttpJwtAuthorizer.Builder.create("Jwt", "https://issuer.example.com")
                        .jwtAudience(List.of("client"))
                        .build());
        route(api, "/iam", integration, new HttpIamAuthorizer());
        route(api, "/simple", integration, guard("Simple", guard, HttpLambdaResponseType.SIMPLE));
        route(api, "/policy", integration, guard("Policy", guard, HttpLambdaResponseType.IAM));
        route(api, "/away/{proxy+}", new HttpUrlIntegration("Away", "http://127.0.0.1:9/{proxy}"), null);

        HttpApi staged = HttpApi.Builder.create(stack, "Staged")
                .createDefaultStage(false)
                .defaultIntegration(new HttpLambdaIntegration("Any", function))
                .build();
        HttpStage.Builder.create(stack, "Beta")
                .httpApi(staged)
                .stageName("beta")
                .stageVariables(Map.of("colour", "red"))
                .build();
        function.addFunctionUrl(FunctionUrlOptions.builder()
                .authType(FunctionUrlAuthType.NONE)
                .cors(FunctionUrlCorsOptions.builder()
                        .allowedOrigins(List.of("*"))
                        .build())
                .build());
        guard.addFunctionUrl();
    }

    private static IHttpRouteAuthorizer guard(String name, Function guard, HttpLambdaResponseType type) {
        return HttpLambdaAuthorizer.Builder.create(name, guard)
                .responseTypes(List.of(type))
                .identitySource(List.of("$request.header.X-Key"))
                .build();
    }

    private static void route(
            HttpApi api, String path, HttpRouteIntegration integration, @Nullable IHttpRouteAuthorizer authorizer) {
        api.addRoutes(AddRoutesOptions.builder()
                .path(path)
                .methods(List.of(HttpMethod.GET, HttpMethod.POST))
                .integration(integration)
                .authorizer(authorizer)
                .build());
    }

    private static Function function(Stack stack, String id) {
        return Function.Builder.create(stack, id)
                .runtime(Runtime.NODEJS_LATEST)
                .handler("index.handler")
                .code(Code.fromInline("exports.handler = async () => 1"))
                .build();
    }

    @Test
    void theEventIsThatOfPayloadFormat2() throws Exception {
        web.send(
                "Api",
                "POST",
                "/my/path?parameter1=value1&parameter1=value%202&parameter2=value",
                "Hello from client",
                "Cookie",
                "cookie1=1; cookie2=2",
                "Header1",
                "value1",
                "Header2",
                "value1",
                "Header2",
                "value2",
                "Content-Type",
                "text/plain; charset=utf-8",
                "User-Agent",
                "agent");

        JsonNode event = FUNCTIONS.last();
        String host = web.listing("Api").address().substring("http://".length());
        assertThat(text(event, "/requestContext/timeEpoch")).matches("\\d{13}");
        assertThat(text(event, "/requestContext/time"))
                .matches("\\d\\d/[A-Z][a-z]{2}/\\d{4}:\\d\\d:\\d\\d:\\d\\d \\+0000");
        assertThat(text(event, "/requestContext/requestId")).hasSize(36);
        assertThat(text(event, "/headers/x-amzn-trace-id")).matches("Root=1-[0-9a-f]{8}-[0-9a-f]{24}");
        ((ObjectNode) event.path("requestContext")).remove(List.of("time", "timeEpoch", "requestId"));
        ((ObjectNode) event.path("headers")).remove("x-amzn-trace-id");
        assertThat(event).isEqualTo(Json.parse("""
                {"version":"2.0","routeKey":"POST /my/path","rawPath":"/my/path",
                 "rawQueryString":"parameter1=value1&parameter1=value%%202&parameter2=value",
                 "cookies":["cookie1=1","cookie2=2"],
                 "headers":{"content-length":"17","content-type":"text/plain; charset=utf-8","header1":"value1",
                   "header2":"value1,value2","host":"%1$s","user-agent":"agent","x-forwarded-for":"127.0.0.1",
                   "x-forwarded-port":"%2$s","x-forwarded-proto":"http"},
                 "queryStringParameters":{"parameter1":"value1,value 2","parameter2":"value"},
                 "requestContext":{"accountId":"000000000000","apiId":"%3$s","domainName":"%1$s","domainPrefix":"127",
                   "http":{"method":"POST","path":"/my/path","protocol":"HTTP/1.1","sourceIp":"127.0.0.1",
                     "userAgent":"agent"},
                   "routeKey":"POST /my/path","stage":"$default"},
                 "body":"Hello from client","isBase64Encoded":false}
                """.formatted(
                        host, host.replaceFirst(".*:", ""), text(event, "/requestContext/apiId"))));
    }

    @Test
    void handlersReadTheEventIntoAwsClass() throws Exception {
        web.get("Api", "/notes/a%20b?x=1");

        // Every field of the event must be one that the class knows.
        APIGatewayV2HTTPEvent event = new ObjectMapper().treeToValue(FUNCTIONS.last(), APIGatewayV2HTTPEvent.class);
        assertThat(event.getPathParameters()).containsExactly(Map.entry("id", "a b"));
        assertThat(event.getRawPath()).isEqualTo("/notes/a b");
        assertThat(event.getQueryStringParameters()).containsExactly(Map.entry("x", "1"));
        assertThat(event.getRequestContext().getHttp().getMethod()).isEqualTo("GET");
        assertThat(event.getBody()).isNull();
        assertThat(event.getIsBase64Encoded()).isFalse();
        assertThat(event.getCookies()).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "application/json, false",
        "text/csv, false",
        "application/xml, false",
        "application/javascript, false",
        "application/x-www-form-urlencoded, true",
        "application/octet-stream, true",
        "image/svg+xml, true",
    })
    void bodiesThatAreNoTextAreBase64(String contentType, boolean isBase64) throws Exception {
        web.send("Api", "POST", "/my/path", "a=b", "Content-Type", contentType);

        assertThat(FUNCTIONS.last().path("isBase64Encoded").asBoolean()).isEqualTo(isBase64);
        assertThat(text(FUNCTIONS.last(), "/body")).isEqualTo(isBase64 ? "YT1i" : "a=b");
    }

    @Test
    void format1HasTheOlderEvent() throws Exception {
        FUNCTIONS.handler = (arn, event) -> returns("{'statusCode':200,'body':'old'}");

        HttpResponse<String> response = web.get("Api", "/old?a=1&a=2", "X-A", "1", "X-A", "2");

        JsonNode event = FUNCTIONS.last();
        assertThat(response.body()).isEqualTo("old");
        assertThat(text(event, "/version")).isEqualTo("1.0");
        assertThat(text(event, "/resource")).isEqualTo("/old");
        assertThat(text(event, "/httpMethod")).isEqualTo("GET");
        assertThat(text(event, "/queryStringParameters/a")).isEqualTo("2");
        assertThat(event.at("/multiValueQueryStringParameters/a")).hasSize(2);
        assertThat(event.at("/multiValueHeaders/x-a")).hasSize(2);
        assertThat(text(event, "/requestContext/identity/sourceIp")).isEqualTo("127.0.0.1");
        assertThat(event.path("body").isNull()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "FAILED, 500, Internal Server Error, 'failed: {\"errorMessage\":\"broken\"}'",
        "THROTTLED, 503, Service Unavailable, 'was throttled: {\"errorMessage\":\"broken\"}'",
    })
    void aFunctionThatFailsIsAnErrorOfTheServer(Outcome outcome, int status, String message, String told)
            throws Exception {
        FUNCTIONS.handler = (arn, event) -> fails(outcome);
        web.log.clear();

        HttpResponse<String> response = web.get("Api", "/my/path");

        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.body()).isEqualTo("{\"message\":\"" + message + "\"}");
        assertThat(web.log)
                .singleElement()
                .asString()
                .startsWith("[Shop/Api] GET /my/path: the function Shop-Handler")
                .endsWith(told);
    }

    @Test
    void anAnswerThatIsNoneIsAnErrorOfTheServerAndTold() throws Exception {
        FUNCTIONS.handler = (arn, event) -> returns("{'statusCode':200,'body':{}}");
        web.log.clear();

        assertThat(web.get("Api", "/my/path").statusCode()).isEqualTo(500);
        assertThat(web.log)
                .singleElement()
                .asString()
                .endsWith("returned what is not an answer: body must be a text, got {}");
    }

    @Test
    void aHeaderThatCannotBeSentIsAnErrorOfTheServerAndTold() throws Exception {
        FUNCTIONS.handler = (arn, event) -> returns("{'statusCode':200,'headers':{'x':'a\\nb'},'body':''}");
        web.log.clear();

        assertThat(web.get("Api", "/my/path").statusCode()).isEqualTo(500);
        assertThat(web.log).singleElement().asString().startsWith("GET /my/path: a header cannot be sent: ");
    }

    @Test
    void waitsNoLongerThanTheIntegrationSays() throws Exception {
        FUNCTIONS.handler = (arn, event) -> {
            try {
                Thread.sleep(60_000);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return returns("1");
        };

        HttpResponse<String> response = web.get("Api", "/slow");

        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.body()).isEqualTo("{\"message\":\"Service Unavailable\"}");
    }

    @Test
    void unknownRoutesAreNotFound() throws Exception {
        HttpResponse<String> response = web.get("Api", "/unknown");

        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(response.body()).isEqualTo("{\"message\":\"Not Found\"}");
        assertThat(web.send("Api", "DELETE", "/my/path", "").statusCode()).isEqualTo(404);
        assertThat(FUNCTIONS.events).isEmpty();
    }

    @Test
    void bodiesOf10MegabytesPassAndNoLargerOnes() throws Exception {
        String largest = "x".repeat(10 * 1024 * 1024);

        assertThat(web.send("Api", "POST", "/my/path", largest).statusCode()).isEqualTo(200);
        assertThat(web.send("Api", "POST", "/my/path", largest + "x").statusCode())
                .isEqualTo(413);
    }

    @Test
    void answersPreflightRequestsItself() throws Exception {
        HttpResponse<String> response = web.send(
                "Api",
                "OPTIONS",
                "/my/path",
                "",
                "Origin",
                "https://shop.example.com",
                "Access-Control-Request-Method",
                "POST");

        assertThat(response.statusCode()).isEqualTo(204);
        assertThat(header(response, "Access-Control-Allow-Origin")).isEqualTo("https://shop.example.com");
        assertThat(header(response, "Access-Control-Allow-Methods")).isEqualTo("GET,POST");
        assertThat(header(response, "Access-Control-Allow-Headers")).isEqualTo("content-type");
        assertThat(header(response, "Access-Control-Allow-Credentials")).isEqualTo("true");
        assertThat(header(response, "Access-Control-Max-Age")).isEqualTo("3600");
        assertThat(FUNCTIONS.events).isEmpty();
    }

    @Test
    void itsCorsHeadersReplaceThoseOfTheFunction() throws Exception {
        FUNCTIONS.handler =
                (arn, event) -> returns("{'statusCode':200,'headers':{'access-control-allow-origin':'*'},'body':''}");

        HttpResponse<String> allowed = web.get("Api", "/my/path", "Origin", "https://shop.example.com");
        HttpResponse<String> other = web.get("Api", "/my/path", "Origin", "https://other.example.com");

        assertThat(header(allowed, "Access-Control-Allow-Origin")).isEqualTo("https://shop.example.com");
        assertThat(header(allowed, "Access-Control-Expose-Headers")).isEqualTo("x-total");
        assertThat(header(other, "Access-Control-Allow-Origin")).isEmpty();
    }

    @Test
    void withoutClaimsNoTokenIsGood() throws Exception {
        HttpResponse<String> without = web.get("Api", "/jwt");
        HttpResponse<String> with = web.get("Api", "/jwt", "Authorization", "Bearer abc");

        assertThat(without.statusCode()).isEqualTo(401);
        assertThat(without.body()).isEqualTo("{\"message\":\"Unauthorized\"}");
        assertThat(header(without, "WWW-Authenticate")).isEqualTo("Bearer");
        assertThat(with.statusCode()).isEqualTo(401);
        assertThat(FUNCTIONS.events).isEmpty();
        assertThat(web.servers.getReported())
                .contains("[Shop/Api/GET--jwt] sign-in is not run here: GET /jwt answers 401;"
                        + " --claims sub=ada lets all in who send a token");
    }

    @Test
    void withClaimsAnyTokenIsGood() throws Exception {
        try (LocalWeb claiming = LocalWeb.open(HttpApiTest::declare)
                .start(FUNCTIONS, URI.create("http://127.0.0.1:9"), Map.of("sub", "ada", "aud", "client"))) {
            assertThat(claiming.get("Api", "/jwt").statusCode()).isEqualTo(401);
            assertThat(claiming.get("Api", "/jwt", "Authorization", "Bearer abc")
                            .statusCode())
                    .isEqualTo(200);
        }
        assertThat(FUNCTIONS.last().at("/requestContext/authorizer"))
                .isEqualTo(Json.parse("{\"jwt\":{\"claims\":{\"aud\":\"client\",\"sub\":\"ada\"},\"scopes\":null}}"));
    }

    @Test
    void nobodyCanSign() throws Exception {
        HttpResponse<String> response = web.get("Api", "/iam");

        assertThat(response.statusCode()).isEqualTo(403);
        assertThat(response.body()).isEqualTo("{\"message\":\"Forbidden\"}");
    }

    @Test
    void asksTheFunctionThatAuthorizes() throws Exception {
        FUNCTIONS.handler = (arn, event) -> arn.contains("Guard")
                ? returns("{'isAuthorized':%s,'context':{'user':'ada'}}"
                        .formatted(text(event, "/identitySource/0").equals("good")))
                : returns("'ok'");

        assertThat(web.get("Api", "/simple").statusCode()).isEqualTo(401);
        assertThat(FUNCTIONS.events).isEmpty();
        assertThat(web.get("Api", "/simple", "X-Key", "bad").statusCode()).isEqualTo(403);
        assertThat(web.get("Api", "/simple", "X-Key", "good").statusCode()).isEqualTo(200);
        assertThat(text(FUNCTIONS.events.get(0), "/type")).isEqualTo("REQUEST");
        assertThat(text(FUNCTIONS.events.get(0), "/routeArn"))
                .matches("arn:aws:execute-api:us-east-1:000000000000:[^/]+/\\$default/GET/simple");
        assertThat(text(FUNCTIONS.last(), "/requestContext/authorizer/lambda/user"))
                .isEqualTo("ada");
    }

    @Test
    void readsThePolicyOfTheFunctionThatAuthorizes() throws Exception {
        FUNCTIONS.handler = (arn, event) -> arn.contains("Guard")
                ? returns("{'principalId':'ada','policyDocument':{'Statement':[{'Effect':'Allow','Resource':"
                        + "'arn:aws:execute-api:*/GET/policy'}]}}")
                : returns("'ok'");

        assertThat(web.get("Api", "/policy", "X-Key", "k").statusCode()).isEqualTo(200);
        assertThat(web.send("Api", "POST", "/policy", "", "X-Key", "k").statusCode())
                .isEqualTo(403);
    }

    @Test
    void aFunctionThatAuthorizesNothingIsAnErrorOfTheServer() throws Exception {
        FUNCTIONS.handler = (arn, event) -> returns("{}");
        web.log.clear();

        assertThat(web.get("Api", "/simple", "X-Key", "k").statusCode()).isEqualTo(500);
        assertThat(web.log).singleElement().asString().endsWith("must return isAuthorized, true or false, got {}");
    }

    @Test
    void aServerThatCannotBeReachedIsUnavailable() throws Exception {
        assertThat(web.get("Api", "/away/x").statusCode()).isEqualTo(503);
    }

    @Test
    void aNamedStageStandsInThePath() throws Exception {
        assertThat(web.get("Staged", "/beta/x/y").statusCode()).isEqualTo(200);
        assertThat(web.get("Staged", "/x/y").statusCode()).isEqualTo(404);
        assertThat(text(FUNCTIONS.last(), "/rawPath")).isEqualTo("/beta/x/y");
        assertThat(text(FUNCTIONS.last(), "/routeKey")).isEqualTo("$default");
        assertThat(text(FUNCTIONS.last(), "/requestContext/stage")).isEqualTo("beta");
        assertThat(text(FUNCTIONS.last(), "/stageVariables/colour")).isEqualTo("red");
    }

    @Test
    void aFunctionUrlKeepsThePathAsItWasSent() throws Exception {
        HttpResponse<String> response = web.get("Handler/FunctionUrl", "/a%20b", "Origin", "https://any.example.com");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(header(response, "Access-Control-Allow-Origin")).isEqualTo("*");
        assertThat(text(FUNCTIONS.last(), "/rawPath")).isEqualTo("/a%20b");
        assertThat(text(FUNCTIONS.last(), "/requestContext/accountId")).isEqualTo("anonymous");
    }

    @Test
    void aFunctionUrlHasErrorsOfItsOwn() throws Exception {
        FUNCTIONS.handler = (arn, event) -> fails(Outcome.FAILED);
        assertThat(web.get("Handler/FunctionUrl", "/").statusCode()).isEqualTo(502);

        FUNCTIONS.handler = (arn, event) -> fails(Outcome.THROTTLED);
        assertThat(web.get("Handler/FunctionUrl", "/").statusCode()).isEqualTo(429);
    }

    @Test
    void aFunctionUrlThatWantsSignaturesRefusesAll() throws Exception {
        HttpResponse<String> response = web.get("Guard/FunctionUrl", "/");

        assertThat(response.statusCode()).isEqualTo(403);
        assertThat(FUNCTIONS.events).isEmpty();
        assertThat(web.servers.getReported())
                .anyMatch(line -> line.startsWith("[Shop/Guard/FunctionUrl] signatures are not checked here"));
    }

    @Test
    void listsWhereRoutesGo() {
        assertThat(web.listing("Api").entries())
                .contains(new Listing.Entry("GET /my/path", "Shop-" + id("Handler")))
                .contains(new Listing.Entry("GET /jwt", "Shop-" + id("Handler") + ", 401 without sign-in"));
    }

    private static String id(String construct) {
        return web.template.getResources("AWS::Lambda::Function").stream()
                .filter(function -> function.path().equals("Shop/" + construct))
                .findFirst()
                .orElseThrow()
                .id();
    }
}

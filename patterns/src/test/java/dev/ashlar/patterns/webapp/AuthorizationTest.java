package dev.ashlar.patterns.webapp;

import static dev.ashlar.test.CdkAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ashlar.constructs.function.FunctionCode;
import dev.ashlar.constructs.function.WarmFunction;
import dev.ashlar.constructs.web.Site;
import dev.ashlar.test.Permission;
import dev.ashlar.test.TestApp;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.assertions.Annotations;
import software.amazon.awscdk.assertions.Match;
import software.amazon.awscdk.assertions.Template;
import software.amazon.awscdk.services.cognito.UserPool;
import software.amazon.awscdk.services.cognito.UserPoolClient;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;

class AuthorizationTest {
    private static final String ROUTE = "AWS::ApiGatewayV2::Route";
    private static final String AUTHORIZER = "AWS::ApiGatewayV2::Authorizer";

    private final Stack stack = new Stack(TestApp.create(), "Shop");
    private final UserPool pool = new UserPool(stack, "Users");
    private final UserPoolClient client = pool.addClient("Web");

    @Test
    void usersOfAPoolAreLetIn() {
        web().authorization(Authorization.cognito(pool, client)).build();

        Template template = Template.fromStack(stack);
        template.hasResourceProperties(
                AUTHORIZER,
                Map.of(
                        "AuthorizerType",
                        "JWT",
                        "Name",
                        "Cognito-Users",
                        "IdentitySource",
                        List.of("$request.header.Authorization"),
                        "JwtConfiguration",
                        Map.of(
                                "Audience",
                                List.of(Map.of("Ref", Match.stringLikeRegexp("UsersWeb"))),
                                "Issuer",
                                Map.of(
                                        "Fn::Join",
                                        List.of(
                                                "",
                                                List.of(
                                                        "https://",
                                                        Map.of(
                                                                "Fn::GetAtt",
                                                                List.of(
                                                                        Match.stringLikeRegexp("Users"),
                                                                        "ProviderName"))))))));
        template.allResourcesProperties(ROUTE, Map.of("AuthorizationType", "JWT"));
    }

    @Test
    void aRouteMayHaveAnotherAuthorizationAndScopesOfItsOwn() {
        Authorization users = Authorization.cognito(pool, client);
        WarmFunction orders = function("Orders");

        web().authorization(users)
                .route("GET /orders", orders, Authorization.none())
                .route("DELETE /orders/{id}", orders, users.scopes("orders/delete"))
                .build();

        Template template = Template.fromStack(stack);
        template.resourceCountIs(AUTHORIZER, 1);
        template.hasResourceProperties(ROUTE, Map.of("RouteKey", "GET /orders", "AuthorizationType", "NONE"));
        template.hasResourceProperties(
                ROUTE,
                Map.of(
                        "RouteKey",
                        "DELETE /orders/{id}",
                        "AuthorizationType",
                        "JWT",
                        "AuthorizationScopes",
                        List.of("orders/delete")));
        template.hasResourceProperties(
                ROUTE, Map.of("RouteKey", "ANY /{proxy+}", "AuthorizationScopes", Match.absent()));
        Annotations.fromStack(stack).hasInfo("/Shop/Web", "Anyone may call GET /orders [ack: ashlar:publicRoutes]");
    }

    @Test
    void tokensOfAnIssuerAreLetIn() {
        web().authorization(Authorization.jwt("https://login.example.com/", "shop"))
                .build();

        Template.fromStack(stack)
                .hasResourceProperties(
                        AUTHORIZER,
                        Map.of(
                                "Name",
                                "Jwt-https-login.example.com-",
                                "JwtConfiguration",
                                Map.of("Issuer", "https://login.example.com/", "Audience", List.of("shop"))));
    }

    @Test
    void whatAFunctionSaysIsRememberedForOneRoute() {
        web().authorization(Authorization.lambda(function("Door")).header("X-Api-Token"))
                .build();

        Template template = Template.fromStack(stack);
        template.hasResourceProperties(
                AUTHORIZER,
                Map.of(
                        "AuthorizerType",
                        "REQUEST",
                        "AuthorizerPayloadFormatVersion",
                        "2.0",
                        "EnableSimpleResponses",
                        true,
                        "AuthorizerResultTtlInSeconds",
                        300,
                        "IdentitySource",
                        List.of("$request.header.X-Api-Token", "$context.routeKey")));
        assertThat(permissions())
                .filteredOn(
                        permission -> permission.path("FunctionName").toString().contains("DoorAlias"))
                .singleElement()
                .satisfies(permission -> {
                    assertThat(permission.path("SourceArn").toString()).contains("/authorizers/", "WebLambdaDoor");
                    assertThat(permission.path("Action").asText()).isEqualTo("lambda:InvokeFunction");
                });
    }

    @Test
    void whoMaySignRequestsIsGrantedOneStage() {
        ServerlessWebApp web = web().authorization(Authorization.iam()).build();
        Role role = Role.Builder.create(stack, "Caller")
                .assumedBy(new ServicePrincipal("ec2.amazonaws.com"))
                .build();

        web.grantInvoke(role);

        Template template = Template.fromStack(stack);
        template.allResourcesProperties(ROUTE, Map.of("AuthorizationType", "AWS_IAM"));
        assertThat(stack)
                .permissionsOf("Caller")
                .areExactly(
                        Permission.of(
                                "execute-api:Invoke",
                                "arn:${AWS::Partition}:execute-api:${AWS::Region}:${AWS::AccountId}:${Web/Api}/${Web/Stage}/*"));
    }

    @Test
    void preflightPassesEvenRoutesThatTakeAnyMethod() {
        web().authorization(Authorization.iam())
                .corsOrigins("https://www.example.com")
                .build();

        Template template = Template.fromStack(stack);
        template.hasResourceProperties(ROUTE, Map.of("RouteKey", "OPTIONS /{proxy+}", "AuthorizationType", "NONE"));
        template.hasResourceProperties(ROUTE, Map.of("RouteKey", "OPTIONS /", "AuthorizationType", "NONE"));
        template.resourceCountIs(ROUTE, 4);
    }

    @Test
    void noPreflightIsNeededWithoutOtherOriginsOrWithoutAuthorization() {
        web().authorization(Authorization.iam()).build();
        ServerlessWebApp.Builder.create(stack, "OpenWeb")
                .function(function("Open"))
                .corsOrigins("https://www.example.com")
                .build();

        Template.fromStack(stack).resourceCountIs(ROUTE, 4);
    }

    @ParameterizedTest
    @CsvSource({"0, true", "3600, true", "3601, false"})
    void checksForHowLongAnAnswerIsRemembered(int seconds, boolean isFine) {
        Authorization authorization = Authorization.lambda(function("Door")).cache(Duration.seconds(seconds));

        if (isFine) {
            web().authorization(authorization).build();
            Template.fromStack(stack)
                    .hasResourceProperties(AUTHORIZER, Map.of("AuthorizerResultTtlInSeconds", seconds));
        } else {
            assertRejected(
                    web().authorization(authorization),
                    "authorization.cache must be 0 to 3600 seconds, got 1 hour 1 second");
        }
    }

    @Test
    void rejectsWhatAnHttpApiNeedsAndDoesNotGet() {
        assertRejected(
                web().authorization(Authorization.cognito(pool)),
                "authorization must name the clients of the user pool whose tokens count behind an HTTP API, got none; write"
                        + " Authorization.cognito(pool, client)");
        assertRejected(
                web().authorization(Authorization.jwt("login.example.com", "shop")),
                "authorization must have an issuer that begins with https://, got \"login.example.com\"");
        assertRejected(
                web().authorization(Authorization.jwt("https://login.example.com")),
                "authorization must name an audience, got none; any token of that issuer would pass");
    }

    @Test
    void rejectsWhatDoesNotBelongToAKind() {
        assertRejected(
                web().authorization(Authorization.iam().scopes("orders/delete")),
                "authorization.scopes must be for cognito or jwt, whose tokens have scopes, got them for iam; drop them");
        assertRejected(
                web().authorization(Authorization.cognito(pool, client).header("X-Token")),
                "authorization must be lambda for header and cache, got cognito; drop them");
        assertRejected(
                web().route("GET /x", function("Other"), Authorization.none().cache(Duration.minutes(1))),
                "authorization of GET /x must be lambda for header and cache, got none; drop them");
        assertRejected(
                web().authorization(Authorization.lambda(function("Door")).header("X Token")),
                "authorization.header must be the name of a header such as X-Api-Token, got \"X Token\"");
    }

    @Test
    void rejectsSignedRequestsBesideASite() {
        assertRejected(
                web().site(Site.directory("site")).authorization(Authorization.iam()),
                "authorization must not be iam beside a site, got both; CloudFront does not sign what browsers send, use"
                        + " cognito, jwt or lambda");
    }

    @Test
    void rejectsWhatARestApiHasNot() {
        assertRejected(
                web().front(ApiFront.rest()).authorization(Authorization.jwt("https://login.example.com", "shop")),
                "authorization must be cognito, lambda, iam or none behind a REST API, which checks no JSON web tokens of"
                        + " others, got jwt; use Authorization.cognito or Authorization.lambda, or ApiFront.http()");
        assertRejected(
                web().front(ApiFront.rest()).authorization(Authorization.cognito(pool, client)),
                "authorization must be without clients behind a REST API, which takes the tokens of all clients of the user"
                        + " pool, got 1; drop them, or use ApiFront.http()");
    }

    private void assertRejected(ServerlessWebApp.Builder web, String message) {
        assertThatThrownBy(web::build)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("[Shop/Web] " + message);
        stack.getNode().tryRemoveChild("Web");
    }

    private List<JsonNode> permissions() {
        return StreamSupport.stream(assertThat(stack).json().path("Resources").spliterator(), false)
                .filter(resource -> resource.path("Type").asText().equals("AWS::Lambda::Permission"))
                .map(resource -> resource.path("Properties"))
                .toList();
    }

    private ServerlessWebApp.Builder web() {
        return ServerlessWebApp.Builder.create(stack, "Web")
                .code(FunctionCode.jar("handlers.jar"))
                .handler("shop.NotesHandler");
    }

    private WarmFunction function(String id) {
        if (stack.getNode().tryFindChild(id) instanceof WarmFunction existing) {
            return existing;
        }
        return WarmFunction.Builder.create(stack, id)
                .code(FunctionCode.jar("handlers.jar"))
                .handler("shop." + id + "Handler")
                .build();
    }
}

package dev.ashlar.patterns.webapp;

import dev.ashlar.constructs.alarm.Alarms;
import dev.ashlar.constructs.function.FunctionCode;
import dev.ashlar.constructs.function.WarmFunction;
import dev.ashlar.constructs.web.ApiOrigin;
import dev.ashlar.constructs.web.CustomDomain;
import dev.ashlar.constructs.web.Site;
import dev.ashlar.patterns.FunctionOptionValues;
import dev.ashlar.test.ConstructContract;
import dev.ashlar.test.Options;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awscdk.services.apigateway.ThrottleSettings;
import software.amazon.awscdk.services.cognito.UserPool;
import software.amazon.awscdk.services.route53.HostedZone;
import software.amazon.awscdk.services.route53.HostedZoneAttributes;
import software.amazon.awscdk.services.secretsmanager.Secret;
import software.amazon.awscdk.services.sns.Topic;
import software.constructs.Construct;

/** The other front, and a site before it. */
class RestWebAppContractTest extends ConstructContract {
    @Override
    protected Optional<Options> options() {
        return Optional.of(FunctionOptionValues.requiring("front", "code", "handler")
                .values("key", "POST /api/uploads", "GET /api/uploads/{id}", "uploads")
                .values("origin.path", "/legacy/*")
                .value(Site.class, "Site.directory(\"site\")", scope -> Site.directory("site"))
                .value(ApiOrigin.class, "ApiOrigin.host(...)", scope -> ApiOrigin.host("orders.example.com"))
                .value(
                        CustomDomain.class,
                        "CustomDomain.of(zone, ...)",
                        scope -> CustomDomain.of(
                                HostedZone.fromHostedZoneAttributes(
                                        scope,
                                        "Zone",
                                        HostedZoneAttributes.builder()
                                                .hostedZoneId("Z1")
                                                .zoneName("example.com")
                                                .build()),
                                "www.example.com"))
                .values("rate", 100, 0)
                .values("burst", 200, 0)
                .values("corsOrigins", "https://www.example.com", "*")
                .values("issuer", "https://issuer.example.com")
                .values("webAclArn", "arn:aws:wafv2:ap-northeast-2:123456789012:regional/webacl/shop/01234567")
                .withoutEffect("corsOrigins()", "there are none by default")
                .withoutEffect("authorization(Authorization.none()", "it is the default")
                .value(ApiFront.class, "ApiFront.rest()", scope -> ApiFront.rest())
                .value(
                        ApiFront.class,
                        "ApiFront.rest().withoutLogs()",
                        scope -> ApiFront.rest().withoutLogs()));
    }

    @Override
    protected Construct minimal(Construct scope, String id) {
        return ServerlessWebApp.Builder.create(scope, id)
                .front(ApiFront.rest())
                .code(FunctionCode.jar("handlers.jar"))
                .handler("shop.NotesHandler")
                .build();
    }

    @Override
    protected Construct maximal(Construct scope, String id) {
        WarmFunction uploads = WarmFunction.Builder.create(scope, id + "Uploads")
                .code(FunctionCode.jar("handlers.jar"))
                .handler("shop.UploadsHandler")
                .build();
        return ServerlessWebApp.Builder.create(scope, id)
                .front(ApiFront.rest()
                        .usagePlan(
                                "basic",
                                ThrottleSettings.builder()
                                        .rateLimit(5)
                                        .burstLimit(10)
                                        .build(),
                                null,
                                "alice")
                        .requestSchema("POST /api/uploads", Map.of("type", "object", "required", List.of("name")))
                        .customizeApi(api -> api.description("All that can be set")))
                .code(FunctionCode.jar("handlers.jar"))
                .handler("shop.NotesHandler")
                .authorization(
                        Authorization.cognito(UserPool.fromUserPoolId(scope, id + "Pool", "ap-northeast-2_abcdefghi")))
                .route("POST /api/uploads", uploads)
                .route("GET /api/uploads/{id}", uploads, Authorization.lambda(uploads))
                .corsOrigins("https://www.example.com", "http://localhost:5173")
                .throttle(100, 200)
                .site(Site.directory("site"))
                .origin("/legacy/*", ApiOrigin.host("orders.example.com"))
                .originSecret(Secret.fromSecretNameV2(scope, id + "Secret", "origin"))
                .alarms(Alarms.to(
                        Topic.fromTopicArn(scope, id + "Topic", "arn:aws:sns:ap-northeast-2:123456789012:alarms")))
                .build();
    }

    @Override
    protected Set<String> sharedResources() {
        return Set.of("(Subject|First|Second)Uploads.*", "Ashlar.*", "CustomCDKBucketDeployment.*");
    }
}

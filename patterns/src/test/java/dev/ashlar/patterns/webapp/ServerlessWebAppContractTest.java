package dev.ashlar.patterns.webapp;

import dev.ashlar.constructs.alarm.Alarms;
import dev.ashlar.constructs.function.FunctionCode;
import dev.ashlar.constructs.function.WarmFunction;
import dev.ashlar.constructs.function.WarmStrategy;
import dev.ashlar.constructs.web.ApiOrigin;
import dev.ashlar.constructs.web.CustomDomain;
import dev.ashlar.constructs.web.Site;
import dev.ashlar.patterns.FunctionOptionValues;
import dev.ashlar.test.ConstructContract;
import dev.ashlar.test.Options;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.dynamodb.TableV2;
import software.amazon.awscdk.services.route53.HostedZone;
import software.amazon.awscdk.services.route53.HostedZoneAttributes;
import software.amazon.awscdk.services.sns.Topic;
import software.constructs.Construct;

class ServerlessWebAppContractTest extends ConstructContract {
    @Override
    protected Optional<Options> options() {
        return Optional.of(FunctionOptionValues.requiring("code", "handler")
                .values("key", "POST /uploads", "GET /api/uploads/{id}", "uploads")
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
                .withoutEffect("front(ApiFront.http()", "it is the default"));
    }

    @Override
    protected Construct minimal(Construct scope, String id) {
        return ServerlessWebApp.Builder.create(scope, id)
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
                .code(FunctionCode.jar("handlers.jar"))
                .handler("shop.NotesHandler")
                .memorySize(2048)
                .timeout(Duration.seconds(30))
                .environment(Map.of("STAGE", "test"))
                .warm(WarmStrategy.none())
                .table("NOTES_TABLE", TableV2.fromTableName(scope, id + "Notes", "notes"))
                .route("POST /uploads", uploads)
                .route("GET /uploads/{id}", uploads)
                .corsOrigins("https://www.example.com", "http://localhost:5173")
                .throttle(100, 200)
                .alarms(Alarms.to(
                        Topic.fromTopicArn(scope, id + "Topic", "arn:aws:sns:ap-northeast-2:123456789012:alarms")))
                .customizeFunction(function -> function.description("All that can be set"))
                .front(ApiFront.http().customizeApi(api -> api.description("All that can be set")))
                .build();
    }

    @Override
    protected Set<String> sharedResources() {
        return Set.of("(Subject|First|Second)Uploads.*", "Ashlar.*", "CustomCDKBucketDeployment.*");
    }
}

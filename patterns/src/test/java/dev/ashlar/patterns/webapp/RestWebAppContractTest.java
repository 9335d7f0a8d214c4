package dev.ashlar.patterns.webapp;

import dev.ashlar.constructs.alarm.Alarms;
import dev.ashlar.constructs.function.FunctionCode;
import dev.ashlar.constructs.function.WarmFunction;
import dev.ashlar.constructs.web.ApiOrigin;
import dev.ashlar.constructs.web.Site;
import dev.ashlar.test.ConstructContract;
import dev.ashlar.test.Options;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awscdk.services.apigateway.ThrottleSettings;
import software.amazon.awscdk.services.cognito.UserPool;
import software.amazon.awscdk.services.secretsmanager.Secret;
import software.amazon.awscdk.services.sns.Topic;
import software.constructs.Construct;

/** The other front, and a site before it. */
class RestWebAppContractTest extends ConstructContract {
    @Override
    protected Optional<Options> options() {
        return Optional.of(WebAppOptionValues.requiring("front", "code", "handler")
                .values("key", "POST /api/uploads", "GET /api/uploads/{id}", "uploads")
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

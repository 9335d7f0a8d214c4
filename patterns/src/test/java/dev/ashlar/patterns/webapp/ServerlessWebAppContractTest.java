package dev.ashlar.patterns.webapp;

import dev.ashlar.constructs.alarm.Alarms;
import dev.ashlar.constructs.function.FunctionCode;
import dev.ashlar.constructs.function.WarmFunction;
import dev.ashlar.constructs.function.WarmStrategy;
import dev.ashlar.test.ConstructContract;
import dev.ashlar.test.Options;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.dynamodb.TableV2;
import software.amazon.awscdk.services.sns.Topic;
import software.constructs.Construct;

class ServerlessWebAppContractTest extends ConstructContract {
    @Override
    protected Optional<Options> options() {
        return Optional.of(WebAppOptionValues.requiring("code", "handler")
                .values("key", "POST /uploads", "GET /api/uploads/{id}", "uploads")
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

package dev.ashlar.constructs.function;

import dev.ashlar.constructs.alarm.Alarms;
import dev.ashlar.test.ConstructContract;
import dev.ashlar.test.Options;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Size;
import software.amazon.awscdk.services.dynamodb.TableV2;
import software.amazon.awscdk.services.ec2.Vpc;
import software.amazon.awscdk.services.ec2.VpcAttributes;
import software.amazon.awscdk.services.events.EventBus;
import software.amazon.awscdk.services.lambda.Architecture;
import software.amazon.awscdk.services.lambda.Code;
import software.amazon.awscdk.services.lambda.FunctionUrlOptions;
import software.amazon.awscdk.services.lambda.LayerVersion;
import software.amazon.awscdk.services.lambda.Runtime;
import software.amazon.awscdk.services.s3.Bucket;
import software.amazon.awscdk.services.secretsmanager.Secret;
import software.amazon.awscdk.services.sns.Topic;
import software.amazon.awscdk.services.sqs.Queue;
import software.amazon.awscdk.services.ssm.StringParameter;
import software.constructs.Construct;

class WarmFunctionContractTest extends ConstructContract {
    @Override
    protected Optional<Options> options() {
        return Optional.of(Options.requiring("code", "handler")
                .values("handler", "shop.NotesHandler", "notes.handler")
                .values("memorySize", 2048, 128, 10240, 127, 10241)
                .values("retryAttempts", 0, 2, 3)
                .values("reservedConcurrentExecutions", 10, 0)
                .values("variable", "SAMPLE_VARIABLE", "STAGE", "AWS_REGION", "1")
                .values("mountPath", "/mnt/files", "/tmp")
                .values("percent", 10, 1, 99, 100)
                .values("utilization", 0.5, 0.1, 0.95)
                .values("directory", "handlers")
                .values("build.output", "dist")
                .value(WarmFunction.class, "hook(scope, \"Hook\")", scope -> hook(scope, "Hook"))
                .value(
                        Code.class,
                        "Code.fromBucket(...)",
                        scope -> Code.fromBucket(Bucket.fromBucketName(scope, "Bucket", "code"), "handlers.jar"))
                .withoutEffect("securityGroups(Arrays.asList())", "it leaves the default")
                .withoutEffect("vpcSubnets(", "private subnets are the default")
                .withoutEffect("architecture(Architecture.ARM_64)", "it is the default")
                .withoutEffect("environment(Map.of())", "it adds none")
                .withoutEffect("layers(Arrays.asList())", "there are none by default")
                .withoutEffect("code(", "tests have a placeholder in place of each")
                .withoutEffect("rollout(Rollout.allAtOnce()", "it is the default")
                .withoutEffect("warm(WarmStrategy.snapStart())", "it is the default for Java")
                .withoutEffect("retainVersions(false)", "it is the default"));
    }

    @Override
    protected Construct minimal(Construct scope, String id) {
        return WarmFunction.Builder.create(scope, id)
                .code(FunctionCode.jar("handlers.jar"))
                .handler("shop.NotesHandler")
                .build();
    }

    @Override
    protected Construct maximal(Construct scope, String id) {
        return WarmFunction.Builder.create(scope, id)
                .code(FunctionCode.directory("python"))
                .handler("notes.handler")
                .runtime(Runtime.PYTHON_3_13)
                .architecture(Architecture.X86_64)
                .memorySize(512)
                .timeout(Duration.minutes(5))
                .environment(Map.of("STAGE", "test"))
                .layers(List.of(LayerVersion.fromLayerVersionArn(
                        scope, id + "Layer", "arn:aws:lambda:ap-northeast-2:123456789012:layer:extras:1")))
                .ephemeralStorageSize(Size.gibibytes(1))
                .warm(WarmStrategy.ping(Duration.minutes(5)).instances(6))
                .rollout(Rollout.linear(20, Duration.minutes(2))
                        .errors(2)
                        .preHook(hook(scope, id + "Before"))
                        .postHook(hook(scope, id + "After")))
                .alarms(Alarms.to(Topic.fromTopicArn(
                                scope, id + "Topic", "arn:aws:sns:ap-northeast-2:123456789012:alarms"))
                        .errors(5)
                        .throttles(5)
                        .durationP99(0.5)
                        .concurrency(0.5))
                .retryAttempts(1)
                .maxEventAge(Duration.hours(1))
                .onFailure(Destination.queue(
                        Queue.fromQueueArn(scope, id + "Failed", "arn:aws:sqs:ap-northeast-2:123456789012:failed")))
                .onSuccess(Destination.eventBus(EventBus.fromEventBusName(scope, id + "Bus", "shop")))
                .functionUrl(FunctionUrlOptions.builder().build())
                .reservedConcurrentExecutions(10)
                .retainVersions(true)
                .table("NOTES_TABLE", TableV2.fromTableName(scope, id + "Notes", "notes"))
                .readOnlyTable("PRICES_TABLE", TableV2.fromTableName(scope, id + "Prices", "prices"))
                .secret("PAYMENT_SECRET", Secret.fromSecretNameV2(scope, id + "Payment", "payment"))
                .parameter("RATES_PARAMETER", StringParameter.fromStringParameterName(scope, id + "Rates", "rates"))
                .vpc(Vpc.fromVpcAttributes(
                        scope,
                        id + "Network",
                        VpcAttributes.builder()
                                .vpcId("vpc-1")
                                .availabilityZones(List.of("ap-northeast-2a"))
                                .privateSubnetIds(List.of("subnet-1"))
                                .build()))
                .customizeFunction(function -> function.description("All that can be set"))
                .build();
    }

    private static WarmFunction hook(Construct scope, String id) {
        return WarmFunction.Builder.create(scope, id)
                .code(FunctionCode.jar("handlers.jar"))
                .handler("shop.Hook")
                .build();
    }
}

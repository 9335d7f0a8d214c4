package dev.ashlar.patterns;

import dev.ashlar.constructs.alarm.Alarms;
import dev.ashlar.constructs.function.FunctionCode;
import dev.ashlar.constructs.function.Rollout;
import dev.ashlar.constructs.function.WarmFunction;
import dev.ashlar.constructs.function.WarmStrategy;
import dev.ashlar.test.Options;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.sns.ITopic;
import software.amazon.awscdk.services.sns.Topic;
import software.constructs.Construct;

/** With what the options of a function are tried, in all patterns that make one. */
public final class FunctionOptionValues {
    private FunctionOptionValues() {}

    /** {@return values for all of them, none for those of the pattern's own} */
    public static Options requiring(String... setters) {
        return Options.requiring(setters)
                .values("handler", "shop.NotesHandler", "notes.handler")
                .values("memorySize", 2048, 127)
                .values("variable", "SAMPLE_VARIABLE", "AWS_REGION")
                .values("mountPath", "/mnt/files", "/tmp")
                .value(
                        FunctionCode.class,
                        "FunctionCode.jar(\"handlers.jar\")",
                        scope -> FunctionCode.jar("handlers.jar"))
                .value(FunctionCode.class, "FunctionCode.image(\"image\")", scope -> FunctionCode.image("image"))
                .value(WarmStrategy.class, "WarmStrategy.none()", scope -> WarmStrategy.none())
                .value(WarmStrategy.class, "WarmStrategy.provisioned(2)", scope -> WarmStrategy.provisioned(2))
                .value(Rollout.class, "Rollout.canary(10, minutes)", scope -> Rollout.canary(10, Duration.minutes(5)))
                .value(Alarms.class, "Alarms.to(topic)", scope -> Alarms.to(topic(scope)))
                .value(
                        Alarms.class,
                        "Alarms.to(topic).messageAge(Duration.hours(2))",
                        scope -> Alarms.to(topic(scope)).messageAge(Duration.hours(2)))
                .value(WarmFunction.class, "function", FunctionOptionValues::function)
                .withoutEffect("securityGroups(Arrays.asList())", "it leaves the default")
                .withoutEffect("vpcSubnets(", "private subnets are the default")
                .withoutEffect("architecture(Architecture.ARM_64)", "it is the default")
                .withoutEffect("environment(Map.of())", "it adds none")
                .withoutEffect("layers(Arrays.asList())", "there are none by default");
    }

    private static ITopic topic(Construct scope) {
        return Topic.fromTopicArn(scope, "Topic", "arn:aws:sns:ap-northeast-2:123456789012:alarms");
    }

    private static WarmFunction function(Construct scope) {
        return WarmFunction.Builder.create(scope, "Function")
                .code(FunctionCode.jar("handlers.jar"))
                .handler("shop.OtherHandler")
                .build();
    }
}

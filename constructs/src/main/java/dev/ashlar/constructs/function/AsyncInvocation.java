package dev.ashlar.constructs.function;

import dev.ashlar.constructs.internal.Acknowledged;
import dev.ashlar.constructs.internal.Known;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.Annotations;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.lambda.Alias;
import software.amazon.awscdk.services.lambda.CfnEventInvokeConfig;

/** What becomes of asynchronous invocations of the alias: a setting on the function itself would not reach it. */
final class AsyncInvocation {
    private static final String DESTINATION =
            "What fails goes to the alias' onFailure, with the error; a dead-letter queue"
                    + " would get the event alone.";

    private AsyncInvocation() {}

    static void configure(WarmFunction function, Alias alias, WarmFunctionProps props, Acknowledged acknowledged) {
        Destination onFailure = props.getOnFailure();
        Destination onSuccess = props.getOnSuccess();
        if (onFailure == null
                && onSuccess == null
                && props.getRetryAttempts() == null
                && props.getMaxEventAge() == null) {
            return;
        }
        // Not by CDK's own destinations, whose grants are wider.
        CfnEventInvokeConfig.Builder.create(function, "EventInvokeConfig")
                .functionName(function.getFunction().getFunctionName())
                .qualifier(WarmFunction.ALIAS_NAME)
                .maximumRetryAttempts(props.getRetryAttempts())
                .maximumEventAgeInSeconds(secondsOf(props.getMaxEventAge()))
                .destinationConfig(
                        onFailure == null && onSuccess == null
                                ? null
                                : CfnEventInvokeConfig.DestinationConfigProperty.builder()
                                        .onFailure(onFailure == null ? null : onFailure(onFailure))
                                        .onSuccess(onSuccess == null ? null : onSuccess(onSuccess))
                                        .build())
                .build()
                .getNode()
                .addDependency(alias);
        if (onFailure != null) {
            onFailure.grantTo(function);
            acknowledged.finding(function.getFunction(), "Serverless-LambdaDLQ", DESTINATION);
        }
        if (onSuccess != null) {
            onSuccess.grantTo(function);
            warnOfPings(function, props);
        }
    }

    private static void warnOfPings(WarmFunction function, WarmFunctionProps props) {
        if (props.getWarm() instanceof WarmStrategy.Ping) {
            Annotations.of(function)
                    .addWarningV2(
                            "ashlar:pingsSucceed",
                            "onSuccess should not be given with pings, got both; it gets a record of each ping too");
        }
    }

    private static CfnEventInvokeConfig.OnFailureProperty onFailure(Destination destination) {
        return CfnEventInvokeConfig.OnFailureProperty.builder()
                .destination(destination.arn())
                .build();
    }

    private static CfnEventInvokeConfig.OnSuccessProperty onSuccess(Destination destination) {
        return CfnEventInvokeConfig.OnSuccessProperty.builder()
                .destination(destination.arn())
                .build();
    }

    private static @Nullable Number secondsOf(@Nullable Duration age) {
        return age == null ? null : Known.secondsOf(age);
    }
}

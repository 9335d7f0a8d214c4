package dev.ashlar.patterns.webapp;

import dev.ashlar.constructs.function.WarmFunction;
import dev.ashlar.constructs.internal.Known;
import dev.ashlar.constructs.internal.StackShared;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.Aws;
import software.amazon.awscdk.services.lambda.CfnPermission;
import software.constructs.Construct;

/** How an API calls functions: by their aliases, with one permission each, however many routes they have. */
final class FunctionCalls {
    private final Construct scope;
    private final String apiId;
    private final @Nullable WarmFunction own;

    FunctionCalls(Construct scope, String apiId, @Nullable WarmFunction own) {
        this.scope = scope;
        this.apiId = apiId;
        this.own = own;
    }

    /** Lets the API, by what is below the given path of its ARN, invoke a function. */
    void permit(String id, WarmFunction function, String below) {
        CfnPermission.Builder.create(scope, id)
                .action("lambda:InvokeFunction")
                .functionName(Known.arnOf(function.getAlias()))
                .principal("apigateway.amazonaws.com")
                .sourceArn("arn:" + Aws.PARTITION + ":execute-api:" + Aws.REGION + ":" + Aws.ACCOUNT_ID + ":" + apiId
                        + "/" + below)
                .build();
    }

    /** The address under which API Gateway invokes a function. */
    static String uri(WarmFunction function) {
        return "arn:" + Aws.PARTITION + ":apigateway:" + Aws.REGION + ":lambda:path/2015-03-31/functions/"
                + Known.arnOf(function.getAlias()) + "/invocations";
    }

    /** A name for a function that is the same in whatever stage its stack lies; that of the app's own one is empty. */
    String idOf(WarmFunction function) {
        return function.equals(own) ? "" : StackShared.pathWithin(scope, function);
    }
}

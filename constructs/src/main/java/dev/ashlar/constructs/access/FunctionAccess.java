package dev.ashlar.constructs.access;

import dev.ashlar.constructs.internal.Known;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.services.iam.Grant;
import software.amazon.awscdk.services.iam.IGrantable;
import software.amazon.awscdk.services.lambda.IFunction;

/**
 * Exact permissions on a Lambda function.
 *
 * <p>{@link #grantInvoke} grants {@code lambda:InvokeFunction} on exactly what is given: on an alias it reaches that alias
 * alone, and neither {@code $LATEST} nor other versions. {@link #grantInvokeUrl} grants {@code lambda:InvokeFunctionUrl}, and
 * {@code lambda:InvokeFunction} through the function's address only.
 *
 * @see <a href="https://docs.aws.amazon.com/service-authorization/latest/reference/list_awslambda.html">Actions, resources,
 *     and condition keys for AWS Lambda</a>
 */
public final class FunctionAccess {
    private final IFunction function;

    private FunctionAccess(IFunction function) {
        this.function = function;
    }

    /**
     * Starts a grant on a Lambda function.
     *
     * @param function the function, version or alias, created or imported
     * @return the grants on it
     */
    public static FunctionAccess of(IFunction function) {
        return new FunctionAccess(function);
    }

    /**
     * Grants {@code lambda:InvokeFunction}.
     *
     * @param grantee who may invoke
     * @return the grant
     */
    public Grant grantInvoke(IGrantable grantee) {
        return Grants.add(grantee, List.of("lambda:InvokeFunction"), Known.arnOf(function));
    }

    /**
     * Grants {@code lambda:InvokeFunctionUrl} for addresses that take signed requests, and {@code lambda:InvokeFunction}
     * on condition that it comes through such an address: AWS asks for both.
     *
     * @param grantee who may call the function's address
     * @return the grant of the first
     * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html">Control access to Lambda function URLs</a>
     */
    public Grant grantInvokeUrl(IGrantable grantee) {
        List<String> arn = List.of(Known.arnOf(function));
        Grants.add(
                grantee,
                List.of("lambda:InvokeFunction"),
                arn,
                Map.of("Bool", Map.of("lambda:InvokedViaFunctionUrl", "true")));
        return Grants.add(
                grantee,
                List.of("lambda:InvokeFunctionUrl"),
                arn,
                Map.of("StringEquals", Map.of("lambda:FunctionUrlAuthType", "AWS_IAM")));
    }
}

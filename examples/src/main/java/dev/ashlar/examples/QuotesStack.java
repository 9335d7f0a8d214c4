package dev.ashlar.examples;

import dev.ashlar.constructs.function.FunctionCode;
import dev.ashlar.constructs.function.WarmFunction;
import software.amazon.awscdk.CfnOutput;
import software.amazon.awscdk.Stack;
import software.constructs.Construct;

/** Price quotes: a function that others invoke directly. */
public final class QuotesStack extends Stack {
    /**
     * Creates the stack.
     *
     * @param scope the app, or a stage
     * @param id the stack's id
     */
    public QuotesStack(Construct scope, String id) {
        super(scope, id);

        WarmFunction quotes = WarmFunction.Builder.create(this, "Quotes")
                .code(FunctionCode.maven("examples/handlers/quotes"))
                .handler("dev.ashlar.examples.quotes.QuotesHandler")
                .build();

        CfnOutput.Builder.create(this, "Invoke")
                .description("What to invoke: aws lambda invoke --function-name ...")
                .value(quotes.getAlias().getFunctionArn())
                .build();
    }
}

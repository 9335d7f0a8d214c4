package dev.ashlar.examples;

import dev.ashlar.constructs.alarm.Alarms;
import dev.ashlar.constructs.alarm.ServiceDashboard;
import dev.ashlar.constructs.function.FunctionCode;
import dev.ashlar.constructs.function.Rollout;
import dev.ashlar.constructs.function.WarmFunction;
import dev.ashlar.constructs.function.WarmStrategy;
import software.amazon.awscdk.CfnOutput;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.TimeZone;
import software.amazon.awscdk.services.lambda.FunctionUrlOptions;
import software.amazon.awscdk.services.scheduler.ScheduleExpression;
import software.amazon.awscdk.services.sns.Topic;
import software.constructs.Construct;

/**
 * Price quotes: one code behind five functions that others invoke directly, each kept warm in another way. The two with
 * provisioned concurrency cost while nobody invokes them: each instance about 4 dollars a month.
 */
public final class QuotesStack extends Stack {
    private final FunctionCode code = FunctionCode.maven("examples/handlers/quotes");
    private final Topic operators;

    /**
     * Creates the stack.
     *
     * @param scope the app, or a stage
     * @param id the stack's id
     */
    public QuotesStack(Construct scope, String id) {
        super(scope, id);
        operators = new Topic(this, "Operators");

        WarmFunction quotes = function(
                        "Quotes", WarmStrategy.ping(Duration.minutes(5)).instances(2))
                .handler("dev.ashlar.examples.quotes.WarmQuotesHandler")
                .rollout(Rollout.canary(10, Duration.minutes(5)))
                .build();
        function("WebQuotes", WarmStrategy.snapStart())
                .functionUrl(FunctionUrlOptions.builder().build())
                .build();
        function("PartnerQuotes", WarmStrategy.provisioned(1))
                .reservedConcurrentExecutions(5)
                .build();
        function(
                        "ShopQuotes",
                        WarmStrategy.provisioned(1, 5).atLeast(2, weekdaysAt(8)).atLeast(1, weekdaysAt(20)))
                .build();
        function("YearEndQuotes", WarmStrategy.none()).retryAttempts(0).build();
        new ServiceDashboard(this, "Dashboard");

        CfnOutput.Builder.create(this, "Invoke")
                .description("What to invoke: aws lambda invoke --function-name ...")
                .value(quotes.getAlias().getFunctionArn())
                .build();
    }

    private WarmFunction.Builder function(String id, WarmStrategy warm) {
        return WarmFunction.Builder.create(this, id)
                .code(code)
                .handler("dev.ashlar.examples.quotes.QuotesHandler")
                .memorySize(512)
                .warm(warm)
                .alarms(Alarms.to(operators));
    }

    private static ScheduleExpression weekdaysAt(int hour) {
        return ScheduleExpression.expression("cron(0 " + hour + " ? * MON-FRI *)", TimeZone.ASIA_SEOUL);
    }
}

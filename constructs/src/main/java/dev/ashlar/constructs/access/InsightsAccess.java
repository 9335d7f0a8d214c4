package dev.ashlar.constructs.access;

import java.util.List;
import software.amazon.awscdk.Aws;
import software.amazon.awscdk.services.iam.Grant;
import software.amazon.awscdk.services.iam.IGrantable;

/**
 * What CloudWatch Lambda Insights needs of a function's role.
 *
 * <p>{@link #grantWrite} grants {@code logs:CreateLogGroup}, {@code logs:CreateLogStream} and {@code logs:PutLogEvents} on
 * the log group {@code /aws/lambda-insights} of the account and region, where AWS's managed policy grants the first on
 * {@code *}.
 *
 * <p>The extension itself comes as a layer, or in the image.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Lambda-Insights.html">Using Lambda
 *     Insights</a>
 */
public final class InsightsAccess {
    private static final String STREAMS =
            "The streams of one log group, which the Lambda Insights extension names itself.";

    private InsightsAccess() {}

    /**
     * Grants {@code logs:CreateLogGroup}, {@code logs:CreateLogStream} and {@code logs:PutLogEvents}.
     *
     * @param grantee who may write there
     * @return the grant
     */
    public static Grant grantWrite(IGrantable grantee) {
        String group = "arn:" + Aws.PARTITION + ":logs:" + Aws.REGION + ":" + Aws.ACCOUNT_ID
                + ":log-group:/aws/lambda-insights:*";
        Grant grant =
                Grants.add(grantee, List.of("logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"), group);
        Grants.acknowledge(grantee, group, STREAMS);
        return grant;
    }
}

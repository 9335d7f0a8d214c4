package dev.ashlar.constructs.access;

import java.util.List;
import software.amazon.awscdk.services.iam.Grant;
import software.amazon.awscdk.services.iam.IGrantable;
import software.amazon.awscdk.services.logs.ILogGroup;

/**
 * Exact permissions on a CloudWatch log group.
 *
 * <p>{@link #grantWrite} grants {@code logs:CreateLogStream} and {@code logs:PutLogEvents}. Creating log groups is not
 * granted: a function that may do that brings back a group that was deleted, without retention.
 *
 * @see <a href="https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazoncloudwatchlogs.html">Actions,
 *     resources, and condition keys for Amazon CloudWatch Logs</a>
 */
public final class LogGroupAccess {
    private final ILogGroup group;

    private LogGroupAccess(ILogGroup group) {
        this.group = group;
    }

    /**
     * Starts a grant on a CloudWatch log group.
     *
     * @param group the log group, created or imported
     * @return the grants on it
     */
    public static LogGroupAccess of(ILogGroup group) {
        return new LogGroupAccess(group);
    }

    /**
     * Grants {@code logs:CreateLogStream} and {@code logs:PutLogEvents}.
     *
     * @param grantee who may write logs
     * @return the grant
     */
    public Grant grantWrite(IGrantable grantee) {
        return Grants.add(grantee, List.of("logs:CreateLogStream", "logs:PutLogEvents"), group.getLogGroupArn());
    }
}

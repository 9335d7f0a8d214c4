package dev.ashlar.constructs.internal;

import dev.ashlar.constructs.profile.Profile;
import software.amazon.awscdk.Aws;
import software.amazon.awscdk.services.logs.LogGroup;
import software.constructs.Construct;

/** Creates the log groups of constructs: kept as long as the {@link Profile} says. */
public final class ProfileLogs {
    private ProfileLogs() {}

    /**
     * Creates a log group.
     *
     * @param scope the construct that it belongs to
     * @param id its id there
     * @return the log group
     */
    public static LogGroup create(Construct scope, String id) {
        Profile profile = Profile.of(scope);
        return LogGroup.Builder.create(scope, id)
                .retention(profile.getLogRetention())
                .removalPolicy(profile.getRemovalPolicy())
                .build();
    }

    /**
     * Gives the ARN of a log group as those services want it that write access logs: without the {@code :*} at the end of the
     * group's own attribute, which they take off and then report as drift.
     *
     * @param logs the log group
     * @return its ARN
     */
    public static String arnOf(LogGroup logs) {
        return "arn:" + Aws.PARTITION + ":logs:" + Aws.REGION + ":" + Aws.ACCOUNT_ID + ":log-group:"
                + logs.getLogGroupName();
    }
}

package dev.ashlar.constructs.internal;

import dev.ashlar.constructs.profile.Profile;
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
}

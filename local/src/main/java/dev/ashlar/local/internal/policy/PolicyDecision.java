package dev.ashlar.local.internal.policy;

import java.util.SortedSet;

/**
 * What IAM says to a request.
 *
 * @param reason why
 * @param unknownKeys condition keys that statements ask for and nobody knows here; they count as absent
 */
public record PolicyDecision(Reason reason, SortedSet<String> unknownKeys) {
    /** Why a request is allowed or refused. */
    public enum Reason {
        /** A policy allows it, and none denies it. */
        ALLOWED(""),
        /** Nothing allows it to a caller. */
        NO_IDENTITY_POLICY("because no identity-based policy allows the %s action"),
        /** Nothing allows it to everybody. */
        NO_RESOURCE_POLICY("because no resource-based policy allows the %s action"),
        /** The permissions boundary leaves it out. */
        NO_BOUNDARY("because no permissions boundary allows the %s action"),
        /** The role's policies deny it. */
        IDENTITY_POLICY_DENIES("with an explicit deny in an identity-based policy"),
        /** The resource's policy denies it. */
        RESOURCE_POLICY_DENIES("with an explicit deny in a resource-based policy"),
        /** The permissions boundary denies it. */
        BOUNDARY_DENIES("with an explicit deny in a permissions boundary");

        private final String words;

        Reason(String words) {
            this.words = words;
        }
    }

    /** {@return whether the request is allowed} */
    public boolean isAllowed() {
        return reason == Reason.ALLOWED;
    }

    /** {@return whether a statement would have to be added, not taken away} */
    public boolean isForLackOfPermission() {
        return reason == Reason.NO_IDENTITY_POLICY;
    }

    /** {@return why not, as AWS's messages say it: {@code because no identity-based policy allows the ... action}} */
    public String explain(String action) {
        return reason.words.formatted(action);
    }
}

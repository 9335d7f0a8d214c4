package dev.ashlar.test;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What a policy says of one principal, action and resource.
 *
 * @param condition its condition, missing if there is none
 * @param policy the construct path of what holds the policy
 */
record PolicyEntry(Principal principal, Permission permission, JsonNode condition, String policy, Use use) {

    /** What a policy is for. */
    enum Use {
        /** It lets the one that has it do something. */
        IDENTITY,
        /** It lets others use the resource that has it. */
        RESOURCE,
        /** It lets others take a role. */
        TRUST,
        /** It lets nobody do anything, and takes from what others allow. */
        LIMIT
    }

    /** {@return whether this alone lets somebody else in} */
    boolean letsIn() {
        return !permission.isDenied() && (use == Use.RESOURCE || use == Use.TRUST);
    }
}

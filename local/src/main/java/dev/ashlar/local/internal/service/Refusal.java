package dev.ashlar.local.internal.service;

import dev.ashlar.local.internal.policy.Caller;
import dev.ashlar.local.internal.policy.PolicyDecision;

/**
 * A permission that a function does not have.
 *
 * @param caller who asked
 * @param access what for
 * @param decision why not
 */
record Refusal(Caller caller, Access access, PolicyDecision decision) {
    /** {@return what AWS answers, with the action and the resource as one service writes them} */
    String message(String action, String resource) {
        return "User: %s is not authorized to perform: %s on resource: %s %s"
                .formatted(caller.arn(), action, resource, decision.explain(action));
    }
}

package dev.ashlar.local.internal.service;

import dev.ashlar.local.internal.policy.AccessRequest;
import dev.ashlar.local.internal.policy.Caller;
import dev.ashlar.local.internal.policy.PolicyDecision;
import dev.ashlar.local.internal.policy.TemplatePolicies;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Knows functions by their access keys, and says what they may do. A signature with any other key is the developer's: all
 * is allowed to it. A request that is not signed is allowed what the resource's policy allows to everybody.
 */
final class Guard {
    private final boolean refuses;
    private final Consumer<String> log;
    private final TemplatePolicies policies;
    private final Advice advice;
    private final Map<String, Caller> callers;

    /**
     * Creates a guard.
     *
     * @param callers functions by their access key; may grow
     */
    Guard(
            boolean refuses,
            Consumer<String> log,
            TemplatePolicies policies,
            Inventory inventory,
            Map<String, Caller> callers) {
        this.refuses = refuses;
        this.log = log;
        this.policies = policies;
        this.advice = new Advice(inventory);
        this.callers = callers;
    }

    Sender sender(Call call) {
        return sender(Signature.of(call));
    }

    Sender sender(Optional<Signature> signature) {
        if (!refuses) {
            return Sender.DEVELOPER;
        }
        return signature
                .map(signed -> Optional.ofNullable(callers.get(signed.accessKeyId()))
                        .filter(caller -> policies.hasRole(caller.roleArn()))
                        .map(Sender::of)
                        .orElse(Sender.DEVELOPER))
                .orElse(Sender.ANONYMOUS);
    }

    /** {@return whether something is allowed; asking leaves no trace} */
    boolean allows(Sender sender, Access access, Map<String, List<String>> common) {
        return sender.trusted() || decide(sender, access, common).isAllowed();
    }

    /** {@return the first permission that a function lacks, which the log now tells} */
    Optional<Refusal> refuse(Sender sender, List<Access> needed, Map<String, List<String>> common) {
        if (sender.trusted() || sender.caller().isEmpty()) {
            return Optional.empty();
        }
        Caller caller = sender.caller().get();
        return needed.stream()
                .map(access -> new Refusal(caller, access, decide(sender, access, common)))
                .filter(refusal -> !refusal.decision().isAllowed())
                .findFirst()
                .map(refusal -> {
                    log.accept(advice.line(refusal));
                    return refusal;
                });
    }

    private PolicyDecision decide(Sender sender, Access access, Map<String, List<String>> common) {
        Map<String, List<String>> context = new HashMap<>(common);
        context.putAll(access.context());
        return policies.of(sender.caller(), access.resource())
                .decide(AccessRequest.of(sender.caller(), access.action(), access.resource(), context));
    }
}

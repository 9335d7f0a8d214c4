package dev.ashlar.test;

import dev.ashlar.test.PolicyEntry.Use;
import dev.ashlar.test.Principal.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The rule that policies let in nobody from outside the stack's account. */
final class OutsideRule {
    private static final Pattern ORGANIZATION = Pattern.compile("arn:[^/]*:organizations:.*");
    private static final String SAML = "sts:AssumeRoleWithSAML";
    private static final String NOT_KNOWN = "not known to be of this account";
    private static final Pattern HOST = Pattern.compile("[a-z0-9-]+(\\.[a-z0-9-]+)+");

    private final Reasons allowed;

    OutsideRule(Map<Permission, String> allowed) {
        this.allowed = new Reasons(allowed);
    }

    /** {@return a line for each permission that lets in somebody from outside and is not allowed} */
    List<String> findings(SynthesizedStack stack) {
        List<PolicyEntry> entries = StackPolicies.of(stack).entries();
        Judge judge = new Judge(new OwnAccount(stack), entries);
        List<String> findings = new ArrayList<>();
        for (PolicyEntry entry : entries) {
            if (entry.letsIn() && !allowed.has(entry.permission())) {
                judge.problem(entry)
                        .ifPresent(
                                problem -> findings.add(entry.policy() + ": " + entry.permission() + ": " + problem));
            }
        }
        return findings.stream().distinct().toList();
    }

    /** Knows one stack. */
    private static final class Judge {
        private final OwnAccount own;
        private final Confinement confinement;
        private final Denials denials;

        Judge(OwnAccount own, List<PolicyEntry> entries) {
            this.own = own;
            this.confinement = new Confinement(own);
            this.denials = new Denials(confinement, entries);
        }

        Optional<String> problem(PolicyEntry entry) {
            return switch (entry.principal().kind()) {
                case ROLE, USER, GROUP, IMPORTED, POLICY, LIMIT -> Optional.empty();
                case SERVICE -> service(entry);
                case ACCOUNT, ARN, CANONICAL_USER -> named(entry);
                case FEDERATED -> federated(entry);
                case ANYONE -> anyone(entry);
            };
        }

        private Optional<String> service(PolicyEntry entry) {
            // A role can be passed to a service only within the account that it belongs to.
            boolean safe = entry.use() == Use.TRUST || confinement.ofServices(entry.condition());
            return unless(safe, "the service may do it for any account");
        }

        private Optional<String> named(PolicyEntry entry) {
            String name = entry.principal().name();
            boolean account = entry.principal().kind() == Kind.ACCOUNT;
            boolean safe = (account ? own.isAccount(name.substring(name.indexOf(' ') + 1)) : isOwn(name))
                    || confinement.ofCallers(entry.condition());
            return unless(safe, account ? "another account" : NOT_KNOWN);
        }

        private boolean isOwn(String arn) {
            return !ORGANIZATION.matcher(arn).matches() && own.owns(arn, false);
        }

        private Optional<String> federated(PolicyEntry entry) {
            String provider = entry.principal().name();
            if (entry.permission().getAction().equalsIgnoreCase(SAML)) {
                return unless(isOwn(provider), NOT_KNOWN);
            }
            boolean shared = HOST.matcher(provider).matches();
            return unless(
                    confinement.ofSubjects(entry.condition(), shared),
                    shared ? "users of any application" : "whoever the provider knows");
        }

        private Optional<String> anyone(PolicyEntry entry) {
            boolean safe = confinement.ofAnyone(entry.condition()) || denials.confine(entry);
            return unless(
                    safe, entry.condition().isMissingNode() ? "anyone at all" : "the condition leaves other accounts");
        }

        private static Optional<String> unless(boolean safe, String problem) {
            return safe ? Optional.empty() : Optional.of(problem);
        }
    }
}

package dev.ashlar.local.internal.policy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;

/**
 * Whom a statement of a resource's policy is about.
 *
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html">Principal</a>
 */
final class Principals {
    private final boolean negated;
    private final List<String> names;

    private Principals(boolean negated, List<String> names) {
        this.negated = negated;
        this.names = names;
    }

    static Principals of(JsonNode statement) {
        boolean negated = statement.has("NotPrincipal");
        JsonNode principal = statement.path(negated ? "NotPrincipal" : "Principal");
        // Services and federated users are never what runs here.
        return new Principals(negated, Statement.texts(principal.isTextual() ? principal : principal.path("AWS")));
    }

    /** {@return whether a caller is among them; an account stands for all that are in it} */
    boolean include(Optional<Caller> caller) {
        return names.stream().anyMatch(name -> isCaller(name, caller) || isAccountOf(name, caller)) != negated;
    }

    /** {@return whether a caller is named so that an Allow is enough: an account's own policies must allow as well} */
    boolean name(Optional<Caller> caller) {
        return !negated && names.stream().anyMatch(name -> isCaller(name, caller));
    }

    private static boolean isCaller(String name, Optional<Caller> caller) {
        return name.equals("*")
                || caller.filter(who -> name.equals(who.roleArn()) || name.equals(who.arn()))
                        .isPresent();
    }

    private static boolean isAccountOf(String name, Optional<Caller> caller) {
        return caller.map(Caller::account)
                .filter(account -> name.equals(account) || name.equals("arn:aws:iam::" + account + ":root"))
                .isPresent();
    }
}

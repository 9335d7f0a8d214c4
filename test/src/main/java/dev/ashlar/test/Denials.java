package dev.ashlar.test;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Tells whom a stack's policies let in when they name anyone: nobody else where they deny it to all but the account's own. */
final class Denials {
    private static final String IF_EXISTS = "ifexists";
    private static final String FOR_ALL = "forallvalues:";
    private static final String FOR_ANY = "foranyvalue:";
    private static final String NOT = "not";

    private final Confinement confinement;
    private final List<PolicyEntry> denials;

    Denials(Confinement confinement, List<PolicyEntry> entries) {
        this.confinement = confinement;
        this.denials = entries.stream()
                .filter(entry ->
                        entry.permission().isDenied() && entry.principal().equals(Principal.ANYONE))
                .toList();
    }

    /** {@return whether a policy denies to all but its own what it allows} */
    boolean confine(PolicyEntry entry) {
        return denials.stream()
                .filter(denial -> denial.policy().equals(entry.policy()))
                .filter(denial -> covers(
                        denial.permission().getAction(), entry.permission().getAction()))
                .filter(denial -> covers(
                        denial.permission().getResource(), entry.permission().getResource()))
                .anyMatch(denial -> confinement.ofAnyone(opposite(denial.condition())));
    }

    private static boolean covers(String pattern, String text) {
        return pattern.equals(text)
                || (pattern.endsWith("*") && text.startsWith(pattern.substring(0, pattern.length() - 1)));
    }

    /** {@return what a request must be to escape a denial: known where it has a single test, which says not} */
    private static JsonNode opposite(JsonNode denied) {
        if (denied.size() != 1) {
            return MissingNode.getInstance();
        }
        Map.Entry<String, JsonNode> only = denied.properties().iterator().next();
        String operator = only.getKey().toLowerCase(Locale.ROOT);
        boolean reversible = only.getValue().size() == 1 && operator.contains(NOT) && !operator.startsWith(FOR_ANY);
        String reversed = operator.replace(IF_EXISTS, "").replace(FOR_ALL, "").replace(NOT, "");
        return reversible
                ? JsonNodeFactory.instance.objectNode().set(reversed, only.getValue())
                : MissingNode.getInstance();
    }
}

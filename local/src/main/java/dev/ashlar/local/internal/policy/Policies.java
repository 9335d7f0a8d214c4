package dev.ashlar.local.internal.policy;

import dev.ashlar.local.internal.policy.PolicyDecision.Reason;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * All policies that have a say in a request within one account.
 *
 * @param identity the statements of the role's policies
 * @param boundary those of its permissions boundary, if it has one
 * @param resource those of the resource's own policy
 * @see <a
 *     href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html">How
 *     IAM decides</a>
 */
public record Policies(List<Statement> identity, Optional<List<Statement>> boundary, List<Statement> resource) {
    /** {@return whether a request is allowed, and why} */
    public PolicyDecision decide(AccessRequest request) {
        SortedSet<String> unknownKeys = new TreeSet<>();
        List<Statement> ofIdentity = applying(identity, request, unknownKeys);
        Optional<List<Statement>> ofBoundary = boundary.map(all -> applying(all, request, unknownKeys));
        List<Statement> ofResource = applying(resource, request, unknownKeys).stream()
                .filter(statement -> statement.principals().include(request.caller()))
                .toList();
        return new PolicyDecision(reason(request, ofIdentity, ofBoundary, ofResource), unknownKeys);
    }

    private static Reason reason(
            AccessRequest request,
            List<Statement> identity,
            Optional<List<Statement>> boundary,
            List<Statement> resource) {
        if (identity.stream().anyMatch(Statement::denies)) {
            return Reason.IDENTITY_POLICY_DENIES;
        }
        if (resource.stream().anyMatch(Statement::denies)) {
            return Reason.RESOURCE_POLICY_DENIES;
        }
        if (boundary.stream().flatMap(List::stream).anyMatch(Statement::denies)) {
            return Reason.BOUNDARY_DENIES;
        }
        boolean allowed = !identity.isEmpty()
                || resource.stream()
                        .anyMatch(statement -> statement.principals().name(request.caller()));
        if (!allowed) {
            return request.caller().isPresent() ? Reason.NO_IDENTITY_POLICY : Reason.NO_RESOURCE_POLICY;
        }
        return boundary.filter(List::isEmpty).isPresent() ? Reason.NO_BOUNDARY : Reason.ALLOWED;
    }

    private static List<Statement> applying(
            List<Statement> statements, AccessRequest request, SortedSet<String> unknownKeys) {
        return statements.stream()
                .filter(statement -> statement.appliesTo(request, unknownKeys))
                .toList();
    }
}

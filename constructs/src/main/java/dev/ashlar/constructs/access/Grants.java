package dev.ashlar.constructs.access;

import dev.ashlar.constructs.internal.Acknowledged;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.services.iam.Grant;
import software.amazon.awscdk.services.iam.GrantOnPrincipalOptions;
import software.amazon.awscdk.services.iam.IGrantable;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.kms.IKey;
import software.constructs.IConstruct;

/**
 * Writes policy statements. A grant to a principal that has no policy is an error here, where CDK stays silent. A role that
 * was imported as not mutable takes nothing, as its import says.
 */
final class Grants {
    private Grants() {}

    static Grant add(IGrantable grantee, List<String> actions, String... resourceArns) {
        return add(grantee, actions, List.of(resourceArns), Map.of());
    }

    static Grant add(
            IGrantable grantee,
            List<String> actions,
            List<String> resourceArns,
            Map<String, Map<String, Object>> conditions) {
        IGrantable principal = answering(grantee);
        Grant grant = Grant.addToPrincipal(GrantOnPrincipalOptions.builder()
                .grantee(principal)
                .actions(actions)
                .resourceArns(resourceArns)
                .conditions(conditions.isEmpty() ? null : conditions)
                .build());
        // A role that CDK makes takes every statement; of an imported one it has to be asked.
        return principal instanceof Role ? grant : required(grant, actions);
    }

    /** Acknowledges a resource with a wildcard that was granted, where cdk-nag looks for it. */
    static void acknowledge(IGrantable grantee, String resourceArn, String reason) {
        if (grantee.getGrantPrincipal() instanceof IConstruct principal) {
            Acknowledged.in(principal).wildcard(principal, resourceArn, reason);
        }
    }

    /** Grants the use of the customer's key that encrypts a resource; AWS's own keys need no grant. */
    static void addKey(IGrantable grantee, @Nullable IKey key, String... actions) {
        if (key != null) {
            required(key.grant(grantee, actions), List.of(actions));
        }
    }

    /** What is written in Java tells its principal here; CDK would have to call back for it. */
    private static IGrantable answering(IGrantable grantee) {
        boolean isOfCdk = grantee.getClass().getPackageName().startsWith("software.amazon.awscdk");
        return isOfCdk ? grantee : grantee.getGrantPrincipal();
    }

    private static Grant required(Grant grant, List<String> actions) {
        if (!Boolean.TRUE.equals(grant.getSuccess())) {
            throw new IllegalArgumentException(
                    "grantee must have a policy that can take " + String.join(", ", actions)
                            + ", got a principal without one; grant to a role or a function, or write the resource's own policy");
        }
        return grant;
    }
}

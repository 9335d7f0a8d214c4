package dev.ashlar.test;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The rule that policies name what they allow. */
final class WildcardRule {
    private static final String NO_NARROWER_TRACE = "AWS X-Ray has no resource to name";
    private static final String NO_NARROWER_INTERFACE = "Lambda makes its network interfaces before they have names";

    /** What AWS cannot narrow, and why. */
    private static final Map<Permission, String> EXCEPTIONS = Map.of(
            Permission.of("xray:PutTraceSegments", "*"), NO_NARROWER_TRACE,
            Permission.of("xray:PutTelemetryRecords", "*"), NO_NARROWER_TRACE,
            Permission.of("ec2:CreateNetworkInterface", "*"), NO_NARROWER_INTERFACE,
            Permission.of("ec2:DescribeNetworkInterfaces", "*"), NO_NARROWER_INTERFACE,
            Permission.of("ec2:DescribeSubnets", "*"), NO_NARROWER_INTERFACE,
            Permission.of("ec2:DeleteNetworkInterface", "*"), NO_NARROWER_INTERFACE,
            Permission.of("ec2:AssignPrivateIpAddresses", "*"), NO_NARROWER_INTERFACE,
            Permission.of("ec2:UnassignPrivateIpAddresses", "*"), NO_NARROWER_INTERFACE);

    /** What stands between two colons of an ARN; references have colons of their own. */
    private static final String PART = "(?:\\$\\{[^}]*}|[^:$])*";

    /** Everything, or everything that a service has in some region and account. */
    private static final Pattern NAMES_NOTHING = Pattern.compile("\\*|arn(?::" + PART + "){4}:\\*");

    private final Map<Permission, String> allowed = new HashMap<>(EXCEPTIONS);

    WildcardRule(Map<Permission, String> allowed) {
        allowed.forEach((permission, reason) -> {
            if (reason.isBlank()) {
                throw new IllegalArgumentException("reason for " + permission + " must say why, got a blank text");
            }
            this.allowed.put(permission, reason);
        });
    }

    /** {@return a line for each permission that is too wide and not allowed} */
    List<String> findings(IdentityPolicies policies) {
        List<String> findings = new ArrayList<>();
        for (IdentityPolicies.Holder holder : policies.holders()) {
            for (Permission permission : holder.permissions()) {
                if (!permission.isDenied() && !isAllowed(permission)) {
                    problem(permission)
                            .ifPresent(problem -> findings.add(holder.path() + ": " + permission + ": " + problem));
                }
            }
        }
        return findings;
    }

    private boolean isAllowed(Permission permission) {
        return allowed.containsKey(permission) || allowed.containsKey(permission.withoutCondition());
    }

    private static Optional<String> problem(Permission permission) {
        String action = permission.getAction();
        String resource = permission.getResource();
        if (permission.isManagedPolicy()) {
            return Optional.of("what it allows is not in the template");
        }
        if (action.startsWith("NotAction(")) {
            return Optional.of("allows all actions but these");
        }
        if (resource.startsWith("NotResource(")) {
            return Optional.of("allows all resources but these");
        }
        if (action.contains("*") || action.contains("?")) {
            return Optional.of("the action has a wildcard");
        }
        if (NAMES_NOTHING.matcher(resource).matches()) {
            return Optional.of("the resource is a wildcard");
        }
        return Optional.empty();
    }
}

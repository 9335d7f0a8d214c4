package dev.ashlar.test;

import dev.ashlar.test.PolicyEntry.Use;
import dev.ashlar.test.Principal.Kind;
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

    private final Reasons allowed;

    WildcardRule(Map<Permission, String> allowed) {
        Map<Permission, String> all = new HashMap<>(EXCEPTIONS);
        all.putAll(allowed);
        this.allowed = new Reasons(all);
    }

    /** {@return a line for each permission that is too wide and not allowed} */
    List<String> findings(SynthesizedStack stack) {
        List<PolicyEntry> entries = StackPolicies.of(stack).entries();
        Denials denials = new Denials(new Confinement(new OwnAccount(stack)), entries);
        List<String> findings = new ArrayList<>();
        for (PolicyEntry entry : entries) {
            if (!entry.permission().isDenied() && !allowed.has(entry.permission())) {
                problem(entry, denials)
                        .ifPresent(
                                problem -> findings.add(entry.policy() + ": " + entry.permission() + ": " + problem));
            }
        }
        return findings;
    }

    private static Optional<String> problem(PolicyEntry entry, Denials denials) {
        if (entry.use() == Use.IDENTITY) {
            return problem(entry.permission());
        }
        boolean anyone = entry.letsIn()
                && entry.principal().kind() == Kind.ANYONE
                && entry.condition().isMissingNode()
                && !denials.confine(entry);
        return anyone ? Optional.of("the principal is a wildcard") : Optional.empty();
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

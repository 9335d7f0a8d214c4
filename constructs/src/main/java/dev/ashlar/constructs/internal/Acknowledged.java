package dev.ashlar.constructs.internal;

import static java.util.Objects.requireNonNull;

import dev.ashlar.constructs.profile.internal.Inherited;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awscdk.CfnResource;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.iam.Policy;
import software.constructs.IConstruct;

/**
 * Tells cdk-nag why what it finds is meant to be: in the metadata of the resource, as cdk-nag writes it itself. Only where
 * the context key {@value #CONTEXT_KEY} is true, so that other templates stay free of it.
 *
 * @see <a href="https://github.com/cdklabs/cdk-nag#suppressing-a-rule">Suppressing a Rule</a>
 */
public final class Acknowledged {
    /** The context key that switches acknowledgements on: {@value}. */
    public static final String CONTEXT_KEY = "ashlar:nag";

    /** Why a role may send traces to {@code *}: here, because CDK too adds that statement. */
    public static final String TRACES =
            "X-Ray has no resources: its two actions that send traces can be allowed on * alone.";

    /** Why a function that runs at deployments alone has no share of the account's concurrency. */
    public static final String NOT_RESERVED =
            "Runs at deployments alone, a few at a time: there is nothing to reserve and nothing to limit.";

    /** Why a function that runs at deployments alone is in no network. */
    public static final String WITHOUT_NETWORK =
            "Runs at deployments alone, and asks AWS's own services by TLS: in a network it would need a way out to them.";

    private static final String OWN_POLICY =
            "The policy of one role, written for it and gone with it: a managed one could be attached to others.";

    // HIPAA, NIST and PCI share the names of their rules.
    private static final List<String> STANDARDS = List.of("HIPAA.Security-", "NIST.800.53.R5-", "PCI.DSS.321-");

    // What these ask too, under another name.
    private static final Map<String, String> SAME =
            Map.of("AwsSolutions-S1", "S3BucketLoggingEnabled", "Serverless-LambdaDLQ", "LambdaDLQ");

    private static final String METADATA_KEY = "cdk_nag";
    private static final String RULES = "rules_to_suppress";
    private static final String WILDCARDS = "AwsSolutions-IAM5";

    private final boolean wanted;

    private Acknowledged(boolean wanted) {
        this.wanted = wanted;
    }

    /**
     * Reads the context, which is all that happens where the key is not set.
     *
     * @param scope the construct that causes the findings
     * @return its acknowledgements
     */
    public static Acknowledged in(IConstruct scope) {
        Object value = Inherited.context(scope, CONTEXT_KEY);
        // The CDK CLI gives what follows -c as text.
        return new Acknowledged(Boolean.TRUE.equals(value) || "true".equals(value));
    }

    /** {@return whether acknowledgements are wanted: looking for the resource can wait for the answer} */
    public boolean isWanted() {
        return wanted;
    }

    /**
     * Acknowledges what a rule finds in a resource, and what the packs for HIPAA, NIST and PCI find there for the same
     * reason.
     *
     * @param construct the resource, or a construct whose default child it is
     * @param rule the rule's id with that of its pack, such as {@code AwsSolutions-S1}
     * @param reason a sentence of 10 or more characters of ISO 8859-1: cdk-nag encodes others
     */
    public void finding(IConstruct construct, String rule, String reason) {
        if (wanted) {
            add(construct, rule, reason, List.of());
            if (SAME.containsKey(rule)) {
                standard(construct, SAME.get(rule), reason);
            }
        }
    }

    /**
     * Acknowledges what a rule of the packs for HIPAA, NIST and PCI finds in a resource.
     *
     * @param construct as above
     * @param rule the rule's id without that of its pack; a pack that has no such rule passes over it
     * @param reason as above
     */
    public void standard(IConstruct construct, String rule, String reason) {
        if (wanted) {
            STANDARDS.forEach(pack -> add(construct, pack + rule, reason, List.of()));
        }
    }

    /**
     * Acknowledges that what a role may do stands in its own policies.
     *
     * @param holder a policy, or a role with all its policies
     */
    public void ownPolicies(IConstruct holder) {
        if (wanted) {
            policies(holder).forEach(policy -> standard(policy, "IAMNoInlinePolicy", OWN_POLICY));
        }
    }

    /**
     * Acknowledges that a policy has a resource with a wildcard: this one, and no other.
     *
     * @param holder the policy, or a role, all of whose policies are meant
     * @param resource the resource with the wildcard
     * @param reason as above
     */
    public void wildcard(IConstruct holder, String resource, String reason) {
        if (!wanted) {
            return;
        }
        List<String> findings = List.of("Resource::" + flat(Stack.of(holder).resolve(resource)));
        policies(holder).forEach(policy -> add(policy, WILDCARDS, reason, findings));
    }

    private static Stream<IConstruct> policies(IConstruct holder) {
        return holder instanceof Policy
                ? Stream.of(holder)
                : holder.getNode().getChildren().stream().filter(Policy.class::isInstance);
    }

    private static void add(IConstruct construct, String rule, String reason, List<String> findings) {
        CfnResource resource = construct instanceof CfnResource itself
                ? itself
                : (CfnResource) requireNonNull(construct.getNode().getDefaultChild());
        Map<String, Object> acknowledged = new LinkedHashMap<>();
        acknowledged.put("id", rule);
        acknowledged.put("reason", reason);
        if (!findings.isEmpty()) {
            acknowledged.put("applies_to", findings);
        }
        Set<Object> all = new LinkedHashSet<>();
        if (resource.getMetadata(METADATA_KEY) instanceof Map<?, ?> metadata
                && metadata.get(RULES) instanceof List<?> present) {
            all.addAll(present);
        }
        all.add(acknowledged);
        resource.addMetadata(METADATA_KEY, Map.of(RULES, List.copyOf(all)));
    }

    /** Writes a resource as cdk-nag does in its findings. */
    private static String flat(Object value) {
        if (value instanceof Map<?, ?> intrinsic) {
            Map.Entry<?, ?> only = intrinsic.entrySet().iterator().next();
            Object argument = only.getValue();
            List<?> arguments = argument instanceof List<?> list ? list : List.of(argument);
            return switch (String.valueOf(only.getKey())) {
                case "Ref" -> "<" + argument + ">";
                case "Fn::GetAtt" -> "<" + arguments.get(0) + "." + arguments.get(1) + ">";
                case "Fn::Join" ->
                    ((List<?>) arguments.get(1))
                            .stream()
                                    .map(Acknowledged::flat)
                                    .collect(Collectors.joining(String.valueOf(arguments.get(0))));
                default -> flat(arguments.get(0));
            };
        }
        return value.toString().replace("${", "<").replace("}", ">");
    }
}

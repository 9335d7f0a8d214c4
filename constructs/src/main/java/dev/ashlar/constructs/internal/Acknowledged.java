package dev.ashlar.constructs.internal;

import static java.util.Objects.requireNonNull;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
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
        Object value = scope.getNode().tryGetContext(CONTEXT_KEY);
        // The CDK CLI gives what follows -c as text.
        return new Acknowledged(Boolean.TRUE.equals(value) || "true".equals(value));
    }

    /** {@return whether acknowledgements are wanted: looking for the resource can wait for the answer} */
    public boolean isWanted() {
        return wanted;
    }

    /**
     * Acknowledges what a rule finds in a resource.
     *
     * @param construct the resource, or a construct whose default child it is
     * @param rule the rule's id with that of its pack, such as {@code AwsSolutions-S1}
     * @param reason a sentence of 10 or more characters of ISO 8859-1: cdk-nag encodes others
     */
    public void finding(IConstruct construct, String rule, String reason) {
        if (wanted) {
            add(construct, rule, reason, List.of());
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
        if (holder instanceof Policy) {
            add(holder, WILDCARDS, reason, findings);
        } else {
            holder.getNode().getChildren().stream()
                    .filter(Policy.class::isInstance)
                    .forEach(policy -> add(policy, WILDCARDS, reason, findings));
        }
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

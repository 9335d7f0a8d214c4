package dev.ashlar.test;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ashlar.test.SynthesizedStack.Resource;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** How long policies will be when they are deployed, without white space, which AWS does not count. */
final class PolicySizes {
    private static final Pattern PSEUDO_PARAMETER = Pattern.compile("\\$\\{AWS::\\w+}");
    private static final Pattern ARN = Pattern.compile("\\$\\{[^}]*Arn}");
    private static final Pattern REFERENCE = Pattern.compile("\\$\\{[^}]*}");
    private static final String SOME_REGION = "x".repeat(14);
    private static final String SOME_ARN = "x".repeat(100);
    private static final String SOME_NAME = "x".repeat(40);

    /** What Lambda writes around a permission: id, effect, the function's ARN and the names of the conditions. */
    private static final int STATEMENT = 350;

    private final ReadableText text;
    private final List<Resource> resources;
    private final Map<String, Integer> attached = new TreeMap<>();

    private PolicySizes(SynthesizedStack stack) {
        this.text = new ReadableText(stack.constructs());
        this.resources = stack.resources();
        resources.forEach(this::readAttached);
    }

    static PolicySizes of(SynthesizedStack stack) {
        return new PolicySizes(stack);
    }

    /** {@return the size of one document} */
    int of(JsonNode document) {
        return document.isMissingNode() ? 0 : estimate(text.of(document));
    }

    /** {@return the size of all policies in a role, user or group} */
    int inIdentity(Resource identity) {
        return attached.getOrDefault(identity.id(), 0)
                + identity.properties()
                        .path("Policies")
                        .valueStream()
                        .mapToInt(policy -> of(policy.path("PolicyDocument")))
                        .sum();
    }

    /** {@return the size of all permissions of each function, alias and version} */
    SortedMap<String, Integer> inFunctions() {
        SortedMap<String, Integer> sizes = new TreeMap<>();
        resources.stream()
                .filter(resource -> resource.type().equals("AWS::Lambda::Permission"))
                .forEach(permission -> sizes.merge(
                        text.of(permission.properties().path("FunctionName")),
                        STATEMENT + of(permission.properties().path("SourceArn")),
                        Integer::sum));
        return sizes;
    }

    /** Managed policies have a limit of their own. */
    private void readAttached(Resource policy) {
        if (policy.type().equals(IdentityPolicies.MANAGED_POLICY)) {
            return;
        }
        for (String property : IdentityPolicies.POLICIES.getOrDefault(policy.type(), List.of())) {
            PolicyReader.each(policy.properties().path(property))
                    .forEach(identity -> attached.merge(
                            identity.path("Ref").asText(),
                            of(policy.properties().path("PolicyDocument")),
                            Integer::sum));
        }
    }

    private static int estimate(String readable) {
        String sized = PSEUDO_PARAMETER.matcher(readable).replaceAll(SOME_REGION);
        sized = ARN.matcher(sized).replaceAll(SOME_ARN);
        return REFERENCE.matcher(sized).replaceAll(SOME_NAME).length();
    }
}

package dev.ashlar.test;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ashlar.test.SynthesizedStack.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What policies on resources let others do: of buckets, queues, keys, roles, functions and all that have one. */
final class ResourcePolicies {
    private static final String FUNCTION_PERMISSION = "AWS::Lambda::Permission";

    /** What narrows a permission on a function. */
    private static final List<String> FUNCTION_CONDITIONS = List.of(
            "SourceArn",
            "SourceAccount",
            "PrincipalOrgID",
            "EventSourceToken",
            "FunctionUrlAuthType",
            "InvokedViaFunctionUrl");

    private final ReadableText text;
    private final Map<String, List<Permission>> byPrincipal = new TreeMap<>();

    private ResourcePolicies(SynthesizedStack stack) {
        this.text = new ReadableText(stack.constructs());
        stack.resources().forEach(this::read);
    }

    /** {@return the permissions of each principal, which is named as in the policy: a service, an ARN or {@code *}} */
    static Map<String, List<Permission>> byPrincipal(SynthesizedStack stack) {
        return new ResourcePolicies(stack).byPrincipal;
    }

    private void read(Resource resource) {
        if (resource.type().equals(FUNCTION_PERMISSION)) {
            readFunctionPermission(resource.properties());
        }
        statements(resource.properties())
                .filter(statement -> statement.has("Principal") || statement.has("NotPrincipal"))
                .forEach(statement -> readStatement(statement, resource));
    }

    /** {@return the statements of all policies that are somewhere in a value} */
    private static Stream<JsonNode> statements(JsonNode value) {
        Stream<JsonNode> own = value.has("Statement") ? each(value.path("Statement")) : Stream.empty();
        return Stream.concat(own, value.valueStream().flatMap(ResourcePolicies::statements));
    }

    private void readStatement(JsonNode statement, Resource resource) {
        List<String> principals = principals(statement).toList();
        for (String action : named(statement, "Action")) {
            for (String on : on(statement, resource)) {
                Permission permission = Permission.of(action, on);
                if (statement.has("Condition")) {
                    permission = permission.when(text.of(statement.path("Condition")));
                }
                boolean denied = statement.path("Effect").asText().equals("Deny");
                add(principals, denied ? permission.denied() : permission);
            }
        }
    }

    private void readFunctionPermission(JsonNode properties) {
        Permission permission =
                Permission.of(properties.path("Action").asText(), text.of(properties.path("FunctionName")));
        ObjectNode conditions = JsonNodeFactory.instance.objectNode();
        FUNCTION_CONDITIONS.stream()
                .filter(properties::has)
                .forEach(name -> conditions.put(name, text.of(properties.path(name))));
        if (!conditions.isEmpty()) {
            permission = permission.when(
                    Json.compact(JsonNodeFactory.instance.objectNode().set("StringEquals", conditions)));
        }
        add(List.of(text.of(properties.path("Principal"))), permission);
    }

    private void add(List<String> principals, Permission permission) {
        for (String principal : principals) {
            byPrincipal.computeIfAbsent(principal, key -> new ArrayList<>()).add(permission);
        }
    }

    private Stream<String> principals(JsonNode statement) {
        if (statement.has("NotPrincipal")) {
            return Stream.of("NotPrincipal(" + text.of(statement.path("NotPrincipal")) + ")");
        }
        JsonNode principal = statement.path("Principal");
        boolean byKind = principal.isObject()
                && Stream.of("AWS", "Service", "Federated", "CanonicalUser").anyMatch(principal::has);
        return byKind
                ? principal.valueStream().flatMap(ResourcePolicies::each).map(text::of)
                : each(principal).map(text::of);
    }

    /** {@return what a statement is about; {@code *} and nothing at all mean the resource that has the policy} */
    private List<String> on(JsonNode statement, Resource resource) {
        List<String> named = named(statement, "Resource");
        return named.isEmpty() || named.equals(List.of("*")) ? List.of("${" + resource.path() + "}") : named;
    }

    private List<String> named(JsonNode statement, String property) {
        String negation = "Not" + property;
        return statement.has(negation)
                ? List.of(negation + "("
                        + String.join(
                                ", ",
                                each(statement.path(negation)).map(text::of).toList()) + ")")
                : each(statement.path(property)).map(text::of).toList();
    }

    private static Stream<JsonNode> each(JsonNode value) {
        return IdentityPolicies.each(value);
    }
}

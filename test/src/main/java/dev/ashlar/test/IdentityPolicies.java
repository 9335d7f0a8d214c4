package dev.ashlar.test;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.opentest4j.AssertionFailedError;

/** What the roles, users and groups of a stack may do, read from their policies. */
final class IdentityPolicies {
    private static final String ROLE = "AWS::IAM::Role";
    static final String MANAGED_POLICY = "AWS::IAM::ManagedPolicy";
    static final List<String> IDENTITIES = List.of(ROLE, "AWS::IAM::User", "AWS::IAM::Group");

    /** Resources that hold one policy, and the properties that say whose it is. */
    static final Map<String, List<String>> POLICIES = Map.of(
            "AWS::IAM::Policy",
            List.of("Roles", "Users", "Groups"),
            MANAGED_POLICY,
            List.of("Roles", "Users", "Groups"),
            "AWS::IAM::RolePolicy",
            List.of("RoleName"),
            "AWS::IAM::UserPolicy",
            List.of("UserName"),
            "AWS::IAM::GroupPolicy",
            List.of("GroupName"));

    private final String stackPath;
    private final ReadableText text;
    private final Map<String, SynthesizedStack.Resource> resources = new LinkedHashMap<>();
    private final Map<String, Holder> holders = new LinkedHashMap<>();

    /**
     * One that has permissions: a role, user or group; or a policy that is attached to none.
     *
     * @param id the logical id, or the name of what is not in the stack
     * @param path the construct path within the stack, or again the name
     * @param role whether this is a role of the stack
     * @param permissions what it may do
     */
    record Holder(String id, String path, boolean role, List<Permission> permissions) {}

    private IdentityPolicies(SynthesizedStack stack) {
        this.stackPath = stack.path();
        this.text = new ReadableText(stack.constructs());
        stack.resources().forEach(resource -> resources.put(resource.id(), resource));
        resources.values().stream()
                .filter(resource -> IDENTITIES.contains(resource.type()))
                .forEach(this::readIdentity);
        resources.values().stream()
                .filter(resource -> POLICIES.containsKey(resource.type()))
                .forEach(this::readPolicy);
    }

    static IdentityPolicies of(SynthesizedStack stack) {
        return new IdentityPolicies(stack);
    }

    List<Holder> holders() {
        return List.copyOf(holders.values());
    }

    /** {@return the one role that is meant by a path, a path above it, a logical id or a beginning of it} */
    Holder role(String name) {
        List<Holder> roles = holders.values().stream().filter(Holder::role).toList();
        List<Predicate<Holder>> readings = List.of(
                role -> role.path().equals(name) || role.id().equals(name),
                role -> role.path().startsWith(name + "/"),
                role -> role.id().startsWith(name));
        for (Predicate<Holder> reading : readings) {
            List<Holder> found = roles.stream().filter(reading).toList();
            if (found.size() == 1) {
                return found.get(0);
            }
            if (!found.isEmpty()) {
                throw noSingleRole(name, found.size() + " roles", found);
            }
        }
        throw noSingleRole(name, "none of the stack's " + roles.size(), roles);
    }

    private AssertionFailedError noSingleRole(String name, String found, List<Holder> candidates) {
        List<String> paths = candidates.stream().map(Holder::path).toList();
        return new AssertionFailedError("[" + stackPath + "] \"" + name + "\" must name one role, got " + found + ":"
                + Failure.lines(paths) + "\nGive the whole path of one.");
    }

    private void readIdentity(SynthesizedStack.Resource identity) {
        Holder holder = holderOf(identity);
        each(identity.properties().path("Policies")).forEach(policy -> read(policy.path("PolicyDocument"), holder));
        each(identity.properties().path("ManagedPolicyArns")).forEach(arn -> {
            SynthesizedStack.Resource own = resources.get(arn.path("Ref").asText());
            if (own != null && own.type().equals(MANAGED_POLICY)) {
                read(own.properties().path("PolicyDocument"), holder);
            } else {
                holder.permissions().add(Permission.managedPolicy(text.of(arn)));
            }
        });
    }

    private void readPolicy(SynthesizedStack.Resource policy) {
        List<Holder> attachedTo = POLICIES.getOrDefault(policy.type(), List.of()).stream()
                .map(property -> policy.properties().path(property))
                .flatMap(IdentityPolicies::each)
                .map(this::holderNamed)
                .toList();
        if (attachedTo.isEmpty() && !isAttachedByIdentity(policy)) {
            attachedTo = List.of(holderOf(policy));
        }
        attachedTo.forEach(holder -> read(policy.properties().path("PolicyDocument"), holder));
    }

    private boolean isAttachedByIdentity(SynthesizedStack.Resource policy) {
        return resources.values().stream()
                .flatMap(resource -> each(resource.properties().path("ManagedPolicyArns")))
                .anyMatch(arn -> arn.path("Ref").asText().equals(policy.id()));
    }

    private Holder holderNamed(JsonNode name) {
        SynthesizedStack.Resource own = resources.get(name.path("Ref").asText());
        if (own != null) {
            return holderOf(own);
        }
        String known = text.of(name);
        return holders.computeIfAbsent(known, key -> new Holder(key, key, false, new ArrayList<>()));
    }

    private Holder holderOf(SynthesizedStack.Resource resource) {
        return holders.computeIfAbsent(
                resource.id(),
                id -> new Holder(id, resource.path(), resource.type().equals(ROLE), new ArrayList<>()));
    }

    private void read(JsonNode document, Holder holder) {
        each(document.path("Statement")).forEach(statement -> readStatement(statement, holder));
    }

    private void readStatement(JsonNode statement, Holder holder) {
        for (String action : named(statement, "Action")) {
            for (String resource : named(statement, "Resource")) {
                Permission permission = Permission.of(action, resource);
                if (statement.has("Condition")) {
                    permission = permission.when(text.of(statement.path("Condition")));
                }
                boolean denied = statement.path("Effect").asText().equals("Deny");
                holder.permissions().add(denied ? permission.denied() : permission);
            }
        }
    }

    /** {@return the values of {@code Action}, or one that stands for all of {@code NotAction}; resources alike} */
    private List<String> named(JsonNode statement, String property) {
        String negation = "Not" + property;
        if (statement.has(negation)) {
            return List.of(each(statement.path(negation))
                    .map(text::of)
                    .collect(Collectors.joining(", ", negation + "(", ")")));
        }
        return each(statement.path(property)).map(text::of).toList();
    }

    /** {@return one value or many alike; where a condition of the template chooses, all that may be chosen} */
    static Stream<JsonNode> each(JsonNode value) {
        if (value.isMissingNode() || value.path("Ref").asText().equals("AWS::NoValue")) {
            return Stream.empty();
        }
        if (value.has("Fn::If")) {
            return value.path("Fn::If").valueStream().skip(1).flatMap(IdentityPolicies::each);
        }
        return value.isArray() ? value.valueStream().flatMap(IdentityPolicies::each) : Stream.of(value);
    }
}

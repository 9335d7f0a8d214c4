package dev.ashlar.test;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ashlar.test.Principal.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the roles, users and groups of a stack may do, read from their policies. */
final class IdentityPolicies {
    static final String MANAGED_POLICY = "AWS::IAM::ManagedPolicy";
    static final Map<String, Kind> IDENTITIES =
            Map.of("AWS::IAM::Role", Kind.ROLE, "AWS::IAM::User", Kind.USER, "AWS::IAM::Group", Kind.GROUP);

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
    private final PolicyReader reader;
    private final Map<String, SynthesizedStack.Resource> resources = new LinkedHashMap<>();
    private final Map<String, Holder> holders = new LinkedHashMap<>();

    /**
     * One that has permissions: a role, user or group; or a policy that is attached to none.
     *
     * @param id the logical id, or the name of what is not in the stack
     * @param path the construct path within the stack, or again the name
     * @param kind a role, user or group of the stack, one from outside, or a policy
     * @param permissions what it may do
     */
    record Holder(String id, String path, Kind kind, List<Permission> permissions) implements Named {
        boolean isRole() {
            return kind == Kind.ROLE;
        }

        Principal principal() {
            return kind == Kind.POLICY ? Principal.policyOf(path, kind) : new Principal(kind, path);
        }
    }

    private IdentityPolicies(SynthesizedStack stack) {
        this.stackPath = stack.path();
        this.text = new ReadableText(stack.constructs());
        this.reader = new PolicyReader(text);
        stack.resources().forEach(resource -> resources.put(resource.id(), resource));
        resources.values().stream()
                .filter(resource -> IDENTITIES.containsKey(resource.type()))
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

    /** {@return the one role that is meant by a name} */
    Holder role(String name) {
        return Named.one(
                stackPath,
                "role",
                name,
                holders.values().stream().filter(Holder::isRole).toList());
    }

    private void readIdentity(SynthesizedStack.Resource identity) {
        Holder holder = holderOf(identity);
        PolicyReader.each(identity.properties().path("Policies"))
                .forEach(policy -> read(policy.path("PolicyDocument"), holder));
        PolicyReader.each(identity.properties().path("ManagedPolicyArns")).forEach(arn -> {
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
                .flatMap(PolicyReader::each)
                .map(this::holderNamed)
                .toList();
        if (attachedTo.isEmpty() && !isAttachedByIdentity(policy)) {
            attachedTo = List.of(holderOf(policy));
        }
        attachedTo.forEach(holder -> read(policy.properties().path("PolicyDocument"), holder));
    }

    private boolean isAttachedByIdentity(SynthesizedStack.Resource policy) {
        return resources.values().stream()
                .flatMap(resource -> PolicyReader.each(resource.properties().path("ManagedPolicyArns")))
                .anyMatch(arn -> arn.path("Ref").asText().equals(policy.id()));
    }

    private Holder holderNamed(JsonNode name) {
        SynthesizedStack.Resource own = resources.get(name.path("Ref").asText());
        if (own != null) {
            return holderOf(own);
        }
        String known = text.of(name);
        return holders.computeIfAbsent(known, key -> new Holder(key, key, Kind.IMPORTED, new ArrayList<>()));
    }

    private Holder holderOf(SynthesizedStack.Resource resource) {
        return holders.computeIfAbsent(
                resource.id(),
                id -> new Holder(
                        id, resource.path(), IDENTITIES.getOrDefault(resource.type(), Kind.POLICY), new ArrayList<>()));
    }

    private void read(JsonNode document, Holder holder) {
        holder.permissions().addAll(reader.permissionsIn(document));
    }
}

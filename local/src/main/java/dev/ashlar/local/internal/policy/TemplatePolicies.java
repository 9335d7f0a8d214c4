package dev.ashlar.local.internal.policy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ashlar.local.internal.template.Json;
import dev.ashlar.local.internal.template.Resource;
import dev.ashlar.local.internal.template.Template;
import dev.ashlar.local.internal.template.UnresolvedTokenException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The policies of roles, buckets, queues and tables, from all templates that run together. */
public final class TemplatePolicies {
    private static final List<String> SERVICES = List.of("dynamodb", "s3", "sqs");

    private final Map<String, List<Statement>> roles = new HashMap<>();
    private final Map<String, String> rolesByName = new HashMap<>();
    private final Map<String, List<Statement>> managed = new HashMap<>();
    private final Map<String, List<Statement>> boundaries = new HashMap<>();
    private final Map<String, List<Statement>> resources = new HashMap<>();
    private final List<String> reported = new ArrayList<>();

    private TemplatePolicies() {}

    /**
     * Reads the policies of templates.
     *
     * @param templates all of them, nested ones too
     */
    public static TemplatePolicies of(List<Template> templates) {
        TemplatePolicies policies = new TemplatePolicies();
        policies.each(templates, policies::nameRole, "AWS::IAM::Role");
        policies.each(templates, policies::readManagedPolicy, "AWS::IAM::ManagedPolicy");
        policies.each(templates, policies::readRole, "AWS::IAM::Role");
        policies.each(templates, policies::readPolicy, "AWS::IAM::Policy", "AWS::IAM::RolePolicy");
        policies.each(templates, policies::readBucketPolicy, "AWS::S3::BucketPolicy");
        policies.each(templates, policies::readQueuePolicy, "AWS::SQS::QueuePolicy");
        policies.each(templates, policies::readQueueInlinePolicy, "AWS::SQS::QueueInlinePolicy");
        policies.each(templates, policies::readTable, "AWS::DynamoDB::Table", "AWS::DynamoDB::GlobalTable");
        return policies;
    }

    /** {@return what has a say when a role, or nobody, asks for a resource} */
    public Policies of(Optional<Caller> caller, String resourceArn) {
        Optional<String> role = caller.map(Caller::roleArn);
        return new Policies(
                role.map(arn -> roles.getOrDefault(arn, List.of())).orElse(List.of()),
                role.map(boundaries::get),
                resources.getOrDefault(key(resourceArn), List.of()));
    }

    /** {@return whether a role is in a template, so that all is known of it} */
    public boolean hasRole(String arn) {
        return roles.containsKey(arn);
    }

    /** {@return what is not as it would be at AWS, a line each} */
    public List<String> getReported() {
        return List.copyOf(reported);
    }

    private void nameRole(Template template, Resource role) {
        rolesByName.put(ref(template, role), arn(template, role));
        roles.put(arn(template, role), new ArrayList<>());
    }

    private void readRole(Template template, Resource role) {
        List<Statement> statements = roles.getOrDefault(arn(template, role), List.of());
        each(template, role.raw("Policies"))
                .forEach(policy -> statements.addAll(statements(template, role, policy.path("PolicyDocument"))));
        each(template, role.raw("ManagedPolicyArns"))
                .flatMap(arn -> text(template, role, arn).stream())
                .forEach(arn -> statements.addAll(managedPolicy(arn).orElseGet(() -> {
                    report(role, "the managed policy " + arn + " is not known here: it allows nothing");
                    return List.of();
                })));
        text(template, role, role.raw("PermissionsBoundary"))
                .ifPresent(arn -> managedPolicy(arn)
                        .ifPresentOrElse(
                                boundary -> boundaries.put(arn(template, role), boundary),
                                () -> report(
                                        role,
                                        "the permissions boundary " + arn + " is not known here: it limits nothing")));
    }

    private Optional<List<Statement>> managedPolicy(String arn) {
        return Optional.ofNullable(managed.get(arn)).or(() -> ManagedPolicies.of(arn));
    }

    private void readManagedPolicy(Template template, Resource policy) {
        List<Statement> statements = statements(template, policy, policy.raw("PolicyDocument"));
        managed.put(ref(template, policy), statements);
        attach(template, policy, policy.raw("Roles"), statements);
    }

    private void readPolicy(Template template, Resource policy) {
        List<Statement> statements = statements(template, policy, policy.raw("PolicyDocument"));
        attach(template, policy, policy.raw("Roles"), statements);
        attach(template, policy, policy.raw("RoleName"), statements);
    }

    private void attach(Template template, Resource policy, JsonNode names, List<Statement> statements) {
        each(template, names)
                .flatMap(name -> text(template, policy, name).stream())
                .flatMap(name -> Optional.ofNullable(rolesByName.get(name)).stream())
                .forEach(arn -> roles.getOrDefault(arn, List.of()).addAll(statements));
    }

    private void readBucketPolicy(Template template, Resource policy) {
        text(template, policy, policy.raw("Bucket"))
                .ifPresent(name -> addToResource("s3:" + name, template, policy, policy.raw("PolicyDocument")));
    }

    private void readQueuePolicy(Template template, Resource policy) {
        each(template, policy.raw("Queues"))
                .flatMap(queue -> text(template, policy, queue).stream())
                .forEach(url -> addToResource(queueKey(url), template, policy, policy.raw("PolicyDocument")));
    }

    private void readQueueInlinePolicy(Template template, Resource policy) {
        text(template, policy, policy.raw("Queue"))
                .ifPresent(url -> addToResource(queueKey(url), template, policy, policy.raw("PolicyDocument")));
    }

    private void readTable(Template template, Resource table) {
        Stream<JsonNode> replicas = each(template, table.raw("Replicas"));
        Stream.concat(Stream.of(table.raw("ResourcePolicy")), replicas.map(replica -> replica.path("ResourcePolicy")))
                .map(policy -> policy.path("PolicyDocument"))
                .filter(JsonNode::isObject)
                .forEach(document -> addToResource("dynamodb:" + ref(template, table), template, table, document));
    }

    private void addToResource(String key, Template template, Resource policy, JsonNode document) {
        resources.computeIfAbsent(key, name -> new ArrayList<>()).addAll(statements(template, policy, document));
    }

    private static String queueKey(String url) {
        return "sqs:" + url.substring(url.lastIndexOf('/') + 1);
    }

    /** {@return the service and name of a bucket, queue or table, from its ARN or that of something in it} */
    private static String key(String arn) {
        String[] parts = arn.split(":", 6);
        if (parts.length < 6) {
            return arn;
        }
        String name = parts[5].replaceFirst("^table/", "").replaceFirst("/.*", "");
        return parts[2] + ":" + name;
    }

    private List<Statement> statements(Template template, Resource owner, JsonNode document) {
        return each(template, document.path("Statement"))
                .flatMap(statement -> statement(template, owner, statement).stream())
                .map(Statement::of)
                .toList();
    }

    /** {@return a statement, without resources that nobody knows here; nothing if that would make it say more} */
    private Optional<JsonNode> statement(Template template, Resource owner, JsonNode raw) {
        try {
            return Optional.of(template.resolve(raw)).filter(JsonNode::isObject);
        } catch (UnresolvedTokenException unresolved) {
            if (SERVICES.stream().noneMatch(service -> mayConcern(template, raw, service))) {
                return Optional.empty();
            }
            report(owner, "a statement of a policy is not enforced as it is written: " + unresolved.getMessage());
            return raw.path("Effect").asText().equals("Allow") ? withKnownResources(template, raw) : Optional.empty();
        }
    }

    private static Optional<JsonNode> withKnownResources(Template template, JsonNode raw) {
        List<JsonNode> known = each(template, raw.path("Resource"))
                .flatMap(resource -> resolved(template, resource).stream())
                .toList();
        Map<String, Object> statement = new HashMap<>();
        raw.properties().forEach(field -> statement.put(field.getKey(), field.getValue()));
        statement.put("Resource", known);
        return known.isEmpty() ? Optional.empty() : resolved(template, Json.node(statement));
    }

    private static Optional<JsonNode> resolved(Template template, JsonNode value) {
        try {
            return Optional.of(template.resolve(value)).filter(node -> !node.isMissingNode());
        } catch (UnresolvedTokenException e) {
            return Optional.empty();
        }
    }

    private static boolean mayConcern(Template template, JsonNode statement, String service) {
        return statement.has("NotAction")
                || each(template, statement.path("Action"))
                        .map(JsonNode::asText)
                        .anyMatch(action -> action.startsWith(service + ":") || action.startsWith("*"));
    }

    private Optional<String> text(Template template, Resource owner, JsonNode value) {
        try {
            return Optional.of(template.resolve(value))
                    .filter(JsonNode::isTextual)
                    .map(JsonNode::asText);
        } catch (UnresolvedTokenException e) {
            report(owner, String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    private static String ref(Template template, Resource resource) {
        return template.resolve(Json.node(Map.of("Ref", resource.id()))).asText();
    }

    private static String arn(Template template, Resource resource) {
        return template.resolve(Json.node(Map.of("Fn::GetAtt", List.of(resource.id(), "Arn"))))
                .asText();
    }

    private void report(Resource resource, String what) {
        reported.add("[" + resource.path() + "] " + what);
    }

    private void each(List<Template> templates, Reader reader, String... types) {
        templates.forEach(
                template -> template.getResources(types).forEach(resource -> reader.read(template, resource)));
    }

    /** {@return one value or many alike, where a condition chooses the chosen} */
    private static Stream<JsonNode> each(Template template, JsonNode value) {
        if (value.isMissingNode()) {
            return Stream.empty();
        }
        if (value.has("Fn::If")) {
            return resolved(template, value).stream().flatMap(chosen -> each(template, chosen));
        }
        return value.isArray()
                ? StreamSupport.stream(value.spliterator(), false).flatMap(item -> each(template, item))
                : Stream.of(value);
    }

    private interface Reader {
        void read(Template template, Resource resource);
    }
}

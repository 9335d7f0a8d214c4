package dev.ashlar.test;

import static java.util.Map.entry;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ashlar.test.PolicyEntry.Use;
import dev.ashlar.test.Principal.Kind;
import dev.ashlar.test.SynthesizedStack.Resource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** What the policies that resources have say of those that use them: of buckets, keys, functions, roles and all others. */
final class AttachedPolicies {
    private static final String TRUST = "AssumeRolePolicyDocument";

    /** Resources that are the policy of another one, and the property that names it. */
    private static final Map<String, String> TARGETS = Map.ofEntries(
            entry("AWS::ACMPCA::Permission", "CertificateAuthorityArn"),
            entry("AWS::APS::ResourcePolicy", "WorkspaceArn"),
            entry("AWS::Bedrock::KnowledgeBasePolicy", "KnowledgeBaseId"),
            entry("AWS::Bedrock::ResourcePolicy", "ResourceArn"),
            entry("AWS::BedrockAgentCore::ResourcePolicy", "ResourceArn"),
            entry("AWS::CloudTrail::ResourcePolicy", "ResourceArn"),
            entry("AWS::EC2::VPCEndpointServicePermissions", "ServiceId"),
            entry("AWS::EventSchemas::RegistryPolicy", "RegistryName"),
            entry("AWS::Events::EventBusPolicy", "EventBusName"),
            entry("AWS::EventsV2::ResourcePolicy", "EventBusArn"),
            entry("AWS::Kinesis::ResourcePolicy", "ResourceArn"),
            entry("AWS::Lambda::LayerVersionPermission", "LayerVersionArn"),
            entry("AWS::Lambda::Permission", "FunctionName"),
            entry("AWS::Lambda::ResourcePolicy", "ResourceArn"),
            entry("AWS::Lex::ResourcePolicy", "ResourceArn"),
            entry("AWS::MSK::ClusterPolicy", "ClusterArn"),
            entry("AWS::MediaPackageV2::ChannelPolicy", "ChannelName"),
            entry("AWS::MediaPackageV2::OriginEndpointPolicy", "OriginEndpointName"),
            entry("AWS::MediaTailor::ChannelPolicy", "ChannelName"),
            entry("AWS::RAM::ResourceShare", "ResourceArns"),
            entry("AWS::S3::BucketPolicy", "Bucket"),
            entry("AWS::S3::MultiRegionAccessPointPolicy", "MrapName"),
            entry("AWS::S3Express::BucketPolicy", "Bucket"),
            entry("AWS::S3Files::FileSystemPolicy", "FileSystemId"),
            entry("AWS::S3ObjectLambda::AccessPointPolicy", "ObjectLambdaAccessPoint"),
            entry("AWS::S3Outposts::BucketPolicy", "Bucket"),
            entry("AWS::S3Tables::TableBucketPolicy", "TableBucketARN"),
            entry("AWS::S3Tables::TablePolicy", "TableARN"),
            entry("AWS::S3Vectors::VectorBucketPolicy", "VectorBucketArn"),
            entry("AWS::SMSVOICE::ResourcePolicy", "ResourceArn"),
            entry("AWS::SNS::TopicInlinePolicy", "TopicArn"),
            entry("AWS::SNS::TopicPolicy", "Topics"),
            entry("AWS::SQS::QueueInlinePolicy", "Queue"),
            entry("AWS::SQS::QueuePolicy", "Queues"),
            entry("AWS::SSM::ResourcePolicy", "ResourceArn"),
            entry("AWS::SecretsManager::ResourcePolicy", "SecretId"),
            entry("AWS::Signer::ProfilePermission", "ProfileName"),
            entry("AWS::VpcLattice::AuthPolicy", "ResourceIdentifier"),
            entry("AWS::VpcLattice::ResourcePolicy", "ResourceArn"));

    /** Resources whose policies let nobody do anything: what passes them has to be allowed elsewhere. */
    private static final Set<String> LIMITS = Set.of(
            "AWS::EC2::VPCEndpoint",
            "AWS::EKS::PodIdentityAssociation",
            "AWS::Organizations::Policy",
            "AWS::RolesAnywhere::Profile",
            "AWS::Transfer::User",
            "AWS::Transfer::WebApp");

    private final ReadableText text;
    private final PolicyReader reader;
    private final Principals principals;
    private final Map<String, Resource> resources = new LinkedHashMap<>();
    private final Map<String, Target> targets = new LinkedHashMap<>();

    /**
     * A resource, and what policies say of those that use it.
     *
     * @param resource how permissions name it
     */
    record Target(String id, String path, String resource, List<PolicyEntry> entries) implements Named {
        private static Target of(Resource own) {
            return new Target(own.id(), own.path(), "${" + own.path() + "}", new ArrayList<>());
        }
    }

    private AttachedPolicies(SynthesizedStack stack) {
        this.text = new ReadableText(stack.constructs());
        this.reader = new PolicyReader(text);
        this.principals = new Principals(stack);
        stack.resources().forEach(resource -> resources.put(resource.id(), resource));
        resources.values().forEach(this::read);
    }

    static AttachedPolicies of(SynthesizedStack stack) {
        return new AttachedPolicies(stack);
    }

    /** {@return the resources that have a policy} */
    List<Target> targets() {
        return List.copyOf(targets.values());
    }

    /** {@return the one resource that is meant by a name; it may have no policy} */
    Target target(String stackPath, String name) {
        return resources.values().stream()
                .filter(resource ->
                        resource.path().equals(name) || resource.id().equals(name))
                .findFirst()
                .map(resource -> targets.getOrDefault(resource.id(), Target.of(resource)))
                .orElseGet(() -> Named.one(stackPath, "resource with a policy", name, targets()));
    }

    private void read(Resource resource) {
        if (IdentityPolicies.IDENTITIES.containsKey(resource.type())) {
            read(resource, Use.TRUST, reader.statements(resource.properties().path(TRUST)));
        } else if (!IdentityPolicies.POLICIES.containsKey(resource.type())) {
            read(
                    resource,
                    LIMITS.contains(resource.type()) ? Use.LIMIT : Use.RESOURCE,
                    Stream.concat(reader.statements(resource.properties()), Permits.of(resource)));
        }
    }

    private void read(Resource resource, Use use, Stream<JsonNode> statements) {
        statements.forEach(
                statement -> targetsOf(resource).forEach(target -> read(statement, resource.path(), target, use)));
    }

    private void read(JsonNode statement, String policy, Target target, Use use) {
        List<Principal> named = principals.in(statement).toList();
        // What names nobody is for whoever it is attached to elsewhere.
        Use actual = named.isEmpty() && use != Use.LIMIT ? Use.IDENTITY : use;
        boolean letsIn = actual == Use.RESOURCE || actual == Use.TRUST;
        Principal itself = Principal.policyOf(policy, actual == Use.LIMIT ? Kind.LIMIT : Kind.POLICY);
        JsonNode condition = reader.condition(statement);
        for (Permission permission :
                letsIn ? reader.permissionsOn(target.resource(), statement) : reader.permissions(statement)) {
            if (named.isEmpty()) {
                target.entries().add(new PolicyEntry(itself, permission, condition, policy, actual));
            }
            for (Principal principal : named) {
                Permission by = permission.by(principal.name());
                target.entries().add(new PolicyEntry(letsIn ? principal : itself, by, condition, policy, actual));
            }
        }
    }

    private List<Target> targetsOf(Resource resource) {
        String property = TARGETS.get(resource.type());
        if (property == null || !resource.properties().has(property)) {
            return List.of(targetOf(resource));
        }
        return PolicyReader.each(resource.properties().path(property))
                .map(this::targetNamed)
                .toList();
    }

    private Target targetNamed(JsonNode name) {
        String id = name.path("Fn::GetAtt").path(0).asText(name.path("Ref").asText());
        Resource own = resources.get(id);
        if (own != null) {
            return targetOf(own);
        }
        String outside = text.of(name);
        return targets.computeIfAbsent(outside, key -> new Target(key, key, key, new ArrayList<>()));
    }

    private Target targetOf(Resource resource) {
        return targets.computeIfAbsent(resource.id(), key -> Target.of(resource));
    }
}

package dev.ashlar.test;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** What CloudFormation does with the resources that hold data when they are removed or replaced. */
final class DataPolicies {
    static final Set<String> TYPES = Set.of(
            "AWS::Backup::BackupVault",
            "AWS::Cassandra::Table",
            "AWS::Cognito::UserPool",
            "AWS::DocDB::DBCluster",
            "AWS::DynamoDB::GlobalTable",
            "AWS::DynamoDB::Table",
            "AWS::EC2::Volume",
            "AWS::ECR::Repository",
            "AWS::EFS::FileSystem",
            "AWS::ElastiCache::ReplicationGroup",
            "AWS::ElastiCache::ServerlessCache",
            "AWS::Elasticsearch::Domain",
            "AWS::FSx::FileSystem",
            "AWS::KMS::Key",
            "AWS::Kinesis::Stream",
            "AWS::Logs::LogGroup",
            "AWS::MSK::Cluster",
            "AWS::MemoryDB::Cluster",
            "AWS::Neptune::DBCluster",
            "AWS::OpenSearchServerless::Collection",
            "AWS::OpenSearchService::Domain",
            "AWS::RDS::DBCluster",
            "AWS::RDS::DBInstance",
            "AWS::Redshift::Cluster",
            "AWS::RedshiftServerless::Namespace",
            "AWS::S3::Bucket",
            "AWS::S3Express::DirectoryBucket",
            "AWS::SQS::Queue",
            "AWS::SecretsManager::Secret",
            "AWS::Timestream::Table");

    static final String ON_REMOVAL = "DeletionPolicy";
    static final String ON_REPLACEMENT = "UpdateReplacePolicy";

    private static final String INSTANCE = "AWS::RDS::DBInstance";
    private static final String OF_A_CLUSTER = "DBClusterIdentifier";
    private static final List<String> ATTRIBUTES = List.of(ON_REMOVAL, ON_REPLACEMENT);
    private static final Set<String> KEEPING = Set.of("Retain", "RetainExceptOnCreate", "Snapshot");
    private static final String DELETE = "Delete";

    private final Set<String> types;

    DataPolicies(Set<String> types) {
        this.types = types;
    }

    /** {@return whether a resource is of a type that holds data; that of a database instance may be in its cluster} */
    static boolean holdsData(SynthesizedStack.Resource resource) {
        return TYPES.contains(resource.type())
                && !(resource.type().equals(INSTANCE) && resource.properties().has(OF_A_CLUSTER));
    }

    /** {@return a resource's policy; CloudFormation's default is to delete, save for databases} */
    static String policy(SynthesizedStack.Resource resource, String attribute) {
        boolean snapshotByDefault = attribute.equals(ON_REMOVAL)
                && (resource.type().equals("AWS::RDS::DBCluster")
                        || resource.type().equals(INSTANCE))
                && holdsData(resource);
        return resource.body().path(attribute).asText(snapshotByDefault ? "Snapshot" : DELETE);
    }

    /** {@return whether a resource's data outlives what the attribute is about} */
    static boolean keeps(SynthesizedStack.Resource resource, String attribute) {
        return KEEPING.contains(policy(resource, attribute));
    }

    /** {@return a line for each policy that loses data} */
    List<String> lost(SynthesizedStack stack) {
        return violations(stack, KEEPING::contains, "Retain");
    }

    /** {@return a line for each policy that leaves data behind} */
    List<String> kept(SynthesizedStack stack) {
        return violations(stack, DELETE::equals, DELETE);
    }

    private List<String> violations(SynthesizedStack stack, Predicate<String> meets, String wanted) {
        List<String> violations = new ArrayList<>();
        for (SynthesizedStack.Resource resource : stack.resources()) {
            boolean known = TYPES.contains(resource.type());
            if (types.contains(resource.type()) && (!known || holdsData(resource))) {
                for (String attribute : ATTRIBUTES) {
                    String policy = policy(resource, attribute);
                    if (!meets.test(policy)) {
                        violations.add(resource.path() + " (" + resource.type() + "): " + attribute + " must be "
                                + wanted + ", got " + policy);
                    }
                }
            }
        }
        return violations;
    }
}

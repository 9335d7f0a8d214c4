package dev.ashlar.test;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** What CloudFormation does with the resources that hold data when they are removed or replaced. */
final class DataPolicies {
    static final Set<String> TYPES = Set.of(
            "AWS::Cognito::UserPool",
            "AWS::DocDB::DBCluster",
            "AWS::DynamoDB::GlobalTable",
            "AWS::DynamoDB::Table",
            "AWS::EFS::FileSystem",
            "AWS::KMS::Key",
            "AWS::Logs::LogGroup",
            "AWS::Neptune::DBCluster",
            "AWS::OpenSearchService::Domain",
            "AWS::RDS::DBCluster",
            "AWS::RDS::DBInstance",
            "AWS::S3::Bucket",
            "AWS::SQS::Queue");

    private static final List<String> ATTRIBUTES = List.of("DeletionPolicy", "UpdateReplacePolicy");
    private static final Set<String> KEEPING = Set.of("Retain", "RetainExceptOnCreate", "Snapshot");
    private static final String DELETE = "Delete";

    private final Set<String> types;

    DataPolicies(Set<String> types) {
        this.types = types;
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
            if (types.contains(resource.type())) {
                for (String attribute : ATTRIBUTES) {
                    String policy = resource.body().path(attribute).asText(DELETE);
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

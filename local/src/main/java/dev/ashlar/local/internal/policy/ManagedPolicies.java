package dev.ashlar.local.internal.policy;

import dev.ashlar.local.internal.template.Json;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Policies of AWS that a template only names: what they say of DynamoDB, S3 and SQS.
 *
 * @see <a href="https://docs.aws.amazon.com/aws-managed-policy/latest/reference/policy-list.html">AWS managed policies</a>
 */
final class ManagedPolicies {
    private static final String PREFIX = "arn:aws:iam::aws:policy/";

    /** The actions, each on all resources. */
    private static final Map<String, List<String>> ACTIONS = Map.ofEntries(
            Map.entry("AdministratorAccess", List.of("*")),
            Map.entry("AmazonDynamoDBFullAccess", List.of("dynamodb:*")),
            Map.entry("AmazonDynamoDBFullAccess_v2", List.of("dynamodb:*")),
            Map.entry("AmazonS3FullAccess", List.of("s3:*")),
            Map.entry("AmazonS3ReadOnlyAccess", List.of("s3:Get*", "s3:List*", "s3:Describe*")),
            Map.entry("AmazonSQSFullAccess", List.of("sqs:*")),
            Map.entry("AWSXRayDaemonWriteAccess", List.of()),
            Map.entry("AWSXrayWriteOnlyAccess", List.of()),
            Map.entry("CloudWatchLambdaApplicationSignalsExecutionRolePolicy", List.of()),
            Map.entry("CloudWatchLambdaInsightsExecutionRolePolicy", List.of()),
            Map.entry("service-role/AWSLambdaBasicExecutionRole", List.of()),
            Map.entry(
                    "service-role/AWSLambdaDynamoDBExecutionRole",
                    List.of(
                            "dynamodb:DescribeStream",
                            "dynamodb:GetRecords",
                            "dynamodb:GetShardIterator",
                            "dynamodb:ListStreams")),
            Map.entry("service-role/AWSLambdaKinesisExecutionRole", List.of()),
            Map.entry(
                    "service-role/AWSLambdaSQSQueueExecutionRole",
                    List.of("sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes")),
            Map.entry("service-role/AWSLambdaVPCAccessExecutionRole", List.of()));

    private ManagedPolicies() {}

    /** {@return what a policy allows, or nothing if it is not known here} */
    static Optional<List<Statement>> of(String arn) {
        return Optional.of(arn)
                .filter(known -> known.startsWith(PREFIX))
                .map(known -> ACTIONS.get(known.substring(PREFIX.length())))
                .map(ManagedPolicies::statements);
    }

    private static List<Statement> statements(List<String> actions) {
        return actions.isEmpty()
                ? List.of()
                : List.of(Statement.of(Json.node(Map.of("Effect", "Allow", "Action", actions, "Resource", "*"))));
    }
}

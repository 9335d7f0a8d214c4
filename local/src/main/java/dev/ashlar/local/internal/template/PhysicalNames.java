package dev.ashlar.local.internal.template;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What resources are called here: as the template says, else by stack and logical id. {@code Ref} says something of each
 * resource; attributes are only those that are known of a type.
 */
public final class PhysicalNames implements Names {
    private static final Map<String, String> NAME_PROPERTIES = Map.ofEntries(
            Map.entry("AWS::DynamoDB::GlobalTable", "TableName"),
            Map.entry("AWS::DynamoDB::Table", "TableName"),
            Map.entry("AWS::Events::EventBus", "Name"),
            Map.entry("AWS::Events::Rule", "Name"),
            Map.entry("AWS::IAM::ManagedPolicy", "ManagedPolicyName"),
            Map.entry("AWS::IAM::Role", "RoleName"),
            Map.entry("AWS::Lambda::Function", "FunctionName"),
            Map.entry("AWS::Logs::LogGroup", "LogGroupName"),
            Map.entry("AWS::S3::Bucket", "BucketName"),
            Map.entry("AWS::SNS::Topic", "TopicName"),
            Map.entry("AWS::SQS::Queue", "QueueName"),
            Map.entry("AWS::SSM::Parameter", "Name"),
            Map.entry("AWS::Scheduler::Schedule", "Name"),
            Map.entry("AWS::Scheduler::ScheduleGroup", "Name"),
            Map.entry("AWS::ApiGatewayV2::Stage", "StageName"),
            Map.entry("AWS::Cognito::UserPoolDomain", "Domain"));

    private final Template template;
    private final Account account;
    private final Addresses addresses;

    /**
     * Creates the names of a template's resources.
     *
     * @param template the template
     * @param account where it is said to be
     * @param addresses where what runs answers
     */
    public PhysicalNames(Template template, Account account, Addresses addresses) {
        this.template = template;
        this.account = account;
        this.addresses = addresses;
    }

    /** {@return the name of a resource, which is not what {@code Ref} says of all types} */
    public String name(Resource resource) {
        String property = NAME_PROPERTIES.get(resource.type());
        Optional<String> given = property == null ? Optional.empty() : template.text(resource, property);
        return given.orElseGet(() -> generated(resource));
    }

    @Override
    public Optional<String> ref(Resource resource) {
        return Optional.of(
                switch (resource.type()) {
                    case "AWS::SQS::Queue" -> addresses.queue(name(resource));
                    case "AWS::SNS::Topic" -> arn("sns", name(resource));
                    case "AWS::IAM::ManagedPolicy" -> managedPolicy(resource);
                    case "AWS::Lambda::Version" -> version(resource);
                    case "AWS::Lambda::Alias" -> alias(resource);
                    case "AWS::Lambda::Url" -> text(resource, "TargetFunctionArn");
                    case "AWS::CloudFront::Function" -> cloudFrontFunction(resource);
                    case "AWS::Cognito::UserPool" -> account.region() + "_" + resource.id();
                    case "AWS::SecretsManager::Secret" -> arn("secretsmanager", "secret:" + name(resource));
                    default -> name(resource);
                });
    }

    @Override
    public Optional<String> attribute(Resource resource, String attribute) {
        String known = resource.type().substring(resource.type().indexOf("::") + 2) + "." + attribute;
        return Optional.ofNullable(
                switch (known) {
                    case "DynamoDB::Table.Arn", "DynamoDB::GlobalTable.Arn" ->
                        arn("dynamodb", "table/" + name(resource));
                    case "S3::Bucket.Arn" -> "arn:aws:s3:::" + name(resource);
                    case "S3::Bucket.DomainName" -> name(resource) + ".s3.amazonaws.com";
                    case "S3::Bucket.RegionalDomainName" ->
                        name(resource) + ".s3." + account.region() + ".amazonaws.com";
                    case "SQS::Queue.Arn" -> arn("sqs", name(resource));
                    case "SQS::Queue.QueueName" -> name(resource);
                    case "SQS::Queue.QueueUrl" -> addresses.queue(name(resource));
                    case "SNS::Topic.TopicArn" -> arn("sns", name(resource));
                    case "SNS::Topic.TopicName" -> name(resource);
                    case "Lambda::Function.Arn" -> function(resource);
                    case "Lambda::Version.Version" -> "1";
                    case "Lambda::Version.FunctionArn" -> version(resource);
                    case "Lambda::Alias.AliasArn" -> alias(resource);
                    case "Lambda::Url.FunctionUrl" -> addresses.api(resource) + "/";
                    case "Lambda::Url.FunctionArn" -> text(resource, "TargetFunctionArn");
                    case "IAM::Role.Arn" -> "arn:aws:iam::" + account.id() + ":role/" + name(resource);
                    case "IAM::ManagedPolicy.PolicyArn" -> managedPolicy(resource);
                    case "Logs::LogGroup.Arn" -> arn("logs", "log-group:" + name(resource) + ":*");
                    case "Events::Rule.Arn" -> arn("events", "rule/" + name(resource));
                    case "Events::EventBus.Arn" -> arn("events", "event-bus/" + name(resource));
                    case "Events::EventBus.Name" -> name(resource);
                    case "Scheduler::ScheduleGroup.Arn" -> arn("scheduler", "schedule-group/" + name(resource));
                    case "Scheduler::Schedule.Arn" ->
                        arn(
                                "scheduler",
                                "schedule/"
                                        + template.text(resource, "GroupName").orElse("default") + "/"
                                        + name(resource));
                    case "ApiGatewayV2::Api.ApiEndpoint" -> addresses.api(resource);
                    case "ApiGatewayV2::Api.ApiId" -> name(resource);
                    case "CloudFront::Distribution.DomainName" -> addresses.distribution(resource);
                    case "CloudFront::Function.FunctionARN" -> cloudFrontFunction(resource);
                    case "CloudFront::Distribution.Id",
                            "CloudFront::OriginAccessControl.Id",
                            "CloudFront::ResponseHeadersPolicy.Id",
                            "CloudFront::CachePolicy.Id",
                            "CloudFront::OriginRequestPolicy.Id" -> name(resource);
                    case "Cognito::UserPool.Arn" -> arn("cognito-idp", "userpool/" + userPool(resource));
                    case "Cognito::UserPool.UserPoolId" -> userPool(resource);
                    case "Cognito::UserPool.ProviderName" -> userPoolProvider(resource);
                    case "Cognito::UserPool.ProviderURL" -> "https://" + userPoolProvider(resource);
                    case "Cognito::UserPoolClient.ClientId" -> name(resource);
                    default -> null;
                });
    }

    private String generated(Resource resource) {
        String name = template.getStack().name() + "-" + resource.id();
        if (resource.type().equals("AWS::S3::Bucket")) {
            return end(name.toLowerCase(Locale.ROOT), 63);
        }
        if (resource.type().equals("AWS::SQS::Queue")
                && template.get(resource, "FifoQueue").asBoolean()) {
            return end(name, 75) + ".fifo";
        }
        return resource.type().equals("AWS::SQS::Queue") ? end(name, 80) : name;
    }

    /** {@return what fits into a number of characters: the end, where the digits are that tell apart} */
    private static String end(String name, int length) {
        return name.length() <= length
                ? name
                : name.substring(name.length() - length).replaceFirst("^-+", "");
    }

    private String function(Resource function) {
        return arn("lambda", "function:" + name(function));
    }

    private String version(Resource version) {
        return functionOf(version) + ":1";
    }

    private String alias(Resource alias) {
        return functionOf(alias) + ":" + text(alias, "Name");
    }

    /** {@return the ARN of the function that a version or an alias names, by name or ARN} */
    private String functionOf(Resource resource) {
        return template.getTarget(resource.raw("FunctionName"))
                .map(this::function)
                .orElseGet(() -> {
                    String name = text(resource, "FunctionName");
                    return name.startsWith("arn:") ? name : arn("lambda", "function:" + name);
                });
    }

    private String managedPolicy(Resource policy) {
        return "arn:aws:iam::" + account.id() + ":policy/" + name(policy);
    }

    private String cloudFrontFunction(Resource function) {
        return "arn:aws:cloudfront::" + account.id() + ":function/" + name(function);
    }

    private String userPool(Resource pool) {
        return account.region() + "_" + pool.id();
    }

    private String userPoolProvider(Resource pool) {
        return "cognito-idp." + account.region() + ".amazonaws.com/" + userPool(pool);
    }

    private String text(Resource resource, String property) {
        return template.text(resource, property).orElse("");
    }

    private String arn(String service, String rest) {
        return "arn:aws:" + service + ":" + account.region() + ":" + account.id() + ":" + rest;
    }
}

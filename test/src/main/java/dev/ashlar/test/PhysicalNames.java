package dev.ashlar.test;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Names that CloudFormation makes up where a template gives none. Types whose name it requires, such as {@code
 * AWS::ApiGatewayV2::Api}, are not here.
 */
final class PhysicalNames {
    private static final Map<String, String> PROPERTIES = Stream.of(
                    "AWS::ApiGateway::ApiKey.Name",
                    "AWS::ApiGateway::UsagePlan.UsagePlanName",
                    "AWS::CloudFormation::Stack.StackName",
                    "AWS::CloudWatch::Alarm.AlarmName",
                    "AWS::CloudWatch::CompositeAlarm.AlarmName",
                    "AWS::CloudWatch::Dashboard.DashboardName",
                    "AWS::CodeBuild::Project.Name",
                    "AWS::CodeDeploy::Application.ApplicationName",
                    "AWS::CodeDeploy::DeploymentGroup.DeploymentGroupName",
                    "AWS::CodePipeline::Pipeline.Name",
                    "AWS::Cognito::UserPool.UserPoolName",
                    "AWS::Cognito::UserPoolClient.ClientName",
                    "AWS::DynamoDB::GlobalTable.TableName",
                    "AWS::DynamoDB::Table.TableName",
                    "AWS::EC2::SecurityGroup.GroupName",
                    "AWS::ECR::Repository.RepositoryName",
                    "AWS::ECS::Cluster.ClusterName",
                    "AWS::ECS::Service.ServiceName",
                    "AWS::ECS::TaskDefinition.Family",
                    "AWS::ElasticLoadBalancingV2::LoadBalancer.Name",
                    "AWS::ElasticLoadBalancingV2::TargetGroup.Name",
                    "AWS::Events::Rule.Name",
                    "AWS::IAM::Group.GroupName",
                    "AWS::IAM::InstanceProfile.InstanceProfileName",
                    "AWS::IAM::ManagedPolicy.ManagedPolicyName",
                    "AWS::IAM::Role.RoleName",
                    "AWS::IAM::User.UserName",
                    "AWS::Kinesis::Stream.Name",
                    "AWS::KinesisFirehose::DeliveryStream.DeliveryStreamName",
                    "AWS::Lambda::Function.FunctionName",
                    "AWS::Lambda::LayerVersion.LayerName",
                    "AWS::Logs::LogGroup.LogGroupName",
                    "AWS::Logs::LogStream.LogStreamName",
                    "AWS::OpenSearchService::Domain.DomainName",
                    "AWS::Pipes::Pipe.Name",
                    "AWS::RDS::DBCluster.DBClusterIdentifier",
                    "AWS::RDS::DBInstance.DBInstanceIdentifier",
                    "AWS::S3::Bucket.BucketName",
                    "AWS::SNS::Topic.TopicName",
                    "AWS::SQS::Queue.QueueName",
                    "AWS::SSM::Parameter.Name",
                    "AWS::Scheduler::Schedule.Name",
                    "AWS::Scheduler::ScheduleGroup.Name",
                    "AWS::SecretsManager::Secret.Name",
                    "AWS::StepFunctions::Activity.Name",
                    "AWS::StepFunctions::StateMachine.StateMachineName",
                    "AWS::WAFv2::IPSet.Name",
                    "AWS::WAFv2::WebACL.Name")
            .map(name -> name.split("\\."))
            .collect(Collectors.toUnmodifiableMap(parts -> parts[0], parts -> parts[1]));

    private PhysicalNames() {}

    /** {@return a line for each name that is set} */
    static List<String> in(SynthesizedStack stack) {
        ReadableText text = new ReadableText(stack.constructs());
        return stack.resources().stream()
                .filter(resource -> resource.properties().has(property(resource)))
                .map(resource -> resource.path() + " (" + resource.type() + "): " + property(resource) + " is "
                        + text.of(resource.properties().path(property(resource))))
                .toList();
    }

    private static String property(SynthesizedStack.Resource resource) {
        return PROPERTIES.getOrDefault(resource.type(), "");
    }
}

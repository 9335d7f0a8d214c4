package dev.ashlar.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UpdateBehaviourTest {

    @ParameterizedTest
    @CsvSource({
        "AWS::DynamoDB::Table, TableName, REPLACEMENT",
        "AWS::DynamoDB::Table, KeySchema[0].AttributeName, REPLACEMENT",
        "AWS::DynamoDB::Table, AttributeDefinitions[1].AttributeType, INTERRUPTION",
        "AWS::DynamoDB::Table, BillingMode, IN_PLACE",
        "AWS::DynamoDB::Table, PointInTimeRecoverySpecification.PointInTimeRecoveryEnabled, IN_PLACE",
        "AWS::DynamoDB::GlobalTable, KeySchema[1].KeyType, REPLACEMENT",
        "AWS::DynamoDB::GlobalTable, LocalSecondaryIndexes[0].Projection.ProjectionType, REPLACEMENT",
        "AWS::DynamoDB::GlobalTable, GlobalSecondaryIndexes[0].KeySchema[0].AttributeName, MAY_REPLACE",
        "AWS::DynamoDB::GlobalTable, GlobalSecondaryIndexes[0].IndexName, IN_PLACE",
        "AWS::S3::Bucket, BucketName, REPLACEMENT",
        "AWS::S3::Bucket, ObjectLockEnabled, REPLACEMENT",
        "AWS::S3::Bucket, VersioningConfiguration.Status, IN_PLACE",
        "AWS::SQS::Queue, QueueName, REPLACEMENT",
        "AWS::SQS::Queue, FifoQueue, REPLACEMENT",
        "AWS::SQS::Queue, VisibilityTimeout, IN_PLACE",
        "AWS::SNS::Topic, TopicName, REPLACEMENT",
        "AWS::SNS::Topic, DisplayName, IN_PLACE",
        "AWS::Lambda::Function, FunctionName, REPLACEMENT",
        "AWS::Lambda::Function, PackageType, REPLACEMENT",
        "AWS::Lambda::Function, MemorySize, IN_PLACE",
        "AWS::Lambda::Function, Architectures[0], IN_PLACE",
        "AWS::Lambda::Permission, Principal, REPLACEMENT",
        "AWS::Lambda::EventSourceMapping, EventSourceArn, REPLACEMENT",
        "AWS::IAM::Role, RoleName, REPLACEMENT",
        "AWS::IAM::Role, Path, REPLACEMENT",
        "AWS::IAM::Role, AssumeRolePolicyDocument.Statement[0].Action, IN_PLACE",
        "AWS::IAM::ManagedPolicy, ManagedPolicyName, REPLACEMENT",
        "AWS::Logs::LogGroup, LogGroupName, REPLACEMENT",
        "AWS::Logs::LogGroup, RetentionInDays, IN_PLACE",
        "AWS::RDS::DBInstance, StorageEncrypted, REPLACEMENT",
        "AWS::RDS::DBInstance, DBName, REPLACEMENT",
        "AWS::RDS::DBInstance, Engine, MAY_REPLACE",
        "AWS::RDS::DBInstance, DBInstanceClass, INTERRUPTION",
        "AWS::RDS::DBInstance, EngineVersion, INTERRUPTION",
        "AWS::RDS::DBInstance, DeletionProtection, IN_PLACE",
        "AWS::RDS::DBCluster, DBClusterIdentifier, REPLACEMENT",
        "AWS::EFS::FileSystem, Encrypted, REPLACEMENT",
        "AWS::EFS::AccessPoint, FileSystemId, REPLACEMENT",
        "AWS::EC2::Instance, ImageId, REPLACEMENT",
        "AWS::EC2::Instance, InstanceType, MAY_REPLACE",
        "AWS::EC2::VPC, CidrBlock, REPLACEMENT",
        "AWS::EC2::Subnet, AvailabilityZone, REPLACEMENT",
        "AWS::Kinesis::Stream, Name, REPLACEMENT",
        "AWS::Events::EventBus, Name, REPLACEMENT",
        "AWS::Elasticsearch::Domain, EncryptionAtRestOptions.KmsKeyId, REPLACEMENT",
        "Custom::CDKBucketDeployment, SourceObjectKeys[0], BY_ITS_OWN_CODE",
        "Custom::CDKBucketDeployment, ServiceToken, REPLACEMENT",
        "AWS::CloudFormation::CustomResource, Anything, BY_ITS_OWN_CODE",
        "My::Own::Type, Name, UNKNOWN"
    })
    void knowsWhatAwsPublishes(String type, String path, Update expected) throws JsonProcessingException {
        assertEquals(expected, of(type, new Difference(path, json("1"), json("2"))));
    }

    @Test
    void looksIntoABlockThatIsAddedOrRemoved() throws JsonProcessingException {
        String type = "AWS::ECS::CapacityProvider";
        JsonNode withGroup = json("{\"AutoScalingGroupArn\": \"group\"}");
        JsonNode plain = json("{\"ManagedScaling\": {\"Status\": \"ENABLED\"}}");

        assertEquals(Update.REPLACEMENT, of(type, Difference.added("AutoScalingGroupProvider", withGroup)));
        assertEquals(Update.REPLACEMENT, of(type, Difference.removed("AutoScalingGroupProvider", withGroup)));
        assertEquals(Update.IN_PLACE, of(type, Difference.added("AutoScalingGroupProvider", plain)));
    }

    @Test
    void doesNotTakeANewIndexForAChangedOne() throws JsonProcessingException {
        JsonNode index = json("{\"KeySchema\": [{\"AttributeName\": \"a\"}]}");

        assertEquals(
                Update.IN_PLACE,
                of("AWS::DynamoDB::GlobalTable", Difference.added("GlobalSecondaryIndexes[1]", index)));
        assertEquals(
                Update.IN_PLACE,
                of("AWS::DynamoDB::GlobalTable", Difference.added("GlobalSecondaryIndexes", json("[" + index + "]"))));
    }

    @Test
    void isSmallAndSaysItsSource() throws IOException {
        try (InputStream file =
                Objects.requireNonNull(UpdateBehaviourTest.class.getResourceAsStream("update-behaviour.txt"))) {
            String text = new String(file.readAllBytes(), StandardCharsets.UTF_8);

            assertThat(text.length()).isLessThan(200_000);
            assertThat(text)
                    .contains("@aws-cdk/aws-service-spec 0.1.216")
                    .contains("Apache-2.0")
                    .doesNotContain("\r");
        }
    }

    private static Update of(String type, Difference difference) {
        return UpdateBehaviour.published().of(type, difference);
    }

    private static JsonNode json(String text) throws JsonProcessingException {
        return Json.parse(text);
    }
}

package dev.ashlar.constructs.access;

import static dev.ashlar.constructs.access.Grantee.assertAllows;
import static dev.ashlar.test.CdkAssertions.assertThat;

import dev.ashlar.test.Permission;
import org.junit.jupiter.api.Test;
import software.amazon.awscdk.services.ec2.SecurityGroup;
import software.amazon.awscdk.services.efs.AccessPoint;
import software.amazon.awscdk.services.efs.AccessPointAttributes;
import software.amazon.awscdk.services.efs.FileSystem;
import software.amazon.awscdk.services.efs.FileSystemAttributes;
import software.amazon.awscdk.services.efs.IAccessPoint;
import software.amazon.awscdk.services.iam.Grant;
import software.amazon.awscdk.services.lambda.Function;
import software.amazon.awscdk.services.lambda.IFunction;
import software.amazon.awscdk.services.secretsmanager.Secret;
import software.amazon.awscdk.services.ssm.IParameter;
import software.amazon.awscdk.services.ssm.StringParameter;

/** What a function needs of AWS to run, and what calls it. */
class FunctionNeedsTest {
    private static final String HERE = ":${AWS::Region}:${AWS::AccountId}:";
    private static final String FILES = "arn:${AWS::Partition}:elasticfilesystem" + HERE + "file-system/fs-1";
    private static final String THROUGH =
            "{\"StringEquals\":{\"elasticfilesystem:AccessPointArn\":\"arn:${AWS::Partition}" + ":elasticfilesystem"
                    + HERE + "access-point/fsap-1\"}}";

    private final Grantee grantee = new Grantee();

    @Test
    void aSecretIsReadByItsValue() {
        Secret secret = Secret.Builder.create(grantee.stack, "Secret").build();

        Grant grant = SecretAccess.of(secret).grantRead(grantee.role);

        assertThat(grantee.stack)
                .permissionsOf("Reader")
                .areExactly(Permission.of("secretsmanager:GetSecretValue", "${Secret}"));
        assertAllows(grant, "secretsmanager:GetSecretValue");
    }

    @Test
    void aParameterIsReadAloneOrWithOthers() {
        IParameter parameter = StringParameter.fromStringParameterName(grantee.stack, "Parameter", "limit");
        String arn = "arn:${AWS::Partition}:ssm" + HERE + "parameter/limit";

        Grant grant = ParameterAccess.of(parameter).grantRead(grantee.role);

        assertThat(grantee.stack)
                .permissionsOf("Reader")
                .areExactly(Permission.of("ssm:GetParameter", arn), Permission.of("ssm:GetParameters", arn));
        assertAllows(grant, "ssm:GetParameter", "ssm:GetParameters");
    }

    @Test
    void readingFilesMountsThroughTheAccessPointAlone() {
        Grant grant = FileSystemAccess.of(accessPoint()).grantRead(grantee.role);

        assertThat(grantee.stack)
                .permissionsOf("Reader")
                .areExactly(
                        Permission.of("elasticfilesystem:ClientMount", FILES).when(THROUGH));
        assertAllows(grant, "elasticfilesystem:ClientMount");
    }

    @Test
    void writingFilesIsNotDoneAsRoot() {
        Grant grant = FileSystemAccess.of(accessPoint()).grantReadWrite(grantee.role);

        assertThat(grantee.stack)
                .permissionsOf("Reader")
                .areExactly(
                        Permission.of("elasticfilesystem:ClientMount", FILES).when(THROUGH),
                        Permission.of("elasticfilesystem:ClientWrite", FILES).when(THROUGH));
        assertAllows(grant, "elasticfilesystem:ClientMount", "elasticfilesystem:ClientWrite");
    }

    @Test
    void networkInterfacesAreMadeAndRemoved() {
        Grant grant = NetworkAccess.grantInterfaces(grantee.role);

        assertAllows(
                grant,
                "ec2:CreateNetworkInterface",
                "ec2:DescribeNetworkInterfaces",
                "ec2:DescribeSubnets",
                "ec2:DeleteNetworkInterface",
                "ec2:AssignPrivateIpAddresses",
                "ec2:UnassignPrivateIpAddresses");
    }

    @Test
    void tracesAreSentAndNotRead() {
        Grant grant = TracingAccess.grantWrite(grantee.role);

        assertAllows(grant, "xray:PutTraceSegments", "xray:PutTelemetryRecords");
    }

    @Test
    void insightsGoToTheirOwnLogGroup() {
        Grant grant = InsightsAccess.grantWrite(grantee.role);

        assertAllows(grant, "logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents");
    }

    @Test
    void aCallByUrlIsNoOtherCall() {
        String alias = "arn:aws:lambda:ap-northeast-2:123456789012:function:quotes:live";
        IFunction function = Function.fromFunctionArn(grantee.stack, "Quotes", alias);

        Grant grant = FunctionAccess.of(function).grantInvokeUrl(grantee.role);

        assertThat(grantee.stack)
                .permissionsOf("Reader")
                .areExactly(
                        Permission.of("lambda:InvokeFunction", alias)
                                .when("{\"Bool\":{\"lambda:InvokedViaFunctionUrl\":\"true\"}}"),
                        Permission.of("lambda:InvokeFunctionUrl", alias)
                                .when("{\"StringEquals\":{\"lambda:FunctionUrlAuthType\":\"AWS_IAM\"}}"));
        assertAllows(grant, "lambda:InvokeFunctionUrl");
    }

    @Test
    void aSignedCallReachesOneStageOfAnApi() {
        Grant grant = ApiAccess.of(grantee.stack, "abc123", "live").grantInvoke(grantee.role);

        assertThat(grantee.stack)
                .permissionsOf("Reader")
                .areExactly(Permission.of(
                        "execute-api:Invoke", "arn:${AWS::Partition}:execute-api" + HERE + "abc123/live/*"));
        assertAllows(grant, "execute-api:Invoke");
    }

    private IAccessPoint accessPoint() {
        return AccessPoint.fromAccessPointAttributes(
                grantee.stack,
                "AccessPoint",
                AccessPointAttributes.builder()
                        .accessPointId("fsap-1")
                        .fileSystem(FileSystem.fromFileSystemAttributes(
                                grantee.stack,
                                "Files",
                                FileSystemAttributes.builder()
                                        .fileSystemId("fs-1")
                                        .securityGroup(
                                                SecurityGroup.fromSecurityGroupId(grantee.stack, "FilesGroup", "sg-1"))
                                        .build()))
                        .build());
    }
}

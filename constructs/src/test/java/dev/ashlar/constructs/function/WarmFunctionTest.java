package dev.ashlar.constructs.function;

import static dev.ashlar.test.CdkAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ashlar.constructs.access.InsightsAccess;
import dev.ashlar.constructs.storage.SingleTable;
import dev.ashlar.test.Permission;
import dev.ashlar.test.TestApp;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Fn;
import software.amazon.awscdk.Size;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.Token;
import software.amazon.awscdk.assertions.Annotations;
import software.amazon.awscdk.assertions.Match;
import software.amazon.awscdk.assertions.Template;
import software.amazon.awscdk.services.ec2.ISecurityGroup;
import software.amazon.awscdk.services.ec2.IVpc;
import software.amazon.awscdk.services.ec2.SecurityGroup;
import software.amazon.awscdk.services.ec2.Subnet;
import software.amazon.awscdk.services.ec2.SubnetSelection;
import software.amazon.awscdk.services.ec2.Vpc;
import software.amazon.awscdk.services.ec2.VpcAttributes;
import software.amazon.awscdk.services.efs.AccessPoint;
import software.amazon.awscdk.services.efs.AccessPointAttributes;
import software.amazon.awscdk.services.efs.FileSystem;
import software.amazon.awscdk.services.efs.FileSystemAttributes;
import software.amazon.awscdk.services.efs.IAccessPoint;
import software.amazon.awscdk.services.iam.Effect;
import software.amazon.awscdk.services.iam.Policy;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.kms.Key;
import software.amazon.awscdk.services.lambda.Architecture;
import software.amazon.awscdk.services.lambda.ILayerVersion;
import software.amazon.awscdk.services.lambda.LambdaInsightsVersion;
import software.amazon.awscdk.services.lambda.LayerVersion;
import software.amazon.awscdk.services.lambda.Runtime;
import software.amazon.awscdk.services.lambda.Tracing;
import software.amazon.awscdk.services.logs.LogGroup;
import software.amazon.awscdk.services.secretsmanager.ISecret;
import software.amazon.awscdk.services.secretsmanager.Secret;
import software.amazon.awscdk.services.secretsmanager.SecretAttributes;
import software.amazon.awscdk.services.ssm.StringParameter;

class WarmFunctionTest {
    private static final String TYPE = "AWS::Lambda::Function";

    private final Stack stack = new Stack(TestApp.create(), "Shop");

    @Test
    void usesDocumentedDefaults() {
        function().build();

        Template.fromStack(stack)
                .hasResourceProperties(
                        TYPE,
                        Map.of(
                                "Handler", "shop.NotesHandler",
                                "Runtime", "java25",
                                "Architectures", List.of("arm64"),
                                "MemorySize", 1024,
                                "Timeout", 29,
                                "TracingConfig", Map.of("Mode", "Active"),
                                "SnapStart", Map.of("ApplyOn", "PublishedVersions"),
                                "LoggingConfig", Match.objectLike(Map.of("LogFormat", "JSON")),
                                "EphemeralStorage", Match.absent()));
    }

    @Test
    void nullMeansDefault() {
        Stack other = new Stack(TestApp.create(), "Shop");
        function().build();

        WarmFunction.Builder.create(other, "Notes")
                .code(FunctionCode.jar("handlers.jar"))
                .handler("shop.NotesHandler")
                .runtime(null)
                .architecture(null)
                .memorySize(null)
                .timeout(null)
                .environment(null)
                .layers(null)
                .ephemeralStorageSize(null)
                .warm(null)
                .vpc(null)
                .vpcSubnets(null)
                .securityGroups(null)
                .role(null)
                .customizeFunction(null)
                .build();

        assertThat(Template.fromStack(other).toJSON())
                .isEqualTo(Template.fromStack(stack).toJSON());
    }

    @Test
    void publishesAVersionThatTheAliasPointsTo() {
        function().build();

        Template template = Template.fromStack(stack);
        template.resourceCountIs("AWS::Lambda::Version", 1);
        template.hasResourceProperties("AWS::Lambda::Alias", Map.of("Name", "live"));
        template.hasResource("AWS::Lambda::Version", Map.of("DeletionPolicy", "Delete"));
    }

    @Test
    void mayWriteItsLogsAndTracesAndNoMore() {
        function().build();

        assertThat(stack)
                .permissionsOf("Notes/Role")
                .areExactly(
                        Permission.of("logs:CreateLogStream", "${Notes/Logs.Arn}"),
                        Permission.of("logs:PutLogEvents", "${Notes/Logs.Arn}"),
                        Permission.of("xray:PutTraceSegments", "*"),
                        Permission.of("xray:PutTelemetryRecords", "*"));
    }

    @Test
    void tellsTheCodeItsTablesAndGrantsThem() {
        SingleTable notes = SingleTable.Builder.create(stack, "Table").build();
        SingleTable prices = SingleTable.Builder.create(stack, "Prices").build();

        function()
                .table("NOTES_TABLE", notes.getTable())
                .readOnlyTable("PRICES_TABLE", prices.getTable())
                .build();

        Template.fromStack(stack)
                .hasResourceProperties(
                        TYPE,
                        Map.of(
                                "Environment",
                                Map.of(
                                        "Variables",
                                        Map.of(
                                                "NOTES_TABLE", Match.objectLike(Map.of("Ref", Match.anyValue())),
                                                "PRICES_TABLE", Match.objectLike(Map.of("Ref", Match.anyValue()))))));
        String table = "${Table/Table.Arn}";
        assertThat(stack)
                .permissionsOf("Notes/Role")
                .areExactly(
                        Permission.of("logs:CreateLogStream", "${Notes/Logs.Arn}"),
                        Permission.of("logs:PutLogEvents", "${Notes/Logs.Arn}"),
                        Permission.of("xray:PutTraceSegments", "*"),
                        Permission.of("xray:PutTelemetryRecords", "*"),
                        Permission.of("dynamodb:GetItem", table),
                        Permission.of("dynamodb:BatchGetItem", table),
                        Permission.of("dynamodb:Query", table),
                        Permission.of("dynamodb:PutItem", table),
                        Permission.of("dynamodb:UpdateItem", table),
                        Permission.of("dynamodb:ConditionCheckItem", table),
                        Permission.of("dynamodb:DeleteItem", table),
                        Permission.of("dynamodb:BatchWriteItem", table),
                        Permission.of("dynamodb:GetItem", "${Prices/Table.Arn}"),
                        Permission.of("dynamodb:BatchGetItem", "${Prices/Table.Arn}"),
                        Permission.of("dynamodb:Query", "${Prices/Table.Arn}"));
    }

    @Test
    void tellsTheCodeWhereSecretsAreAndNeverWhatTheyHold() {
        Secret payment = Secret.Builder.create(stack, "Payment").build();
        ISecret mail = Secret.fromSecretNameV2(stack, "Mail", "mail");
        StringParameter rates = StringParameter.Builder.create(stack, "Rates")
                .stringValue("1.1")
                .build();

        function()
                .secret("PAYMENT_SECRET", payment)
                .secret("MAIL_SECRET", mail)
                .parameter("RATES_PARAMETER", rates)
                .build();

        String mailArn = "arn:${AWS::Partition}:secretsmanager:${AWS::Region}:${AWS::AccountId}:secret:mail";
        Template.fromStack(stack)
                .hasResourceProperties(
                        TYPE,
                        Map.of(
                                "Environment",
                                Map.of(
                                        "Variables",
                                        Map.of(
                                                "PAYMENT_SECRET",
                                                        Map.of("Ref", Match.stringLikeRegexp("Payment[0-9A-F]{8}")),
                                                "MAIL_SECRET", Match.objectLike(Map.of("Fn::Join", Match.anyValue())),
                                                "RATES_PARAMETER",
                                                        Map.of("Ref", Match.stringLikeRegexp("Rates[0-9A-F]{8}"))))));
        assertThat(stack)
                .permissionsOf("Notes/Role")
                .areExactly(
                        Permission.of("logs:CreateLogStream", "${Notes/Logs.Arn}"),
                        Permission.of("logs:PutLogEvents", "${Notes/Logs.Arn}"),
                        Permission.of("xray:PutTraceSegments", "*"),
                        Permission.of("xray:PutTelemetryRecords", "*"),
                        Permission.of("secretsmanager:GetSecretValue", "${Payment}"),
                        Permission.of("secretsmanager:GetSecretValue", mailArn + "-??????"),
                        Permission.of(
                                "ssm:GetParameter",
                                "arn:${AWS::Partition}:ssm:${AWS::Region}:${AWS::AccountId}:parameter/${Rates}"),
                        Permission.of(
                                "ssm:GetParameters",
                                "arn:${AWS::Partition}:ssm:${AWS::Region}:${AWS::AccountId}:parameter/${Rates}"));
    }

    @Test
    void aCustomersKeyOfASecretIsGrantedAlong() {
        Key key = Key.Builder.create(stack, "Key").build();

        function()
                .secret(
                        "PAYMENT_SECRET",
                        Secret.fromSecretAttributes(
                                stack,
                                "Payment",
                                SecretAttributes.builder()
                                        .secretCompleteArn(
                                                "arn:aws:secretsmanager:ap-northeast-2:123456789012:secret:payment-AbCdEf")
                                        .encryptionKey(key)
                                        .build()))
                .build();

        assertThat(stack)
                .permissionsOf("Notes/Role")
                .areExactly(
                        Permission.of("logs:CreateLogStream", "${Notes/Logs.Arn}"),
                        Permission.of("logs:PutLogEvents", "${Notes/Logs.Arn}"),
                        Permission.of("xray:PutTraceSegments", "*"),
                        Permission.of("xray:PutTelemetryRecords", "*"),
                        Permission.of("kms:Decrypt", "${Key.Arn}"),
                        Permission.of(
                                "secretsmanager:GetSecretValue",
                                "arn:aws:secretsmanager:ap-northeast-2:123456789012:secret:payment-AbCdEf"));
    }

    @Test
    void aRoleThatWasGivenGetsNothingAndIsToldWhatItNeeds() {
        SingleTable notes = SingleTable.Builder.create(stack, "Table").build();
        Role given = Role.Builder.create(stack, "Given")
                .assumedBy(new ServicePrincipal("lambda.amazonaws.com"))
                .build();

        WarmFunction function = function().role(given).vpc(network("Network")).build();
        notes.grantRead(function);

        Template template = Template.fromStack(stack);
        template.resourceCountIs("AWS::IAM::Role", 1);
        template.resourceCountIs("AWS::IAM::Policy", 0);
        template.hasResourceProperties(
                TYPE, Map.of("Role", Map.of("Fn::GetAtt", List.of(Match.stringLikeRegexp("Given[0-9A-F]{8}"), "Arn"))));
        JsonNode needed = assertThat(stack).json().findValue("ashlar:policy");
        assertThat(needed.get("Version").asText()).isEqualTo("2012-10-17");
        assertThat(needed.findValuesAsText("Effect")).containsOnly("Allow");
        assertThat(needed.toString())
                .contains("logs:CreateLogStream", "xray:PutTraceSegments", "ec2:CreateNetworkInterface")
                .contains("dynamodb:Query", "\"Fn::GetAtt\":[\"Table")
                .doesNotContain("dynamodb:PutItem");
        Annotations.fromStack(stack)
                .hasInfo(
                        "/Shop/Notes",
                        "Nothing was added to the role that was given: what it needs is the policy document in the"
                                + " template, in this function's metadata under ashlar:policy [ack: ashlar:policyOfRole]");
    }

    @Test
    void functionsInANetworkShareOneSecurityGroup() {
        IVpc network = network("Network");

        function().vpc(network).build();
        function("Other").vpc(network).build();
        function("Elsewhere").vpc(network("Second")).build();

        Template template = Template.fromStack(stack);
        template.resourceCountIs("AWS::EC2::SecurityGroup", 2);
        template.allResourcesProperties(
                TYPE, Map.of("VpcConfig", Match.objectLike(Map.of("SubnetIds", List.of("subnet-1", "subnet-2")))));
    }

    @Test
    void connectingToANetworkTakesItsInterfacesAndNoMore() {
        function().vpc(network("Network")).build();

        assertThat(stack)
                .hasNoWildcards()
                .permissionsOf("Notes/Role")
                .areExactly(
                        Permission.of("logs:CreateLogStream", "${Notes/Logs.Arn}"),
                        Permission.of("logs:PutLogEvents", "${Notes/Logs.Arn}"),
                        Permission.of("xray:PutTraceSegments", "*"),
                        Permission.of("xray:PutTelemetryRecords", "*"),
                        Permission.of("ec2:CreateNetworkInterface", "*"),
                        Permission.of("ec2:DescribeNetworkInterfaces", "*"),
                        Permission.of("ec2:DescribeSubnets", "*"),
                        Permission.of("ec2:DeleteNetworkInterface", "*"),
                        Permission.of("ec2:AssignPrivateIpAddresses", "*"),
                        Permission.of("ec2:UnassignPrivateIpAddresses", "*"));
    }

    @Test
    void theCodeCanBeDeniedTheInterfacesWithoutACircle() {
        WarmFunction notes = function().vpc(network("Network")).build();

        Policy.Builder.create(stack, "NoInterfacesForTheCode")
                .roles(List.of(notes.getRole()))
                .statements(List.of(PolicyStatement.Builder.create()
                        .effect(Effect.DENY)
                        .actions(List.of("ec2:CreateNetworkInterface"))
                        .resources(List.of("*"))
                        .conditions(Map.of(
                                "ArnEquals",
                                Map.of(
                                        "lambda:SourceFunctionArn",
                                        notes.getFunction().getFunctionArn())))
                        .build()))
                .build();

        // CDK's template refuses circles.
        Template.fromStack(stack).resourceCountIs("AWS::IAM::Policy", 2);
    }

    @Test
    void securityGroupsThatWereGivenAreUsedAlone() {
        IVpc network = network("Network");
        ISecurityGroup group = SecurityGroup.fromSecurityGroupId(stack, "Group", "sg-1");

        function()
                .vpc(network)
                .vpcSubnets(SubnetSelection.builder()
                        .subnets(List.of(Subnet.fromSubnetId(stack, "Subnet", "subnet-9")))
                        .build())
                .securityGroups(List.of(group))
                .build();

        Template template = Template.fromStack(stack);
        template.resourceCountIs("AWS::EC2::SecurityGroup", 0);
        template.hasResourceProperties(
                TYPE,
                Map.of("VpcConfig", Map.of("SubnetIds", List.of("subnet-9"), "SecurityGroupIds", List.of("sg-1"))));
    }

    @Test
    void rejectsPartsOfANetworkWithoutIt() {
        assertThatThrownBy(() -> function()
                        .securityGroups(List.of(SecurityGroup.fromSecurityGroupId(stack, "Group", "sg-1")))
                        .build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "[Shop/Notes] vpc must be given with vpcSubnets and securityGroups, got these alone; they are"
                                + " parts of a network");
    }

    @Test
    void mountsAFileSystemThroughItsAccessPointAlone() {
        function()
                .vpc(network("Network"))
                .filesystem("/mnt/models", accessPoint())
                .build();

        Template template = Template.fromStack(stack);
        template.hasResourceProperties(
                TYPE,
                Map.of(
                        "SnapStart",
                        Match.absent(),
                        "FileSystemConfigs",
                        List.of(Match.objectLike(Map.of("LocalMountPath", "/mnt/models")))));
        template.hasResourceProperties(
                "AWS::EC2::SecurityGroupIngress", Map.of("GroupId", "sg-1", "FromPort", 2049, "ToPort", 2049));
        String fileSystem = "arn:${AWS::Partition}:elasticfilesystem:${AWS::Region}:${AWS::AccountId}:file-system/fs-1";
        String through = "{\"StringEquals\":{\"elasticfilesystem:AccessPointArn\":\"arn:${AWS::Partition}"
                + ":elasticfilesystem:${AWS::Region}:${AWS::AccountId}:access-point/fsap-1\"}}";
        assertThat(stack)
                .hasNoWildcards()
                .permissionsOf("Notes/Role")
                .areExactly(
                        Permission.of("logs:CreateLogStream", "${Notes/Logs.Arn}"),
                        Permission.of("logs:PutLogEvents", "${Notes/Logs.Arn}"),
                        Permission.of("xray:PutTraceSegments", "*"),
                        Permission.of("xray:PutTelemetryRecords", "*"),
                        Permission.of("ec2:CreateNetworkInterface", "*"),
                        Permission.of("ec2:DescribeNetworkInterfaces", "*"),
                        Permission.of("ec2:DescribeSubnets", "*"),
                        Permission.of("ec2:DeleteNetworkInterface", "*"),
                        Permission.of("ec2:AssignPrivateIpAddresses", "*"),
                        Permission.of("ec2:UnassignPrivateIpAddresses", "*"),
                        Permission.of("elasticfilesystem:ClientMount", fileSystem)
                                .when(through),
                        Permission.of("elasticfilesystem:ClientWrite", fileSystem)
                                .when(through));
    }

    @Test
    void rejectsFileSystemsThatLambdaDoesNotMount() {
        IAccessPoint accessPoint = accessPoint();
        IVpc network = network("Network");

        assertThatThrownBy(() -> function("Path")
                        .vpc(network)
                        .filesystem("/models", accessPoint)
                        .build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "[Shop/Path] filesystem must have a path of /mnt/ and a name of letters, digits and ._-, got"
                                + " /models");
        assertThatThrownBy(() ->
                        function("Alone").filesystem("/mnt/models", accessPoint).build())
                .hasMessage(
                        "[Shop/Alone] filesystem must be given with vpc, got it alone; set the network that its mount"
                                + " targets are in");
        assertThatThrownBy(() -> function("Snap")
                        .vpc(network)
                        .filesystem("/mnt/models", accessPoint)
                        .warm(WarmStrategy.snapStart())
                        .build())
                .hasMessage(
                        "[Shop/Snap] warm must be WarmStrategy.none() with filesystem, got snapStart(); Lambda takes"
                                + " no snapshots of what mounts one");
    }

    @Test
    void grantsInvokingTheAliasAlone() {
        Role caller = Role.Builder.create(stack, "Caller")
                .assumedBy(new ServicePrincipal("scheduler.amazonaws.com"))
                .build();

        function().build().grantInvoke(caller);

        assertThat(stack).permissionsOf("Caller").areExactly(Permission.of("lambda:InvokeFunction", "${Notes/Alias}"));
    }

    @Test
    void theCustomizerHasTheLastWordButTablesStay() {
        SingleTable notes = SingleTable.Builder.create(stack, "Table").build();

        function()
                .environment(Map.of("STAGE", "test"))
                .table("NOTES_TABLE", notes.getTable())
                .customizeFunction(function -> function.environment(Map.of("REGION_NAME", "Seoul"))
                        .tracing(Tracing.DISABLED)
                        .description("Notes"))
                .build();

        Template.fromStack(stack)
                .hasResourceProperties(
                        TYPE,
                        Map.of(
                                "Description",
                                "Notes",
                                "TracingConfig",
                                Match.absent(),
                                "Environment",
                                Map.of("Variables", Map.of("REGION_NAME", "Seoul", "NOTES_TABLE", Match.anyValue()))));
    }

    @Test
    void pythonAndNodeRunWithoutSnapStart() {
        function().handler("index.handler").runtime(Runtime.NODEJS_24_X).build();
        WarmFunction.Builder.create(stack, "Python")
                .code(FunctionCode.directory("python"))
                .handler("notes.handler")
                .runtime(Runtime.PYTHON_3_13)
                .build();

        Template template = Template.fromStack(stack);
        template.hasResourceProperties(TYPE, Map.of("Runtime", "nodejs24.x", "SnapStart", Match.absent()));
        template.hasResourceProperties(TYPE, Map.of("Runtime", "python3.13", "SnapStart", Match.absent()));
    }

    @Test
    void pythonTakesSnapStartWhenItIsAskedFor() {
        function()
                .handler("notes.handler")
                .runtime(Runtime.PYTHON_3_13)
                .warm(WarmStrategy.snapStart())
                .build();

        Template.fromStack(stack)
                .hasResourceProperties(TYPE, Map.of("SnapStart", Map.of("ApplyOn", "PublishedVersions")));
    }

    @Test
    void olderJavaHasNoSnapStart() {
        function().runtime(Runtime.JAVA_8_CORRETTO).build();

        Template.fromStack(stack).hasResourceProperties(TYPE, Map.of("SnapStart", Match.absent()));
    }

    @Test
    void noneTurnsSnapStartOff() {
        function().warm(WarmStrategy.none()).build();

        Template.fromStack(stack).hasResourceProperties(TYPE, Map.of("SnapStart", Match.absent()));
    }

    @Test
    void moreTemporaryStorageThanSnapStartTakesTurnsItOff() {
        function().ephemeralStorageSize(Size.mebibytes(513)).build();
        function("Small").ephemeralStorageSize(Size.mebibytes(512)).build();

        Template template = Template.fromStack(stack);
        template.hasResourceProperties(
                TYPE, Map.of("EphemeralStorage", Map.of("Size", 513), "SnapStart", Match.absent()));
        template.hasResourceProperties(
                TYPE,
                Map.of("EphemeralStorage", Map.of("Size", 512), "SnapStart", Map.of("ApplyOn", "PublishedVersions")));
    }

    @Test
    void cdkHasNothingToWarnOf() {
        function().build();

        Annotations.fromStack(stack).hasNoWarning("*", Match.anyValue());
    }

    @Test
    void addsEnvironmentLater() {
        function().build().addEnvironment("STAGE", "test");

        Template.fromStack(stack)
                .hasResourceProperties(TYPE, Map.of("Environment", Map.of("Variables", Map.of("STAGE", "test"))));
    }

    @Test
    void acceptsTheLimits() {
        function().memorySize(128).timeout(Duration.seconds(1)).build();
        function("Large")
                .memorySize(10240)
                .timeout(Duration.seconds(900))
                .ephemeralStorageSize(Size.mebibytes(10240))
                .layers(layers(5))
                .architecture(Architecture.X86_64)
                .build();

        Template.fromStack(stack)
                .hasResourceProperties(
                        TYPE, Map.of("MemorySize", 10240, "Timeout", 900, "EphemeralStorage", Map.of("Size", 10240)));
    }

    @ParameterizedTest
    @ValueSource(ints = {127, 10241})
    void rejectsMemoryBeyondTheLimits(int memory) {
        assertThatThrownBy(() -> function().memorySize(memory).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("[Shop/Notes] memorySize must be a whole number of 128 to 10240 MiB, got " + memory);
    }

    @Test
    void rejectsAFractionOfMemory() {
        assertThatThrownBy(() -> function().memorySize(512.5).build())
                .hasMessage("[Shop/Notes] memorySize must be a whole number of 128 to 10240 MiB, got 512.5");
    }

    @Test
    void rejectsTimeoutsBeyondTheLimits() {
        assertThatThrownBy(() -> function().timeout(Duration.minutes(20)).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "[Shop/Notes] timeout must be 1 to 900 seconds, got 20 minutes; for longer work start a Step"
                                + " Functions execution");
        assertThatThrownBy(() ->
                        function("Fraction").timeout(Duration.millis(1500)).build())
                .hasMessage(
                        "[Shop/Fraction] timeout must be 1 to 900 seconds, got 1 second 500 millis; for longer work start"
                                + " a Step Functions execution");
        assertThatThrownBy(() -> function("Zero").timeout(Duration.seconds(0)).build())
                .hasMessageStartingWith("[Shop/Zero] timeout must be 1 to 900 seconds, got ");
    }

    @ParameterizedTest
    @ValueSource(ints = {511, 10241})
    void rejectsTemporaryStorageBeyondTheLimits(int mebibytes) {
        assertThatThrownBy(() -> function()
                        .ephemeralStorageSize(Size.mebibytes(mebibytes))
                        .build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("[Shop/Notes] ephemeralStorageSize must be a whole number of 512 to 10240 MiB, got "
                        + mebibytes + " MiB");
    }

    @Test
    void rejectsSixLayers() {
        assertThatThrownBy(() -> function().layers(layers(6)).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("[Shop/Notes] layers must be at most 5, got 6; put what they hold into fewer");
    }

    @Test
    void lambdaInsightsWriteToTheirLogGroupAndNoMore() {
        WarmFunction notes = function()
                .layers(List.of(LayerVersion.fromLayerVersionArn(
                        stack,
                        "Insights",
                        "arn:aws:lambda:eu-central-1:580247275435:layer:LambdaInsightsExtension-Arm64:33")))
                .build();

        InsightsAccess.grantWrite(notes);

        String group = "arn:${AWS::Partition}:logs:${AWS::Region}:${AWS::AccountId}:log-group:/aws/lambda-insights:*";
        assertThat(stack)
                .permissionsOf("Notes/Role")
                .areExactly(
                        Permission.of("logs:CreateLogStream", "${Notes/Logs.Arn}"),
                        Permission.of("logs:PutLogEvents", "${Notes/Logs.Arn}"),
                        Permission.of("xray:PutTraceSegments", "*"),
                        Permission.of("xray:PutTelemetryRecords", "*"),
                        Permission.of("logs:CreateLogGroup", group),
                        Permission.of("logs:CreateLogStream", group),
                        Permission.of("logs:PutLogEvents", group));
    }

    @Test
    void rejectsCustomizersThatAttachManagedPolicies() {
        String message =
                " customizeFunction must not attach a managed policy, got one, as that of insightsVersion; add the"
                        + " layer to layers, and grant what it needs with InsightsAccess";

        assertThatThrownBy(() -> function()
                        .customizeFunction(each -> each.insightsVersion(LambdaInsightsVersion.VERSION_1_0_333_0))
                        .build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("[Shop/Notes]" + message);
        assertThatThrownBy(() -> WarmFunction.Builder.create(stack, "Image")
                        .code(FunctionCode.image("image"))
                        .customizeFunction(each -> each.insightsVersion(LambdaInsightsVersion.VERSION_1_0_333_0))
                        .build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("[Shop/Image]" + message);
        assertThatThrownBy(() -> WarmFunction.Builder.create(stack, "Given")
                        .code(FunctionCode.jar("handlers.jar"))
                        .handler("shop.NotesHandler")
                        .role(Role.fromRoleName(stack, "Role", "notes"))
                        .customizeFunction(each -> each.insightsVersion(LambdaInsightsVersion.VERSION_1_0_333_0))
                        .build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("[Shop/Given]" + message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1ST", "A", "MY-VAR", ""})
    void rejectsVariablesThatLambdaDoesNotTake(String name) {
        assertThatThrownBy(() -> function().environment(Map.of(name, "x")).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "[Shop/Notes] environment must have names of letters, digits and underscores that begin with"
                                + " a letter and have at least two characters, got \"" + name + "\"");
        assertThatThrownBy(() -> function("Secrets")
                        .secret(name, Secret.fromSecretNameV2(stack, "Secret", "mail"))
                        .build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "[Shop/Secrets] environment must have names of letters, digits and underscores that begin with"
                                + " a letter and have at least two characters, got \"" + name + "\"");
    }

    @Test
    void rejectsVariablesThatLambdaSetsItself() {
        assertThatThrownBy(() -> function().build().addEnvironment("AWS_REGION", "x"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("[Shop/Notes] environment must not set what Lambda sets itself, got AWS_REGION; choose"
                        + " another name");
    }

    @Test
    void takesFourKilobytesOfVariables() {
        SingleTable notes = SingleTable.Builder.create(stack, "Table").build();

        function()
                .environment(Map.of("TEXT", "x".repeat(4096 - 4 - 11)))
                .table("NOTES_TABLE", notes.getTable())
                .build();

        Template.fromStack(stack).resourceCountIs(TYPE, 1);
    }

    @Test
    void whatATokenStandsForIsNotCounted() {
        assertThatCode(() -> function()
                        .environment(Map.of("TEXT", "x".repeat(4096 - 4 - 3), "URL", Fn.importValue("url")))
                        .build())
                .doesNotThrowAnyException();
    }

    @Test
    void rejectsMoreThanFourKilobytesOfVariables() {
        assertThatThrownBy(() -> function()
                        .environment(Map.of("TEXT", "x".repeat(4096 - 4 - 2) + "\u00e9" + "x"))
                        .build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "[Shop/Notes] environment must be at most 4096 bytes, names and values together, got 4097; keep"
                                + " large values in a parameter");
    }

    @Test
    void rejectsOneVariableForTwoThings() {
        SingleTable notes = SingleTable.Builder.create(stack, "Table").build();

        assertThatThrownBy(() -> function("Tables")
                        .table("NOTES_TABLE", notes.getTable())
                        .readOnlyTable("NOTES_TABLE", notes.getTable())
                        .build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("[Shop/Tables] readOnlyTable must have a variable of its own, got NOTES_TABLE, which is set"
                        + " already; choose another name");
        assertThatThrownBy(() -> function("Environment")
                        .environment(Map.of("NOTES_TABLE", "x"))
                        .table("NOTES_TABLE", notes.getTable())
                        .build())
                .hasMessage("[Shop/Environment] table must have a variable of its own, got NOTES_TABLE, which is set"
                        + " already; choose another name");
        assertThatThrownBy(() -> function("Secrets")
                        .environment(Map.of("MAIL", "x"))
                        .secret("MAIL", Secret.fromSecretNameV2(stack, "Mail", "mail"))
                        .build())
                .hasMessage("[Shop/Secrets] secret must have a variable of its own, got MAIL, which is set already;"
                        + " choose another name");
        assertThatThrownBy(() -> function("Parameters")
                        .environment(Map.of("LIMIT", "x"))
                        .parameter("LIMIT", StringParameter.fromStringParameterName(stack, "Limit", "limit"))
                        .build())
                .hasMessage("[Shop/Parameters] parameter must have a variable of its own, got LIMIT, which is set"
                        + " already; choose another name");
    }

    @Test
    void rejectsCustomizersThatWouldLoseGrantsOrLogs() {
        Role other = Role.Builder.create(stack, "Other")
                .assumedBy(new ServicePrincipal("lambda.amazonaws.com"))
                .build();
        LogGroup logs = LogGroup.Builder.create(stack, "Logs").build();

        assertThatThrownBy(() -> function("Role")
                        .customizeFunction(function -> function.role(other))
                        .build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("[Shop/Role] customizeFunction must not set role, got another one, which no grant would"
                        + " reach; set the option role");
        assertThatThrownBy(() -> function("LogGroup")
                        .customizeFunction(function -> function.logGroup(logs))
                        .build())
                .hasMessage("[Shop/LogGroup] customizeFunction must not set logGroup, got another one, which the"
                        + " function's role may not write to; change getLogs() instead");
        IVpc network = network("Network");
        assertThatThrownBy(() -> function("Vpc")
                        .customizeFunction(function -> function.vpc(network))
                        .build())
                .hasMessage("[Shop/Vpc] customizeFunction must not set vpc, got one, which the function's role may not"
                        + " use; set the option vpc");
    }

    @Test
    @SuppressWarnings("NullAway") // What code without null annotations may do.
    void namesWhatIsNull() {
        assertThatThrownBy(() -> function().table("NOTES_TABLE", null))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("table");
    }

    @Test
    void rejectsSnapStartWhereLambdaHasNone() {
        assertThatThrownBy(() -> function()
                        .runtime(Runtime.NODEJS_24_X)
                        .warm(WarmStrategy.snapStart())
                        .build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "[Shop/Notes] warm must be WarmStrategy.none() on this runtime, got snapStart(); SnapStart is"
                                + " for Java 11 and later, Python 3.12 and later");
        assertThatThrownBy(() -> function("Large")
                        .ephemeralStorageSize(Size.gibibytes(1))
                        .warm(WarmStrategy.snapStart())
                        .build())
                .hasMessage(
                        "[Shop/Large] warm must be WarmStrategy.none() with more than 512 MiB of"
                                + " ephemeralStorageSize, got snapStart(); Lambda takes snapshots with at most 512 MiB of /tmp");
    }

    @Test
    void namesAllThatIsMissing() {
        assertThatThrownBy(() -> WarmFunction.Builder.create(stack, "Notes").build())
                .isInstanceOf(NullPointerException.class)
                .hasMessage("code and handler must be given");
        assertThatThrownBy(() -> WarmFunctionProps.builder()
                        .code(FunctionCode.jar("handlers.jar"))
                        .build())
                .isInstanceOf(NullPointerException.class)
                .hasMessage("handler must be given");
    }

    @Test
    void letsTokensPass() {
        Number memory = Token.asNumber(Map.of("Ref", "Memory"));

        function()
                .memorySize(memory)
                .timeout(Duration.seconds(Token.asNumber(Map.of("Ref", "Timeout"))))
                .build();

        Template.fromStack(stack)
                .hasResourceProperties(
                        TYPE, Map.of("MemorySize", Map.of("Ref", "Memory"), "Timeout", Map.of("Ref", "Timeout")));
    }

    private WarmFunction.Builder function() {
        return function("Notes");
    }

    private WarmFunction.Builder function(String id) {
        return WarmFunction.Builder.create(stack, id)
                .code(FunctionCode.jar("handlers.jar"))
                .handler("shop.NotesHandler");
    }

    private List<ILayerVersion> layers(int count) {
        ILayerVersion layer = LayerVersion.fromLayerVersionArn(
                stack, "Layer" + count, "arn:aws:lambda:ap-northeast-2:123456789012:layer:extras:1");
        return Collections.nCopies(count, layer);
    }

    private IVpc network(String id) {
        return Vpc.fromVpcAttributes(
                stack,
                id,
                VpcAttributes.builder()
                        .vpcId("vpc-" + id)
                        .availabilityZones(List.of("ap-northeast-2a", "ap-northeast-2b"))
                        .privateSubnetIds(List.of("subnet-1", "subnet-2"))
                        .build());
    }

    private IAccessPoint accessPoint() {
        return AccessPoint.fromAccessPointAttributes(
                stack,
                "AccessPoint",
                AccessPointAttributes.builder()
                        .accessPointId("fsap-1")
                        .fileSystem(FileSystem.fromFileSystemAttributes(
                                stack,
                                "FileSystem",
                                FileSystemAttributes.builder()
                                        .fileSystemId("fs-1")
                                        .securityGroup(
                                                SecurityGroup.fromSecurityGroupId(stack, "FileSystemGroup", "sg-1"))
                                        .build()))
                        .build());
    }
}

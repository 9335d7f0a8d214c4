package dev.ashlar.test;

import static java.util.Map.entry;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Fn;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.Size;
import software.amazon.awscdk.Token;
import software.amazon.awscdk.services.apigateway.Period;
import software.amazon.awscdk.services.apigateway.QuotaSettings;
import software.amazon.awscdk.services.apigateway.ThrottleSettings;
import software.amazon.awscdk.services.apigatewayv2.HttpApi;
import software.amazon.awscdk.services.apigatewayv2.HttpApiAttributes;
import software.amazon.awscdk.services.apigatewayv2.IHttpApi;
import software.amazon.awscdk.services.certificatemanager.Certificate;
import software.amazon.awscdk.services.certificatemanager.ICertificate;
import software.amazon.awscdk.services.cloudfront.GeoRestriction;
import software.amazon.awscdk.services.cloudfront.IVpcOrigin;
import software.amazon.awscdk.services.cloudfront.VpcOrigin;
import software.amazon.awscdk.services.cloudfront.VpcOriginAttributes;
import software.amazon.awscdk.services.cognito.IUserPool;
import software.amazon.awscdk.services.cognito.IUserPoolClient;
import software.amazon.awscdk.services.cognito.UserPool;
import software.amazon.awscdk.services.cognito.UserPoolClient;
import software.amazon.awscdk.services.dynamodb.Attribute;
import software.amazon.awscdk.services.dynamodb.AttributeType;
import software.amazon.awscdk.services.dynamodb.GlobalSecondaryIndexPropsV2;
import software.amazon.awscdk.services.dynamodb.ITable;
import software.amazon.awscdk.services.dynamodb.TableV2;
import software.amazon.awscdk.services.ec2.ISecurityGroup;
import software.amazon.awscdk.services.ec2.IVpc;
import software.amazon.awscdk.services.ec2.SecurityGroup;
import software.amazon.awscdk.services.ec2.SubnetSelection;
import software.amazon.awscdk.services.ec2.SubnetType;
import software.amazon.awscdk.services.ec2.Vpc;
import software.amazon.awscdk.services.ec2.VpcAttributes;
import software.amazon.awscdk.services.ecr.IRepository;
import software.amazon.awscdk.services.ecr.Repository;
import software.amazon.awscdk.services.efs.AccessPoint;
import software.amazon.awscdk.services.efs.AccessPointAttributes;
import software.amazon.awscdk.services.efs.FileSystem;
import software.amazon.awscdk.services.efs.FileSystemAttributes;
import software.amazon.awscdk.services.efs.IAccessPoint;
import software.amazon.awscdk.services.elasticloadbalancingv2.ApplicationLoadBalancer;
import software.amazon.awscdk.services.elasticloadbalancingv2.ApplicationLoadBalancerAttributes;
import software.amazon.awscdk.services.elasticloadbalancingv2.ILoadBalancerV2;
import software.amazon.awscdk.services.events.EventBus;
import software.amazon.awscdk.services.events.IEventBus;
import software.amazon.awscdk.services.iam.IRole;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.lambda.Architecture;
import software.amazon.awscdk.services.lambda.FunctionUrlOptions;
import software.amazon.awscdk.services.lambda.ILayerVersion;
import software.amazon.awscdk.services.lambda.LayerVersion;
import software.amazon.awscdk.services.lambda.Runtime;
import software.amazon.awscdk.services.route53.HostedZone;
import software.amazon.awscdk.services.route53.HostedZoneAttributes;
import software.amazon.awscdk.services.route53.IHostedZone;
import software.amazon.awscdk.services.s3.Bucket;
import software.amazon.awscdk.services.s3.IBucket;
import software.amazon.awscdk.services.s3.LifecycleRule;
import software.amazon.awscdk.services.s3.ObjectLockRetention;
import software.amazon.awscdk.services.scheduler.ScheduleExpression;
import software.amazon.awscdk.services.secretsmanager.ISecret;
import software.amazon.awscdk.services.secretsmanager.Secret;
import software.amazon.awscdk.services.sns.ITopic;
import software.amazon.awscdk.services.sns.Topic;
import software.amazon.awscdk.services.sqs.IQueue;
import software.amazon.awscdk.services.sqs.Queue;
import software.amazon.awscdk.services.ssm.IStringParameter;
import software.amazon.awscdk.services.ssm.StringParameter;
import software.constructs.Construct;

/** Values of common types. */
final class SampleValues {
    /** What is mostly allowed. */
    private static final Map<Class<?>, List<Value>> USUAL = Map.ofEntries(
            entry(String.class, List.of(Value.literal("sample"))),
            entry(Object.class, List.of(Value.literal("sample"))),
            entry(boolean.class, List.of(Value.literal(true), Value.literal(false))),
            entry(Boolean.class, List.of(Value.literal(true), Value.literal(false))),
            entry(int.class, List.of(Value.literal(1), Value.literal(2))),
            entry(Integer.class, List.of(Value.literal(1), Value.literal(2))),
            entry(double.class, List.of(Value.literal(0.5))),
            entry(Double.class, List.of(Value.literal(0.5))),
            entry(Number.class, List.of(Value.literal(2), Value.literal(1), Value.literal(0.5))),
            entry(Consumer.class, List.of(new Value("builder -> {}", scope -> (Consumer<Object>) builder -> {}))),
            entry(
                    Duration.class,
                    List.of(
                            value("Duration.minutes(5)", scope -> Duration.minutes(5)),
                            value("Duration.seconds(30)", scope -> Duration.seconds(30)))),
            entry(Size.class, List.of(value("Size.gibibytes(1)", scope -> Size.gibibytes(1)))),
            entry(
                    Instant.class,
                    List.of(value(
                            "Instant.parse(\"2190-01-01T00:00:00Z\")",
                            scope -> Instant.parse("2190-01-01T00:00:00Z")))),
            entry(
                    RemovalPolicy.class,
                    List.of(Value.literal(RemovalPolicy.DESTROY), Value.literal(RemovalPolicy.RETAIN))),
            entry(ITable.class, List.of(imported("TableV2.fromTableName", TableV2::fromTableName))),
            entry(IBucket.class, List.of(imported("Bucket.fromBucketName", Bucket::fromBucketName))),
            entry(IRole.class, List.of(imported("Role.fromRoleName", Role::fromRoleName))),
            entry(ISecret.class, List.of(imported("Secret.fromSecretNameV2", Secret::fromSecretNameV2))),
            entry(IEventBus.class, List.of(imported("EventBus.fromEventBusName", EventBus::fromEventBusName))),
            entry(
                    IStringParameter.class,
                    List.of(imported(
                            "StringParameter.fromStringParameterName", StringParameter::fromStringParameterName))),
            entry(ITopic.class, List.of(arn("Topic.fromTopicArn", "sns", "sample", Topic::fromTopicArn))),
            entry(IQueue.class, List.of(arn("Queue.fromQueueArn", "sqs", "sample", Queue::fromQueueArn))),
            entry(
                    ILayerVersion.class,
                    List.of(arn(
                            "LayerVersion.fromLayerVersionArn",
                            "lambda",
                            "layer:sample:1",
                            LayerVersion::fromLayerVersionArn))),
            entry(
                    ISecurityGroup.class,
                    List.of(value(
                            "SecurityGroup.fromSecurityGroupId(scope, \"Group\", \"sg-1\")",
                            scope -> SecurityGroup.fromSecurityGroupId(scope, "Group", "sg-1")))),
            entry(IVpc.class, List.of(value("Vpc.fromVpcAttributes(scope, \"Vpc\", ...)", SampleValues::network))),
            entry(
                    SubnetSelection.class,
                    List.of(value(
                            "SubnetSelection.builder().subnetType(SubnetType.PRIVATE_WITH_EGRESS).build()",
                            scope -> SubnetSelection.builder()
                                    .subnetType(SubnetType.PRIVATE_WITH_EGRESS)
                                    .build()))),
            entry(
                    FunctionUrlOptions.class,
                    List.of(value(
                            "FunctionUrlOptions.builder().build()",
                            scope -> FunctionUrlOptions.builder().build()))),
            entry(
                    IAccessPoint.class,
                    List.of(value(
                            "AccessPoint.fromAccessPointAttributes(scope, \"Point\", ...)",
                            scope -> AccessPoint.fromAccessPointAttributes(
                                    scope,
                                    "Point",
                                    AccessPointAttributes.builder()
                                            .accessPointId("fsap-1")
                                            .fileSystem(FileSystem.fromFileSystemAttributes(
                                                    scope,
                                                    "Files",
                                                    FileSystemAttributes.builder()
                                                            .fileSystemId("fs-1")
                                                            .securityGroup(SecurityGroup.fromSecurityGroupId(
                                                                    scope, "Group", "sg-1"))
                                                            .build()))
                                            .build())))),
            entry(
                    IRepository.class,
                    List.of(value(
                            "Repository.fromRepositoryName(scope, \"It\", \"sample\")",
                            scope -> Repository.fromRepositoryName(scope, "It", "sample")))),
            entry(
                    software.amazon.awscdk.services.applicationautoscaling.Schedule.class,
                    List.of(value(
                            "Schedule.rate(Duration.minutes(5))",
                            scope -> software.amazon.awscdk.services.applicationautoscaling.Schedule.rate(
                                    Duration.minutes(5))))),
            entry(
                    ScheduleExpression.class,
                    List.of(value(
                            "ScheduleExpression.rate(Duration.minutes(5))",
                            scope -> ScheduleExpression.rate(Duration.minutes(5))))),
            entry(
                    LifecycleRule.class,
                    List.of(value(
                            "LifecycleRule.builder().expiration(Duration.days(30)).build()",
                            scope -> LifecycleRule.builder()
                                    .expiration(Duration.days(30))
                                    .build()))),
            entry(
                    ObjectLockRetention.class,
                    List.of(value(
                            "ObjectLockRetention.governance(Duration.days(1))",
                            scope -> ObjectLockRetention.governance(Duration.days(1))))),
            entry(
                    Attribute.class,
                    List.of(value(
                            "Attribute.builder().name(\"key\").type(AttributeType.STRING).build()",
                            scope -> Attribute.builder()
                                    .name("key")
                                    .type(AttributeType.STRING)
                                    .build()))),
            entry(
                    GlobalSecondaryIndexPropsV2.class,
                    List.of(value(
                            "GlobalSecondaryIndexPropsV2.builder().indexName(\"index\")...build()",
                            scope -> GlobalSecondaryIndexPropsV2.builder()
                                    .indexName("index")
                                    .partitionKey(Attribute.builder()
                                            .name("other")
                                            .type(AttributeType.STRING)
                                            .build())
                                    .build()))),
            entry(
                    ICertificate.class,
                    List.of(
                            value(
                                    "Certificate.fromCertificateArn(scope, \"It\", ...)",
                                    scope -> Certificate.fromCertificateArn(
                                            scope,
                                            "It",
                                            "arn:aws:acm:us-east-1:123456789012:certificate/00000000-0000-0000-0000-000000000000")))),
            entry(
                    IHostedZone.class,
                    List.of(value(
                            "HostedZone.fromHostedZoneAttributes(scope, \"Zone\", ... \"example.com\")",
                            scope -> HostedZone.fromHostedZoneAttributes(
                                    scope,
                                    "Zone",
                                    HostedZoneAttributes.builder()
                                            .hostedZoneId("Z1")
                                            .zoneName("example.com")
                                            .build())))),
            entry(
                    IHttpApi.class,
                    List.of(value(
                            "HttpApi.fromHttpApiAttributes(scope, \"Api\", ...)",
                            scope -> HttpApi.fromHttpApiAttributes(
                                    scope,
                                    "Api",
                                    HttpApiAttributes.builder()
                                            .httpApiId("api")
                                            .apiEndpoint("https://api.example.com")
                                            .build())))),
            entry(
                    ILoadBalancerV2.class,
                    List.of(value(
                            "ApplicationLoadBalancer.fromApplicationLoadBalancerAttributes(scope, \"Balancer\", ...)",
                            scope -> ApplicationLoadBalancer.fromApplicationLoadBalancerAttributes(
                                    scope,
                                    "Balancer",
                                    ApplicationLoadBalancerAttributes.builder()
                                            .securityGroupId("sg-1")
                                            .loadBalancerDnsName("lb.example.com")
                                            .loadBalancerArn(
                                                    "arn:aws:elasticloadbalancing:ap-northeast-2:123456789012:loadbalancer/app/it/1")
                                            .build())))),
            entry(
                    IVpcOrigin.class,
                    List.of(value(
                            "VpcOrigin.fromVpcOriginAttributes(scope, \"Origin\", ...)",
                            scope -> VpcOrigin.fromVpcOriginAttributes(
                                    scope,
                                    "Origin",
                                    VpcOriginAttributes.builder()
                                            .vpcOriginId("vo-1")
                                            .domainName("lb.example.com")
                                            .build())))),
            entry(
                    GeoRestriction.class,
                    List.of(value("GeoRestriction.denylist(\"AQ\")", scope -> GeoRestriction.denylist("AQ")))),
            entry(
                    IUserPool.class,
                    List.of(value(
                            "UserPool.fromUserPoolId(scope, \"Pool\", \"ap-northeast-2_abcdefghi\")",
                            scope -> UserPool.fromUserPoolId(scope, "Pool", "ap-northeast-2_abcdefghi")))),
            entry(
                    IUserPoolClient.class,
                    List.of(value(
                            "UserPoolClient.fromUserPoolClientId(scope, \"Client\", \"client\")",
                            scope -> UserPoolClient.fromUserPoolClientId(scope, "Client", "client")))),
            entry(
                    ThrottleSettings.class,
                    List.of(value(
                            "ThrottleSettings.builder().rateLimit(5).burstLimit(10).build()",
                            scope -> ThrottleSettings.builder()
                                    .rateLimit(5)
                                    .burstLimit(10)
                                    .build()))),
            entry(
                    QuotaSettings.class,
                    List.of(value(
                            "QuotaSettings.builder().limit(5).period(Period.DAY).build()",
                            scope -> QuotaSettings.builder()
                                    .limit(5)
                                    .period(Period.DAY)
                                    .build()))),
            entry(
                    Architecture.class,
                    List.of(
                            value("Architecture.X86_64", scope -> Architecture.X86_64),
                            value("Architecture.ARM_64", scope -> Architecture.ARM_64))),
            entry(
                    Runtime.class,
                    List.of(
                            value("Runtime.PYTHON_3_13", scope -> Runtime.PYTHON_3_13),
                            value("Runtime.JAVA_21", scope -> Runtime.JAVA_21))));

    /** What is mostly not allowed, or only known when it is deployed. */
    private static final Map<Class<?>, List<Value>> EXTREME = Map.of(
            String.class,
            List.of(
                    Value.literal(""),
                    Value.literal(" "),
                    Value.literal("a b/*?\"\\${x}"),
                    Value.literal("\u00fc\n"),
                    Value.literal("x".repeat(5000)),
                    value("Fn.importValue(\"text\")", scope -> Fn.importValue("text"))),
            Number.class,
            List.of(
                    Value.literal(0),
                    Value.literal(-1),
                    Value.literal(1.5),
                    Value.literal(1e15),
                    Value.literal(Double.NaN),
                    value("Token.asNumber(Fn.importValue(\"number\"))", scope -> unknownNumber())),
            Duration.class,
            List.of(
                    value("Duration.seconds(0)", scope -> Duration.seconds(0)),
                    value("Duration.millis(1500)", scope -> Duration.millis(1500)),
                    value("Duration.days(400)", scope -> Duration.days(400)),
                    value(
                            "Duration.minutes(Token.asNumber(Fn.importValue(\"number\")))",
                            scope -> Duration.minutes(unknownNumber())),
                    value(
                            "Duration.seconds(Token.asNumber(Fn.importValue(\"number\")))",
                            scope -> Duration.seconds(unknownNumber()))),
            Size.class,
            List.of(
                    value("Size.kibibytes(1)", scope -> Size.kibibytes(1)),
                    value("Size.tebibytes(9)", scope -> Size.tebibytes(9)),
                    value(
                            "Size.mebibytes(Token.asNumber(Fn.importValue(\"number\")))",
                            scope -> Size.mebibytes(unknownNumber()))),
            Instant.class,
            List.of(value("Instant.EPOCH", scope -> Instant.EPOCH), value("Instant.MAX", scope -> Instant.MAX)));

    private SampleValues() {}

    static List<Value> usual(Class<?> type) {
        return USUAL.getOrDefault(type, List.of());
    }

    static List<Value> extreme(Class<?> type) {
        return EXTREME.getOrDefault(type, List.of());
    }

    @FunctionalInterface
    private interface Import {
        Object from(Construct scope, String id, String name);
    }

    private static Value value(String java, Function<Construct, @Nullable Object> make) {
        return new Value(java, make);
    }

    private static Value imported(String method, Import make) {
        return value(method + "(scope, \"It\", \"sample\")", scope -> make.from(scope, "It", "sample"));
    }

    private static Value arn(String method, String service, String resource, Import make) {
        String arn = "arn:aws:" + service + ":ap-northeast-2:123456789012:" + resource;
        return value(method + "(scope, \"It\", \"" + arn + "\")", scope -> make.from(scope, "It", arn));
    }

    private static Number unknownNumber() {
        return Token.asNumber(Fn.importValue("number"));
    }

    private static IVpc network(Construct scope) {
        return Vpc.fromVpcAttributes(
                scope,
                "Vpc",
                VpcAttributes.builder()
                        .vpcId("vpc-1")
                        .availabilityZones(List.of("ap-northeast-2a"))
                        .privateSubnetIds(List.of("subnet-1"))
                        .build());
    }
}

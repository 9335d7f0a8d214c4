package dev.ashlar.bench;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.Annotations;
import software.amazon.awscdk.Arn;
import software.amazon.awscdk.ArnComponents;
import software.amazon.awscdk.ArnFormat;
import software.amazon.awscdk.Aws;
import software.amazon.awscdk.CfnOutput;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.aws_apigatewayv2_integrations.HttpLambdaIntegration;
import software.amazon.awscdk.services.apigatewayv2.AddRoutesOptions;
import software.amazon.awscdk.services.apigatewayv2.CfnStage;
import software.amazon.awscdk.services.apigatewayv2.HttpApi;
import software.amazon.awscdk.services.apigatewayv2.IpAddressType;
import software.amazon.awscdk.services.cloudfront.BehaviorOptions;
import software.amazon.awscdk.services.cloudfront.CachePolicy;
import software.amazon.awscdk.services.cloudfront.Distribution;
import software.amazon.awscdk.services.cloudfront.FunctionAssociation;
import software.amazon.awscdk.services.cloudfront.FunctionCode;
import software.amazon.awscdk.services.cloudfront.FunctionEventType;
import software.amazon.awscdk.services.cloudfront.FunctionRuntime;
import software.amazon.awscdk.services.cloudfront.HeadersFrameOption;
import software.amazon.awscdk.services.cloudfront.HeadersReferrerPolicy;
import software.amazon.awscdk.services.cloudfront.HttpVersion;
import software.amazon.awscdk.services.cloudfront.PriceClass;
import software.amazon.awscdk.services.cloudfront.ResponseHeadersContentTypeOptions;
import software.amazon.awscdk.services.cloudfront.ResponseHeadersFrameOptions;
import software.amazon.awscdk.services.cloudfront.ResponseHeadersPolicy;
import software.amazon.awscdk.services.cloudfront.ResponseHeadersReferrerPolicy;
import software.amazon.awscdk.services.cloudfront.ResponseHeadersStrictTransportSecurity;
import software.amazon.awscdk.services.cloudfront.ResponseSecurityHeadersBehavior;
import software.amazon.awscdk.services.cloudfront.S3OriginAccessControl;
import software.amazon.awscdk.services.cloudfront.Signing;
import software.amazon.awscdk.services.cloudfront.ViewerProtocolPolicy;
import software.amazon.awscdk.services.cloudfront.origins.S3BucketOrigin;
import software.amazon.awscdk.services.cloudfront.origins.S3BucketOriginWithOACProps;
import software.amazon.awscdk.services.dynamodb.Attribute;
import software.amazon.awscdk.services.dynamodb.AttributeType;
import software.amazon.awscdk.services.dynamodb.Billing;
import software.amazon.awscdk.services.dynamodb.PointInTimeRecoverySpecification;
import software.amazon.awscdk.services.dynamodb.TableEncryptionV2;
import software.amazon.awscdk.services.dynamodb.TableV2;
import software.amazon.awscdk.services.events.CfnRule;
import software.amazon.awscdk.services.iam.Policy;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.lambda.Alias;
import software.amazon.awscdk.services.lambda.Architecture;
import software.amazon.awscdk.services.lambda.CfnEventInvokeConfig;
import software.amazon.awscdk.services.lambda.CfnEventSourceMapping;
import software.amazon.awscdk.services.lambda.Code;
import software.amazon.awscdk.services.lambda.Function;
import software.amazon.awscdk.services.lambda.LoggingFormat;
import software.amazon.awscdk.services.lambda.Runtime;
import software.amazon.awscdk.services.lambda.SnapStartConf;
import software.amazon.awscdk.services.lambda.Tracing;
import software.amazon.awscdk.services.lambda.VersionOptions;
import software.amazon.awscdk.services.logs.LogGroup;
import software.amazon.awscdk.services.logs.RetentionDays;
import software.amazon.awscdk.services.s3.BlockPublicAccess;
import software.amazon.awscdk.services.s3.Bucket;
import software.amazon.awscdk.services.s3.BucketEncryption;
import software.amazon.awscdk.services.s3.CfnBucket;
import software.amazon.awscdk.services.s3.LifecycleRule;
import software.amazon.awscdk.services.s3.ObjectOwnership;
import software.amazon.awscdk.services.s3.assets.Asset;
import software.amazon.awscdk.services.s3.deployment.BucketDeployment;
import software.amazon.awscdk.services.s3.deployment.CacheControl;
import software.amazon.awscdk.services.s3.deployment.Source;
import software.amazon.awscdk.services.scheduler.CfnSchedule;
import software.amazon.awscdk.services.scheduler.CfnScheduleGroup;
import software.amazon.awscdk.services.sqs.DeadLetterQueue;
import software.amazon.awscdk.services.sqs.Queue;
import software.amazon.awscdk.services.sqs.QueueEncryption;
import software.amazon.awscdk.services.sqs.QueuePolicy;
import software.constructs.Construct;

/**
 * The templates of {@link Forms}, as someone writes them who knows CDK well: its L2 constructs wherever they come to the
 * same, the L1 and a statement where the L2 allows more, adds resources or cannot say it from Java.
 */
final class ByHand {
    private static final String SEND = "sqs:SendMessage";
    private static final String ACCESS_LOG = """
            {"requestId":"$context.requestId","requestTime":"$context.requestTime",\
            "ip":"$context.identity.sourceIp","method":"$context.httpMethod","path":"$context.path",\
            "routeKey":"$context.routeKey","protocol":"$context.protocol","status":"$context.status",\
            "responseLength":"$context.responseLength","responseLatency":"$context.responseLatency",\
            "integrationLatency":"$context.integrationLatency",\
            "integrationError":"$context.integrationErrorMessage"}""";

    private final Inputs inputs;

    ByHand(Inputs inputs) {
        this.inputs = inputs;
    }

    void serverlessWebApp(Construct scope) {
        TableV2 notes = TableV2.Builder.create(scope, "Notes")
                .partitionKey(key("pk"))
                .sortKey(key("sk"))
                .billing(Billing.onDemand())
                .encryption(TableEncryptionV2.dynamoOwnedKey())
                .pointInTimeRecoverySpecification(PointInTimeRecoverySpecification.builder()
                        .pointInTimeRecoveryEnabled(true)
                        .build())
                .deletionProtection(true)
                .removalPolicy(RemovalPolicy.RETAIN)
                .build();
        Published function = function(scope, "shop.NotesHandler", SnapStartConf.ON_PUBLISHED_VERSIONS);
        function.function().addEnvironment("NOTES_TABLE", notes.getTableName());
        notes.grant(
                function.function(),
                "dynamodb:BatchGetItem",
                "dynamodb:BatchWriteItem",
                "dynamodb:ConditionCheckItem",
                "dynamodb:DeleteItem",
                "dynamodb:GetItem",
                "dynamodb:PutItem",
                "dynamodb:Query",
                "dynamodb:UpdateItem");
        HttpApi api = HttpApi.Builder.create(scope, "Api")
                .apiName(Aws.STACK_NAME + "-Web")
                .createDefaultStage(false)
                .disableExecuteApiEndpoint(false)
                .ipAddressType(IpAddressType.DUAL_STACK)
                .build();
        stage(scope, api, logs(scope, "AccessLogs"));
        HttpLambdaIntegration integration = HttpLambdaIntegration.Builder.create("Integration", function.alias())
                .scopePermissionToRoute(false)
                .build();
        for (String path : List.of("/", "/{proxy+}")) {
            api.addRoutes(AddRoutesOptions.builder()
                    .path(path)
                    .integration(integration)
                    .build());
        }
        output(scope, "The address of the web application", api.getApiEndpoint() + "/");
    }

    void scheduledTask(Construct scope) {
        Queue failed = queue(scope, "Failed", Duration.days(14), null, null);
        Published function = function(scope, "shop.NightlyHandler", null);
        failed.grant(function.function(), SEND);
        CfnEventInvokeConfig invocations = CfnEventInvokeConfig.Builder.create(scope, "Invocations")
                .functionName(function.function().getFunctionName())
                .qualifier("live")
                .maximumRetryAttempts(2)
                .maximumEventAgeInSeconds(3600)
                .destinationConfig(CfnEventInvokeConfig.DestinationConfigProperty.builder()
                        .onFailure(CfnEventInvokeConfig.OnFailureProperty.builder()
                                .destination(failed.getQueueArn())
                                .build())
                        .build())
                .build();
        invocations.getNode().addDependency(function.alias());
        CfnScheduleGroup group = new CfnScheduleGroup(scope, "Group");
        Role role = Role.Builder.create(scope, "ScheduleRole")
                .assumedBy(ServicePrincipal.Builder.create("scheduler.amazonaws.com")
                        .conditions(Map.of(
                                "StringEquals",
                                Map.of(
                                        "aws:SourceAccount",
                                        Aws.ACCOUNT_ID,
                                        "aws:SourceArn",
                                        List.of(group.getAttrArn()))))
                        .build())
                .build();
        function.alias().grantInvoke(role);
        failed.grant(role, SEND);
        CfnSchedule schedule = CfnSchedule.Builder.create(scope, "Schedule")
                .description("Nightly")
                .groupName(group.getRef())
                .scheduleExpression("rate(1 day)")
                .scheduleExpressionTimezone("Etc/UTC")
                .state("ENABLED")
                .flexibleTimeWindow(CfnSchedule.FlexibleTimeWindowProperty.builder()
                        .mode("OFF")
                        .build())
                .target(CfnSchedule.TargetProperty.builder()
                        .arn(function.alias().getFunctionArn())
                        .roleArn(role.getRoleArn())
                        .input("{\"schedule\":\"Nightly\",\"scheduledTime\":\"<aws.scheduler.scheduled-time>\"}")
                        .retryPolicy(CfnSchedule.RetryPolicyProperty.builder()
                                .maximumRetryAttempts(2)
                                .maximumEventAgeInSeconds(3600)
                                .build())
                        .deadLetterConfig(CfnSchedule.DeadLetterConfigProperty.builder()
                                .arn(failed.getQueueArn())
                                .build())
                        .build())
                .build();
        // The role's policy, without which the first run would be refused.
        schedule.getNode().addDependency(role);
    }

    void s3Processor(Construct scope) {
        Bucket bucket = bucket(scope);
        // CDK's own way to events is a custom resource.
        ((CfnBucket) requireNonNull(bucket.getNode().getDefaultChild()))
                .addPropertyOverride("NotificationConfiguration.EventBridgeConfiguration.EventBridgeEnabled", true);
        Published function = function(scope, "shop.ThumbnailHandler", SnapStartConf.ON_PUBLISHED_VERSIONS);
        Queue deadLetters = queue(scope, "DeadLetters", Duration.days(14), null, null);
        Queue queue = queue(scope, "Queue", Duration.days(4), visibility(), deadLetters);
        consume(scope, queue, function, 1);
        CfnRule rule = CfnRule.Builder.create(scope, "Rule")
                .eventPattern(Map.of(
                        "source",
                        List.of("aws.s3"),
                        "detail-type",
                        List.of("Object Created"),
                        "detail",
                        Map.of(
                                "bucket",
                                Map.of("name", List.of(bucket.getBucketName())),
                                "object",
                                Map.of("key", List.of(Map.of("wildcard", "incoming/*.jpg"))))))
                .targets(List.of(CfnRule.TargetProperty.builder()
                        .id("Queue")
                        .arn(queue.getQueueArn())
                        .deadLetterConfig(CfnRule.DeadLetterConfigProperty.builder()
                                .arn(deadLetters.getQueueArn())
                                .build())
                        .build()))
                .build();
        List.of(queue, deadLetters).forEach(each -> letSend(each, rule));
        Role role = function.role();
        role.addToPolicy(statement(List.of("s3:GetObject"), bucket.arnForObjects("incoming/*")));
        role.addToPolicy(
                statement(List.of("s3:AbortMultipartUpload", "s3:PutObject"), bucket.arnForObjects("thumbnails/*")));
    }

    void queueProcessor(Construct scope) {
        Published function = function(scope, "shop.OrdersHandler", SnapStartConf.ON_PUBLISHED_VERSIONS);
        Queue deadLetters = queue(scope, "DeadLetters", Duration.days(14), null, null);
        Queue queue = queue(scope, "Queue", Duration.days(4), visibility(), deadLetters);
        consume(scope, queue, function, null);
    }

    void staticSiteWithCdn(Construct scope) {
        Bucket bucket = bucket(scope);
        Distribution distribution = Distribution.Builder.create(scope, "Distribution")
                .defaultBehavior(BehaviorOptions.builder()
                        .origin(S3BucketOrigin.withOriginAccessControl(
                                bucket,
                                S3BucketOriginWithOACProps.builder()
                                        .originAccessControl(S3OriginAccessControl.Builder.create(scope, "Access")
                                                .signing(Signing.SIGV4_ALWAYS)
                                                .build())
                                        .build()))
                        .viewerProtocolPolicy(ViewerProtocolPolicy.REDIRECT_TO_HTTPS)
                        .cachePolicy(CachePolicy.CACHING_OPTIMIZED)
                        .responseHeadersPolicy(headers(scope))
                        .compress(true)
                        .functionAssociations(List.of(FunctionAssociation.builder()
                                .eventType(FunctionEventType.VIEWER_REQUEST)
                                .function(indexes(scope))
                                .build()))
                        .build())
                .defaultRootObject("index.html")
                .httpVersion(HttpVersion.HTTP2_AND_3)
                .priceClass(PriceClass.PRICE_CLASS_200)
                .enableIpv6(true)
                .build();
        upload(scope, bucket, distribution);
        output(scope, "The address of the site", "https://" + distribution.getDistributionDomainName() + "/");
    }

    private record Published(Role role, Function function, Alias alias) {}

    private Published function(Construct scope, String handler, @Nullable SnapStartConf snapStart) {
        LogGroup logs = logs(scope, "Logs");
        Role role = Role.Builder.create(scope, "Role")
                .assumedBy(new ServicePrincipal("lambda.amazonaws.com"))
                .build();
        logs.grantWrite(role);
        Function function = Function.Builder.create(scope, "Function")
                .code(Code.fromAsset(inputs.jar().toString()))
                .handler(handler)
                .runtime(Runtime.JAVA_25)
                .architecture(Architecture.ARM_64)
                .memorySize(1024)
                .timeout(Duration.seconds(29))
                .role(role)
                .logGroup(logs)
                .loggingFormat(LoggingFormat.JSON)
                .tracing(Tracing.ACTIVE)
                .snapStart(snapStart)
                .currentVersionOptions(VersionOptions.builder()
                        .removalPolicy(RemovalPolicy.DESTROY)
                        .build())
                .build();
        if (snapStart != null) {
            // Without it each synthesis warns of what is done just below.
            Annotations.of(function)
                    .acknowledgeWarning("@aws-cdk/aws-lambda:snapStartRequirePublish", "The alias points to a version");
        }
        return new Published(
                role,
                function,
                Alias.Builder.create(scope, "Alias")
                        .aliasName("live")
                        .version(function.getCurrentVersion())
                        .build());
    }

    private static LogGroup logs(Construct scope, String id) {
        return LogGroup.Builder.create(scope, id)
                .retention(RetentionDays.ONE_YEAR)
                .removalPolicy(RemovalPolicy.RETAIN)
                .build();
    }

    private static void stage(Construct scope, HttpApi api, LogGroup accessLogs) {
        // The L2's access log settings are an interface, which from Java would be called back into.
        CfnStage.Builder.create(scope, "Stage")
                .apiId(api.getApiId())
                .stageName("$default")
                .autoDeploy(true)
                .accessLogSettings(CfnStage.AccessLogSettingsProperty.builder()
                        .destinationArn(Arn.format(
                                ArnComponents.builder()
                                        .service("logs")
                                        .resource("log-group")
                                        .arnFormat(ArnFormat.COLON_RESOURCE_NAME)
                                        .resourceName(accessLogs.getLogGroupName())
                                        .build(),
                                Stack.of(scope)))
                        .format(ACCESS_LOG)
                        .build())
                .defaultRouteSettings(CfnStage.RouteSettingsProperty.builder()
                        .throttlingRateLimit(50)
                        .throttlingBurstLimit(100)
                        .build())
                .build();
    }

    private static Attribute key(String name) {
        return Attribute.builder().name(name).type(AttributeType.STRING).build();
    }

    private static Queue queue(
            Construct scope,
            String id,
            Duration retention,
            @Nullable Duration visibility,
            @Nullable Queue deadLetters) {
        Queue queue = Queue.Builder.create(scope, id)
                .encryption(QueueEncryption.SQS_MANAGED)
                .enforceSsl(true)
                .retentionPeriod(retention)
                .visibilityTimeout(visibility)
                .removalPolicy(RemovalPolicy.RETAIN)
                .deadLetterQueue(
                        deadLetters == null
                                ? null
                                : DeadLetterQueue.builder()
                                        .queue(deadLetters)
                                        .maxReceiveCount(5)
                                        .build())
                .build();
        // A queue that is kept keeps the policy that refuses requests without TLS.
        ((QueuePolicy) queue.getNode().findChild("Policy")).applyRemovalPolicy(RemovalPolicy.RETAIN);
        return queue;
    }

    private static Duration visibility() {
        return Duration.seconds(6 * 29);
    }

    private static void consume(Construct scope, Queue queue, Published function, @Nullable Integer batchSize) {
        queue.grant(
                function.function(),
                "sqs:ReceiveMessage",
                "sqs:DeleteMessage",
                "sqs:ChangeMessageVisibility",
                "sqs:GetQueueAttributes");
        CfnEventSourceMapping.Builder.create(scope, "EventSource")
                .functionName(function.alias().getFunctionArn())
                .eventSourceArn(queue.getQueueArn())
                .batchSize(batchSize)
                .functionResponseTypes(List.of("ReportBatchItemFailures"))
                .scalingConfig(CfnEventSourceMapping.ScalingConfigProperty.builder()
                        .maximumConcurrency(10)
                        .build())
                .build();
    }

    private static void letSend(Queue queue, CfnRule rule) {
        queue.addToResourcePolicy(PolicyStatement.Builder.create()
                .principals(List.of(new ServicePrincipal("events.amazonaws.com")))
                .actions(List.of(SEND))
                .resources(List.of(queue.getQueueArn()))
                .conditions(Map.of("ArnEquals", Map.of("aws:SourceArn", rule.getAttrArn())))
                .build());
    }

    private static Bucket bucket(Construct scope) {
        Bucket bucket = Bucket.Builder.create(scope, "Bucket")
                .blockPublicAccess(BlockPublicAccess.BLOCK_ALL)
                .enforceSsl(true)
                .minimumTlsVersion(1.2)
                .encryption(BucketEncryption.S3_MANAGED)
                .objectOwnership(ObjectOwnership.BUCKET_OWNER_ENFORCED)
                .lifecycleRules(List.of(LifecycleRule.builder()
                        .id("IncompleteUploads")
                        .abortIncompleteMultipartUploadAfter(Duration.days(7))
                        .build()))
                .removalPolicy(RemovalPolicy.RETAIN)
                .build();
        // A bucket that is kept keeps the policy that refuses requests without TLS.
        requireNonNull(bucket.getPolicy()).applyRemovalPolicy(RemovalPolicy.RETAIN);
        return bucket;
    }

    private static ResponseHeadersPolicy headers(Construct scope) {
        return ResponseHeadersPolicy.Builder.create(scope, "Headers")
                .securityHeadersBehavior(ResponseSecurityHeadersBehavior.builder()
                        .strictTransportSecurity(ResponseHeadersStrictTransportSecurity.builder()
                                .accessControlMaxAge(Duration.days(365))
                                .includeSubdomains(false)
                                .preload(false)
                                .override(true)
                                .build())
                        .contentTypeOptions(ResponseHeadersContentTypeOptions.builder()
                                .override(true)
                                .build())
                        .frameOptions(ResponseHeadersFrameOptions.builder()
                                .frameOption(HeadersFrameOption.SAMEORIGIN)
                                .override(true)
                                .build())
                        .referrerPolicy(ResponseHeadersReferrerPolicy.builder()
                                .referrerPolicy(HeadersReferrerPolicy.STRICT_ORIGIN_WHEN_CROSS_ORIGIN)
                                .override(true)
                                .build())
                        .build())
                .build();
    }

    private static software.amazon.awscdk.services.cloudfront.Function indexes(Construct scope) {
        return software.amazon.awscdk.services.cloudfront.Function.Builder.create(scope, "Indexes")
                .code(FunctionCode.fromInline("""
                        function handler(event) {
                          if (event.request.uri.endsWith('/')) event.request.uri += 'index.html';
                          return event.request;
                        }
                        """))
                .runtime(FunctionRuntime.JS_2_0)
                .build();
    }

    private void upload(Construct scope, Bucket bucket, Distribution distribution) {
        LogGroup logs = logs(scope, "UploadLogs");
        Role role = Role.Builder.create(scope, "UploadRole")
                .assumedBy(new ServicePrincipal("lambda.amazonaws.com"))
                .build();
        logs.grantWrite(role);
        Asset any = Asset.Builder.create(scope, "Assets")
                .path(inputs.site().toString())
                .build();
        // In a policy of its own, which the uploads can wait for.
        Policy policy = Policy.Builder.create(scope, "UploadPolicy")
                .roles(List.of(role))
                .statements(List.of(
                        statement(List.of("s3:GetObject"), any.getBucket().arnForObjects("*.zip")),
                        statement(List.of("s3:ListBucket"), bucket.getBucketArn()),
                        statement(
                                List.of("s3:AbortMultipartUpload", "s3:DeleteObject", "s3:PutObject"),
                                bucket.arnForObjects("*")),
                        statement(
                                List.of("cloudfront:CreateInvalidation", "cloudfront:GetInvalidation"),
                                distribution.getDistributionArn())))
                .build();
        BucketDeployment files = deployment(scope, "Files", bucket, role, logs)
                .sources(List.of(Source.asset(inputs.styles().toString())))
                .exclude(List.of(
                        "*.avif",
                        "*.csv",
                        "*.htm",
                        "*.html",
                        "*.md",
                        "*.txt",
                        "*.webmanifest",
                        "*.webp",
                        "*.woff",
                        "*.woff2",
                        "config.json"))
                .cacheControl(List.of(CacheControl.fromString("public, max-age=300")))
                .distribution(distribution)
                .distributionPaths(List.of("/favicon.ico"))
                .waitForDistributionInvalidation(false)
                .build();
        files.getNode().addDependency(policy);
        BucketDeployment pages = deployment(scope, "Pages", bucket, role, logs)
                .sources(List.of(Source.asset(inputs.pages().toString())))
                .exclude(List.of("*"))
                .include(List.of("*.htm", "*.html"))
                .cacheControl(List.of(CacheControl.fromString("no-cache")))
                .contentType("text/html; charset=utf-8")
                .build();
        // The handler uses the layer of the first.
        pages.getNode().tryRemoveChild("AwsCliLayer");
        pages.getNode().addDependency(files, policy);
    }

    private static BucketDeployment.Builder deployment(
            Construct scope, String id, Bucket bucket, Role role, LogGroup logs) {
        return BucketDeployment.Builder.create(scope, id)
                .destinationBucket(bucket)
                .retainOnDelete(true)
                .outputObjectKeys(false)
                .memoryLimit(1025)
                .role(role.withoutPolicyUpdates())
                .logGroup(logs);
    }

    private static PolicyStatement statement(List<String> actions, String resource) {
        return PolicyStatement.Builder.create()
                .actions(actions)
                .resources(List.of(resource))
                .build();
    }

    private static void output(Construct scope, String description, String address) {
        CfnOutput.Builder.create(scope, "Url")
                .description(description)
                .value(address)
                .build();
    }
}

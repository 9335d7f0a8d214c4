package dev.ashlar.examples;

import static java.util.Objects.requireNonNull;

import dev.ashlar.constructs.access.BucketAccess;
import dev.ashlar.constructs.access.InsightsAccess;
import dev.ashlar.constructs.access.TableAccess;
import dev.ashlar.constructs.access.TracingAccess;
import dev.ashlar.constructs.alarm.Alarms;
import dev.ashlar.constructs.function.Destination;
import dev.ashlar.constructs.function.FunctionCode;
import dev.ashlar.constructs.function.Rollout;
import dev.ashlar.constructs.function.WarmFunction;
import dev.ashlar.constructs.function.WarmStrategy;
import dev.ashlar.constructs.queue.DeadLetterQueue;
import dev.ashlar.constructs.queue.SourceQueue;
import dev.ashlar.constructs.storage.PrivateBucket;
import dev.ashlar.constructs.storage.SingleTable;
import dev.ashlar.constructs.web.ApiOrigin;
import dev.ashlar.constructs.web.CustomDomain;
import dev.ashlar.constructs.web.Site;
import dev.ashlar.constructs.web.SiteMode;
import dev.ashlar.constructs.web.StrictTransportSecurity;
import dev.ashlar.patterns.queue.QueueProcessor;
import dev.ashlar.patterns.s3.ObjectChange;
import dev.ashlar.patterns.s3.ObjectFilter;
import dev.ashlar.patterns.s3.S3Processor;
import dev.ashlar.patterns.schedule.ScheduledTask;
import dev.ashlar.patterns.site.StaticSiteWithCdn;
import dev.ashlar.patterns.webapp.ApiFront;
import dev.ashlar.patterns.webapp.Authorization;
import dev.ashlar.patterns.webapp.ServerlessWebApp;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Environment;
import software.amazon.awscdk.Size;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.amazon.awscdk.TimeZone;
import software.amazon.awscdk.services.apigateway.MethodLoggingLevel;
import software.amazon.awscdk.services.cloudfront.GeoRestriction;
import software.amazon.awscdk.services.dynamodb.Attribute;
import software.amazon.awscdk.services.dynamodb.AttributeType;
import software.amazon.awscdk.services.dynamodb.GlobalSecondaryIndexPropsV2;
import software.amazon.awscdk.services.dynamodb.TableV2;
import software.amazon.awscdk.services.ec2.SecurityGroup;
import software.amazon.awscdk.services.ec2.Vpc;
import software.amazon.awscdk.services.ec2.VpcAttributes;
import software.amazon.awscdk.services.efs.AccessPoint;
import software.amazon.awscdk.services.efs.AccessPointAttributes;
import software.amazon.awscdk.services.efs.FileSystem;
import software.amazon.awscdk.services.efs.FileSystemAttributes;
import software.amazon.awscdk.services.efs.IAccessPoint;
import software.amazon.awscdk.services.events.EventBus;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.lambda.FunctionUrlAuthType;
import software.amazon.awscdk.services.lambda.FunctionUrlOptions;
import software.amazon.awscdk.services.lambda.Runtime;
import software.amazon.awscdk.services.route53.HostedZone;
import software.amazon.awscdk.services.route53.HostedZoneAttributes;
import software.amazon.awscdk.services.s3.Bucket;
import software.amazon.awscdk.services.s3.IBucket;
import software.amazon.awscdk.services.scheduler.ScheduleExpression;
import software.amazon.awscdk.services.secretsmanager.Secret;
import software.amazon.awscdk.services.sns.ITopic;
import software.amazon.awscdk.services.sns.Topic;
import software.amazon.awscdk.services.sqs.Queue;
import software.amazon.awscdk.services.ssm.StringParameter;

/** Each construct with nothing but what it demands, and with all that it can create or allow. */
final class ConstructForms {
    private ConstructForms() {}

    static void addStacks(App app) {
        // Alone, because their findings are counted.
        StaticSiteWithCdn.Builder.create(new Stack(app, "MinimalSite"), "Site")
                .site(Site.directory("site"))
                .build();
        addWebAppWithTable(new Stack(app, "MinimalWebApp"));
        addMinimal(new Stack(app, "Minimal"));
        addMaximal(stackIn(app, "Maximal", "ap-northeast-2"));
        addSiteWithAllThatIsInVirginia(stackIn(app, "Virginia", "us-east-1"));
    }

    private static Stack stackIn(App app, String id, String region) {
        return new Stack(
                app,
                id,
                StackProps.builder()
                        .env(Environment.builder()
                                .account("123456789012")
                                .region(region)
                                .build())
                        .build());
    }

    private static void addWebAppWithTable(Stack stack) {
        SingleTable notes = SingleTable.Builder.create(stack, "Notes").build();
        ServerlessWebApp.Builder.create(stack, "Web")
                .code(FunctionCode.jar("handlers.jar"))
                .handler("shop.NotesHandler")
                .table("NOTES_TABLE", notes.getTable())
                .throttle(50, 100)
                .build();
    }

    private static void addMinimal(Stack stack) {
        ServerlessWebApp.Builder.create(stack, "Web")
                .code(FunctionCode.jar("handlers.jar"))
                .handler("shop.NotesHandler")
                .build();
        ServerlessWebApp.Builder.create(stack, "Rest")
                .front(ApiFront.rest())
                .code(FunctionCode.jar("handlers.jar"))
                .handler("shop.NotesHandler")
                .build();
        SingleTable.Builder.create(stack, "Table").build();
        PrivateBucket.Builder.create(stack, "Bucket").build();
        function(stack, "Function").retryAttempts(0).build();
        DeadLetterQueue.Builder.create(stack, "DeadLetters").build();
        SourceQueue.Builder.create(stack, "Mail").build();
        QueueProcessor.Builder.create(stack, "Orders")
                .code(FunctionCode.jar("handlers.jar"))
                .handler("shop.OrdersHandler")
                .build();
        S3Processor.Builder.create(stack, "Thumbnails")
                .code(FunctionCode.jar("handlers.jar"))
                .handler("shop.ThumbnailHandler")
                .bucket(Bucket.fromBucketName(stack, "Inbox", "inbox"))
                .build();
    }

    private static void addMaximal(Stack stack) {
        WarmFunction function = addFunction(stack);
        addWebApp(stack);
        addRestApi(stack);
        addSite(stack);
        addStorage(stack, function);
        addProcessors(stack);
        Role own = Role.Builder.create(stack, "OwnRole")
                .assumedBy(new ServicePrincipal("lambda.amazonaws.com"))
                .build();
        TracingAccess.grantWrite(own);
        InsightsAccess.grantWrite(own);
    }

    private static WarmFunction addFunction(Stack stack) {
        function(stack, "ForeignRole")
                .role(Role.fromRoleArn(stack, "Foreign", "arn:aws:iam::123456789012:role/foreign"))
                .onFailure(failed(stack, "ForeignFailed"))
                .build();
        function(stack, "Provisioned")
                .warm(WarmStrategy.provisioned(1, 5))
                .onFailure(failed(stack, "ProvisionedFailed"))
                .build();
        return WarmFunction.Builder.create(stack, "Function")
                .code(FunctionCode.directory("python"))
                .handler("notes.handler")
                .runtime(Runtime.PYTHON_3_13)
                .environment(Map.of("STAGE", "test"))
                .ephemeralStorageSize(Size.gibibytes(1))
                .warm(WarmStrategy.ping(Duration.minutes(5)).instances(6))
                .rollout(Rollout.linear(20, Duration.minutes(2))
                        .preHook(hook(stack, "Before"))
                        .postHook(hook(stack, "After")))
                .alarms(Alarms.to(topic(stack)))
                .retryAttempts(1)
                .maxEventAge(Duration.hours(1))
                .onFailure(failed(stack, "Failed"))
                .onSuccess(Destination.eventBus(EventBus.fromEventBusName(stack, "Bus", "shop")))
                .functionUrl(FunctionUrlOptions.builder().build())
                .reservedConcurrentExecutions(10)
                .retainVersions(true)
                .table("NOTES_TABLE", TableV2.fromTableName(stack, "Notes", "notes"))
                .readOnlyTable("PRICES_TABLE", TableV2.fromTableName(stack, "Prices", "prices"))
                .secret("PAYMENT_SECRET", Secret.fromSecretNameV2(stack, "Payment", "payment"))
                .parameter(
                        "RATES_PARAMETER",
                        StringParameter.Builder.create(stack, "Rates")
                                .stringValue("1")
                                .build())
                .vpc(Vpc.fromVpcAttributes(
                        stack,
                        "Network",
                        VpcAttributes.builder()
                                .vpcId("vpc-0123456789abcdef0")
                                .availabilityZones(List.of("ap-northeast-2a"))
                                .privateSubnetIds(List.of("subnet-0123456789abcdef0"))
                                .build()))
                .filesystem("/mnt/files", accessPoint(stack))
                .build();
    }

    private static void addWebApp(Stack stack) {
        WarmFunction uploads = function(stack, "Uploads")
                .onFailure(failed(stack, "UploadsFailed"))
                .build();
        ServerlessWebApp.Builder.create(stack, "Web")
                .code(FunctionCode.jar("handlers.jar"))
                .handler("shop.NotesHandler")
                .warm(WarmStrategy.ping(Duration.minutes(5)))
                .route("POST /uploads", uploads)
                .corsOrigins("https://www.example.com")
                .throttle(100, 200)
                .alarms(Alarms.to(topic(stack)))
                .build();
    }

    private static void addRestApi(Stack stack) {
        WarmFunction orders = function(stack, "Orders")
                .onFailure(failed(stack, "OrdersFailed"))
                .build();
        ServerlessWebApp.Builder.create(stack, "Rest")
                .front(ApiFront.rest()
                        .usagePlan("basic", null, null, "alice")
                        .requestSchema("POST /orders", Map.of("type", "object", "required", List.of("sku")))
                        .webAcl("arn:aws:wafv2:ap-northeast-2:123456789012:regional/webacl/shop/01234567")
                        .executionLog(MethodLoggingLevel.ERROR))
                .authorization(Authorization.iam())
                .route("POST /orders", orders)
                .throttle(100, 200)
                .build();
    }

    private static void addProcessors(Stack stack) {
        ScheduledTask.Builder.create(stack, "Nightly")
                .schedule(ScheduleExpression.expression("cron(0 3 * * ? *)", TimeZone.ASIA_SEOUL))
                .flexibleTimeWindow(Duration.minutes(15))
                .schedule("weekly", ScheduleExpression.rate(Duration.days(7)))
                .code(FunctionCode.jar("handlers.jar"))
                .handler("shop.NightlyHandler")
                .alarms(Alarms.to(topic(stack)))
                .build();
        QueueProcessor.Builder.create(stack, "Bookings")
                .code(FunctionCode.jar("handlers.jar"))
                .handler("shop.BookingsHandler")
                .fifo(true)
                .alarms(Alarms.to(topic(stack)))
                .build();
        QueueProcessor.Builder.create(stack, "Payments")
                .code(FunctionCode.jar("handlers.jar"))
                .handler("shop.PaymentsHandler")
                .batchSize(100)
                .maxBatchingWindow(Duration.seconds(5))
                .alarms(Alarms.to(topic(stack)))
                .build();
        IBucket logs = Bucket.fromBucketName(stack, "ProcessorLogs", "logs");
        for (String id : List.of("Scans", "DirectScans")) {
            S3Processor.Builder processor = S3Processor.Builder.create(stack, id)
                    .code(FunctionCode.jar("handlers.jar"))
                    .handler("shop.ScanHandler")
                    .input(ObjectFilter.prefix("incoming/").suffix(".jpg").minimumSize(Size.kibibytes(1)))
                    .input(ObjectFilter.prefix("scans/"))
                    .changes(ObjectChange.CREATED, ObjectChange.RESTORED)
                    .output("thumbnails/")
                    .canTellMissing()
                    .corsOrigins("https://www.example.com")
                    .alarms(Alarms.to(topic(stack)))
                    .customizeBucket(bucket -> bucket.serverAccessLogsBucket(logs));
            if (id.equals("DirectScans")) {
                processor.direct();
            }
            processor.build();
        }
    }

    private static void addSite(Stack stack) {
        StaticSiteWithCdn.Builder.create(stack, "Site")
                .site(Site.build("npm run build", "web", "dist")
                        .mode(SiteMode.SPA)
                        .runtimeConfig(Map.of("stage", "test")))
                .origin("/api/*", ApiOrigin.host("api.example.com").stripPrefix())
                .domain(CustomDomain.of(
                                HostedZone.fromHostedZoneAttributes(
                                        stack,
                                        "Zone",
                                        HostedZoneAttributes.builder()
                                                .hostedZoneId("Z1234567890ABC")
                                                .zoneName("example.com")
                                                .build()),
                                "app.example.com")
                        .redirectFrom("example.com")
                        .crossRegionCertificate())
                .build();
        StaticSiteWithCdn.Builder.create(stack, "Pages")
                .site(Site.directory("site").notFoundPage("404.html"))
                .build();
    }

    private static void addSiteWithAllThatIsInVirginia(Stack stack) {
        WarmFunction quotes = function(stack, "Quotes")
                .onFailure(failed(stack, "QuotesFailed"))
                .functionUrl(FunctionUrlOptions.builder()
                        .authType(FunctionUrlAuthType.AWS_IAM)
                        .build())
                .build();
        StaticSiteWithCdn.Builder.create(stack, "Site")
                .site(Site.directory("site")
                        .accessLogs()
                        .cacheControl("*.ico", "public, max-age=86400")
                        .strictTransportSecurity(StrictTransportSecurity.PRELOAD)
                        .contentSecurityPolicy("default-src 'self'")
                        .geoRestriction(GeoRestriction.allowlist("KR"))
                        .webAcl("arn:aws:wafv2:us-east-1:123456789012:global/webacl/shop/01234567"))
                .origin("/quotes/*", ApiOrigin.functionUrl(requireNonNull(quotes.getFunctionUrl())))
                .alarms(Alarms.to(topic(stack)))
                .build();
    }

    private static void addStorage(Stack stack, WarmFunction function) {
        Attribute author =
                Attribute.builder().name("author").type(AttributeType.STRING).build();
        SingleTable table = SingleTable.Builder.create(stack, "Table")
                .globalSecondaryIndexes(List.of(GlobalSecondaryIndexPropsV2.builder()
                        .indexName("byAuthor")
                        .partitionKey(author)
                        .build()))
                .build();
        table.grantReadWriteDelete(function);
        table.grantScan(function);
        IBucket logs = Bucket.fromBucketName(stack, "Logs", "logs");
        PrivateBucket bucket = PrivateBucket.Builder.create(stack, "Bucket")
                .versioned(true)
                .customizeBucket(builder -> builder.serverAccessLogsBucket(logs))
                .build();
        bucket.grantRead(function);
        bucket.grantWrite(function);
        bucket.grantDelete(function);
        BucketAccess.of(bucket.getBucket()).under("in/").grantList(function);
        BucketAccess.of(Bucket.fromBucketName(stack, "Inbox", "inbox"))
                .under("in/")
                .grantRead(function);
        TableAccess.of(TableV2.fromTableName(stack, "Ledger", "ledger"))
                .indexes("byDay")
                .grantRead(function);
    }

    private static WarmFunction.Builder function(Stack stack, String id) {
        return WarmFunction.Builder.create(stack, id)
                .code(FunctionCode.jar("handlers.jar"))
                .handler("shop.NotesHandler");
    }

    private static WarmFunction hook(Stack stack, String id) {
        return function(stack, id).onFailure(failed(stack, id + "Failed")).build();
    }

    private static Destination failed(Stack stack, String id) {
        return Destination.queue(
                Queue.fromQueueArn(stack, id + "Queue", "arn:aws:sqs:ap-northeast-2:123456789012:failed"));
    }

    private static ITopic topic(Stack stack) {
        return stack.getNode().tryFindChild("Topic") instanceof ITopic existing
                ? existing
                : Topic.fromTopicArn(stack, "Topic", "arn:aws:sns:ap-northeast-2:123456789012:alarms");
    }

    private static IAccessPoint accessPoint(Stack stack) {
        return AccessPoint.fromAccessPointAttributes(
                stack,
                "Files",
                AccessPointAttributes.builder()
                        .accessPointId("fsap-0123456789abcdef0")
                        .fileSystem(FileSystem.fromFileSystemAttributes(
                                stack,
                                "FileSystem",
                                FileSystemAttributes.builder()
                                        .fileSystemId("fs-0123456789abcdef0")
                                        .securityGroup(SecurityGroup.fromSecurityGroupId(
                                                stack, "FilesGroup", "sg-0123456789abcdef0"))
                                        .build()))
                        .build());
    }
}

package dev.ashlar.patterns.s3;

import static dev.ashlar.test.CdkAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ashlar.constructs.alarm.Alarms;
import dev.ashlar.constructs.function.Destination;
import dev.ashlar.constructs.function.FunctionCode;
import dev.ashlar.constructs.function.WarmFunction;
import dev.ashlar.constructs.profile.Profile;
import dev.ashlar.constructs.queue.DeadLetterQueue;
import dev.ashlar.constructs.storage.PrivateBucket;
import dev.ashlar.patterns.queue.QueueProcessor;
import dev.ashlar.test.Permission;
import dev.ashlar.test.TestApp;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awscdk.App;
import software.amazon.awscdk.CfnParameter;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.PhysicalName;
import software.amazon.awscdk.Size;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.Token;
import software.amazon.awscdk.assertions.Annotations;
import software.amazon.awscdk.assertions.Match;
import software.amazon.awscdk.assertions.Template;
import software.amazon.awscdk.services.s3.Bucket;
import software.amazon.awscdk.services.s3.IBucket;
import software.amazon.awscdk.services.sns.Topic;

class S3ProcessorTest {
    private static final String BUCKET = "AWS::S3::Bucket";
    private static final String RULE = "AWS::Events::Rule";
    private static final String QUEUE = "AWS::SQS::Queue";
    private static final String QUEUE_POLICY = "AWS::SQS::QueuePolicy";
    private static final String MAPPING = "AWS::Lambda::EventSourceMapping";
    private static final String ALARM = "AWS::CloudWatch::Alarm";

    private final App app = TestApp.create();
    private final Stack stack = new Stack(app, "Shop");

    @Test
    void objectsGoByRuleAndQueueToTheAlias() {
        thumbnails().build();

        Template template = Template.fromStack(stack);
        template.hasResourceProperties(
                RULE,
                Map.of(
                        "EventPattern",
                        Map.of(
                                "source", List.of("aws.s3"),
                                "detail-type", List.of("Object Created"),
                                "detail",
                                        Map.of(
                                                "bucket",
                                                Map.of("name", List.of(Map.of("Ref", like("ThumbnailsBucket.*")))))),
                        "Targets",
                        List.of(Map.of(
                                "Id", "Queue",
                                "Arn", arnOf("ThumbnailsQueue.*"),
                                "DeadLetterConfig", Map.of("Arn", arnOf("ThumbnailsQueueDeadLetterQueue.*"))))));
        template.hasResourceProperties(
                MAPPING,
                Map.of(
                        "FunctionName", Map.of("Ref", like("ThumbnailsFunctionAlias.*")),
                        "EventSourceArn", arnOf("ThumbnailsQueue.*"),
                        "BatchSize", 1,
                        "FunctionResponseTypes", List.of("ReportBatchItemFailures"),
                        "ScalingConfig", Map.of("MaximumConcurrency", 10)));
        template.hasResourceProperties(
                QUEUE,
                Map.of(
                        "VisibilityTimeout",
                        174,
                        "RedrivePolicy",
                        Map.of(
                                "deadLetterTargetArn",
                                arnOf("ThumbnailsQueueDeadLetterQueue.*"),
                                "maxReceiveCount",
                                5)));
        Annotations.fromStack(stack).hasNoWarning("*", Match.anyValue());
    }

    @Test
    void theOwnBucketSendsItsEventsWithoutACustomResource() {
        thumbnails().build();

        Template.fromStack(stack)
                .hasResourceProperties(
                        BUCKET,
                        Map.of(
                                "NotificationConfiguration",
                                Map.of("EventBridgeConfiguration", Map.of("EventBridgeEnabled", true))));
        assertThat(stack).hasNoCustomResources();
        Template.fromStack(stack).resourceCountIs("AWS::Lambda::Function", 1);
    }

    @Test
    void thisRuleAloneMaySendToTheQueues() {
        thumbnails().build();

        Template template = Template.fromStack(stack);
        for (String queue : List.of("ThumbnailsQueue[0-9A-F]{8}", "ThumbnailsQueueDeadLetterQueue.*")) {
            template.hasResourceProperties(
                    QUEUE_POLICY,
                    Map.of(
                            "PolicyDocument",
                            Match.objectLike(Map.of(
                                    "Statement",
                                    Match.arrayWith(List.of(Map.of(
                                            "Action", "sqs:SendMessage",
                                            "Effect", "Allow",
                                            "Principal", Map.of("Service", "events.amazonaws.com"),
                                            "Resource", arnOf(queue),
                                            "Condition",
                                                    Map.of(
                                                            "ArnEquals",
                                                            Map.of("aws:SourceArn", arnOf("ThumbnailsRule.*"))))))))));
        }
    }

    @Test
    void theRoleReadsInputsAndWritesTheOutput() {
        thumbnails()
                .input(ObjectFilter.prefix("incoming/").suffix(".jpg"))
                .input(ObjectFilter.prefix("scans/"))
                .output("thumbnails/")
                .build();

        assertThat(stack)
                .permissionsOf("Thumbnails/Function/Role")
                .areExactly(withOwn(
                        Permission.of("s3:GetObject", "${Thumbnails/Bucket/Bucket.Arn}/incoming/*"),
                        Permission.of("s3:GetObject", "${Thumbnails/Bucket/Bucket.Arn}/scans/*"),
                        Permission.of("s3:PutObject", "${Thumbnails/Bucket/Bucket.Arn}/thumbnails/*"),
                        Permission.of("s3:AbortMultipartUpload", "${Thumbnails/Bucket/Bucket.Arn}/thumbnails/*")));
    }

    @Test
    void withoutInputsItReadsTheWholeBucket() {
        thumbnails().build();

        assertThat(stack)
                .permissionsOf("Thumbnails/Function/Role")
                .areExactly(withOwn(Permission.of("s3:GetObject", "${Thumbnails/Bucket/Bucket.Arn}/*")));
    }

    @Test
    void whatWasRemovedCannotBeRead() {
        thumbnails().changes(ObjectChange.REMOVED).build();

        assertThat(stack).permissionsOf("Thumbnails/Function/Role").areExactly(withOwn());
    }

    @Test
    void listingTellsWhatIsMissing() {
        thumbnails().input(ObjectFilter.prefix("incoming/")).canTellMissing().build();

        assertThat(stack)
                .permissionsOf("Thumbnails/Function/Role")
                .areExactly(withOwn(
                        Permission.of("s3:GetObject", "${Thumbnails/Bucket/Bucket.Arn}/incoming/*"),
                        Permission.of("s3:ListBucket", "${Thumbnails/Bucket/Bucket.Arn}")
                                .when("{\"StringLike\":{\"s3:prefix\":\"incoming/*\"}}")));
    }

    @Test
    void theOutputMayGoToAnotherBucket() {
        PrivateBucket results = PrivateBucket.Builder.create(stack, "Results").build();

        thumbnails().output(results.getBucket(), "").build();

        assertThat(stack)
                .permissionsOf("Thumbnails/Function/Role")
                .areExactly(withOwn(
                        Permission.of("s3:GetObject", "${Thumbnails/Bucket/Bucket.Arn}/*"),
                        Permission.of("s3:PutObject", "${Results/Bucket.Arn}/*"),
                        Permission.of("s3:AbortMultipartUpload", "${Results/Bucket.Arn}/*")));
    }

    @Test
    void pagesMayUpload() {
        WarmFunction web = function("Web").build();

        thumbnails()
                .input(ObjectFilter.prefix("incoming/"))
                .corsOrigins("https://www.example.com", "http://localhost:5173")
                .build()
                .grantUpload(web);

        Template.fromStack(stack)
                .hasResourceProperties(
                        BUCKET,
                        Map.of(
                                "CorsConfiguration",
                                Map.of(
                                        "CorsRules",
                                        List.of(Map.of(
                                                "AllowedOrigins",
                                                        List.of("https://www.example.com", "http://localhost:5173"),
                                                "AllowedMethods", List.of("PUT"),
                                                "AllowedHeaders", List.of("*"),
                                                "ExposedHeaders", List.of("ETag"),
                                                "MaxAge", 3600)))));
        assertThat(stack)
                .permissionsOf("Web/Role")
                .areExactly(
                        Permission.of("logs:CreateLogStream", "${Web/Logs.Arn}"),
                        Permission.of("logs:PutLogEvents", "${Web/Logs.Arn}"),
                        Permission.of("xray:PutTraceSegments", "*"),
                        Permission.of("xray:PutTelemetryRecords", "*"),
                        Permission.of("s3:PutObject", "${Thumbnails/Bucket/Bucket.Arn}/incoming/*"),
                        Permission.of("s3:AbortMultipartUpload", "${Thumbnails/Bucket/Bucket.Arn}/incoming/*"));
    }

    @Test
    void nullMeansDefault() {
        Stack other = new Stack(TestApp.create(), "Shop");
        thumbnails().build();

        S3Processor.Builder.create(other, "Thumbnails")
                .code(FunctionCode.jar("handlers.jar"))
                .handler("shop.ThumbnailHandler")
                .function(null)
                .bucket(null)
                .output(null)
                .batchSize(null)
                .maxConcurrency(null)
                .customizeBucket(null)
                .build();

        assertThat(Template.fromStack(other).toJSON())
                .isEqualTo(Template.fromStack(stack).toJSON());
    }

    @Test
    void aGivenBucketOfTheAppSendsItsEventsToo() {
        PrivateBucket uploads = PrivateBucket.Builder.create(stack, "Uploads").build();

        S3Processor thumbnails = thumbnails().bucket(uploads.getBucket()).build();

        assertThat(thumbnails.getBucket()).isSameAs(uploads.getBucket());
        Template.fromStack(stack).resourceCountIs(BUCKET, 1);
        Template.fromStack(stack)
                .hasResourceProperties(
                        BUCKET,
                        Map.of(
                                "NotificationConfiguration",
                                Map.of("EventBridgeConfiguration", Map.of("EventBridgeEnabled", true))));
        Annotations.fromStack(stack).hasNoWarning("*", Match.anyValue());
    }

    /** CDK's custom resource is there already, and would take the property's setting away again. */
    @Test
    void aGivenBucketWithNotificationsOfCdksGetsOneMore() {
        Bucket uploads =
                Bucket.Builder.create(stack, "Uploads").eventBridgeEnabled(true).build();

        thumbnails().bucket(uploads).build();

        Template.fromStack(stack).resourceCountIs("Custom::S3BucketNotifications", 1);
        Template.fromStack(stack)
                .hasResourceProperties(
                        "Custom::S3BucketNotifications",
                        Map.of("NotificationConfiguration", Map.of("EventBridgeConfiguration", Map.of())));
        Template.fromStack(stack).hasResourceProperties(BUCKET, Map.of("NotificationConfiguration", Match.absent()));
    }

    @Test
    void anImportedBucketHasToBeSwitchedOnByHand() {
        thumbnails().bucket(imported("Uploads", "uploads")).build();

        warns(
                "ashlar:eventsOfBucket",
                "bucket must send its events to EventBridge, got an imported one, of which that is not known; turn on Amazon"
                        + " EventBridge among the event notifications of its properties, then acknowledge this");
        Template.fromStack(stack).resourceCountIs(BUCKET, 0);
    }

    @Test
    void aGivenFunctionServesSeveralPatterns() {
        WarmFunction function = function("Shared").build();
        PrivateBucket uploads = PrivateBucket.Builder.create(stack, "Uploads").build();

        for (String id : List.of("Thumbnails", "Previews")) {
            S3Processor.Builder.create(stack, id)
                    .function(function)
                    .bucket(uploads.getBucket())
                    .input(ObjectFilter.prefix(id + "/"))
                    .build();
        }
        QueueProcessor.Builder.create(stack, "Orders").function(function).build();

        Template template = Template.fromStack(stack);
        template.resourceCountIs("AWS::Lambda::Function", 1);
        template.resourceCountIs(MAPPING, 3);
        template.resourceCountIs(RULE, 2);
        template.resourceCountIs("AWS::Lambda::EventInvokeConfig", 0);
    }

    @Test
    void directlyTheRuleInvokesTheAlias() {
        S3Processor thumbnails = thumbnails().direct().build();

        assertThat(thumbnails.getQueue()).isNull();
        assertThat(thumbnails.getEventSource()).isNull();
        Template template = Template.fromStack(stack);
        template.resourceCountIs(MAPPING, 0);
        template.resourceCountIs(QUEUE, 1);
        template.hasResourceProperties(
                RULE,
                Map.of(
                        "Targets",
                        List.of(Map.of(
                                "Id", "Function",
                                "Arn", Map.of("Ref", like("ThumbnailsFunctionAlias.*")),
                                "DeadLetterConfig", Map.of("Arn", arnOf("ThumbnailsDeadLetterQueue.*"))))));
        template.hasResourceProperties(
                "AWS::Lambda::Permission",
                Map.of(
                        "Action",
                        "lambda:InvokeFunction",
                        "FunctionName",
                        Map.of("Ref", like("ThumbnailsFunctionAlias.*")),
                        "Principal",
                        "events.amazonaws.com",
                        "SourceArn",
                        arnOf("ThumbnailsRule.*")));
        template.hasResourceProperties(
                "AWS::Lambda::EventInvokeConfig",
                Map.of(
                        "Qualifier",
                        "live",
                        "DestinationConfig",
                        Map.of("OnFailure", Map.of("Destination", arnOf("ThumbnailsDeadLetterQueue.*")))));
    }

    @Test
    void directlyAGivenFunctionKeepsItsDestination() {
        DeadLetterQueue failed = DeadLetterQueue.Builder.create(stack, "Failed").build();
        WarmFunction function = function("Shared")
                .onFailure(Destination.queue(failed.getQueue()))
                .build();

        S3Processor.Builder.create(stack, "Thumbnails")
                .function(function)
                .direct()
                .build();
        S3Processor.Builder.create(stack, "Previews")
                .function(function)
                .direct()
                .build();

        Template.fromStack(stack).resourceCountIs("AWS::Lambda::EventInvokeConfig", 1);
        Template.fromStack(stack).resourceCountIs("AWS::Lambda::Permission", 2);
        // Events that could not be delivered lie with the processor, failed invocations with the function.
        Template.fromStack(stack).resourceCountIs(QUEUE, 3);
    }

    @Test
    void withAnAlarmTopicEachFailureIsHeardOf() {
        S3Processor thumbnails =
                thumbnails().alarms(Alarms.to(new Topic(stack, "Operators"))).build();

        assertThat(thumbnails.getAlarms()).hasSize(3);
        Template template = Template.fromStack(stack);
        template.resourceCountIs(ALARM, 6);
        template.hasResourceProperties(
                ALARM,
                Map.of(
                        "Namespace", "AWS/Events",
                        "MetricName", "InvocationsFailedToBeSentToDlq",
                        "Dimensions",
                                List.of(Map.of("Name", "RuleName", "Value", Map.of("Ref", like("ThumbnailsRule.*")))),
                        "Statistic", "Sum",
                        "Threshold", 1));
        template.hasResourceProperties(ALARM, Map.of("MetricName", "ApproximateNumberOfMessagesVisible"));
        template.hasResourceProperties(ALARM, Map.of("MetricName", "ApproximateAgeOfOldestMessage"));
        template.hasResourceProperties(ALARM, Map.of("MetricName", "Errors"));
    }

    @Test
    void directlyThereIsOneAlarmOnDeadLetters() {
        S3Processor thumbnails = thumbnails()
                .direct()
                .alarms(Alarms.to(new Topic(stack, "Operators")))
                .build();

        assertThat(thumbnails.getAlarms()).hasSize(1);
        Template.fromStack(stack)
                .resourcePropertiesCountIs(ALARM, Map.of("MetricName", "ApproximateNumberOfMessagesVisible"), 1);
    }

    @Test
    void directlyWithAGivenFunctionTooDeadLettersRaiseAnAlarm() {
        DeadLetterQueue failed = DeadLetterQueue.Builder.create(stack, "Failed").build();

        S3Processor thumbnails = S3Processor.Builder.create(stack, "Thumbnails")
                .function(function("Shared")
                        .onFailure(Destination.queue(failed.getQueue()))
                        .build())
                .direct()
                .alarms(Alarms.to(new Topic(stack, "Operators")))
                .build();

        assertThat(thumbnails.getAlarms()).hasSize(2);
    }

    @Test
    void developmentLeavesNothingBehind() {
        Profile.DEVELOPMENT.applyTo(stack);

        thumbnails().build();

        Template.fromStack(stack).allResources(BUCKET, Map.of("DeletionPolicy", "Delete"));
        Template.fromStack(stack).allResources(QUEUE, Map.of("DeletionPolicy", "Delete"));
    }

    @Test
    void theCustomizerHasTheLastWord() {
        thumbnails().customizeBucket(bucket -> bucket.versioned(true)).build();

        Template.fromStack(stack)
                .hasResourceProperties(BUCKET, Map.of("VersioningConfiguration", Map.of("Status", "Enabled")));
    }

    @ParameterizedTest
    @CsvSource({"in/,in/", "in/,in/thumbnails/", "in/thumbnails/,in/", "in/a,in/", "i,in/"})
    void rejectsOutputThatWouldBeProcessedAgain(String input, String output) {
        rejects(
                processor -> processor
                        .input(ObjectFilter.prefix(input).suffix(".jpg"))
                        .output(output),
                "output must not share objects with input, got \"" + output + "\" and \"" + input
                        + "\", so that each output is processed again; write beside the input, or to another bucket");
    }

    @Test
    void rejectsOutputBesideAnInputOfAllObjects() {
        String text = "output must not share objects with input, got \"thumbnails/\" and \"\", so that each output is"
                + " processed again; write beside the input, or to another bucket";

        rejects(processor -> processor.output("thumbnails/"), text);
        rejects(processor -> processor.input(ObjectFilter.all().suffix(".jpg")).output("thumbnails/"), text);
    }

    @Test
    void rejectsOutputUnderOneOfSeveralInputs() {
        rejects(
                processor -> processor
                        .input(ObjectFilter.prefix("in/"))
                        .input(ObjectFilter.prefix("thumbnails/large/"))
                        .output("thumbnails/"),
                "output must not share objects with input, got \"thumbnails/\" and \"thumbnails/large/\", so that each output is"
                        + " processed again; write beside the input, or to another bucket");
    }

    @Test
    void rejectsOutputToTheSameBucketByAnotherName() {
        rejects(
                processor -> processor
                        .bucket(imported("Uploads", "uploads"))
                        .output(imported("Results", "uploads"), "thumbnails/"),
                "output must not share objects with input, got \"thumbnails/\" and \"\", so that each output is processed again;"
                        + " write beside the input, or to another bucket");
    }

    @Test
    void rejectsOutputToTheSameBucketByAnotherReference() {
        Bucket uploads = new Bucket(stack, "Uploads");
        IBucket again = imported("Again", uploads.getBucketName());

        assertThatThrownBy(() -> thumbnails()
                        .bucket(uploads)
                        .output(again, "thumbnails/")
                        .build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "[Shop/Thumbnails] output must not share objects with input, got \"thumbnails/\" and \"\", so that"
                                + " each output is processed again; write beside the input, or to another bucket");
    }

    @Test
    void acceptsOutputToABucketOfAnotherStackWithTheSameId() {
        Bucket uploads = new Bucket(stack, "Uploads");
        Bucket others = Bucket.Builder.create(new Stack(app, "Other"), "Uploads")
                .bucketName(PhysicalName.GENERATE_IF_NEEDED)
                .build();

        thumbnails().bucket(uploads).output(others, "").build();

        Annotations.fromStack(stack).hasNoWarning("*", Match.anyValue());
    }

    @ParameterizedTest
    @CsvSource({"in/,out/", "in/,inbox/", "in/a/,in/b/", "photos/in/,photos/out/"})
    void acceptsOutputBesideTheInput(String input, String output) {
        thumbnails().input(ObjectFilter.prefix(input)).output(output).build();

        Annotations.fromStack(stack).hasNoWarning("*", Match.anyValue());
    }

    @Test
    void acceptsOutputUnderTheInputWhereNothingWrittenIsProcessed() {
        thumbnails()
                .changes(ObjectChange.REMOVED, ObjectChange.RESTORED)
                .output("log/")
                .build();

        Annotations.fromStack(stack).hasNoWarning("*", Match.anyValue());
    }

    @Test
    void acceptsOutputToAnImportedBucketOfAnotherName() {
        thumbnails()
                .bucket(imported("Uploads", "uploads"))
                .output(imported("Results", "results"), "")
                .build();

        Annotations.fromStack(stack).hasNoWarning("*", Match.stringLikeRegexp(".*outputMayLoop.*"));
    }

    @Test
    void warnsOfOutputToABucketWhoseNameIsNotKnown() {
        String name = CfnParameter.Builder.create(stack, "Name").build().getValueAsString();

        thumbnails()
                .bucket(imported("Uploads", "uploads"))
                .output(imported("Results", name), "thumbnails/")
                .build();

        warnsOfLoop();
    }

    @Test
    void warnsOfAnOutputPrefixThatIsNotKnown() {
        thumbnails()
                .input(ObjectFilter.prefix("in/"))
                .output(CfnParameter.Builder.create(stack, "Prefix").build().getValueAsString())
                .build();

        warnsOfLoop();
    }

    @Test
    void warnsOfAnInputPrefixThatIsNotKnown() {
        thumbnails()
                .input(ObjectFilter.prefix(
                        CfnParameter.Builder.create(stack, "Prefix").build().getValueAsString()))
                .output("thumbnails/")
                .build();

        warnsOfLoop();
    }

    @Test
    void rejectsASizeOfWhatWasRemoved() {
        rejects(
                processor -> processor
                        .input(ObjectFilter.all().minimumSize(Size.kibibytes(1)))
                        .changes(ObjectChange.CREATED, ObjectChange.REMOVED),
                "input must not have a minimumSize with changes REMOVED, got both; S3 tells no size of what was removed");
    }

    @Test
    void rejectsNoChanges() {
        rejects(S3Processor.Builder::changes, "changes must be at least one, got none; leave them out for CREATED");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/in/", "in/*", "in?", "$in/"})
    void rejectsPrefixesThatPermissionsCannotName(String prefix) {
        rejects(
                processor -> processor.input(ObjectFilter.prefix(prefix)),
                "input must have a prefix without a leading / and without * ? $, got \"" + prefix
                        + "\"; ObjectFilter.all() is the whole bucket");
        rejects(
                processor -> processor.output(prefix),
                "output must be a key prefix without a leading / and without * ? $, got \"" + prefix
                        + "\"; for a whole bucket name another one");
    }

    @Test
    void rejectsTheWholeInputBucketAsOutput() {
        rejects(
                processor -> processor.output(""),
                "output must be a key prefix without a leading / and without * ? $, got \"\"; for a whole bucket name another"
                        + " one");
    }

    @Test
    void rejectsAnEmptySuffix() {
        rejects(
                processor -> processor.input(ObjectFilter.all().suffix("")),
                "input must have a suffix of at least one character, got \"\"; leave it out");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 5_000_000_000L})
    void acceptsSizesWithinTheLimits(long bytes) {
        assertThatCode(() -> thumbnails()
                        .input(ObjectFilter.all().minimumSize(Size.bytes(bytes)))
                        .build())
                .doesNotThrowAnyException();
    }

    @Test
    void rejectsASizeThatIsATokenInAnotherUnit() {
        rejects(
                processor -> processor.input(
                        ObjectFilter.all().minimumSize(Size.kibibytes(Token.asNumber(Map.of("Ref", "Size"))))),
                "input.minimumSize must be made by Size.bytes where it is a token, got another unit; what the token stands"
                        + " for cannot be converted");
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 5_000_000_001L})
    void rejectsSizesBeyondTheLimits(long bytes) {
        rejects(
                processor -> processor.input(ObjectFilter.all().minimumSize(Size.bytes(bytes))),
                "input.minimumSize must be 1 to 5000000000 bytes, got " + bytes);
    }

    @Test
    void rejectsOptionsOfAQueueWithoutOne() {
        rejects(
                processor -> processor.direct().batchSize(5).maxConcurrency(5),
                "direct must not be given together with batchSize, maxConcurrency, got both; without a queue"
                        + " reservedConcurrentExecutions of the function is the only limit");
    }

    @Test
    void rejectsAGivenFunctionThatLosesItsFailures() {
        WarmFunction function = function("Shared").build();

        assertThatThrownBy(() -> S3Processor.Builder.create(stack, "Thumbnails")
                        .function(function)
                        .direct()
                        .build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("[Shop/Thumbnails] function must have onFailure with direct, got Shop/Shared without; set a"
                        + " DeadLetterQueue where the function is made");
    }

    @Test
    void rejectsOptionsOfAnOwnBucketWithAGivenOne() {
        rejects(
                processor -> processor
                        .bucket(imported("Uploads", "uploads"))
                        .corsOrigins("*")
                        .customizeBucket(bucket -> {}),
                "bucket must not be given together with corsOrigins, customizeBucket, got both; set these where the bucket is"
                        + " made");
    }

    @ParameterizedTest
    @ValueSource(strings = {"www.example.com", "https://www.example.com/", "https://*.example.com"})
    void rejectsOriginsThatAreNone(String origin) {
        rejects(
                processor -> processor.corsOrigins(origin),
                "corsOrigins must be origins such as https://www.example.com, without a path, or * alone, got \""
                        + origin + "\"");
    }

    @Test
    void acceptsAnyOriginAlone() {
        assertThatCode(() -> thumbnails().corsOrigins("*").build()).doesNotThrowAnyException();
    }

    @Test
    void rejectsAnyOriginBesideOthers() {
        rejects(
                processor -> processor.corsOrigins("*", "https://www.example.com"),
                "corsOrigins must be origins such as https://www.example.com, without a path, or * alone, got \"*\"");
    }

    @Test
    void rejectsAnAlarmOnYoungMessages() {
        rejects(
                processor -> processor.alarms(
                        Alarms.to(new Topic(stack, "Operators")).messageAge(Duration.seconds(59))),
                "alarms.messageAge must be 60 to 1209600 seconds, got 59 seconds");
    }

    @Test
    void acceptsTenEventsAtOnce() {
        assertThatCode(() -> thumbnails().batchSize(10).build()).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 11})
    void rejectsBatchesBeyondTheLimits(int size) {
        rejects(
                processor -> processor.batchSize(size),
                "batchSize must be a whole number of 1 to 10 events, got " + size);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 1001})
    void rejectsConcurrencyBeyondTheLimits(int concurrency) {
        rejects(
                processor -> processor.maxConcurrency(concurrency),
                "maxConcurrency must be a whole number of 2 to 1000 batches, got " + concurrency);
    }

    @Test
    void rejectsNothingToRun() {
        assertThatThrownBy(() -> S3Processor.Builder.create(stack, "Thumbnails").build())
                .isInstanceOf(NullPointerException.class)
                .hasMessage("code and handler, or function must be given");
    }

    private void warnsOfLoop() {
        warns(
                "ashlar:outputMayLoop",
                "output should be known not to share objects with input, got names that are not known at synth; acknowledge"
                        + " this if what is written is not processed again");
    }

    private void warns(String id, String text) {
        Annotations.fromStack(stack).hasWarning("/Shop/Thumbnails", text + " [ack: " + id + "]");
    }

    /** Each in a stack of its own, so that a test may try several. */
    private void rejects(UnaryOperator<S3Processor.Builder> options, String text) {
        Stack fresh = new Stack(TestApp.create(), "Shop");
        S3Processor.Builder processor = options.apply(S3Processor.Builder.create(fresh, "Thumbnails")
                .code(FunctionCode.jar("handlers.jar"))
                .handler("shop.ThumbnailHandler"));

        assertThatThrownBy(processor::build)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("[Shop/Thumbnails] " + text);
    }

    private static Permission[] withOwn(Permission... others) {
        List<Permission> all = new ArrayList<>(List.of(
                Permission.of("logs:CreateLogStream", "${Thumbnails/Function/Logs.Arn}"),
                Permission.of("logs:PutLogEvents", "${Thumbnails/Function/Logs.Arn}"),
                Permission.of("xray:PutTraceSegments", "*"),
                Permission.of("xray:PutTelemetryRecords", "*"),
                Permission.of("sqs:ReceiveMessage", "${Thumbnails/Queue/Queue.Arn}"),
                Permission.of("sqs:DeleteMessage", "${Thumbnails/Queue/Queue.Arn}"),
                Permission.of("sqs:ChangeMessageVisibility", "${Thumbnails/Queue/Queue.Arn}"),
                Permission.of("sqs:GetQueueAttributes", "${Thumbnails/Queue/Queue.Arn}")));
        all.addAll(List.of(others));
        return all.toArray(Permission[]::new);
    }

    private static Object like(String pattern) {
        return Match.stringLikeRegexp(pattern);
    }

    private static Object arnOf(String logicalId) {
        return Map.of("Fn::GetAtt", List.of(like(logicalId), "Arn"));
    }

    private IBucket imported(String id, String name) {
        return Bucket.fromBucketName(stack, id, name);
    }

    private WarmFunction.Builder function(String id) {
        return WarmFunction.Builder.create(stack, id)
                .code(FunctionCode.jar("handlers.jar"))
                .handler("shop.ThumbnailHandler");
    }

    private S3Processor.Builder thumbnails() {
        return S3Processor.Builder.create(stack, "Thumbnails")
                .code(FunctionCode.jar("handlers.jar"))
                .handler("shop.ThumbnailHandler");
    }
}

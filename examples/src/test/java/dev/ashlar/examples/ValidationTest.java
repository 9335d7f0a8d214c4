package dev.ashlar.examples;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ashlar.constructs.alarm.Alarms;
import dev.ashlar.constructs.function.FunctionCode;
import dev.ashlar.constructs.function.WarmFunction;
import dev.ashlar.constructs.web.ApiOrigin;
import dev.ashlar.constructs.web.CustomDomain;
import dev.ashlar.constructs.web.Site;
import dev.ashlar.constructs.web.StrictTransportSecurity;
import dev.ashlar.patterns.queue.QueueProcessor;
import dev.ashlar.patterns.s3.ObjectChange;
import dev.ashlar.patterns.s3.ObjectFilter;
import dev.ashlar.patterns.s3.S3Processor;
import dev.ashlar.patterns.schedule.ScheduledTask;
import dev.ashlar.patterns.site.StaticSiteWithCdn;
import dev.ashlar.test.TestApp;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awscdk.App;
import software.amazon.awscdk.CfnResource;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Environment;
import software.amazon.awscdk.Size;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.amazon.awscdk.TimeZone;
import software.amazon.awscdk.services.cloudfront.GeoRestriction;
import software.amazon.awscdk.services.lambda.FunctionUrlAuthType;
import software.amazon.awscdk.services.lambda.FunctionUrlOptions;
import software.amazon.awscdk.services.route53.HostedZone;
import software.amazon.awscdk.services.route53.HostedZoneAttributes;
import software.amazon.awscdk.services.route53.IHostedZone;
import software.amazon.awscdk.services.scheduler.ScheduleExpression;
import software.amazon.awscdk.services.sns.Topic;

/** A second opinion on all example stacks: CDK's own validation of templates, at its strictest. */
class ValidationTest {
    private static final Map<String, Object> STRICT = Map.of(
            "@aws-cdk/core:validateAgainstDefaultRules", true,
            "@aws-cdk/core:strictCfnValidateErrors", true,
            "@aws-cdk/core:annotationsInValidationReport", true);

    @Test
    void findsNothingInTheExamples() throws IOException {
        App app = TestApp.create(STRICT);
        ExamplesApp.addStacks(app);

        assertFindsNothing(app);
    }

    @Test
    void findsNothingInTheGuestbookWithADomain() throws IOException {
        Map<String, Object> context = new HashMap<>(STRICT);
        context.put(GuestbookStack.DOMAIN, "notes.example.com");
        context.put(GuestbookStack.ZONE_ID, "Z1234567890ABC");
        context.put(GuestbookStack.ZONE_NAME, "example.com");
        App app = TestApp.create(context);
        new GuestbookStack(app, "Guestbook");

        assertFindsNothing(app);
    }

    @Test
    void findsNothingInASite() throws IOException {
        App app = TestApp.create(STRICT);
        Stack stack = stackIn(app, "ap-northeast-2");
        IHostedZone zone = HostedZone.fromHostedZoneAttributes(
                stack,
                "Zone",
                HostedZoneAttributes.builder()
                        .hostedZoneId("Z1234567890ABC")
                        .zoneName("example.com")
                        .build());
        StaticSiteWithCdn.Builder.create(stack, "Site")
                .site(Site.directory("site").runtimeConfig(Map.of("stage", "test")))
                .origin("/api/*", ApiOrigin.host("api.example.com").stripPrefix())
                .domain(CustomDomain.of(zone, "app.example.com")
                        .redirectFrom("example.com")
                        .crossRegionCertificate())
                .build();

        assertFindsNothing(app);
    }

    @Test
    void findsNothingInASiteWithAllThatIsInVirginia() throws IOException {
        App app = TestApp.create(STRICT);
        Stack stack = stackIn(app, "us-east-1");
        WarmFunction quotes = WarmFunction.Builder.create(stack, "Quotes")
                .code(FunctionCode.jar("handlers.jar"))
                .handler("shop.QuotesHandler")
                .functionUrl(FunctionUrlOptions.builder()
                        .authType(FunctionUrlAuthType.AWS_IAM)
                        .build())
                .build();
        StaticSiteWithCdn.Builder.create(stack, "Site")
                .site(Site.directory("site")
                        .accessLogs()
                        .cacheControl("*.ico", "public, max-age=86400")
                        .contentSecurityPolicy("default-src 'self'")
                        .strictTransportSecurity(StrictTransportSecurity.PRELOAD)
                        .geoRestriction(GeoRestriction.allowlist("KR"))
                        .webAcl("arn:aws:wafv2:us-east-1:123456789012:global/webacl/shop/01234567"))
                .origin("/quotes/*", ApiOrigin.functionUrl(requireNonNull(quotes.getFunctionUrl())))
                .alarms(Alarms.to(new Topic(stack, "Topic")))
                .build();

        assertFindsNothing(app);
    }

    @Test
    void findsNothingInProcessorsOfQueuesAndBuckets() throws IOException {
        App app = TestApp.create(STRICT);
        Stack stack = stackIn(app, "ap-northeast-2");
        Alarms alarms = Alarms.to(new Topic(stack, "Topic"));
        ScheduledTask.Builder.create(stack, "Nightly")
                .schedule(ScheduleExpression.expression("cron(0 3 * * ? *)", TimeZone.ASIA_SEOUL))
                .flexibleTimeWindow(Duration.minutes(15))
                .code(FunctionCode.jar("handlers.jar"))
                .handler("shop.NightlyHandler")
                .alarms(alarms)
                .build();
        QueueProcessor.Builder.create(stack, "Orders")
                .code(FunctionCode.jar("handlers.jar"))
                .handler("shop.OrdersHandler")
                .batchSize(100)
                .maxBatchingWindow(Duration.seconds(5))
                .alarms(alarms)
                .build();
        QueueProcessor.Builder.create(stack, "Ledger")
                .code(FunctionCode.jar("handlers.jar"))
                .handler("shop.LedgerHandler")
                .fifo(true)
                .alarms(alarms)
                .build();
        for (boolean direct : List.of(false, true)) {
            S3Processor.Builder processor = S3Processor.Builder.create(stack, direct ? "Direct" : "Queued")
                    .code(FunctionCode.jar("handlers.jar"))
                    .handler("shop.ThumbnailHandler")
                    .input(ObjectFilter.prefix("incoming/").suffix(".jpg").minimumSize(Size.kibibytes(1)))
                    .input(ObjectFilter.prefix("scans/"))
                    .changes(ObjectChange.CREATED, ObjectChange.RESTORED)
                    .output("thumbnails/")
                    .canTellMissing()
                    .corsOrigins("https://www.example.com")
                    .alarms(alarms);
            if (direct) {
                processor.direct();
            }
            processor.build();
        }

        assertFindsNothing(app);
    }

    private static Stack stackIn(App app, String region) {
        return new Stack(
                app,
                "Shop",
                StackProps.builder()
                        .env(Environment.builder()
                                .account("123456789012")
                                .region(region)
                                .build())
                        .build());
    }

    private static void assertFindsNothing(App app) throws IOException {
        Path report = Path.of(app.synth().getDirectory(), "validation-report.json");
        assertThat(new ObjectMapper().readTree(report.toFile()).get("pluginReports"))
                .isEmpty();
    }

    @Test
    void wouldFindWhatIsWrong() {
        App app = TestApp.create(STRICT);
        CfnResource.Builder.create(new Stack(app, "Shop"), "Function")
                .type("AWS::Lambda::Function")
                .properties(Map.of("MemorySize", 1))
                .build();

        assertThatThrownBy(app::synth).hasMessageContaining("Validation failed");
    }
}

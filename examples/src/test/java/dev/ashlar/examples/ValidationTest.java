package dev.ashlar.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ashlar.constructs.web.ApiOrigin;
import dev.ashlar.constructs.web.CustomDomain;
import dev.ashlar.constructs.web.Site;
import dev.ashlar.patterns.site.StaticSiteWithCdn;
import dev.ashlar.test.TestApp;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awscdk.App;
import software.amazon.awscdk.CfnResource;
import software.amazon.awscdk.Environment;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.amazon.awscdk.services.route53.HostedZone;
import software.amazon.awscdk.services.route53.HostedZoneAttributes;
import software.amazon.awscdk.services.route53.IHostedZone;

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
    void findsNothingInASite() throws IOException {
        App app = TestApp.create(STRICT);
        Stack stack = new Stack(
                app,
                "Shop",
                StackProps.builder()
                        .env(Environment.builder()
                                .account("123456789012")
                                .region("ap-northeast-2")
                                .build())
                        .build());
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

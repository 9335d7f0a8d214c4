package dev.ashlar.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ashlar.constructs.profile.Profile;
import dev.ashlar.test.TestApp;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awscdk.Annotations;
import software.amazon.awscdk.App;
import software.amazon.awscdk.CfnResource;
import software.amazon.awscdk.Stack;

/**
 * A second opinion on all example stacks, and on small and large forms of the constructs: CDK's own validation of templates,
 * at its strictest.
 */
class ValidationTest {
    private static final Map<String, Object> STRICT = Map.of(
            "@aws-cdk/core:validateAgainstDefaultRules", true,
            "@aws-cdk/core:strictCfnValidateErrors", true,
            "@aws-cdk/core:annotationsInValidationReport", true);

    // What the large forms do to be large, and only their user knows to be right: who uses them is told.
    private static final List<String> MEANT_FOR_THE_USER = List.of(
            "@aws-cdk/aws-ec2:noSubnetRouteTableId",
            "@aws-cdk/aws-s3:accessLogsPolicyNotAdded",
            "ashlar:eventsOfBucket",
            "ashlar:pingsSucceed",
            "ashlar:restLogs");

    @ParameterizedTest
    @EnumSource(Profile.class)
    void findsNothingInTheExamples(Profile profile) throws IOException {
        App app = TestApp.create(STRICT);
        profile.applyTo(app);
        ExamplesApp.addStacks(app);

        assertFindsNothing(app);
    }

    @ParameterizedTest
    @EnumSource(Profile.class)
    void findsNothingInSmallAndLargeForms(Profile profile) throws IOException {
        App app = TestApp.create(STRICT);
        profile.applyTo(app);
        ConstructForms.addStacks(app);
        MEANT_FOR_THE_USER.forEach(Annotations.of(app)::acknowledgeWarning);

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

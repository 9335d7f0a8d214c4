package dev.ashlar.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ashlar.test.TestApp;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awscdk.App;
import software.amazon.awscdk.CfnResource;
import software.amazon.awscdk.Stack;

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

package dev.ashlar.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.constructs.function.FunctionCode;
import dev.ashlar.constructs.function.WarmFunction;
import dev.ashlar.examples.CompliancePage.Row;
import dev.ashlar.examples.NagFindings.Finding;
import dev.ashlar.test.TestApp;
import io.github.cdklabs.cdknag.AwsSolutionsChecks;
import io.github.cdklabs.cdknag.HIPAASecurityChecks;
import io.github.cdklabs.cdknag.NIST80053R5Checks;
import io.github.cdklabs.cdknag.PCIDSS321Checks;
import io.github.cdklabs.cdknag.ServerlessChecks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Aspects;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.iam.PolicyStatement;

/**
 * A second opinion on all example stacks, and on small and large forms of the constructs: five packs of cdk-nag, in both
 * profiles. What they find is acknowledged by the library, or told to the user on the page {@code docs/compliance.md}, which
 * is written by {@code -Dsnapshot.update=true}.
 */
class NagTest {
    private static final List<String> PROFILES = List.of("production", "development");

    private static final List<Finding> WITHOUT_KEY = new ArrayList<>();
    private static final List<Finding> WITH_KEY = new ArrayList<>();
    private static final List<String> TEMPLATES_WITHOUT_KEY = new ArrayList<>();

    @BeforeAll
    static void check() throws IOException {
        for (String profile : PROFILES) {
            Path without = synthesize(app(Map.of("ashlar:profile", profile)));
            WITHOUT_KEY.addAll(NagFindings.of(without, profile));
            for (Path template : NagFindings.files(without, "", ".template.json")) {
                TEMPLATES_WITHOUT_KEY.add(Files.readString(template));
            }
            Path with = synthesize(app(Map.of("ashlar:profile", profile, "ashlar:nag", true)));
            WITH_KEY.addAll(NagFindings.of(with, profile));
        }
    }

    @Test
    void allPacksAnswer() {
        assertThat(WITH_KEY).extracting(Finding::pack).hasSameElementsAs(NagFindings.PACKS);
    }

    @Test
    void findsNothingThatIsNeitherAcknowledgedNorTheUsersToDecide() {
        List<Finding> open = WITH_KEY.stream()
                .filter(finding -> finding.isFound() && !finding.isAcknowledged())
                .filter(finding -> CompliancePage.rowsAbout(finding, false).size() != 1)
                .toList();

        System.out.println(
                "cdk-nag: " + new CompliancePage(WITHOUT_KEY, WITH_KEY).total() + "; " + open.size() + " open");
        assertThat(open).isEmpty();
    }

    @Test
    void findsAllOfItWithoutTheKey() {
        // Unknown is what a rule that fails itself leaves behind.
        assertThat(WITHOUT_KEY).extracting(Finding::compliance).containsOnly("Compliant", "Non-Compliant", "UNKNOWN");
        assertThat(NagFindings.countsByResource(WITHOUT_KEY))
                .isNotEmpty()
                .containsExactlyInAnyOrderEntriesOf(NagFindings.countsByResource(WITH_KEY));
    }

    @Test
    void leavesNothingInTemplatesWithoutTheKey() {
        assertThat(TEMPLATES_WITHOUT_KEY)
                .hasSizeGreaterThanOrEqualTo(12)
                .noneMatch(template -> template.contains("cdk_nag"));
    }

    @Test
    void findsWhatOthersAllowOnTheSameRole() throws IOException {
        App app = TestApp.create(Map.of("ashlar:nag", true, "@aws-cdk/core:annotationsInValidationReport", false));
        WarmFunction function = WarmFunction.Builder.create(new Stack(app, "Shop"), "Function")
                .code(FunctionCode.jar("handlers.jar"))
                .handler("shop.NotesHandler")
                .build();
        function.getFunction()
                .addToRolePolicy(PolicyStatement.Builder.create()
                        .actions(List.of("s3:Get*"))
                        .resources(List.of("arn:aws:s3:::others/*"))
                        .build());

        assertThat(NagFindings.of(synthesize(app), "production"))
                .filteredOn(finding -> finding.rule().equals("AwsSolutions-IAM5") && finding.isFound())
                .extracting(Finding::compliance)
                .containsExactlyInAnyOrder("Suppressed", "Non-Compliant", "Non-Compliant");
    }

    @Test
    void whatThePageTellsIsTheUsersIsFound() {
        assertThat(CompliancePage.rows())
                .filteredOn(row -> !row.isGone())
                .isNotEmpty()
                .allSatisfy(row -> assertThat(WITH_KEY)
                        .filteredOn(row::isAbout)
                        .anyMatch(finding -> finding.isFound() && !finding.isAcknowledged()));
    }

    @Test
    void whatThePageTellsIsGoneIsLookedForAndNotFound() {
        assertThat(CompliancePage.rows())
                .filteredOn(Row::isGone)
                .isNotEmpty()
                .allSatisfy(row -> assertThat(WITHOUT_KEY)
                        .filteredOn(row::isAbout)
                        .isNotEmpty()
                        .noneMatch(Finding::isFound));
    }

    @Test
    void pageIsAsGenerated() throws IOException {
        Path page = DocsTest.root().resolve("docs/compliance.md");
        String generated = new CompliancePage(WITHOUT_KEY, WITH_KEY).text();

        if (Boolean.getBoolean("snapshot.update") && System.getenv("CI") == null) {
            Files.writeString(page, generated);
        }

        assertThat(Files.readString(page).replace("\r\n", "\n"))
                .as("docs/compliance.md; -Dsnapshot.update=true writes it anew")
                .isEqualTo(generated);
    }

    private static App app(Map<String, Object> context) {
        Map<String, Object> all = new HashMap<>(context);
        // Findings are read from the packs' own reports; here they would end the synthesis.
        all.put("@aws-cdk/core:annotationsInValidationReport", false);
        App app = TestApp.create(all);
        ExamplesApp.addStacks(app);
        ConstructForms.addStacks(app);
        return app;
    }

    private static Path synthesize(App app) {
        Aspects.of(app).add(new AwsSolutionsChecks());
        Aspects.of(app).add(new ServerlessChecks());
        Aspects.of(app).add(new HIPAASecurityChecks());
        Aspects.of(app).add(new NIST80053R5Checks());
        Aspects.of(app).add(new PCIDSS321Checks());
        return Path.of(app.synth().getDirectory());
    }
}

package dev.ashlar.examples;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.constructs.function.FunctionCode;
import dev.ashlar.constructs.function.WarmFunction;
import dev.ashlar.test.TestApp;
import io.github.cdklabs.cdknag.AwsSolutionsChecks;
import io.github.cdklabs.cdknag.NagPackSuppression;
import io.github.cdklabs.cdknag.NagSuppressions;
import io.github.cdklabs.cdknag.ServerlessChecks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Aspects;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.iam.PolicyStatement;

/**
 * A second opinion on all example stacks, and on small and large forms of the constructs: two packs of cdk-nag, in both
 * profiles. What they find is held to the tables of {@code docs/compliance.md}.
 */
class NagTest {
    private static final List<String> PROFILES = List.of("production", "development");

    // Of a granular acknowledgement the report names the finding before the reason.
    private static final Pattern GRANULAR = Pattern.compile("\\[(?:Action|Resource)::.*?] ");
    private static final Pattern ROW =
            Pattern.compile("(?m)^\\| `([^`]+)` \\| `([^`]+)` \\| (gone|acknowledged|yours) \\| (.*) \\|$");
    private static final Pattern COUNTS =
            Pattern.compile("(?m)^\\|.*\\| (\\d+) and (\\d+) \\| (\\d+) and (\\d+) \\| `(\\w+)` \\|$");

    // As a user acknowledges what is the user's to decide.
    private static final List<Decision> DECISIONS = List.of(
            decision(
                    "AwsSolutions-APIG4",
                    "Everybody may call it",
                    "Guestbook/Web/GET --api--notes",
                    "Guestbook/Web/POST --api--notes",
                    "Guestbook/Web/GET --api--notes--{id}",
                    "MinimalWebApp/Web/ANY --",
                    "MinimalWebApp/Web/ANY --{proxy+}",
                    "Minimal/Web/ANY --",
                    "Minimal/Web/ANY --{proxy+}",
                    "Maximal/Web/ANY --",
                    "Maximal/Web/ANY --{proxy+}",
                    "Maximal/Web/POST --uploads"),
            decision(
                    "AwsSolutions-CFR1",
                    "Readers are everywhere",
                    "Guestbook/Web/Distribution",
                    "Docs/Site/Distribution",
                    "MinimalSite/Site/Distribution",
                    "Maximal/Site/Distribution",
                    "Maximal/Pages/Distribution"),
            decision(
                    "AwsSolutions-CFR2",
                    "Nothing behind it is worth a firewall's price",
                    "Guestbook/Web/Distribution",
                    "Docs/Site/Distribution",
                    "MinimalSite/Site/Distribution",
                    "Maximal/Site/Distribution",
                    "Maximal/Pages/Distribution"),
            decision(
                    "AwsSolutions-CFR3",
                    "Nobody would read the log",
                    "Guestbook/Web/Distribution",
                    "Docs/Site/Distribution",
                    "MinimalSite/Site/Distribution",
                    "Maximal/Site/Distribution",
                    "Maximal/Pages/Distribution"),
            decision("AwsSolutions-COG3", "Nobody signs up, and all show two factors", "Guestbook/SignIn/Users"),
            decision("AwsSolutions-L1", "A library lags behind", "Maximal/Function/Function"),
            decision(
                    "AwsSolutions-S1",
                    "CloudTrail logs its data events",
                    "Guestbook/NightlyReport/Bucket/Bucket",
                    "Thumbnails/Thumbnails/Bucket/Bucket",
                    "Minimal/Bucket/Bucket"),
            decision(
                    "AwsSolutions-SNS3",
                    "CloudWatch alone publishes, by TLS",
                    "Guestbook/NightlyReport/Operators",
                    "Orders/Operators",
                    "Quotes/Operators",
                    "Thumbnails/Operators"),
            decision("Serverless-APIGWDefaultThrottling", "The account's limits will do", "Minimal/Web/Stage"),
            decision(
                    "Serverless-LambdaAsyncFailureDestination",
                    "Whoever invokes it waits",
                    "Quotes/YearEndQuotes/EventInvokeConfig",
                    "Minimal/Function/EventInvokeConfig"),
            decision(
                    "Serverless-LambdaDLQ",
                    "Whoever invokes it waits",
                    "Guestbook/Function/Function",
                    "Quotes/Quotes/Function",
                    "Quotes/WebQuotes/Function",
                    "Quotes/PartnerQuotes/Function",
                    "Quotes/ShopQuotes/Function",
                    "Quotes/YearEndQuotes/Function",
                    "Minimal/Function/Function"),
            decision("Serverless-LambdaLatestVersion", "A library lags behind", "Maximal/Function/Function"));

    private static final List<Line> WITHOUT_KEY = new ArrayList<>();
    private static final List<Line> WITH_KEY = new ArrayList<>();
    private static final List<String> TEMPLATES_WITHOUT_KEY = new ArrayList<>();
    private static final List<Row> ROWS = new ArrayList<>();

    /** A rule and a resource that it was asked about. */
    private record Line(String profile, String rule, String path, String compliance, String reason) {
        boolean isFound() {
            return !compliance.equals("Compliant");
        }

        boolean isDecision() {
            return DECISIONS.stream()
                    .anyMatch(decision ->
                            decision.rule().equals(rule) && decision.reason().equals(reason));
        }
    }

    /** A row of the page's table of findings. */
    private record Row(String rule, String where, String what, String reason) {
        boolean isAbout(Line line) {
            return line.rule().equals(rule) && line.path().contains(where);
        }
    }

    private record Decision(String rule, String reason, List<String> paths) {}

    @BeforeAll
    static void check() throws IOException {
        for (String profile : PROFILES) {
            Path without = synthesize(app(Map.of("ashlar:profile", profile)));
            WITHOUT_KEY.addAll(linesOf(without, profile));
            for (Path template : files(without, ".template.json")) {
                TEMPLATES_WITHOUT_KEY.add(Files.readString(template));
            }
            App app = app(Map.of("ashlar:profile", profile, "ashlar:nag", true));
            DECISIONS.forEach(decision -> acknowledge(app, decision));
            WITH_KEY.addAll(linesOf(synthesize(app), profile));
        }
        Matcher row = ROW.matcher(page());
        while (row.find()) {
            ROWS.add(new Row(row.group(1), row.group(2), row.group(3), row.group(4)));
        }
    }

    @Test
    void findsNothingThatIsNotAcknowledged() {
        assertThat(WITH_KEY).isNotEmpty().extracting(Line::compliance).containsOnly("Compliant", "Suppressed");
    }

    @Test
    void findsAllOfItWithoutTheKey() {
        // Unknown is what a rule that fails itself leaves behind.
        assertThat(WITHOUT_KEY).extracting(Line::compliance).containsOnly("Compliant", "Non-Compliant", "UNKNOWN");
        assertThat(countsByResource(WITHOUT_KEY))
                .isNotEmpty()
                .containsExactlyInAnyOrderEntriesOf(countsByResource(WITH_KEY));
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

        assertThat(linesOf(synthesize(app), "production"))
                .filteredOn(line -> line.rule().equals("AwsSolutions-IAM5") && line.isFound())
                .extracting(Line::compliance)
                .containsExactlyInAnyOrder("Suppressed", "Non-Compliant", "Non-Compliant");
    }

    @Test
    void pageTellsAllThatIsAcknowledged() {
        List<Row> rows = rows("acknowledged");
        Predicate<Line> isOurs = line -> line.isFound() && !line.isDecision();

        assertThat(WITH_KEY)
                .filteredOn(isOurs)
                .isNotEmpty()
                .allSatisfy(line -> assertThat(rows)
                        .filteredOn(row -> row.isAbout(line) && row.reason().equals(line.reason()))
                        .hasSize(1));
        assertThat(rows)
                .isNotEmpty()
                .allSatisfy(row -> assertThat(WITH_KEY)
                        .filteredOn(isOurs)
                        .anyMatch(line -> row.isAbout(line) && row.reason().equals(line.reason())));
    }

    @Test
    void pageTellsAllThatIsTheUsersToDecide() {
        List<Row> rows = rows("yours");

        assertThat(WITH_KEY)
                .filteredOn(Line::isDecision)
                .isNotEmpty()
                .allSatisfy(line ->
                        assertThat(rows).filteredOn(row -> row.isAbout(line)).hasSize(1));
        assertThat(rows)
                .isNotEmpty()
                .allSatisfy(
                        row -> assertThat(WITH_KEY).filteredOn(Line::isDecision).anyMatch(row::isAbout));
    }

    @Test
    void whatThePageTellsIsGoneIsLookedForAndNotFound() {
        assertThat(rows("gone"))
                .isNotEmpty()
                .allSatisfy(row -> assertThat(WITHOUT_KEY)
                        .filteredOn(row::isAbout)
                        .isNotEmpty()
                        .noneMatch(Line::isFound));
    }

    @Test
    void pageCountsWhatIsFound() throws IOException {
        Matcher row = COUNTS.matcher(page());
        int rows = 0;
        while (row.find()) {
            String stack = row.group(5);
            assertThat(countsIn(stack, WITHOUT_KEY, Line::isFound))
                    .containsExactly(Long.valueOf(row.group(1)), Long.valueOf(row.group(2)));
            assertThat(countsIn(stack, WITH_KEY, Line::isDecision))
                    .containsExactly(Long.valueOf(row.group(3)), Long.valueOf(row.group(4)));
            rows++;
        }
        assertThat(rows).isEqualTo(3);
    }

    private static Decision decision(String rule, String reason, String... paths) {
        return new Decision(rule, reason, List.of(paths));
    }

    private static App app(Map<String, Object> context) {
        Map<String, Object> all = new HashMap<>(context);
        // Findings are read from the packs' own reports; here they would end the synthesis.
        all.put("@aws-cdk/core:annotationsInValidationReport", false);
        App app = TestApp.create(all);
        ExamplesApp.addStacks(app);
        NagForms.addStacks(app);
        return app;
    }

    private static void acknowledge(App app, Decision decision) {
        List<NagPackSuppression> suppression = List.of(NagPackSuppression.builder()
                .id(decision.rule())
                .reason(decision.reason())
                .build());
        for (String path : decision.paths()) {
            Stack stack = (Stack) app.getNode().findChild(path.substring(0, path.indexOf('/')));
            NagSuppressions.addResourceSuppressionsByPath(stack, path, suppression);
        }
    }

    private static Path synthesize(App app) {
        Aspects.of(app).add(new AwsSolutionsChecks());
        Aspects.of(app).add(new ServerlessChecks());
        return Path.of(app.synth().getDirectory());
    }

    private static List<Line> linesOf(Path assembly, String profile) throws IOException {
        List<Line> lines = new ArrayList<>();
        for (Path report : files(assembly, "-NagReport.csv")) {
            Files.readString(report)
                    .lines()
                    .skip(1)
                    .map(line -> line.substring(1).split("\",\"", -1))
                    .map(values -> new Line(
                            profile,
                            values[0],
                            values[1],
                            values[2],
                            GRANULAR.matcher(values[3]).replaceFirst("")))
                    .forEach(lines::add);
        }
        return lines;
    }

    private static List<Path> files(Path directory, String ending) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(ending))
                    .sorted()
                    .toList();
        }
    }

    private static Map<String, Long> countsByResource(List<Line> lines) {
        return lines.stream()
                .filter(Line::isFound)
                .collect(groupingBy(line -> line.profile() + " " + line.rule() + " " + line.path(), counting()));
    }

    private static List<Long> countsIn(String stack, List<Line> lines, Predicate<Line> which) {
        return Stream.of("AwsSolutions-", "Serverless-")
                .map(pack -> lines.stream()
                        .filter(line -> line.profile().equals("production")
                                && line.path().startsWith(stack + "/")
                                && line.rule().startsWith(pack)
                                && which.test(line))
                        .count())
                .toList();
    }

    private static List<Row> rows(String what) {
        return ROWS.stream().filter(row -> row.what().equals(what)).toList();
    }

    private static String page() throws IOException {
        return Files.readString(DocsTest.root().resolve("docs/compliance.md")).replace("\r\n", "\n");
    }
}

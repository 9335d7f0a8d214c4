package dev.ashlar.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.AssertionFailedError;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Environment;
import software.amazon.awscdk.NestedStack;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.amazon.awscdk.Stage;
import software.amazon.awscdk.services.cloudfront.experimental.EdgeFunction;
import software.amazon.awscdk.services.iam.AccountPrincipal;
import software.amazon.awscdk.services.lambda.Code;
import software.amazon.awscdk.services.lambda.Runtime;
import software.amazon.awscdk.services.sns.Topic;
import software.amazon.awscdk.services.sqs.Queue;
import software.constructs.Construct;

class AppAssertTest {
    private static final String FOLDER = "src/test/resources/snapshots/dev.ashlar.test.AppAssertTest/";
    private static final String COMMAND = "mvn test -Dtest=AppAssertTest -Dsnapshot.update=true";

    @TempDir
    private Path module;

    @Test
    void hasAFileForEachStackAtItsPath() throws IOException {
        updating(AppAssertTest::shop).matchesSnapshot();

        assertEquals(
                List.of("App/Prod/Shop.json", "App/Prod/Shop/Inner.json", "App/Shop.json", "App/Shop/Inner.json"),
                files());
        assertDoesNotThrow(() ->
                comparing(AppAssertTest::shop).matchesSnapshot().losesNoData().widensNoPermission());
    }

    @Test
    void hasAPermissionReportForEachStackAtItsPath() throws IOException {
        updating(AppAssertTest::shop).permissionsMatchSnapshot();

        assertEquals(
                List.of(
                        "App.permissions/Prod/Shop.json",
                        "App.permissions/Prod/Shop/Inner.json",
                        "App.permissions/Shop.json",
                        "App.permissions/Shop/Inner.json"),
                files());
        assertDoesNotThrow(() -> comparing(AppAssertTest::shop).permissionsMatchSnapshot());
        AssertionFailedError failure = assertThrows(
                AssertionFailedError.class,
                () -> comparing(app -> {
                            shop(app);
                            Stack inner = (Stack)
                                    app.getNode().findChild("Shop").getNode().findChild("Inner");
                            new Topic(inner, "Open").grantPublish(new AccountPrincipal("111122223333"));
                        })
                        .permissionsMatchSnapshot());
        assertThat(failure.getMessage()).contains("App.permissions", "+ account 111122223333: {\"${Open}\":");
    }

    @Test
    void hasPermissionReportsBesideANamedSnapshot() throws IOException {
        updating(AppAssertTest::shop).matchesSnapshot("all").permissionsMatchSnapshot();

        assertThat(files()).contains("all/Shop.json", "all.permissions/Shop.json");
    }

    @Test
    void hasAStageInAFolderOfItsName() throws IOException {
        App app = TestApp.createWithOnly(Map.of());
        shop(app);
        Stage stage = (Stage) Objects.requireNonNull(app.getNode().tryFindChild("Prod"));

        new AppAssert(stage, new Snapshots(module, true, false)).matchesSnapshot();

        assertEquals(List.of("Prod/Shop.json", "Prod/Shop/Inner.json"), files());
    }

    @Test
    void showsAChangeOfANestedStackThereAlone() {
        updating(AppAssertTest::shop).matchesSnapshot();

        AppAssert changed = comparing(app -> {
            shop(app);
            Stack stack = (Stack) Objects.requireNonNull(app.getNode().tryFindChild("Shop"));
            new Topic((Stack) Objects.requireNonNull(stack.getNode().tryFindChild("Inner")), "News");
        });

        AssertionFailedError failure = failure(changed::matchesSnapshot);
        assertEquals(
                "[App] snapshot " + FOLDER + "App must match, got 1 difference:\n"
                        + "  App/Shop/Inner\n"
                        + "    + News (AWS::SNS::Topic): created\n"
                        + "If this is meant, accept it: " + COMMAND,
                failure.getMessage());
        assertThat(failure.getExpected().getStringRepresentation())
                .startsWith("{\n  \"App/Shop/Inner\": {\n")
                .doesNotContain("AWS::SNS::Topic");
        assertThat(failure.getActual().getStringRepresentation()).contains("AWS::SNS::Topic");
    }

    @Test
    void showsStacksThatComeAndGo() throws IOException {
        updating(app -> new Queue(new Stack(app, "Old"), "Letters")).matchesSnapshot();

        AppAssert changed = comparing(app -> new Topic(new Stack(app, "New"), "News"));

        assertEquals(
                "[App] snapshot " + FOLDER + "App must match, got 2 differences:\n"
                        + "  App/New: new stack with 1 resource\n"
                        + "  App/Old: no longer in the app, with 1 resource; a nested stack is deleted by its parent's next"
                        + " deployment, any other stays until you delete it\n"
                        + "    - LettersDC1467AC (AWS::SQS::Queue): REMOVED WITH ITS DATA\n"
                        + "If this is meant, accept it: " + COMMAND,
                failure(changed::matchesSnapshot).getMessage());
        assertEquals(
                "[App] no data may be lost against snapshot " + FOLDER + "App, got 1:\n"
                        + "  App/Old: - LettersDC1467AC (AWS::SQS::Queue): REMOVED WITH ITS DATA\n"
                        + "Retain the data, move it, or if this is meant, accept it: " + COMMAND,
                failure(changed::losesNoData).getMessage());
        assertEquals(List.of("App/Old.json"), files());
    }

    @Test
    void deletesTheFilesOfStacksThatAreGoneWhenItWrites() throws IOException {
        Path old = Files.createDirectories(module.resolve(FOLDER + "App")).resolve("Old.json");
        Files.writeString(old, "{\"Resources\":{\"Letters\":{\"Type\":\"AWS::SQS::Queue\"}}}");

        AppAssert changed = updating(app -> new Topic(new Stack(app, "New"), "News"));

        changed.matchesSnapshot();
        assertEquals(List.of("App/New.json"), files());
        assertThat(failure(changed::losesNoData).getMessage())
                .contains("Letters (AWS::SQS::Queue): REMOVED WITH ITS DATA")
                .endsWith("commit the new snapshot, which is written; this fails only once.");
    }

    @Test
    void refusesTwoAppsOfOneFolder() throws IOException {
        updating(app -> new Topic(new Stack(app, "First"), "News")).matchesSnapshot();

        AppAssert other = updating(app -> new Topic(new Stack(app, "Second"), "News"));

        assertEquals(
                "[App] snapshot " + FOLDER
                        + "App/First.json must belong to one app, got a second one without that stack;"
                        + " give each its own with matchesSnapshot(name)",
                failure(other::matchesSnapshot).getMessage());
        assertEquals(List.of("App/First.json"), files());
    }

    @Test
    void failsWithoutASnapshot() {
        assertEquals(
                "[App] snapshot " + FOLDER + "all must exist, got none\nWrite it: " + COMMAND,
                failure(() -> comparing(AppAssertTest::shop).matchesSnapshot("all"))
                        .getMessage());
    }

    @Test
    void failsWhenTheFilesItWroteAreGone() throws IOException {
        updating(AppAssertTest::shop).matchesSnapshot();
        for (String file : files()) {
            Files.delete(module.resolve(FOLDER + file));
        }

        assertEquals(
                "[App] snapshot " + FOLDER + "App must exist, got none\nWrite it: " + COMMAND,
                failure(() -> comparing(AppAssertTest::shop).matchesSnapshot()).getMessage());
    }

    @Test
    void leavesOtherFilesOfTheFolderAlone() throws IOException {
        updating(AppAssertTest::shop).matchesSnapshot("a");
        Files.writeString(module.resolve(FOLDER + "a/b"), "Not a snapshot.");

        comparing(AppAssertTest::shop).matchesSnapshot("a");
        updating(AppAssertTest::shop).matchesSnapshot("a");

        assertThat(files()).contains("a/b");
    }

    @Test
    void seesStacksThatCdkMakes() throws IOException {
        AppAssert app = updating(edge -> {
            Environment environment = Environment.builder()
                    .account("111111111111")
                    .region("eu-west-1")
                    .build();
            Stack stack = new Stack(
                    edge, "Shop", StackProps.builder().env(environment).build());
            EdgeFunction.Builder.create(stack, "Edge")
                    .runtime(Runtime.NODEJS_22_X)
                    .handler("index.handler")
                    .code(Code.fromInline("exports.handler = async () => {}"))
                    .stackId("AtTheEdge")
                    .build();
        });

        app.matchesSnapshot();

        assertEquals(List.of("App/AtTheEdge.json", "App/Shop.json"), files());
    }

    @Test
    void rejectsTwoStacksOfOneFile() {
        AppAssert app = comparing(both -> {
            StackProps name = StackProps.builder().stackName("Shop").build();
            new Stack(new Construct(both, "a b"), "Shop", name);
            new Stack(new Construct(both, "a-b"), "Shop", name);
        });

        IllegalArgumentException error = assertThrows(IllegalArgumentException.class, app::matchesSnapshot);
        assertEquals(
                "[a-b/Shop] stack must have a file of its own, got a second one for App/a-b/Shop; give it a path that"
                        + " differs in more than the characters that stand as -",
                error.getMessage());
    }

    @Test
    void namesTheStackOfEachFinding() {
        assertEquals(
                """
                [App] data must be kept, got 2:
                  Prod/Data: Letters (AWS::SQS::Queue): DeletionPolicy must be Retain, got Delete
                  Prod/Data: Letters (AWS::SQS::Queue): UpdateReplacePolicy must be Retain, got Delete
                Set the removal policy RETAIN.""",
                failure(() -> comparing(app -> new Queue(new Stack(new Stage(app, "Prod"), "Data"), "Letters"))
                                .retainsData())
                        .getMessage());
    }

    private AppAssert updating(Consumer<App> content) {
        return new AppAssert(app(content), new Snapshots(module, true, false));
    }

    private AppAssert comparing(Consumer<App> content) {
        return new AppAssert(app(content), new Snapshots(module, false, false));
    }

    private static App app(Consumer<App> content) {
        App app = TestApp.createWithOnly(Map.of());
        content.accept(app);
        return app;
    }

    private static void shop(App app) {
        for (Stage stage : List.of(app, new Stage(app, "Prod"))) {
            Stack stack = new Stack(stage, "Shop");
            new Topic(stack, "News");
            new Queue(new NestedStack(stack, "Inner"), "Letters");
        }
    }

    private List<String> files() throws IOException {
        Path folder = module.resolve(FOLDER);
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> folder.relativize(file).toString().replace('\\', '/'))
                    .sorted()
                    .toList();
        }
    }

    private static AssertionFailedError failure(Executable executable) {
        return assertThrows(AssertionFailedError.class, executable);
    }
}

package dev.ashlar.constructs.function;

import static dev.ashlar.test.CdkAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ashlar.test.TestApp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.assertions.Match;
import software.amazon.awscdk.assertions.Template;
import software.amazon.awscdk.services.lambda.Code;
import software.amazon.awscdk.services.lambda.Function;
import software.amazon.awscdk.services.lambda.Runtime;

class FunctionCodeTest {
    private static final String TYPE = "AWS::Lambda::Function";
    private static final String PLACEHOLDER = "60e05bd1b195af2f94112fa7197a5c88289058840ce7c6df9693756bc6250f55";

    @TempDir
    private Path directory;

    private final App building = TestApp.create(Map.of("aws:cdk:bundling-stacks", List.of("**")));
    private final Stack stack = new Stack(building, "Shop");

    @Test
    void aDirectoryIsDeployedAsItIs() throws IOException {
        Files.writeString(directory.resolve("notes.py"), "def handler(event, context): pass\n");

        function(stack, FunctionCode.directory(directory.toString()));

        String hash = hashOf(stack);
        Path asset = Path.of(building.synth().getDirectory(), "asset." + hash);
        assertThat(asset.resolve("notes.py")).hasContent("def handler(event, context): pass");
    }

    @Test
    void theSameContentsAreTheSameAssetWhereverTheyLie() throws IOException {
        Path first = Files.createDirectories(directory.resolve("first"));
        Path second = Files.createDirectories(directory.resolve("second"));
        Files.writeString(first.resolve("notes.py"), "def handler(event, context): pass\n");
        Files.writeString(second.resolve("notes.py"), "def handler(event, context): pass\n");
        Stack other = new Stack(building, "Other");

        function(stack, FunctionCode.directory(first.toString()));
        function(other, FunctionCode.directory(second.toString()));

        assertThat(hashOf(stack)).isEqualTo(hashOf(other));
    }

    @Test
    void oneCodeServesManyFunctions() throws IOException {
        Files.writeString(directory.resolve("notes.py"), "def handler(event, context): pass\n");
        FunctionCode code = FunctionCode.directory(directory.toString());

        function(stack, code);
        WarmFunction.Builder.create(stack, "Second")
                .code(code)
                .handler("notes.other")
                .runtime(Runtime.PYTHON_3_13)
                .build();

        Template.fromStack(stack).resourcePropertiesCountIs(TYPE, Map.of("Code", Match.anyValue()), 2);
    }

    @Test
    void oneCodeServesManyStacks() throws IOException {
        Files.writeString(directory.resolve("notes.py"), "def handler(event, context): pass\n");
        FunctionCode code = FunctionCode.directory(directory.toString());
        Stack other = new Stack(building, "Other");

        function(stack, code);
        function(other, code);

        assertThat(hashOf(other)).isEqualTo(hashOf(stack));
    }

    @Test
    void nothingIsReadWhereCdkWantsNoCode() {
        Stack test = new Stack(TestApp.create(), "Shop");

        function(test, FunctionCode.maven("no/such/module"));

        assertThat(hashOf(test)).isEqualTo(PLACEHOLDER);
    }

    @Test
    void givesItselfToCdksOwnFunctions() throws IOException {
        Files.writeString(directory.resolve("notes.py"), "def handler(event, context): pass\n");
        Stack test = new Stack(TestApp.create(), "Shop");
        Code code = FunctionCode.directory(directory.toString()).toCode();

        plainFunction(stack, code);
        plainFunction(test, FunctionCode.directory("no/such/directory").toCode());

        assertThat(hashOf(stack)).matches("[0-9a-f]{64}").isNotEqualTo(PLACEHOLDER);
        assertThat(hashOf(test)).isEqualTo(PLACEHOLDER);
    }

    @Test
    void aHandlerThatTheCodeDoesNotHaveIsFoundAtSynth() throws IOException {
        Files.writeString(directory.resolve("note.py"), "def handler(event, context): pass\n");

        assertThatThrownBy(() -> function(stack, FunctionCode.directory(directory.toString())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("[Shop/Notes] handler must name a module of the code, got notes.handler, but there is no"
                        + " notes.py in " + directory + "; did you mean note.handler?");
    }

    @Test
    void takesAnyCodeOfCdk() {
        function(stack, FunctionCode.of(Code.fromInline("def handler(event, context): pass")));

        Template.fromStack(stack)
                .hasResourceProperties(TYPE, Map.of("Code", Map.of("ZipFile", "def handler(event, context): pass")));
    }

    @Test
    void rejectsADirectoryThatIsNotThere() {
        Path missing = directory.resolve("missing");

        assertThatThrownBy(() -> function(stack, FunctionCode.directory(missing.toString())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("[Shop/Notes] code must be a directory, got " + missing
                        + ", which is not there; build it first, or correct the path");
    }

    @Test
    void rejectsADirectoryAsAJar() {
        assertThatThrownBy(() -> function(stack, FunctionCode.jar(directory.toString())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("[Shop/Notes] code must be a file, got " + directory
                        + ", which is something else; build it first, or correct the path");
    }

    @Test
    void onlyWhatIsBuiltCanBeBuiltAlways() {
        Code given = Code.fromInline("x");

        for (FunctionCode code : List.of(
                FunctionCode.jar("a.jar"),
                FunctionCode.directory("a"),
                FunctionCode.image("a"),
                FunctionCode.of(given),
                FunctionCode.maven("a").withoutDependencies())) {
            assertThatThrownBy(code::always)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("always must be called on FunctionCode.maven or build, got code that something else has"
                            + " built; leave it out");
        }
    }

    @Test
    void onlyACommandCanHaveOtherInputs() {
        for (FunctionCode code : List.of(FunctionCode.maven("a"), FunctionCode.jar("a.jar"), FunctionCode.image("a"))) {
            assertThatThrownBy(() -> code.inputs("b"))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("inputs must be called on FunctionCode.build, got code that is not built by a command;"
                            + " leave it out");
        }
    }

    @Test
    void onlyMavenKnowsTheDependencies() {
        FunctionCode built = FunctionCode.build("make", "web", "dist");

        assertThatThrownBy(built::dependencies)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage(
                        "dependencies must be called on FunctionCode.maven, got code whose dependencies Ashlar does not"
                                + " know; leave it out");
        assertThatThrownBy(built::withoutDependencies)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage(
                        "withoutDependencies must be called on FunctionCode.maven, got code whose dependencies Ashlar"
                                + " does not know; leave it out");
    }

    @Test
    void relativePathsBeginWhereCdkJsonIs() {
        assertThatThrownBy(() -> function(stack, FunctionCode.directory("no/such/directory")))
                .hasMessageContaining(
                        Path.of("../no/such/directory").toAbsolutePath().normalize() + ", which");
    }

    private static void function(Stack stack, FunctionCode code) {
        WarmFunction.Builder.create(stack, "Notes")
                .code(code)
                .handler("notes.handler")
                .runtime(Runtime.PYTHON_3_13)
                .build();
    }

    private static void plainFunction(Stack stack, Code code) {
        Function.Builder.create(stack, "Notes")
                .code(code)
                .handler("notes.handler")
                .runtime(Runtime.PYTHON_3_13)
                .build();
    }

    private static String hashOf(Stack stack) {
        return assertThat(stack).json().findValue("S3Key").asText().replace(".zip", "");
    }
}

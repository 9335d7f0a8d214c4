package dev.ashlar.constructs.function;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ashlar.constructs.internal.Check;
import dev.ashlar.test.TestApp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awscdk.Stack;

/** Runs real commands, and where two synths meet, real JVMs. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the commands are for sh")
class CommandBuildTest {
    private static final String COPY = "echo run >> ../runs; mkdir -p dist; cp notes.py dist/notes.py";

    @TempDir
    private Path temporary;

    private Path project;

    private final Check check = Check.of(new Stack(TestApp.create(), "Shop"));

    @BeforeEach
    void writeProject() throws IOException {
        project = Files.createDirectories(temporary.resolve("project")).toRealPath();
        Files.writeString(project.resolve("notes.py"), "def handler(event, context): pass\n");
    }

    @Test
    void givesWhatTheCommandLeaves() throws IOException {
        BuiltCode built = build(COPY, "dist").build(check);

        assertThat(built.path()).isEqualTo(project.resolve("dist"));
        assertThat(built).isEqualTo(BuiltCode.at(project.resolve("dist"), check));
        assertThat(build(COPY, "dist").build(check)).isEqualTo(built);
        assertThat(runs()).isEqualTo(1);
    }

    @Test
    void aFileServesAsWell() {
        String jar = System.getProperty("java.home") + "/bin/jar";

        BuiltCode built = build("'" + jar + "' --create --file notes.zip notes.py", "notes.zip")
                .build(check);

        assertThat(built.path()).isEqualTo(project.resolve("notes.zip"));
        assertThat(built.facts().size()).isPositive();
    }

    @Test
    void whatHasChangedIsBuiltAgain() throws IOException {
        build(COPY, "dist").build(check);

        Files.writeString(project.resolve("notes.py"), "def handler(event, context): return 1\n");
        build(COPY, "dist").build(check);
        assertThat(runs()).as("a new source").isEqualTo(2);
        assertThat(project.resolve("dist/notes.py")).hasContent("def handler(event, context): return 1");

        Files.writeString(project.resolve("more.txt"), "more\n");
        build(COPY, "dist").build(check);
        assertThat(runs()).as("a new file").isEqualTo(3);

        Files.delete(project.resolve("more.txt"));
        build(COPY, "dist").build(check);
        assertThat(runs()).as("a file less").isEqualTo(4);

        build(COPY + " ", "dist").build(check);
        assertThat(runs()).as("another command").isEqualTo(5);
    }

    @Test
    void whatTheBuildLeavesInItsUsualPlacesDoesNotCount() throws IOException {
        write("build.gradle", "");
        write("pom.xml", "");
        build(COPY, "dist").build(check);

        Files.setLastModifiedTime(project.resolve("notes.py"), FileTime.fromMillis(1));
        for (String generated : List.of(
                "build/a.txt",
                "target/a.txt",
                "node_modules/a/a.js",
                "cdk.out/tree.json",
                ".gradle/a.lock",
                "src/__pycache__/a.pyc")) {
            write(generated, "generated");
        }
        build(COPY, "dist").build(check);
        assertThat(runs()).isEqualTo(1);

        write("src/build/a.txt", "a folder of that name without a Gradle script beside it");
        build(COPY, "dist").build(check);
        assertThat(runs()).isEqualTo(2);
    }

    @Test
    void ofGivenInputsAlone() throws IOException {
        Path shared = Files.createDirectories(temporary.resolve("shared"));
        Files.writeString(shared.resolve("names.py"), "A = 1\n");
        CodeBuild build = requireNonNull(build(COPY, "dist")
                .inputs(List.of(shared.toString(), project.resolve("notes.py").toString())));
        build.build(check);

        write("more.txt", "no input");
        build.build(check);
        assertThat(runs()).as("something else in its directory").isEqualTo(1);

        Files.writeString(shared.resolve("names.py"), "A = 2\n");
        build.build(check);
        assertThat(runs()).as("an input elsewhere").isEqualTo(2);

        write("notes.py", "def handler(event, context): return 2\n");
        build.build(check);
        assertThat(runs()).as("an input in its directory").isEqualTo(3);

        requireNonNull(build.always()).build(check);
        assertThat(runs()).as("always").isEqualTo(4);
    }

    @Test
    void givenInputsMustBeThere() {
        CodeBuild build = requireNonNull(build(COPY, "dist").inputs(List.of(temporary + "/gone")));

        assertThatThrownBy(() -> build.build(check))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("[Shop] code.inputs must be files and directories, got " + temporary
                        + "/gone, which is not there; correct the path, it is relative to the directory of cdk.json");
    }

    @Test
    void anOutputThatIsNoLongerWhatWasBuiltIsBuiltAgain() throws IOException {
        build(COPY, "dist").build(check);

        Files.writeString(project.resolve("dist/notes.py"), "half");
        build(COPY, "dist").build(check);
        assertThat(runs()).isEqualTo(2);

        Files.delete(project.resolve("dist/notes.py"));
        build(COPY, "dist").build(check);
        assertThat(runs()).isEqualTo(3);
    }

    @Test
    void whatWasSavedDuringABuildIsBuiltAgain() throws IOException {
        String save = COPY + "; test -f saved || echo x >> notes.py; touch saved";

        build(save, "dist").build(check);
        build(save, "dist").build(check);
        assertThat(runs()).as("the first build changed its own input").isEqualTo(2);

        build(save, "dist").build(check);
        assertThat(runs()).as("the second did not").isEqualTo(2);
    }

    @Test
    void alwaysRunsAtEachSynth() throws IOException {
        CodeBuild always = build(COPY, "dist").always();

        always.build(check);
        always.build(check);

        assertThat(runs()).isEqualTo(2);
    }

    @Test
    void leavesNothingThatGitWouldSee() throws IOException {
        build(COPY, "dist").build(check);

        assertThat(project.resolve(".ashlar/.gitignore")).hasContent("*");
        assertThat(project.resolve(".ashlar/dist/inputs.txt")).exists();
    }

    @Test
    void aFailedBuildShowsWhatItSaid() {
        assertThatThrownBy(() -> build("echo no such price; exit 3", "dist").build(check))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("[Shop] code must build, got exit code 3 of the command for " + project
                        + "; correct what it says and run again\n  sh -c echo no such price; exit 3\n  in " + project
                        + "\nno such price");
    }

    @Test
    void aFailedBuildIsTriedAgain() throws IOException {
        build(COPY, "dist").build(check);
        String fails = COPY + "; exit 1";
        assertThatThrownBy(() -> build(fails, "dist").build(check)).isInstanceOf(IllegalArgumentException.class);

        assertThatThrownBy(() -> build(fails, "dist").build(check)).isInstanceOf(IllegalArgumentException.class);

        assertThat(runs()).isEqualTo(3);
    }

    @Test
    void rejectsAnOutputThatIsNotThere() {
        assertThatThrownBy(() -> build("true", "dist").build(check))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("[Shop] code must be what the command leaves, got nothing at " + project.resolve("dist")
                        + " after \"true\" in " + project
                        + "; correct the output, it is relative to that directory");
    }

    @Test
    void rejectsADirectoryThatIsNotThere() {
        Path missing = temporary.resolve("missing");

        assertThatThrownBy(() -> new CommandBuild("true", missing.toString(), "dist", false).build(check))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("[Shop] code must be built in a directory, got " + missing
                        + ", which is not there; correct the path, it is relative to the directory of cdk.json");
    }

    @Test
    void rejectsAnOutputThatHoldsItsOwnSources() {
        assertThatThrownBy(() -> build("true", ".").build(check))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("[Shop] code must be built into a file or directory of its own, got " + project
                        + ", which holds " + project + " itself; name what the command leaves");
    }

    @Test
    void twoSynthsBuildOneAfterTheOther() throws Exception {
        String slow = "echo begin >> ../runs; sleep 1; mkdir -p dist; date +%N > dist/x; echo end >> ../runs";

        Process first = inAnotherJvm(slow);
        Process second = inAnotherJvm(slow + " ");

        assertThat(first.waitFor()).isZero();
        assertThat(second.waitFor()).isZero();
        assertThat(temporary.resolve("runs")).hasContent("begin\nend\nbegin\nend");
    }

    @Test
    void aSynthThatIsStoppedStopsItsBuildAndLeavesNothingToBeTakenForGood() throws Exception {
        String half = "mkdir -p dist; echo half > dist/notes.py; echo begin >> ../runs; sleep 20; echo end >> ../runs";

        Process synth = inAnotherJvm(half);
        while (!Files.exists(temporary.resolve("runs"))) {
            assertThat(synth.isAlive()).isTrue();
            TimeUnit.MILLISECONDS.sleep(20);
        }
        synth.destroy();
        synth.waitFor();

        assertThat(project.resolve(".ashlar/dist/inputs.txt")).doesNotExist();
        Files.delete(temporary.resolve("runs"));
        assertThat(build(COPY, "dist").build(check).path().resolve("notes.py"))
                .hasContent("def handler(event, context): pass");
        assertThat(temporary.resolve("runs")).hasContent("run");
    }

    @Test
    void aBuildThatNeedsItselfFailsInsteadOfWaitingForEver() {
        String itself =
                "'" + System.getProperty("java.home") + "/bin/java' -cp '" + System.getProperty("java.class.path")
                        + "' " + Main.class.getName().replace("$", "\\$") + " true '" + project + "' dist";

        assertThatThrownBy(() -> build(itself, "dist").build(check))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(
                        "code must not be needed by its own build, got a synth within the build that holds "
                                + project.resolve(".ashlar/build.lock") + "; take the synth out of that build");
    }

    private CommandBuild build(String command, String output) {
        return new CommandBuild(command, project.toString(), output, false);
    }

    private Process inAnotherJvm(String command) throws IOException {
        return new ProcessBuilder(
                        System.getProperty("java.home") + "/bin/java",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName(),
                        command,
                        project.toString(),
                        "dist")
                .redirectErrorStream(true)
                .redirectOutput(temporary.resolve("jvm.log").toFile())
                .start();
    }

    private int runs() throws IOException {
        return Files.readAllLines(temporary.resolve("runs")).size();
    }

    private void write(String file, String content) throws IOException {
        Path path = project.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, content);
    }

    /** A synth of its own: builds the output of a command in a directory. */
    static final class Main {
        private Main() {}

        public static void main(String[] args) {
            Check check = Check.of(new Stack(TestApp.create(), "Shop"));
            new CommandBuild(args[0], args[1], args[2], false).build(check);
        }
    }
}

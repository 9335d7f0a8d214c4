package dev.ashlar.constructs.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ashlar.constructs.internal.Check;
import dev.ashlar.test.CdkAssertions;
import dev.ashlar.test.TestApp;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.lambda.Code;
import software.amazon.awscdk.services.lambda.LayerVersion;

/** Builds real projects with a real Maven: the wrapper of this project, which also lies in theirs. */
class MavenModuleTest {
    private static final String DEPENDENCY = """
            <dependency>
              <groupId>org.jspecify</groupId>
              <artifactId>jspecify</artifactId>
              <version>1.0.1</version>
            </dependency>
            """;

    @TempDir
    private Path project;

    private final Check check = Check.of(new Stack(TestApp.create(), "Shop"));

    @BeforeEach
    void copyWrapper() throws IOException {
        Path home = repository();
        Files.createDirectories(project.resolve(".mvn/wrapper"));
        for (String file : List.of("mvnw", ".mvn/wrapper/maven-wrapper.properties")) {
            Files.copy(home.resolve(file), project.resolve(file), StandardCopyOption.COPY_ATTRIBUTES);
        }
    }

    @Test
    void laysCodeOutAsLambdaWantsIt() throws IOException {
        module("", DEPENDENCY);
        write("src/main/resources/prices.properties", "granite=12\n");

        Path code = locate("");

        assertThat(files(code)).containsExactly("lib/jspecify-1.0.1.jar", "prices.properties", "shop/Notes.class");
    }

    @Test
    void buildsOnlyWhenSomethingThatMattersHasChanged() throws IOException {
        module("", "");
        Path log = project.resolve("target/ashlar/build.log");
        locate("");

        mark(log);
        Files.setLastModifiedTime(project.resolve("src/main/java/shop/Notes.java"), FileTime.fromMillis(1));
        write("src/test/java/shop/NotesTest.java", "package shop; class NotesTest {}\n");
        locate("");
        assertThat(isMarked(log)).as("a new time and a new test").isTrue();
        BuiltCode unchanged = new MavenModule(project.toString()).build(check);
        assertThat(unchanged).isEqualTo(BuiltCode.at(project.resolve("target/ashlar/code"), check));

        write("src/main/java/shop/Notes.java", "package shop; public class Notes { int changed; }\n");
        locate("");
        assertThat(isMarked(log)).as("a new source").isFalse();

        mark(log);
        module("", DEPENDENCY);
        assertThat(files(locate(""))).contains("lib/jspecify-1.0.1.jar");
        assertThat(isMarked(log)).as("a new POM").isFalse();

        mark(log);
        Path properties = project.resolve(".mvn/wrapper/maven-wrapper.properties");
        Files.writeString(properties, Files.readString(properties) + "# another version\n");
        locate("");
        assertThat(isMarked(log)).as("another Maven").isFalse();

        mark(log);
        new MavenModule(project.toString()).always().build(check);
        assertThat(isMarked(log)).as("always").isFalse();
    }

    @Test
    void buildsTheModulesOfTheReactorThatItNeeds() throws IOException {
        reactor(project);

        Path code = locate("handlers");

        assertThat(files(code)).containsExactly("lib/api.jar", "shop/Notes.class");
        assertThat(entries(code.resolve("lib/api.jar"))).containsExactly("shop/api/Api.class");

        write("api/src/main/java/shop/api/Api.java", "package shop.api; public class Api { int changed; }\n");
        write("api/src/main/java/shop/api/More.java", "package shop.api; public class More {}\n");
        assertThat(entries(locate("handlers").resolve("lib/api.jar")))
                .containsExactly("shop/api/Api.class", "shop/api/More.class");
    }

    @Test
    void isTheSameCodeFromAnotherFolderAtAnotherTime() throws IOException {
        Path first = Files.createDirectories(project.resolve("first"));
        Path second = Files.createDirectories(project.resolve("deeper/second"));
        reactor(first);
        String hash = new MavenModule(first + "/handlers").build(check).hashes().all();

        reactor(second);
        FileTime old = FileTime.fromMillis(1_000_000_000_000L);
        Files.setLastModifiedTime(second.resolve("handlers/src/main/java/shop/Notes.java"), old);

        assertThat(new MavenModule(second + "/handlers").build(check).hashes().all())
                .isEqualTo(hash);
    }

    @Test
    void aBuildThatBrokeOffCountsForNothing() throws IOException {
        module("", "");
        Path code = locate("");
        Files.delete(project.resolve("target/ashlar/inputs.txt"));
        Files.delete(code.resolve("shop/Notes.class"));
        Files.createDirectories(project.resolve("target/ashlar/code.new/half"));

        assertThat(files(locate(""))).containsExactly("shop/Notes.class");
        assertThat(project.resolve("target/ashlar/code.new")).doesNotExist();
    }

    @Test
    void whatWasSavedDuringABuildIsBuiltAgain() throws IOException {
        module("", "");
        Path log = project.resolve("target/ashlar/build.log");
        Path source = project.resolve("src/main/java/shop/Notes.java");
        Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(3600)));
        locate("");
        mark(log);

        Files.setLastModifiedTime(source, FileTime.fromMillis(1));
        locate("");
        assertThat(isMarked(log)).as("built while the source was saved").isFalse();

        mark(log);
        locate("");
        assertThat(isMarked(log)).as("built in peace").isTrue();
    }

    @Test
    void modulesThatAreNamedTogetherAreCompiledInOneCall() throws IOException {
        shopOfThree();
        MavenModule notes = new MavenModule(project + "/notes");
        MavenModule prices = new MavenModule(project + "/prices");
        MavenModule quotes = new MavenModule(project + "/quotes");

        notes.build(check);
        mark(log());
        assertThat(files(prices.build(check).path())).containsExactly("shop/prices/Handler.class");
        assertThat(files(quotes.build(check).path())).containsExactly("shop/quotes/Handler.class");

        assertThat(isMarked(log())).isTrue();
    }

    @Test
    void onlyTheModuleThatHasChangedIsBuilt() throws IOException {
        shopOfThree();
        build("notes", "prices", "quotes");

        mark(log());
        write("prices/src/test/java/shop/prices/HandlerTest.java", "package shop.prices; class HandlerTest { oops }\n");
        build("notes", "prices", "quotes");
        assertThat(isMarked(log())).as("a new test").isTrue();

        FileTime notes = Files.getLastModifiedTime(project.resolve("notes/target/ashlar/inputs.txt"));
        write("prices/src/main/java/shop/prices/Handler.java", "package shop.prices; class Handler { int changed; }\n");
        build("notes", "prices", "quotes");
        assertThat(isMarked(log())).as("a new source").isFalse();
        assertThat(Files.getLastModifiedTime(project.resolve("notes/target/ashlar/inputs.txt")))
                .isEqualTo(notes);
    }

    @Test
    void modulesOfAnEarlierSynthAreCompiledInOneCall() throws IOException {
        shopOfThree();
        build("notes", "prices", "quotes");
        write("pom.xml", Files.readString(project.resolve("pom.xml")) + "<!-- changed -->");

        locate("quotes");
        mark(log());
        locate("notes");
        locate("prices");

        assertThat(isMarked(log())).isTrue();
    }

    @Test
    void aModuleThatFailsDoesNotKeepTheOthersBack() throws IOException {
        shopOfThree();
        write("prices/src/main/java/shop/prices/Handler.java", "package shop.prices; class Handler { oops }\n");
        MavenModule prices = new MavenModule(project + "/prices");

        assertThat(files(locate("notes"))).containsExactly("shop/notes/Handler.class");

        assertThatThrownBy(() -> prices.build(check))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(
                        "[Shop] code must build, got exit code 1 of Maven for " + project.resolve("prices"))
                .hasMessageContaining("prices/Handler.java:[1,42] <identifier> expected");
    }

    @Test
    void whatChangedSinceAnotherCallCompiledItIsCompiledAgain() throws IOException {
        shopOfThree();
        MavenModule prices = new MavenModule(project + "/prices");
        locate("notes");
        Path source = project.resolve("prices/src/main/java/shop/prices/Handler.java");
        Files.writeString(source, "package shop.prices; class Handler { class More {} }\n");
        Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(5)));

        assertThat(files(prices.build(check).path()))
                .containsExactly("shop/prices/Handler$More.class", "shop/prices/Handler.class");
    }

    @Test
    void modulesThatNeedEachOtherAreAnErrorOfMaven() throws IOException {
        write("pom.xml", pom("shop", "<module>a</module><module>b</module>", ""));
        write("a/pom.xml", pom("a", "", dependency("b")));
        write("b/pom.xml", pom("b", "", dependency("a")));
        write("a/src/main/java/shop/A.java", "package shop; class A {}\n");

        assertThatThrownBy(() -> locate("a"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("got exit code 1 of Maven for " + project.resolve("a"))
                .hasMessageContaining("cyclic");
    }

    @Test
    void theVersionOfAnInstalledMavenCounts() throws IOException {
        Path maven = Files.createDirectories(project.resolve("maven/bin")).resolve("mvn-of-this-test");
        Path core = Files.createDirectories(project.resolve("maven/lib")).resolve("maven-core-3.9.16.jar");
        Files.writeString(maven, "");
        Files.writeString(core, "");
        Files.delete(project.resolve("mvnw"));

        assertThat(maven.toFile().setExecutable(true)).isTrue();

        MavenProgram found = MavenProgram.of(project, maven.toString());
        assertThat(found.command()).isEqualTo(maven.toString());
        assertThat(found.versionFiles()).containsExactly(core.toRealPath());
    }

    @Test
    void theDependenciesAreApartForALayer() throws IOException {
        module("", DEPENDENCY);
        write("src/main/resources/prices.properties", "granite=12\n");
        App app = TestApp.create(Map.of("aws:cdk:bundling-stacks", List.of("**")));
        Stack stack = new Stack(app, "Shop");
        FunctionCode code = FunctionCode.maven(project.toString());

        LayerVersion libraries = LayerVersion.Builder.create(stack, "Libraries")
                .code(code.dependencies().toCode())
                .build();
        WarmFunction.Builder.create(stack, "Notes")
                .code(code.withoutDependencies())
                .handler("shop.Notes::read")
                .layers(List.of(libraries))
                .build();

        JsonNode json = CdkAssertions.assertThat(stack).json();
        List<JsonNode> keys = json.findValues("S3Key");
        Path assembly = Path.of(app.synth().getDirectory());
        assertThat(keys.stream()
                        .map(key ->
                                files(assembly.resolve("asset." + key.asText().replace(".zip", ""))))
                        .toList())
                .containsExactlyInAnyOrder(
                        List.of("java/lib/jspecify-1.0.1.jar"), List.of("prices.properties", "shop/Notes.class"));

        assertThatThrownBy(() -> WarmFunction.Builder.create(stack, "Bare")
                        .code(code.withoutDependencies())
                        .handler("shop.Notes::read")
                        .build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("[Shop/Bare] code must have its dependencies in a layer, got no layers; add one made of"
                        + " dependencies(), or leave withoutDependencies() out");
    }

    @Test
    void aChangeOfTheCodeLeavesTheLayerAsItIs() throws IOException {
        Path code = Files.createDirectories(project.resolve("code/lib"));
        Files.copy(jarOfThisTest(), code.resolve("a.jar"));
        write("code/shop/Notes.txt", "one");
        CodeHashes before = BuiltCode.at(project.resolve("code"), check).hashes();
        write("code/shop/Notes.txt", "two");

        CodeHashes after = BuiltCode.at(project.resolve("code"), check).hashes();

        assertThat(after.libraries()).isEqualTo(before.libraries());
        assertThat(after.withoutLibraries()).isNotEqualTo(before.withoutLibraries());
        assertThat(after.all()).isNotEqualTo(before.all());
    }

    @Test
    void aModuleWithoutDependenciesMakesNoLayer() throws IOException {
        module("", "");
        Stack stack = new Stack(TestApp.create(Map.of("aws:cdk:bundling-stacks", List.of("**"))), "Shop");
        Code layer = FunctionCode.maven(project.toString()).dependencies().toCode();

        assertThatThrownBy(() -> LayerVersion.Builder.create(stack, "Libraries")
                        .code(layer)
                        .build())
                .hasMessageContaining("[Shop/Libraries] code must hold files, got the dependencies of "
                        + project.resolve("target/ashlar/code") + ", of which there are none; leave the layer out");
    }

    @Test
    void aFailedBuildShowsWhatMavenSaid() throws IOException {
        module("", "");
        write("src/main/java/shop/Notes.java", "package shop; public class Notes { oops }\n");

        assertThatThrownBy(() -> locate(""))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("[Shop] code must build, got exit code 1 of Maven for " + project
                        + "; correct what it says and run again\n  " + project.resolve("mvnw")
                        + " --quiet --batch-mode process-classes ")
                .hasMessageContaining("\n  in " + project + "\n")
                .hasMessageContaining("Notes.java:[1,40] <identifier> expected")
                .hasMessageEndingWith("Compilation failure\n[ERROR] " + project
                        + "/src/main/java/shop/Notes.java:[1,40] <identifier> expected");
    }

    @Test
    void aFailedBuildIsTriedAgain() throws IOException {
        module("", "");
        locate("");
        write("src/main/java/shop/Notes.java", "package shop; public class Notes { oops }\n");
        assertThatThrownBy(() -> locate("")).isInstanceOf(IllegalArgumentException.class);

        assertThatThrownBy(() -> locate("")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void rejectsADirectoryWithoutPom() {
        assertThatThrownBy(() -> locate(""))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("[Shop] code must be the directory of a Maven module, got " + project
                        + ", which has no pom.xml; correct the path, it is relative to the directory of cdk.json");
    }

    @Test
    void rejectsAModuleWithoutClasses() throws IOException {
        module("", "");
        Files.delete(project.resolve("src/main/java/shop/Notes.java"));

        assertThatThrownBy(() -> locate(""))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("[Shop] code must be a Maven module with classes, got " + project
                        + ", whose build left none in " + project.resolve("target/classes"));
    }

    @Test
    void saysWhereMavenComesFromWhenThereIsNone() throws IOException {
        module("", "");
        Files.delete(project.resolve("mvnw"));

        assertThatThrownBy(() -> new MavenModule(project.toString(), "no-such-mvn", false).build(check))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("[Shop] code must be built by Maven, got no program no-such-mvn for " + project
                        + "; install Maven, or add its wrapper with mvn wrapper:wrapper");
    }

    private Path locate(String module) {
        return new MavenModule(project.resolve(module).toString()).build(check).path();
    }

    private void build(String... modules) {
        for (String module : modules) {
            locate(module);
        }
    }

    private Path log() {
        return project.resolve("target/ashlar/build.log");
    }

    private void shopOfThree() throws IOException {
        write("pom.xml", pom("shop", "<module>notes</module><module>prices</module><module>quotes</module>", ""));
        for (String module : List.of("notes", "prices", "quotes")) {
            write(module + "/pom.xml", pom(module, "", ""));
            write(
                    module + "/src/main/java/shop/" + module + "/Handler.java",
                    "package shop." + module + "; class Handler {}\n");
        }
    }

    private static String dependency(String artifact) {
        return "<dependency><groupId>shop</groupId><artifactId>%s</artifactId><version>1</version></dependency>"
                .formatted(artifact);
    }

    private void module(String folder, String dependencies) throws IOException {
        write(folder + "pom.xml", pom("notes", "", dependencies));
        write(
                folder + "src/main/java/shop/Notes.java",
                "package shop; public class Notes { public String read(String name) { return name; } }\n");
    }

    private void reactor(Path root) throws IOException {
        String at = project.relativize(root) + "/";
        String here = at.equals("/") ? "" : at;
        write(here + "pom.xml", pom("shop", "<module>api</module><module>handlers</module>", ""));
        write(here + "api/pom.xml", pom("api", "", ""));
        write(here + "api/src/main/java/shop/api/Api.java", "package shop.api; public class Api {}\n");
        write(here + "handlers/pom.xml", pom("handlers", "", dependency("api")));
        write(
                here + "handlers/src/main/java/shop/Notes.java",
                "package shop; public class Notes { shop.api.Api api; }\n");
    }

    private static String pom(String artifact, String modules, String dependencies) {
        return """
                <project xmlns="http://maven.apache.org/POM/4.0.0">
                  <modelVersion>4.0.0</modelVersion>
                  <groupId>shop</groupId>
                  <artifactId>%s</artifactId>
                  <version>1</version>
                  <packaging>%s</packaging>
                  <properties>
                    <maven.compiler.release>17</maven.compiler.release>
                    <project.build.sourceEncoding>UTF-8</project.build.sourceEncoding>
                  </properties>
                  <modules>%s</modules>
                  <dependencies>%s</dependencies>
                  <build>
                    <plugins>
                      <plugin><artifactId>maven-compiler-plugin</artifactId><version>3.15.0</version></plugin>
                      <plugin><artifactId>maven-resources-plugin</artifactId><version>3.5.0</version></plugin>
                    </plugins>
                  </build>
                </project>
                """.formatted(artifact, modules.isEmpty() ? "jar" : "pom", modules, dependencies);
    }

    private void write(String file, String content) throws IOException {
        Path path = project.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, content);
    }

    private static void mark(Path log) throws IOException {
        Files.setLastModifiedTime(log, FileTime.fromMillis(1));
    }

    private static boolean isMarked(Path log) throws IOException {
        return Files.getLastModifiedTime(log).toMillis() == 1;
    }

    private static List<String> files(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> directory.relativize(file).toString())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> entries(Path jar) {
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            return zip.stream().map(Object::toString).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path jarOfThisTest() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> entry.contains("jspecify") && entry.endsWith(".jar"))
                .map(Path::of)
                .findFirst()
                .orElseThrow();
    }

    private static Path repository() {
        return Stream.iterate(Path.of("").toAbsolutePath(), Path::getParent)
                .filter(directory -> Files.exists(directory.resolve("mvnw")))
                .findFirst()
                .orElseThrow();
    }
}

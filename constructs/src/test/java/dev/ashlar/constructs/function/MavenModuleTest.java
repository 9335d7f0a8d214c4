package dev.ashlar.constructs.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ashlar.constructs.internal.Check;
import dev.ashlar.test.TestApp;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awscdk.Stack;

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
        String hash = new MavenModule(first + "/handlers").build(check).hash();

        reactor(second);
        FileTime old = FileTime.fromMillis(1_000_000_000_000L);
        Files.setLastModifiedTime(second.resolve("handlers/src/main/java/shop/Notes.java"), old);

        assertThat(new MavenModule(second + "/handlers").build(check).hash()).isEqualTo(hash);
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

        assertThatThrownBy(() -> new MavenModule(project.toString(), "no-such-mvn").build(check))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("[Shop] code must be built by Maven, got no program no-such-mvn for " + project
                        + "; install Maven, or add its wrapper with mvn wrapper:wrapper");
    }

    private Path locate(String module) {
        return new MavenModule(project.resolve(module).toString()).build(check).path();
    }

    private void module(String folder, String dependencies) throws IOException {
        write(folder + "pom.xml", pom("notes", "", dependencies));
        write(folder + "src/main/java/shop/Notes.java", "package shop; public class Notes {}\n");
    }

    private void reactor(Path root) throws IOException {
        String at = project.relativize(root) + "/";
        String here = at.equals("/") ? "" : at;
        write(here + "pom.xml", pom("shop", "<module>api</module><module>handlers</module>", ""));
        write(here + "api/pom.xml", pom("api", "", ""));
        write(here + "api/src/main/java/shop/api/Api.java", "package shop.api; public class Api {}\n");
        String api = "<dependency><groupId>shop</groupId><artifactId>api</artifactId><version>1</version></dependency>";
        write(here + "handlers/pom.xml", pom("handlers", "", api));
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

    private static List<String> files(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> directory.relativize(file).toString())
                    .sorted()
                    .toList();
        }
    }

    private static List<String> entries(Path jar) {
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            return zip.stream().map(Object::toString).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path repository() {
        return Stream.iterate(Path.of("").toAbsolutePath(), Path::getParent)
                .filter(directory -> Files.exists(directory.resolve("mvnw")))
                .findFirst()
                .orElseThrow();
    }
}

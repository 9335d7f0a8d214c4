package dev.ashlar.test;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UpdateCommandTest {
    @TempDir
    private Path root;

    @Test
    void runsOneModule() throws IOException {
        Files.createFile(root.resolve("pom.xml"));

        assertEquals("mvn test -Dtest=UpdateCommandTest -Dsnapshot.update=true", command(root));
    }

    @Test
    void prefersTheWrapper() throws IOException {
        Files.createFile(root.resolve("mvnw"));

        assertEquals("./mvnw test -Dtest=UpdateCommandTest -Dsnapshot.update=true", command(root));
    }

    @Test
    void runsAModuleFromTheTopmostPom() throws IOException {
        Path module = Files.createDirectories(root.resolve("shop/infra"));
        for (Path folder : new Path[] {root, module, module.resolve("..")}) {
            Files.createFile(folder.resolve("pom.xml"));
        }

        assertEquals(
                "mvn test -pl shop/infra -am -Dtest=UpdateCommandTest -Dsurefire.failIfNoSpecifiedTests=false"
                        + " -Dsnapshot.update=true (in " + root + ")",
                command(module));
    }

    @Test
    void runsAModuleFromTheFolderOfMavensSettings() throws IOException {
        Path project = Files.createDirectories(root.resolve("project"));
        Path module = Files.createDirectories(project.resolve("infra"));
        for (Path folder : new Path[] {root, project, module}) {
            Files.createFile(folder.resolve("pom.xml"));
        }
        Files.createDirectory(project.resolve(".mvn"));

        assertEquals(
                "mvn test -pl infra -am -Dtest=UpdateCommandTest -Dsurefire.failIfNoSpecifiedTests=false"
                        + " -Dsnapshot.update=true (in " + project + ")",
                command(module));
    }

    @Test
    void runsTheOuterClassOfANestedOne() {
        assertEquals("mvn test -Dtest='Map*' -Dsnapshot.update=true", UpdateCommand.of(root, Map.Entry.class));
    }

    private static String command(Path module) {
        return UpdateCommand.of(module, UpdateCommandTest.class);
    }
}

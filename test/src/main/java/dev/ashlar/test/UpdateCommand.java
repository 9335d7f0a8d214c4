package dev.ashlar.test;

import java.nio.file.Files;
import java.nio.file.Path;

/** The command that writes a test class's snapshots anew. */
final class UpdateCommand {
    private UpdateCommand() {}

    /** {@return the command, to be run in the folder of the whole build} */
    static String of(Path module, Class<?> testClass) {
        Path root = root(module);
        String maven = Files.exists(root.resolve("mvnw")) ? "./mvnw" : "mvn";
        String test = " -Dtest=" + selector(testClass);
        if (root.equals(module)) {
            return maven + " test" + test + " -Dsnapshot.update=true";
        }
        String path = root.relativize(module).toString().replace('\\', '/');
        return maven + " test -pl " + path + " -am" + test
                + " -Dsurefire.failIfNoSpecifiedTests=false -Dsnapshot.update=true (in " + root + ")";
    }

    /** {@return the folder from which Maven builds all modules: it has a {@code .mvn}, or the topmost POM} */
    private static Path root(Path module) {
        Path topmost = module;
        for (Path folder = module;
                folder != null && Files.exists(folder.resolve("pom.xml"));
                folder = folder.getParent()) {
            topmost = folder;
            if (Files.isDirectory(folder.resolve(".mvn"))) {
                return folder;
            }
        }
        return topmost;
    }

    private static String selector(Class<?> testClass) {
        Class<?> enclosing = testClass.getEnclosingClass();
        if (enclosing == null) {
            return testClass.getSimpleName();
        }
        // A class within a class runs with the outer one.
        while (enclosing.getEnclosingClass() != null) {
            enclosing = enclosing.getEnclosingClass();
        }
        return "'" + enclosing.getSimpleName() + "*'";
    }
}

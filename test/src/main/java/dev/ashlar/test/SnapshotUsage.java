package dev.ashlar.test;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The snapshots that tests of this JVM asked for. */
final class SnapshotUsage {
    private static final Set<Path> USED = new HashSet<>();

    private SnapshotUsage() {}

    static synchronized void note(Path snapshot) {
        USED.add(snapshot);
    }

    /** {@return the snapshots in the folder of a test class that nobody asked for, by their place in the module} */
    static synchronized List<String> unused(Path module, Class<?> testClass) {
        return Snapshots.filesIn(module.resolve(Snapshots.folderOf(testClass)))
                .filter(file -> !USED.contains(file))
                .map(file -> module.relativize(file).toString().replace('\\', '/'))
                .sorted()
                .toList();
    }

    /** {@return the snapshots in folders of the names of classes that are not there, by their place in the module} */
    static List<String> ofNoClass(Path module) {
        Path folder = module.resolve(Snapshots.FOLDER);
        return Snapshots.filesIn(folder)
                .filter(file -> !isThere(folder.relativize(file).getName(0).toString()))
                .map(file -> module.relativize(file).toString().replace('\\', '/'))
                .sorted()
                .toList();
    }

    /** {@return whether there is a class of a name, or one in it: {@code shop.ShopTest.Nested}} */
    private static boolean isThere(String name) {
        try {
            Class.forName(name, false, SnapshotUsage.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException | LinkageError e) {
            int last = name.lastIndexOf('.');
            return last > 0 && isThere(name.substring(0, last) + "$" + name.substring(last + 1));
        }
    }
}

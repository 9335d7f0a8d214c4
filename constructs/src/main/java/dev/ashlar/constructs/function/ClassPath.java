package dev.ashlar.constructs.function;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The classes of code in the order in which Lambda looks for them: the root, then the jars under {@code lib/} by name.
 * Jars are opened when they are needed.
 */
final class ClassPath implements Closeable {
    private static final String CLASS = ".class";

    private final CodeFiles root;
    private final Map<String, CodeFiles> opened = new LinkedHashMap<>();

    ClassPath(CodeFiles root) {
        this.root = root;
    }

    /** Finds a class by its name with slashes; null if there is none. */
    @Nullable
    ClassFile find(String name) throws IOException {
        String file = name + CLASS;
        if (root.holds(file)) {
            return ClassFile.read(file, root.read(file));
        }
        for (String jar : jars()) {
            CodeFiles files = open(jar);
            if (files.holds(file)) {
                return ClassFile.read(CodePlace.within(jar, file), files.read(file));
            }
        }
        return null;
    }

    /** The classes at the root, by their names with dots. */
    List<String> classesAtRoot() {
        return classesIn(root);
    }

    /** The classes in the jars, by their names with dots. */
    List<String> classesInJars() throws IOException {
        List<String> classes = new ArrayList<>();
        for (String jar : jars()) {
            classes.addAll(classesIn(open(jar)));
        }
        return classes;
    }

    /** Where a class lies that Lambda does not look for there; null if nowhere. */
    @Nullable
    String elsewhere(String name) {
        String file = name + CLASS;
        for (String each : root.sizes().keySet()) {
            if (each.endsWith("/" + file) && isNamed(name, each)) {
                return each;
            }
            if (each.endsWith(".jar") && !CodePlace.isOnClassPath("", each) && liesIn(each, file)) {
                return CodePlace.within(each, file);
            }
        }
        return null;
    }

    /** Whether a file is that class, and not one whose package was left out. */
    private boolean isNamed(String name, String file) {
        try {
            return ClassFile.read(file, root.read(file)).name().equals(name);
        } catch (IOException e) {
            return false;
        }
    }

    private boolean liesIn(String jar, String file) {
        try (CodeFiles files = root.openArchive(jar)) {
            return files.holds(file);
        } catch (IOException e) {
            // Not a jar after all.
            return false;
        }
    }

    private List<String> jars() {
        return root.sizes().keySet().stream()
                .filter(name -> CodePlace.isOnClassPath("", name))
                .toList();
    }

    private CodeFiles open(String jar) throws IOException {
        CodeFiles files = opened.get(jar);
        if (files == null) {
            files = root.openArchive(jar);
            opened.put(jar, files);
        }
        return files;
    }

    private static List<String> classesIn(CodeFiles files) {
        return files.sizes().keySet().stream()
                .filter(name -> name.endsWith(CLASS) && !name.contains("-"))
                .map(name -> name.substring(0, name.length() - CLASS.length()).replace('/', '.'))
                .toList();
    }

    @Override
    public void close() throws IOException {
        for (CodeFiles files : opened.values()) {
            files.close();
        }
    }
}

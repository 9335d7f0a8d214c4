package dev.ashlar.constructs.function;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A class with all that it extends and implements, as far as the code holds it.
 *
 * @param names their names with slashes, of those that the code does not hold too
 * @param types those that the code holds, the class first
 * @param isWhole whether the code holds all that Java itself does not bring
 */
record ClassHierarchy(Set<String> names, List<ClassFile> types, boolean isWhole) {
    /** Reads it, but for some interfaces that the caller knows by name. */
    static ClassHierarchy of(ClassFile type, ClassPath classPath, Set<String> known) throws IOException {
        Set<String> names = new LinkedHashSet<>(List.of(type.name()));
        List<ClassFile> types = new ArrayList<>();
        boolean isWhole = true;
        Deque<ClassFile> open = new ArrayDeque<>(List.of(type));
        while (!open.isEmpty()) {
            ClassFile each = open.remove();
            types.add(each);
            for (String next : each.supertypes()) {
                if (names.add(next) && !next.startsWith("java/") && !known.contains(next)) {
                    ClassFile found = classPath.find(next);
                    if (found == null) {
                        // From a layer, or from the runtime: nothing can be said of it.
                        isWhole = false;
                    } else {
                        open.add(found);
                    }
                }
            }
        }
        return new ClassHierarchy(names, types, isWhole);
    }

    ClassFile type() {
        return types.get(0);
    }

    Stream<ClassFile.Method> methods() {
        return types.stream().flatMap(each -> each.methods().stream());
    }
}

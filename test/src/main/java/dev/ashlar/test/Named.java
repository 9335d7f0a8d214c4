package dev.ashlar.test;

import java.util.List;
import java.util.function.Predicate;
import org.opentest4j.AssertionFailedError;

/** What a test can name: by its path, a path above it, its logical id or a beginning of it. */
interface Named {
    String id();

    String path();

    /** {@return the one that is meant by a name} */
    static <T extends Named> T one(String stackPath, String what, String name, List<T> candidates) {
        List<Predicate<T>> readings = List.of(
                candidate -> candidate.path().equals(name) || candidate.id().equals(name),
                candidate -> candidate.path().startsWith(name + "/"),
                candidate -> candidate.id().startsWith(name));
        for (Predicate<T> reading : readings) {
            List<T> found = candidates.stream().filter(reading).toList();
            if (found.size() == 1) {
                return found.get(0);
            }
            if (!found.isEmpty()) {
                throw notOne(stackPath, what, name, found.size() + " " + what + "s", found);
            }
        }
        throw notOne(stackPath, what, name, "none of the stack's " + candidates.size(), candidates);
    }

    private static <T extends Named> AssertionFailedError notOne(
            String stackPath, String what, String name, String found, List<T> candidates) {
        List<String> paths = candidates.stream().map(Named::path).toList();
        return new AssertionFailedError("[" + stackPath + "] \"" + name + "\" must name one " + what + ", got " + found
                + ":" + Failure.lines(paths) + "\nGive the whole path of one.");
    }
}

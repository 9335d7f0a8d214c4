package dev.ashlar.test;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.opentest4j.AssertionFailedError;

/** Assertions on what one role may do, or what may be done with one resource, gathered from all policies of the stack. */
public final class PermissionsAssert {
    private final StackAssert stackAssert;
    private final String stackPath;
    private final String subject;
    private final List<Permission> permissions;

    PermissionsAssert(StackAssert stackAssert, String stackPath, String subject, List<Permission> permissions) {
        this.stackAssert = stackAssert;
        this.stackPath = stackPath;
        this.subject = subject;
        this.permissions = permissions;
    }

    /**
     * Asserts that there are these permissions, and no other.
     *
     * @param expected one for each action and resource, and on a resource for each principal, in any order; none for a role
     *     that may do nothing
     * @return the assertions on the stack, for the next one
     * @throws AssertionFailedError if there are others; the message lists the missing and the unexpected ones
     */
    public StackAssert areExactly(Permission... expected) {
        Set<Permission> wanted = new TreeSet<>(List.of(expected));
        Set<Permission> actual = new TreeSet<>(permissions);
        if (!wanted.equals(actual)) {
            List<String> differences = Stream.concat(
                            wanted.stream()
                                    .filter(permission -> !actual.contains(permission))
                                    .map(permission -> "missing:    " + permission),
                            actual.stream()
                                    .filter(permission -> !wanted.contains(permission))
                                    .map(permission -> "unexpected: " + permission))
                    .toList();
            throw new AssertionFailedError(
                    "[" + stackPath + "] permissions " + subject + " must be exactly the expected " + wanted.size()
                            + ", got " + actual.size() + ":" + Failure.lines(differences),
                    text(wanted),
                    text(actual));
        }
        return stackAssert;
    }

    private static String text(Set<Permission> permissions) {
        return permissions.stream().map(Permission::toString).collect(Collectors.joining("\n"));
    }
}

package dev.ashlar.test;

import java.util.Comparator;

/**
 * One that policies let do something.
 *
 * @param name as a reader would write it: a construct's path, {@code s3.amazonaws.com}, {@code account 111122223333}
 */
record Principal(Kind kind, String name) implements Comparable<Principal> {
    static final Principal ANYONE = new Principal(Kind.ANYONE, "anyone");

    /** What principals there are, in the order of reports. */
    enum Kind {
        ROLE("role"),
        USER("user"),
        GROUP("group"),
        IMPORTED("imported"),
        SERVICE("service"),
        ACCOUNT(""),
        ARN(""),
        FEDERATED("identity provider"),
        CANONICAL_USER("canonical user"),
        ANYONE(""),
        /** What has a policy that names nobody: whoever it is attached to elsewhere. */
        POLICY(""),
        /** What lets nobody do anything. */
        LIMIT("only limits");

        private final String label;

        Kind(String label) {
            this.label = label;
        }
    }

    static Principal policyOf(String path, Kind kind) {
        return new Principal(kind, "policy of " + path);
    }

    /** {@return the name, and what it is where that does not show} */
    String heading() {
        return kind.label.isEmpty() ? name : name + " (" + kind.label + ")";
    }

    @Override
    public int compareTo(Principal other) {
        return Comparator.comparing(Principal::kind)
                .thenComparing(Principal::name)
                .compare(this, other);
    }
}

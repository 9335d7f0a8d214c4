package dev.ashlar.patterns.s3;

import dev.ashlar.constructs.internal.Tokens;

/** The beginning of keys that a permission can name. */
final class KeyPrefix {
    private KeyPrefix() {}

    /** As {@link dev.ashlar.constructs.access.BucketAccess#under} takes it. */
    static boolean isValid(String prefix) {
        return Tokens.isUnresolved(prefix) || prefix.matches("[^/*?$][^*?$]*");
    }

    /** Tells whether a key can begin with both. */
    static boolean overlap(String one, String other) {
        return one.startsWith(other) || other.startsWith(one);
    }
}

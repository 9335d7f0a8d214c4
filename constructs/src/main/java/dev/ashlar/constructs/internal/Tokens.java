package dev.ashlar.constructs.internal;

import software.amazon.awscdk.Token;

/** Values that stand for others, which are known at deployment only. */
public final class Tokens {
    private static final String MARKER = "${Token[";

    private Tokens() {}

    /**
     * Asks CDK whether a value is or holds a token, where it may: a text without CDK's mark for tokens, and a whole number
     * of Java's, is what it is, which saves a round trip to Node.
     *
     * @param value any value
     * @return whether it is not known at synth
     */
    public static boolean isUnresolved(Object value) {
        boolean isPlain = value instanceof String text ? !text.contains(MARKER) : value instanceof Integer;
        return !isPlain && Boolean.TRUE.equals(Token.isUnresolved(value));
    }
}

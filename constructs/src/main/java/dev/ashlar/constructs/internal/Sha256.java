package dev.ashlar.constructs.internal;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The one hash that is used. */
public final class Sha256 {
    private Sha256() {}

    /** {@return a digest that has taken nothing yet} */
    public static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}

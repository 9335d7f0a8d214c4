package dev.ashlar.local.internal.template;

/** A value that only AWS knows. */
public final class UnresolvedTokenException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    UnresolvedTokenException(String stack, String token, String why) {
        super("[%s] %s cannot be resolved here: %s".formatted(stack, token, why));
    }
}

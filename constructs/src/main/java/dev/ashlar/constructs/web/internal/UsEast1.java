package dev.ashlar.constructs.web.internal;

import dev.ashlar.constructs.internal.Tokens;
import software.amazon.awscdk.Stack;
import software.constructs.IConstruct;

/** The region in which CloudFront has what it has but once: certificates, metrics, logs. */
final class UsEast1 {
    static final String NAME = "us-east-1";

    private UsEast1() {}

    /** Whether a construct's stack is known to lie there. */
    static boolean holds(IConstruct construct) {
        return Stack.of(construct).getRegion().equals(NAME);
    }

    /** The stack of a construct that does not lie there, for a message. */
    static String butGot(IConstruct construct) {
        String region = Stack.of(construct).getRegion();
        return "a stack " + (Tokens.isUnresolved(region) ? "whose region is not known at synth" : "in " + region);
    }
}

package dev.ashlar.constructs.function;

import dev.ashlar.constructs.internal.Check;

/** Makes code that can be deployed, or finds it. */
@FunctionalInterface
interface CodeBuild {
    /** Gives what was built, and builds it before if it must. */
    BuiltCode build(Check check);

    /** The same build, which takes nothing from an earlier synth. */
    default CodeBuild always() {
        throw new UnsupportedOperationException(
                "always must be called on FunctionCode.maven or build, got code that something else has built");
    }

    /** Whether the dependencies lie apart under {@code lib/}, in a folder that is Ashlar's. */
    default boolean isDivisible() {
        return false;
    }
}

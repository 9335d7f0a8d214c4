package dev.ashlar.constructs.function;

import dev.ashlar.constructs.internal.Check;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes code that can be deployed, or finds it. */
@FunctionalInterface
interface CodeBuild {
    /** Gives what was built, and builds it before if it must. */
    BuiltCode build(Check check);

    /** The same build, which takes nothing from an earlier synth; null if something else has built the code. */
    default @Nullable CodeBuild always() {
        return null;
    }

    /** The same build, with other inputs than all in its directory; null if it knows its inputs itself. */
    default @Nullable CodeBuild inputs(List<String> paths) {
        return null;
    }

    /** Whether the dependencies lie apart under {@code lib/}, in a folder that is Ashlar's. */
    default boolean isDivisible() {
        return false;
    }
}

package dev.ashlar.constructs.internal;

import dev.ashlar.constructs.profile.internal.Inherited;
import software.amazon.awscdk.Stack;
import software.constructs.Construct;

/** Knows where CDK wants no code: for {@code cdk ls}, {@code cdk destroy}, stacks that are not deployed, and tests. */
public final class Bundling {
    private static final Once<Stack, Boolean> REQUIRED = new Once<>(Stack::getBundlingRequired);

    private Bundling() {}

    /**
     * Tells whether nothing is to be built or read.
     *
     * @param scope the construct that needs what would be built
     * @return whether a placeholder stands in
     */
    public static boolean isSkipped(Construct scope) {
        return !Boolean.TRUE.equals(REQUIRED.ask(Inherited.stack(scope)));
    }
}

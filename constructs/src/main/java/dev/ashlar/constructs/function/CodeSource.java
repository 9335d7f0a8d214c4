package dev.ashlar.constructs.function;

import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.services.lambda.Code;
import software.constructs.Construct;

/** Where the code of a function comes from. */
interface CodeSource {
    /**
     * Gives CDK the code.
     *
     * @param scope what it is for, and what messages name
     * @param target what runs it, so that it can be checked; null if that is not known
     */
    Code codeFor(Construct scope, @Nullable CodeTarget target);
}

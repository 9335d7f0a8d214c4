package dev.ashlar.constructs.function;

import dev.ashlar.constructs.internal.Bundling;
import dev.ashlar.constructs.internal.Check;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.AssetHashType;
import software.amazon.awscdk.services.lambda.Code;
import software.amazon.awscdk.services.s3.assets.AssetOptions;
import software.constructs.Construct;

/** Code that is built, or found, once: many functions wait for one build. */
final class BuiltSource implements CodeSource {
    private final CodeBuild build;
    private @Nullable BuiltCode built;

    BuiltSource(CodeBuild build) {
        this.build = build;
    }

    /** The same code, built at each synth; null if it is not built. */
    @Nullable
    CodeSource always() {
        CodeBuild always = build.always();
        return always == null ? null : new BuiltSource(always);
    }

    /** The same code, built from other inputs than all in its directory; null if it knows its inputs itself. */
    @Nullable
    CodeSource inputs(List<String> paths) {
        CodeBuild other = build.inputs(paths);
        return other == null ? null : new BuiltSource(other);
    }

    boolean isDivisible() {
        return build.isDivisible();
    }

    @Override
    public Code codeFor(Construct scope, @Nullable CodeTarget target) {
        if (Bundling.isSkipped(scope)) {
            return Placeholder.code();
        }
        BuiltCode code = built(scope);
        CodeChecks.check(scope, code, code.facts().size(), target);
        return asset(code.path(), code.hashes().all());
    }

    /** What is left of the code without the jars under {@code lib/}, or these alone, as a layer has them. */
    CodeSource part(CodePart part) {
        return (scope, target) -> Bundling.isSkipped(scope) ? Placeholder.code() : part(part, scope, target);
    }

    private Code part(CodePart part, Construct scope, @Nullable CodeTarget target) {
        BuiltCode whole = built(scope);
        Check.of(scope)
                .that(
                        target == null || target.hasLayers(),
                        "code must have its dependencies in a layer, got no layers; add one made of dependencies(), or"
                                + " leave withoutDependencies() out");
        try {
            Path path = part.of(whole.path());
            long size = CodeSize.of(path);
            Check.of(scope)
                    .that(
                            size > 0,
                            "code must hold files, got the %s of %s, of which there are none; leave the layer out"
                                    .formatted(part, whole.path()));
            // The handler may extend what lies in the layer, so the whole is checked; what counts is the part.
            CodeChecks.check(scope, whole, size, target);
            return asset(path, part.hashOf(whole.hashes()));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot divide " + whole.path(), e);
        }
    }

    private BuiltCode built(Construct scope) {
        BuiltCode code = built == null ? build.build(Check.of(scope)) : built;
        built = code;
        return code;
    }

    /** A new asset each time: CDK ties its own to the first stack that uses it. */
    static Code asset(Path path, String hash) {
        return Code.fromAsset(
                path.toString(),
                AssetOptions.builder()
                        .assetHash(hash)
                        .assetHashType(AssetHashType.CUSTOM)
                        .build());
    }
}

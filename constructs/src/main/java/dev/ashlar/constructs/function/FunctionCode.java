package dev.ashlar.constructs.function;

import static java.util.Objects.requireNonNull;

import dev.ashlar.constructs.internal.Check;
import dev.ashlar.constructs.internal.ProjectFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.AssetHashType;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.lambda.Code;
import software.amazon.awscdk.services.lambda.CodeConfig;
import software.amazon.awscdk.services.s3.assets.AssetOptions;
import software.constructs.Construct;

/**
 * The code of a function: where it comes from, and how it is built. It needs no container, and it is the same asset as
 * long as its contents are the same: times, the order of entries and stamps of the build do not count, in jars inside
 * jars neither.
 *
 * <pre>{@code
 * FunctionCode handlers = FunctionCode.maven("handlers");
 * }</pre>
 *
 * <p>Relative paths are resolved against the nearest directory upwards that holds a {@code cdk.json}. Nothing is built
 * or read where CDK wants no code, as for {@code cdk ls}, {@code cdk destroy} and tests: a fixed placeholder stands in.
 *
 * <p>What was built is opened and checked before it is deployed: that Lambda can call the handler, that classes are not
 * too new for the runtime, that native libraries are for the architecture, and that all of it fits in Lambda. Classes
 * that are there twice and differ are a warning. Code that {@link #of} takes from CDK is not opened.
 */
public final class FunctionCode {
    private final @Nullable Source source;
    private final @Nullable Code given;
    private @Nullable BuiltCode built;

    private FunctionCode(@Nullable Source source, @Nullable Code given) {
        this.source = source;
        this.given = given;
    }

    /**
     * A Maven module, built when something that it is made of has changed: with its wrapper if there is one, else with
     * {@code mvn}; inside a reactor together with the modules that it needs; tests are neither compiled nor run. What is
     * deployed has the module's classes and resources at its root, and its runtime dependencies as jars under
     * {@code lib/}. It lies in {@code target/ashlar/code} of the module.
     *
     * @param module the module's directory, which holds its {@code pom.xml}
     * @return the code
     */
    public static FunctionCode maven(String module) {
        return new FunctionCode(new MavenModule(module), null);
    }

    /**
     * A jar or zip that something else has built: classes at its root, other jars under {@code lib/}, or all in one.
     *
     * @param path the file
     * @return the code
     */
    public static FunctionCode jar(String path) {
        return new FunctionCode(check -> existing(check, path, "a file", Files::isRegularFile), null);
    }

    /**
     * A directory that is deployed as it is: Python or Node.js files, or the output of a build.
     *
     * @param path the directory
     * @return the code
     */
    public static FunctionCode directory(String path) {
        return new FunctionCode(check -> existing(check, path, "a directory", Files::isDirectory), null);
    }

    /**
     * Any code that CDK knows, used as it is. CDK lets its own code into one stack only.
     *
     * @param code CDK's code
     * @return the code
     */
    public static FunctionCode of(Code code) {
        return new FunctionCode(null, code);
    }

    /**
     * Gives the code to CDK's own {@code Function}. It is built when that function is made.
     *
     * @return CDK's code
     */
    public Code toCode() {
        return given != null ? given : new DeferredCode(this);
    }

    /** Gives the code to whatever runs it: built, or a placeholder where CDK wants no code. */
    Code codeFor(Construct scope) {
        return checkedCodeFor(scope, null);
    }

    /** Gives the code to a function that it is checked for. */
    Code codeFor(Construct scope, CodeTarget target) {
        return checkedCodeFor(scope, target);
    }

    private Code checkedCodeFor(Construct scope, @Nullable CodeTarget target) {
        if (source == null || given != null) {
            return requireNonNull(given);
        }
        if (!Boolean.TRUE.equals(Stack.of(scope).getBundlingRequired())) {
            return Placeholder.code();
        }
        // Many functions wait for one build.
        BuiltCode code = built == null ? source.build(Check.of(scope)) : built;
        built = code;
        CodeChecks.check(scope, code, target);
        // A new asset each time: CDK ties its own to the first stack that uses it.
        return asset(code.path(), code.hash());
    }

    static Code asset(Path path, String hash) {
        return Code.fromAsset(
                path.toString(),
                AssetOptions.builder()
                        .assetHash(hash)
                        .assetHashType(AssetHashType.CUSTOM)
                        .build());
    }

    private static BuiltCode existing(Check check, String path, String what, Predicate<Path> isThat) {
        Path absolute = ProjectFiles.resolve(path);
        check.that(
                isThat.test(absolute),
                "code must be %s, got %s, which is %s; build it first, or correct the path"
                        .formatted(what, absolute, Files.exists(absolute) ? "something else" : "not there"));
        return BuiltCode.at(absolute, check);
    }

    /** Where code comes from. */
    interface Source {
        BuiltCode build(Check check);
    }

    /** Code that is built when CDK binds it to a function. */
    private static final class DeferredCode extends Code {
        private final FunctionCode code;

        private DeferredCode(FunctionCode code) {
            this.code = code;
        }

        @Override
        public CodeConfig bind(Construct scope) {
            return code.codeFor(scope).bind(scope);
        }
    }
}

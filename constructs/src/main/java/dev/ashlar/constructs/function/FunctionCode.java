package dev.ashlar.constructs.function;

import static java.util.Objects.requireNonNull;

import dev.ashlar.constructs.internal.Check;
import dev.ashlar.constructs.internal.ProjectFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.services.ecr.IRepository;
import software.amazon.awscdk.services.lambda.Code;
import software.amazon.awscdk.services.lambda.CodeConfig;
import software.constructs.Construct;

/**
 * The code of a function: where it comes from, and how it is built. Java needs no container, and it is the same asset as
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
    private final CodeSource source;
    private final boolean isImage;

    private FunctionCode(CodeSource source, boolean isImage) {
        this.source = source;
        this.isImage = isImage;
    }

    /**
     * A Maven module, built when something that it is made of has changed: with its wrapper if there is one, else with
     * {@code mvn}; inside a reactor together with the modules that it needs; tests are neither compiled nor run. What is
     * deployed has the module's classes and resources at its root, and its runtime dependencies as jars under
     * {@code lib/}. It lies in {@code target/ashlar/code} of the module.
     *
     * <p>Modules of one reactor are compiled in one call of Maven, as far as they are named before the first of them is
     * needed, or were built by an earlier synth.
     *
     * @param module the module's directory, which holds its {@code pom.xml}
     * @return the code
     */
    public static FunctionCode maven(String module) {
        return built(new MavenModule(requireNonNull(module, "module")));
    }

    /**
     * What a command builds, such as {@code ./gradlew :handlers:zip}. It runs when a file in its directory has changed,
     * leaving out what it builds; and the folders {@code node_modules}, {@code cdk.out} and {@code __pycache__}, hidden
     * ones except {@code .mvn}, {@code target} beside a {@code pom.xml} and {@code build} beside a Gradle script.
     *
     * @param command what {@code sh} runs, on Windows {@code cmd}
     * @param directory the directory in which it runs
     * @param output what it leaves, seen from there: a jar or zip, as for {@link #jar}, or a directory, as for
     *     {@link #directory}
     * @return the code
     */
    public static FunctionCode build(String command, String directory, String output) {
        return built(new CommandBuild(
                requireNonNull(command, "command"),
                requireNonNull(directory, "directory"),
                requireNonNull(output, "output"),
                false));
    }

    /**
     * A jar or zip that something else has built: classes at its root, other jars under {@code lib/}, or all in one.
     *
     * @param path the file
     * @return the code
     */
    public static FunctionCode jar(String path) {
        requireNonNull(path, "path");
        return built(check -> existing(check, path, "a file", Files::isRegularFile));
    }

    /**
     * A directory that is deployed as it is: Python or Node.js files, or the output of a build.
     *
     * @param path the directory
     * @return the code
     */
    public static FunctionCode directory(String path) {
        requireNonNull(path, "path");
        return built(check -> existing(check, path, "a directory", Files::isDirectory));
    }

    /**
     * A container image, built from a {@code Dockerfile} by {@code cdk deploy}, which needs a container engine for it;
     * {@code cdk synth} needs none. It is built for the function's architecture; in CDK's own {@code Function} for x86.
     * The image brings its runtime, so {@code runtime} and {@code layers} must not be set; {@code handler} may be, and is
     * then the image's command. Lambda SnapStart does not go with it.
     *
     * @param directory the directory of the {@code Dockerfile}, which is sent to the container engine
     * @return the code
     * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/images-create.html">Create a Lambda function using a
     *     container image</a>
     */
    public static FunctionCode image(String directory) {
        return new FunctionCode(ImageCode.built(requireNonNull(directory, "directory")), true);
    }

    /**
     * A container image that something else has pushed to a repository in the function's region. Lambda is allowed to
     * pull it, unless the repository was imported; see {@link dev.ashlar.constructs.access.RepositoryAccess}. What else
     * holds of {@link #image(String)} holds here too.
     *
     * @param repository the repository
     * @param tag the image's tag, one that stays with it, or its digest, {@code sha256:...}
     * @return the code
     */
    public static FunctionCode image(IRepository repository, String tag) {
        return new FunctionCode(
                ImageCode.pushed(requireNonNull(repository, "repository"), requireNonNull(tag, "tag")), true);
    }

    /**
     * Any code that CDK knows, used as it is. CDK lets its own code into one stack only.
     *
     * @param code CDK's code
     * @return the code
     */
    public static FunctionCode of(Code code) {
        return new FunctionCode(new GivenCode(requireNonNull(code, "code")), false);
    }

    /**
     * Gives the same code, but built at each synth, whether its inputs have changed or not: for builds that depend on more
     * than their files.
     *
     * @return the code, built once a synth
     * @throws IllegalStateException if it is neither {@link #maven} nor {@link #build}
     */
    public FunctionCode always() {
        CodeSource always = source instanceof BuiltSource build ? build.always() : null;
        if (always == null) {
            throw new IllegalStateException(
                    "always must be called on FunctionCode.maven or build, got code that something else has built; leave it out");
        }
        return new FunctionCode(always, false);
    }

    /**
     * Gives the same code, built when one of these has changed, and not when anything in the directory of the build has: in
     * a repository with several packages, for example, those that this one needs.
     *
     * @param paths files and directories, of which the same is left out as in {@link #build}; none means all in the
     *     directory of the build
     * @return the code with these inputs
     * @throws IllegalStateException if it is not {@link #build}
     */
    public FunctionCode inputs(String... paths) {
        List<String> inputs = Check.elements("inputs", paths);
        CodeSource from = source instanceof BuiltSource build ? build.inputs(inputs) : null;
        if (from == null) {
            throw new IllegalStateException(
                    "inputs must be called on FunctionCode.build, got code that is not built by a command; leave it out");
        }
        return new FunctionCode(from, false);
    }

    /**
     * Gives the code without the jars of its dependencies, for a function that has them as a layer: a change of the code
     * then uploads the module's classes alone.
     *
     * <pre>{@code
     * FunctionCode handlers = FunctionCode.maven("handlers");
     * LayerVersion libraries = LayerVersion.Builder.create(this, "Libraries")
     *         .code(handlers.dependencies().toCode())
     *         .build();
     * WarmFunction.Builder.create(this, "Quotes")
     *         .code(handlers.withoutDependencies())
     *         .layers(List.of(libraries))
     *         .handler("shop.QuotesHandler")
     *         .build();
     * }</pre>
     *
     * @return the code, which belongs to a function with {@link #dependencies} among its layers
     * @throws IllegalStateException if it is not {@link #maven}
     */
    public FunctionCode withoutDependencies() {
        return part("withoutDependencies", CodePart.CLASSES);
    }

    /**
     * Gives the jars of the code's dependencies, as a layer has them: under {@code java/lib/}.
     *
     * @return the code of a layer
     * @throws IllegalStateException if it is not {@link #maven}
     * @see #withoutDependencies
     */
    public FunctionCode dependencies() {
        return part("dependencies", CodePart.LIBRARIES);
    }

    /**
     * Gives the code to CDK's own {@code Function} or {@code LayerVersion}. It is built when that is made.
     *
     * @return CDK's code
     */
    public Code toCode() {
        return source instanceof GivenCode given ? given.code() : new DeferredCode(source);
    }

    /** Gives the code to a function that it is checked for. */
    Code codeFor(Construct scope, @Nullable CodeTarget target) {
        return source.codeFor(scope, target);
    }

    /** Whether it is a container image, which brings its runtime. */
    boolean isImage() {
        return isImage;
    }

    private static FunctionCode built(CodeBuild build) {
        return new FunctionCode(new BuiltSource(build), false);
    }

    private FunctionCode part(String method, CodePart part) {
        if (source instanceof BuiltSource build && build.isDivisible()) {
            return new FunctionCode(build.part(part), false);
        }
        throw new IllegalStateException(
                method + " must be called on FunctionCode.maven, got code whose dependencies Ashlar does not know;"
                        + " leave it out");
    }

    private static BuiltCode existing(Check check, String path, String what, Predicate<Path> isThat) {
        Path absolute = ProjectFiles.resolve(path);
        check.that(
                isThat.test(absolute),
                "code must be %s, got %s, which is %s; build it first, or correct the path"
                        .formatted(what, absolute, Files.exists(absolute) ? "something else" : "not there"));
        return BuiltCode.at(absolute, check);
    }

    private record GivenCode(Code code) implements CodeSource {
        @Override
        public Code codeFor(Construct scope, @Nullable CodeTarget target) {
            return code;
        }
    }

    /** Code that is built when CDK binds it. */
    private static final class DeferredCode extends Code {
        private final CodeSource source;

        private DeferredCode(CodeSource source) {
            this.source = source;
        }

        @Override
        public CodeConfig bind(Construct scope) {
            return source.codeFor(scope, null).bind(scope);
        }
    }
}

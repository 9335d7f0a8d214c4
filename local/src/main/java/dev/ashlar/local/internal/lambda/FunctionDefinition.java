package dev.ashlar.local.internal.lambda;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.ashlar.local.internal.template.AssemblyStack;
import dev.ashlar.local.internal.template.Resource;
import dev.ashlar.local.internal.template.Template;
import dev.ashlar.local.internal.template.UnresolvedTokenException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * A function of a template.
 *
 * @param path the construct's path
 * @param shortPath the same without stack and what says nothing
 * @param arn the ARN without a qualifier
 * @param servesCustomResources whether CloudFormation alone invokes it
 * @param configuration what is run; nothing if it cannot be run
 * @param problem why it cannot be run
 */
record FunctionDefinition(
        String path,
        String shortPath,
        String arn,
        boolean servesCustomResources,
        Optional<FunctionConfiguration> configuration,
        String problem) {
    // CloudFormation's defaults.
    private static final int MEMORY_SIZE = 128;
    private static final int TIMEOUT_SECONDS = 3;

    /** A function that cannot be run, and why. */
    private static final class NotRunException extends RuntimeException {
        private static final long serialVersionUID = 1;

        NotRunException(String message) {
            super(message);
        }
    }

    static FunctionDefinition of(FunctionConfiguration function) {
        return new FunctionDefinition(
                function.path(), function.shortPath(), function.arn(), false, Optional.of(function), "");
    }

    /**
     * {@return the functions of a template}
     *
     * @param directories makes new directories for code that stands in the template
     */
    static Stream<FunctionDefinition> in(Template template, Supplier<Path> directories) {
        return template.getResources("AWS::Lambda::Function").stream()
                .map(resource -> new Reader(template, resource, directories).read());
    }

    /** Reads one function. */
    private static final class Reader {
        private final Template template;
        private final Resource function;
        private final Supplier<Path> directories;

        Reader(Template template, Resource function, Supplier<Path> directories) {
            this.template = template;
            this.function = function;
            this.directories = directories;
        }

        FunctionDefinition read() {
            String arn = template.resolve(JsonNodeFactory.instance
                            .objectNode()
                            .set(
                                    "Fn::GetAtt",
                                    JsonNodeFactory.instance
                                            .arrayNode()
                                            .add(function.id())
                                            .add("Arn")))
                    .asText();
            Optional<FunctionConfiguration> configuration = Optional.empty();
            String problem = "";
            try {
                configuration = Optional.of(configuration(arn));
            } catch (NotRunException | UnresolvedTokenException e) {
                problem = String.valueOf(e.getMessage());
            }
            return new FunctionDefinition(
                    function.path(), shortPath(), arn, servesCustomResources(), configuration, problem);
        }

        private FunctionConfiguration configuration(String arn) {
            if (template.text(function, "PackageType").orElse("Zip").equals("Image")) {
                throw new NotRunException("its code is a container image");
            }
            String runtime = template.text(function, "Runtime").orElse("");
            Map<String, String> environment = environment();
            if (environment.containsKey("AWS_LAMBDA_EXEC_WRAPPER")) {
                throw new NotRunException("it is started by a wrapper, AWS_LAMBDA_EXEC_WRAPPER");
            }
            boolean published = isPublished();
            return new FunctionConfiguration(
                    function.path(),
                    shortPath(),
                    arn,
                    published ? "1" : "$LATEST",
                    runtime,
                    template.text(function, "Handler").orElse(""),
                    number("MemorySize", MEMORY_SIZE),
                    Duration.ofSeconds(number("Timeout", TIMEOUT_SECONDS)),
                    environment,
                    code(runtime),
                    layers(),
                    published
                            && template.get(function, "SnapStart")
                                    .path("ApplyOn")
                                    .asText()
                                    .equals("PublishedVersions"),
                    logging(arn),
                    reserved());
        }

        private OptionalInt reserved() {
            return template.text(function, "ReservedConcurrentExecutions")
                    .map(Integer::parseInt)
                    .map(OptionalInt::of)
                    .orElseGet(OptionalInt::empty);
        }

        private int number(String property, int otherwise) {
            return template.text(function, property).map(Integer::parseInt).orElse(otherwise);
        }

        private Map<String, String> environment() {
            Map<String, String> environment = new HashMap<>();
            template.get(function, "Environment")
                    .path("Variables")
                    .properties()
                    .forEach(variable -> environment.put(
                            variable.getKey(), variable.getValue().asText()));
            return environment;
        }

        private boolean isPublished() {
            return template.getResources("AWS::Lambda::Version").stream()
                    .flatMap(version -> template.getTarget(version.raw("FunctionName")).stream())
                    .anyMatch(function::equals);
        }

        private Path code(String runtime) {
            JsonNode code = template.get(function, "Code");
            return code.has("ZipFile") ? inline(runtime, code.get("ZipFile").asText()) : asset(code, "its code");
        }

        private Path inline(String runtime, String text) {
            Path directory = directories.get();
            try {
                Files.writeString(directory.resolve(runtime.startsWith("python") ? "index.py" : "index.js"), text);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return directory;
        }

        private Path asset(JsonNode code, String what) {
            Path asset = template.getStack().assets().get(code.path("S3Key").asText());
            if (asset == null || !Files.exists(asset)) {
                throw new NotRunException("%s is not in the assembly, but in s3://%s/%s"
                        .formatted(
                                what,
                                code.path("S3Bucket").asText(),
                                code.path("S3Key").asText()));
            }
            return asset;
        }

        private List<Path> layers() {
            List<Path> layers = new ArrayList<>();
            for (JsonNode layer : function.raw("Layers")) {
                Resource version = template.getTarget(layer)
                        .orElseThrow(() -> new NotRunException(
                                "its layer " + template.resolve(layer).asText() + " is not in the assembly"));
                layers.add(asset(template.get(version, "Content"), "its layer " + version.path()));
            }
            return layers;
        }

        private FunctionConfiguration.Logging logging(String arn) {
            JsonNode logging = template.get(function, "LoggingConfig");
            return new FunctionConfiguration.Logging(
                    logging.path("LogFormat").asText().equals("JSON"),
                    Optional.ofNullable(logging.path("ApplicationLogLevel").textValue()),
                    logging.path("LogGroup").asText("/aws/lambda/" + arn.substring(arn.lastIndexOf(':') + 1)));
        }

        /** {@return Web for Shop/Web/Function, where Shop is the stack} */
        private String shortPath() {
            AssemblyStack stack = template.getStack();
            String path = function.path().startsWith(stack.path() + "/")
                    ? function.path().substring(stack.path().length() + 1)
                    : function.path();
            return path.replaceFirst("(?<=.)/(Function|Handler)$", "");
        }

        private boolean servesCustomResources() {
            return template.getResources().stream()
                    .flatMap(resource -> template.getTarget(resource.raw("ServiceToken")).stream())
                    .anyMatch(function::equals);
        }
    }
}

package dev.ashlar.local;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ashlar.local.internal.lambda.Execution;
import dev.ashlar.local.internal.lambda.FunctionConfiguration;
import dev.ashlar.local.internal.lambda.LocalFunctions;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;

/**
 * One built function as Lambda runs it: in a process of its own, by AWS's runtime interface client, with Lambda's
 * environment, memory and time limits and answers to what goes wrong.
 *
 * <pre>{@code
 * try (LambdaRunner notes = LambdaRunner.of("target/notes.jar", "shop.NotesHandler")
 *         .environment("NOTES_TABLE", "notes")
 *         .endpoint("dynamodb", dynamoDb.getEndpoint())
 *         .start()) {
 *     LambdaResult result = notes.invoke(LambdaEvents.httpApi("GET", "/notes").query("limit", "2"));
 *
 *     assertThat(result.isError()).as(result.toString()).isFalse();
 * }
 * }</pre>
 *
 * <p>The first event starts the process, which handles those after it too; events at one time have one each. What was
 * rebuilt is taken with the next event. All processes end with {@link #close()}, or with this JVM.
 *
 * <p>Not as in Lambda: {@code /tmp} and the network are this machine's, only the heap is limited by the memory, and no
 * permission is checked. Thread-safe.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html">How Lambda runs functions</a>
 */
public final class LambdaRunner implements AutoCloseable {
    private final LocalFunctions functions;
    private final String arn;

    private LambdaRunner(LocalFunctions functions, String arn) {
        this.functions = functions;
        this.arn = arn;
    }

    /**
     * Begins a function.
     *
     * @param code what would be deployed: a jar or zip file, or a directory. Jars that the code needs lie in its
     *     {@code lib}, for {@code target/classes} too: {@code mvn dependency:copy-dependencies -DincludeScope=runtime
     *     -DoutputDirectory=target/classes/lib}. A relative path is one from the working directory
     * @param handler what Lambda calls, such as {@code shop.NotesHandler} or {@code index.handler}
     * @return a builder, to be ended with {@link Builder#start()}
     */
    public static Builder of(String code, String handler) {
        return new Builder(code, handler);
    }

    /**
     * Invokes the function, and waits for it.
     *
     * @param event the event
     * @return how it ended
     */
    public LambdaResult invoke(LambdaEvent event) {
        return invoke(event.toJson());
    }

    /**
     * Invokes the function, and waits for it.
     *
     * @param event the event, as JSON of 6 MB at most
     * @return how it ended
     */
    public LambdaResult invoke(String event) {
        return new LambdaResult(functions.execute(arn, event.getBytes(UTF_8)));
    }

    /** Ends the function's processes. */
    @Override
    public void close() {
        functions.close();
    }

    /** What a function needs to be run. */
    public static final class Builder {
        private static final String DEFAULT_REGION = "us-east-1";
        private static final int DEFAULT_TIMEOUT_SECONDS = 29;
        private static final int DEFAULT_MEMORY_SIZE = 1024;
        private static final int MIN_MEMORY_SIZE = 128;
        private static final int MAX_MEMORY_SIZE = 10_240;
        private static final int MAX_TIMEOUT_SECONDS = 900;

        private final Path code;
        private final String handler;
        private final Map<String, String> environment = new HashMap<>();
        private final Map<String, String> endpoints = new HashMap<>();
        private String runtime = "java" + Runtime.version().feature();
        private String region = DEFAULT_REGION;
        private Duration timeout = Duration.ofSeconds(DEFAULT_TIMEOUT_SECONDS);
        private int memorySize = DEFAULT_MEMORY_SIZE;
        private OptionalInt reserved = OptionalInt.empty();
        private boolean snapStart;
        private Consumer<String> log = line -> {};

        private Builder(String code, String handler) {
            this.code = Path.of(code);
            this.handler = handler;
        }

        /**
         * Sets what runs the handler: {@code java} or {@code nodejs} with a version. Java is always this JVM's, Node.js the
         * one in {@code PATH}; where it is another version, the log says so.
         *
         * <p>Default: Java.
         *
         * @param runtime Lambda's name, such as {@code nodejs24.x}
         * @return this builder
         */
        public Builder runtime(String runtime) {
            this.runtime = runtime;
            return this;
        }

        /**
         * Adds a variable of the function.
         *
         * @param name the name
         * @param value the value
         * @return this builder
         */
        public Builder environment(String name, String value) {
            environment.put(name, value);
            return this;
        }

        /**
         * Sets where a service answers the function's AWS SDK, as {@code AWS_ENDPOINT_URL_...}.
         *
         * <p>Default: in the region, where the function's credentials are refused.
         *
         * @param service such as {@code dynamodb}, {@code s3} or {@code sqs}
         * @param endpoint such as {@link LocalDynamoDb#getEndpoint()}
         * @return this builder
         * @see <a href="https://docs.aws.amazon.com/sdkref/latest/guide/ss-endpoints-table.html">The services' names</a>
         */
        public Builder endpoint(String service, URI endpoint) {
            endpoints.put(
                    "AWS_ENDPOINT_URL_" + service.toUpperCase(Locale.ROOT).replaceAll("[ -]", "_"),
                    endpoint.toString());
            return this;
        }

        /**
         * Sets the region that the function is said to be in.
         *
         * <p>Default: {@value #DEFAULT_REGION}.
         *
         * @param region such as {@code eu-central-1}
         * @return this builder
         */
        public Builder region(String region) {
            this.region = region;
            return this;
        }

        /**
         * Sets how long an invocation may take.
         *
         * <p>Default: {@value #DEFAULT_TIMEOUT_SECONDS} seconds.
         *
         * @param timeout {@value #MAX_TIMEOUT_SECONDS} seconds at most; parts of a second are possible here
         * @return this builder
         */
        public Builder timeout(Duration timeout) {
            this.timeout = timeout;
            return this;
        }

        /**
         * Sets the memory, 85 % of which are the heap.
         *
         * <p>Default: {@value #DEFAULT_MEMORY_SIZE} MiB.
         *
         * @param memorySize {@value #MIN_MEMORY_SIZE} to {@value #MAX_MEMORY_SIZE} MiB
         * @return this builder
         */
        public Builder memorySize(int memorySize) {
            this.memorySize = memorySize;
            return this;
        }

        /**
         * Sets how many events are handled at one time. One more is throttled.
         *
         * <p>Default: nothing is reserved: ten are handled at one time, and one more waits.
         *
         * @param concurrency 0 or more
         * @return this builder
         */
        public Builder reservedConcurrentExecutions(int concurrency) {
            this.reserved = OptionalInt.of(concurrency);
            return this;
        }

        /**
         * Has the function initialised at {@link #start()} and its runtime hooks run, as Lambda does with SnapStart when a
         * version is published. No snapshot is taken: the process goes on.
         *
         * <p>Default: it is initialised for the first event.
         *
         * @param snapStart whether it has SnapStart
         * @return this builder
         */
        public Builder snapStart(boolean snapStart) {
            this.snapStart = snapStart;
            return this;
        }

        /**
         * Sets what is told each line of the log as it comes, ready to be read. {@link LambdaResult#getLog()} has them too.
         *
         * <p>Default: nothing.
         *
         * @param log such as {@code System.out::println}
         * @return this builder
         */
        public Builder log(Consumer<String> log) {
            this.log = log;
            return this;
        }

        /**
         * Starts the function.
         *
         * @return the function, to be closed
         * @throws IllegalArgumentException if a value is outside its limits, or there is no such code
         * @throws IllegalStateException with SnapStart, if it cannot be initialised
         */
        public LambdaRunner start() {
            validate();
            String name = handler.replaceFirst("::.*", "").replaceFirst(".*\\.(?=[A-Z])", "");
            String arn = "arn:aws:lambda:%s:000000000000:function:%s"
                    .formatted(region, name.replaceAll("[^A-Za-z0-9_-]", "-"));
            LocalFunctions functions = new LocalFunctions(
                    new FunctionConfiguration(
                            name,
                            name,
                            arn,
                            snapStart ? "1" : "$LATEST",
                            runtime,
                            handler,
                            memorySize,
                            timeout,
                            Map.copyOf(environment),
                            code,
                            List.of(),
                            snapStart,
                            new FunctionConfiguration.Logging(false, Optional.empty(), "/aws/lambda/" + name),
                            reserved),
                    Map.copyOf(endpoints),
                    line -> line.render().ifPresent(log));
            if (snapStart) {
                Optional<Execution> failure = functions.prepare(arn);
                if (failure.isPresent()) {
                    functions.close();
                    throw new IllegalStateException(
                            "[%s] is not initialised: %s".formatted(name, new LambdaResult(failure.get())));
                }
            }
            return new LambdaRunner(functions, arn);
        }

        private void validate() {
            if (!Files.exists(code)) {
                throw new IllegalArgumentException(
                        "[%s] code must be a directory, a jar or a zip file, got %s, which is not there; build it first"
                                .formatted(handler, code.toAbsolutePath()));
            }
            if (!runtime.matches("(java|nodejs)\\d+.*")) {
                throw new IllegalArgumentException("[%s] runtime must be one of Java or Node.js, such as java25, got %s"
                        .formatted(handler, runtime));
            }
            if (memorySize < MIN_MEMORY_SIZE || memorySize > MAX_MEMORY_SIZE) {
                throw new IllegalArgumentException("[%s] memorySize must be %d to %d MiB, got %d"
                        .formatted(handler, MIN_MEMORY_SIZE, MAX_MEMORY_SIZE, memorySize));
            }
            if (timeout.isNegative() || timeout.isZero() || timeout.toMillis() > MAX_TIMEOUT_SECONDS * 1000L) {
                throw new IllegalArgumentException("[%s] timeout must be more than 0 and at most %d seconds, got %s"
                        .formatted(handler, MAX_TIMEOUT_SECONDS, timeout));
            }
            if (reserved.orElse(0) < 0) {
                throw new IllegalArgumentException("[%s] reservedConcurrentExecutions must be 0 or more, got %d"
                        .formatted(handler, reserved.getAsInt()));
            }
        }
    }
}

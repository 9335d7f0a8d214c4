package dev.ashlar.local.internal.lambda;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A function as Lambda knows it.
 *
 * @param path the construct's path, such as {@code Shop/Web/Function}
 * @param shortPath the path that a log line begins with, such as {@code Web}
 * @param arn the ARN without a qualifier
 * @param version {@code $LATEST} or a number
 * @param runtime such as {@code java25}
 * @param handler what the runtime calls
 * @param memorySize in MiB
 * @param timeout of one invocation
 * @param environment the function's own variables
 * @param code what was deployed: a directory, or a zip or jar file
 * @param layers what lies under {@code /opt}, each a directory or zip file
 * @param snapStart whether the runtime hooks run
 * @param logging how it logs
 * @param reserved the number of events that it handles at one time at most, of which one more is throttled; where none is
 *     reserved, one more than {@link #PROCESSES} waits
 */
public record FunctionConfiguration(
        String path,
        String shortPath,
        String arn,
        String version,
        String runtime,
        String handler,
        int memorySize,
        Duration timeout,
        Map<String, String> environment,
        Path code,
        List<Path> layers,
        boolean snapStart,
        Logging logging,
        OptionalInt reserved) {
    /** How many processes a function without a reserved number has at most, for the sake of this machine. */
    public static final int PROCESSES = 10;

    /**
     * What {@code LoggingConfig} says.
     *
     * @param json whether records are JSON
     * @param level the least level that is logged, if one is set
     * @param group the log group's name
     */
    public record Logging(boolean json, Optional<String> level, String group) {}

    String name() {
        return arn.substring(arn.lastIndexOf(':') + 1);
    }

    String region() {
        return arn.split(":", -1)[3];
    }
}

package dev.ashlar.local.internal.lambda;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

/**
 * The variables of a function's process.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html#configuration-envvars-runtime">What
 *     Lambda sets</a>
 */
final class Variables {
    private static final int KEY_LETTERS = 16;

    private Variables() {}

    /**
     * {@return all variables of a new process but those of its runtime}
     *
     * @param given where services answer, and credentials; they win
     */
    static Map<String, String> of(
            FunctionConfiguration function, DeployedCode.Version code, Map<String, String> given) {
        Map<String, String> variables = new HashMap<>();
        variables.put("LANG", "en_US.UTF-8");
        variables.put("TZ", ":UTC");
        if (File.separatorChar == '/') {
            variables.put("PATH", "/usr/local/bin:/usr/bin/:/bin:/opt/bin");
        }
        variables.put("AWS_XRAY_CONTEXT_MISSING", "LOG_ERROR");
        variables.putAll(function.environment());
        variables.putAll(credentials(function));
        variables.put("AWS_REGION", function.region());
        variables.put("AWS_DEFAULT_REGION", function.region());
        variables.put("AWS_EXECUTION_ENV", "AWS_Lambda_" + function.runtime());
        variables.put("AWS_LAMBDA_FUNCTION_NAME", function.name());
        variables.put("AWS_LAMBDA_FUNCTION_VERSION", function.version());
        variables.put("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", String.valueOf(function.memorySize()));
        variables.put("AWS_LAMBDA_INITIALIZATION_TYPE", function.snapStart() ? "snap-start" : "on-demand");
        variables.put("AWS_LAMBDA_LOG_GROUP_NAME", function.logging().group());
        variables.put(
                "AWS_LAMBDA_LOG_STREAM_NAME",
                "%s/[%s]%s"
                        .formatted(
                                LocalDate.now(ZoneOffset.UTC).format(DateTimeFormatter.ofPattern("yyyy/MM/dd")),
                                function.version(),
                                UUID.randomUUID().toString().replace("-", "")));
        variables.put("AWS_LAMBDA_LOG_FORMAT", function.logging().json() ? "JSON" : "Text");
        function.logging().level().ifPresent(level -> variables.put("AWS_LAMBDA_LOG_LEVEL", level));
        variables.put("LAMBDA_TASK_ROOT", code.task().toString());
        variables.put("LAMBDA_RUNTIME_DIR", "/var/runtime");
        variables.put("_HANDLER", function.handler());
        variables.putAll(given);
        return variables;
    }

    /** {@return what no account knows; DynamoDB Local wants letters and digits} */
    private static Map<String, String> credentials(FunctionConfiguration function) {
        UUID id = UUID.nameUUIDFromBytes(function.arn().getBytes(UTF_8));
        String letters = id.toString().replace("-", "").toUpperCase(Locale.ROOT);
        return Map.of(
                "AWS_ACCESS_KEY_ID", "ASIA" + letters.substring(0, KEY_LETTERS),
                "AWS_SECRET_ACCESS_KEY", "local",
                "AWS_SESSION_TOKEN", "local");
    }
}

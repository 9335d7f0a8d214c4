package dev.ashlar.constructs.function;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ashlar.constructs.internal.Check;
import dev.ashlar.constructs.internal.Tokens;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.services.lambda.FunctionUrlOptions;
import software.amazon.awscdk.services.lambda.InvokeMode;
import software.amazon.awscdk.services.lambda.Runtime;
import software.amazon.awscdk.services.lambda.RuntimeFamily;

/** Checks the options of a function against what Lambda takes. */
final class FunctionChecks {
    // https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
    private static final int MAX_ENVIRONMENT_BYTES = 4096;

    // https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html#configuration-envvars-runtime
    private static final Set<String> RESERVED_VARIABLES = Set.of(
            "AWS_ACCESS_KEY",
            "AWS_ACCESS_KEY_ID",
            "AWS_DEFAULT_REGION",
            "AWS_EXECUTION_ENV",
            "AWS_LAMBDA_FUNCTION_MEMORY_SIZE",
            "AWS_LAMBDA_FUNCTION_NAME",
            "AWS_LAMBDA_FUNCTION_VERSION",
            "AWS_LAMBDA_INITIALIZATION_TYPE",
            "AWS_LAMBDA_LOG_GROUP_NAME",
            "AWS_LAMBDA_LOG_STREAM_NAME",
            "AWS_LAMBDA_RUNTIME_API",
            "AWS_REGION",
            "AWS_SECRET_ACCESS_KEY",
            "AWS_SESSION_TOKEN",
            "LAMBDA_RUNTIME_DIR",
            "LAMBDA_TASK_ROOT");

    private final WarmFunction function;
    private final Check check;

    FunctionChecks(WarmFunction function) {
        this.function = function;
        this.check = Check.of(function);
    }

    /** Checks all that is known before the first child is made. */
    void options(FunctionOptions props) {
        check.between("memorySize", props.getMemorySize(), 128, 10240, "MiB");
        check.between("timeout", props.getTimeout(), 1, 900, "for longer work start a Step Functions execution");
        check.between("ephemeralStorageSize", props.getEphemeralStorageSize(), 512, 10240);
        check.that(
                props.getLayers().size() <= 5,
                "layers must be at most 5, got " + props.getLayers().size() + "; put what they hold into fewer");
        checkImage(props);
        checkVariables(props);
        check.that(
                props.getVpc() != null
                        || (props.getVpcSubnets() == null
                                && props.getSecurityGroups().isEmpty()),
                "vpc must be given with vpcSubnets and securityGroups, got these alone; they are parts of a network");
        String mountPath = props.getMountPath();
        if (mountPath != null) {
            check.that(
                    mountPath.matches("/mnt/[A-Za-z0-9._-]{1,155}"),
                    "filesystem must have a path of /mnt/ and a name of letters, digits and ._-, got " + mountPath);
            check.that(
                    props.getVpc() != null,
                    "filesystem must be given with vpc, got it alone; set the network that its mount targets are in");
        }
        SnapStart.check(props, check);
        Warming.check(props.getWarm(), check);
        Deployment.check(props, function);
        FunctionAlarms.check(props.getAlarms(), check);
    }

    /** Checks what only a function has that is invoked directly. */
    void directOptions(WarmFunctionProps props) {
        check.between("retryAttempts", props.getRetryAttempts(), 0, 2, "attempts");
        check.between("maxEventAge", props.getMaxEventAge(), 60, 21600, "");
        Number reserved = props.getReservedConcurrentExecutions();
        check.between("reservedConcurrentExecutions", reserved, 0, Integer.MAX_VALUE, "instances");
        Number warm = instancesOf(props.getWarm());
        check.that(
                reserved == null
                        || warm == null
                        || Tokens.isUnresolved(reserved)
                        || Tokens.isUnresolved(warm)
                        || warm.doubleValue() <= reserved.doubleValue(),
                "warm must be for at most as many instances as reservedConcurrentExecutions, got " + warm + " and "
                        + reserved);
        FunctionUrlOptions url = props.getFunctionUrl();
        check.that(
                url == null
                        || url.getInvokeMode() != InvokeMode.RESPONSE_STREAM
                        || props.isImage()
                        || CodeTarget.runtime(props).getFamily() != RuntimeFamily.JAVA,
                "functionUrl must be BUFFERED on Java, got RESPONSE_STREAM; Lambda's own Java runtimes do not stream, an"
                        + " image with a runtime that does may");
    }

    private static @Nullable Number instancesOf(@Nullable WarmStrategy warm) {
        if (warm instanceof WarmStrategy.Fixed fixed) {
            return fixed.instances();
        }
        if (warm instanceof WarmStrategy.Scaling scaling) {
            return scaling.max();
        }
        return warm instanceof WarmStrategy.Ping ping ? ping.instances() : null;
    }

    private void checkImage(FunctionOptions props) {
        if (!props.isImage()) {
            return;
        }
        Runtime runtime = props.getRuntime();
        check.that(
                runtime == null,
                "runtime must not be given with a container image, got " + (runtime == null ? "" : runtime.getName())
                        + "; the image brings its own");
        check.that(
                props.getLayers().isEmpty(),
                "layers must not be given with a container image, got "
                        + props.getLayers().size() + "; copy what they hold into the image");
    }

    private void checkVariables(FunctionOptions props) {
        Set<String> taken = new HashSet<>(props.getEnvironment().keySet());
        taken.forEach(this::variable);
        checkVariables("table", props.getTables().keySet(), taken);
        checkVariables("readOnlyTable", props.getReadOnlyTables().keySet(), taken);
        checkVariables("secret", props.getSecrets().keySet(), taken);
        checkVariables("parameter", props.getParameters().keySet(), taken);
        checkSize(props.getEnvironment(), taken);
    }

    /** What tokens stand for is not known, so what passes here may still be too much for Lambda. */
    private void checkSize(Map<String, String> environment, Set<String> names) {
        int bytes = Stream.concat(
                        names.stream(), environment.values().stream().filter(value -> !Tokens.isUnresolved(value)))
                .mapToInt(text -> text.getBytes(UTF_8).length)
                .sum();
        check.that(
                bytes <= MAX_ENVIRONMENT_BYTES,
                "environment must be at most %d bytes, names and values together, got %d; keep large values in a parameter"
                        .formatted(MAX_ENVIRONMENT_BYTES, bytes));
    }

    private void checkVariables(String prop, Set<String> variables, Set<String> taken) {
        for (String variable : variables) {
            variable(variable);
            check.that(
                    taken.add(variable),
                    prop + " must have a variable of its own, got " + variable
                            + ", which is set already; choose another name");
        }
    }

    /** Checks the name of an environment variable. */
    void variable(String name) {
        check.that(
                name.matches("[a-zA-Z][a-zA-Z0-9_]+"),
                "environment must have names of letters, digits and underscores that begin with a letter and have at"
                        + " least two characters, got \"" + name + "\"");
        check.that(
                !RESERVED_VARIABLES.contains(name),
                "environment must not set what Lambda sets itself, got " + name + "; choose another name");
    }
}

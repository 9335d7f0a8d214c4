package dev.ashlar.constructs.function;

import static java.util.Objects.requireNonNull;

import dev.ashlar.constructs.alarm.Alarms;
import dev.ashlar.constructs.internal.Check;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Size;
import software.amazon.awscdk.services.dynamodb.ITable;
import software.amazon.awscdk.services.ec2.ISecurityGroup;
import software.amazon.awscdk.services.ec2.IVpc;
import software.amazon.awscdk.services.ec2.SubnetSelection;
import software.amazon.awscdk.services.efs.IAccessPoint;
import software.amazon.awscdk.services.iam.IRole;
import software.amazon.awscdk.services.lambda.Architecture;
import software.amazon.awscdk.services.lambda.Function;
import software.amazon.awscdk.services.lambda.ILayerVersion;
import software.amazon.awscdk.services.lambda.Runtime;
import software.amazon.awscdk.services.secretsmanager.ISecret;
import software.amazon.awscdk.services.ssm.IStringParameter;
import software.constructs.Construct;

/**
 * What code needs that runs in Lambda, wherever it runs: the options of {@link WarmFunction}, and of every pattern that
 * makes a function of its own.
 *
 * <p>Null always means the default.
 */
public abstract class FunctionOptions {
    /** The memory of a function in MiB, unless given: {@value}. It decides the share of CPU too. */
    public static final int DEFAULT_MEMORY_MIB = 1024;

    /** The timeout of a function in seconds, unless given: {@value}, what an HTTP API can wait for. */
    public static final int DEFAULT_TIMEOUT_SECONDS = 29;

    private final @Nullable FunctionCode code;
    private final @Nullable String handler;
    private final @Nullable Runtime runtime;
    private final @Nullable Architecture architecture;
    private final @Nullable Number memorySize;
    private final @Nullable Duration timeout;
    private final Map<String, String> environment;
    private final List<ILayerVersion> layers;
    private final @Nullable Size ephemeralStorageSize;
    private final @Nullable WarmStrategy warm;
    private final @Nullable Rollout rollout;
    private final @Nullable Alarms alarms;
    private final Map<String, ITable> tables;
    private final Map<String, ITable> readOnlyTables;
    private final Map<String, ISecret> secrets;
    private final Map<String, IStringParameter> parameters;
    private final @Nullable IVpc vpc;
    private final @Nullable SubnetSelection vpcSubnets;
    private final List<ISecurityGroup> securityGroups;
    private final @Nullable String mountPath;
    private final @Nullable IAccessPoint accessPoint;
    private final @Nullable IRole role;
    private final @Nullable Consumer<Function.Builder> customizeFunction;

    /**
     * Copies what was set.
     *
     * @param from the setters
     */
    protected FunctionOptions(Setters<?> from) {
        this.code = from.code;
        this.handler = from.handler;
        this.runtime = from.runtime;
        this.architecture = from.architecture;
        this.memorySize = from.memorySize;
        this.timeout = from.timeout;
        this.environment = copy(from.environment);
        this.layers = List.copyOf(from.layers);
        this.ephemeralStorageSize = from.ephemeralStorageSize;
        this.warm = from.warm;
        this.rollout = from.rollout;
        this.alarms = from.alarms;
        this.tables = copy(from.tables);
        this.readOnlyTables = copy(from.readOnlyTables);
        this.secrets = copy(from.secrets);
        this.parameters = copy(from.parameters);
        this.vpc = from.vpc;
        this.vpcSubnets = from.vpcSubnets;
        this.securityGroups = List.copyOf(from.securityGroups);
        this.mountPath = from.mountPath;
        this.accessPoint = from.accessPoint;
        this.role = from.role;
        this.customizeFunction = from.customizeFunction;
    }

    /** {@return what runs} */
    public @Nullable FunctionCode getCode() {
        return code;
    }

    /** {@return which part of the code Lambda calls} */
    public @Nullable String getHandler() {
        return handler;
    }

    /** {@return what the code runs on} */
    public @Nullable Runtime getRuntime() {
        return runtime;
    }

    /** {@return the processor that the code runs on} */
    public @Nullable Architecture getArchitecture() {
        return architecture;
    }

    /** {@return the memory in MiB} */
    public @Nullable Number getMemorySize() {
        return memorySize;
    }

    /** {@return how long one invocation may take} */
    public @Nullable Duration getTimeout() {
        return timeout;
    }

    /** {@return the environment variables, in the order in which they were given} */
    public Map<String, String> getEnvironment() {
        return environment;
    }

    /** {@return the layers} */
    public List<ILayerVersion> getLayers() {
        return layers;
    }

    /** {@return the size of {@code /tmp}} */
    public @Nullable Size getEphemeralStorageSize() {
        return ephemeralStorageSize;
    }

    /** {@return what is done against cold starts} */
    public @Nullable WarmStrategy getWarm() {
        return warm;
    }

    /** {@return how a new version goes live} */
    public @Nullable Rollout getRollout() {
        return rollout;
    }

    /** {@return which alarms there are, and whom they tell} */
    public @Nullable Alarms getAlarms() {
        return alarms;
    }

    /** {@return the tables that the code reads and writes, by the environment variable that names them} */
    public Map<String, ITable> getTables() {
        return tables;
    }

    /** {@return the tables that the code reads, by the environment variable that names them} */
    public Map<String, ITable> getReadOnlyTables() {
        return readOnlyTables;
    }

    /** {@return the secrets that the code reads, by the environment variable that names them} */
    public Map<String, ISecret> getSecrets() {
        return secrets;
    }

    /** {@return the parameters that the code reads, by the environment variable that names them} */
    public Map<String, IStringParameter> getParameters() {
        return parameters;
    }

    /** {@return the network that the code reaches} */
    public @Nullable IVpc getVpc() {
        return vpc;
    }

    /** {@return the part of the network that the function is connected to} */
    public @Nullable SubnetSelection getVpcSubnets() {
        return vpcSubnets;
    }

    /** {@return the function's security groups} */
    public List<ISecurityGroup> getSecurityGroups() {
        return securityGroups;
    }

    /** {@return where the code finds the file system} */
    public @Nullable String getMountPath() {
        return mountPath;
    }

    /** {@return what the file system is reached through} */
    public @Nullable IAccessPoint getAccessPoint() {
        return accessPoint;
    }

    /** {@return the role that the code runs under} */
    public @Nullable IRole getRole() {
        return role;
    }

    /** {@return the last word on the function} */
    public @Nullable Consumer<Function.Builder> getCustomizeFunction() {
        return customizeFunction;
    }

    /** Whether the code is a container image. */
    final boolean isImage() {
        return code != null && code.isImage();
    }

    /** {@return whether any of these options was given} */
    public boolean describesFunction() {
        return !given().isEmpty();
    }

    /**
     * Gives the function to run: the given one as it is, or a new one made of these options.
     *
     * @param scope the construct that needs a function
     * @param id the id of a new function
     * @param existing the function that was given instead of these options, or null
     * @return the function
     * @throws IllegalArgumentException if there is a function and one of these options too
     * @throws NullPointerException if there is no function, and code or handler is missing
     */
    public WarmFunction toFunction(Construct scope, String id, @Nullable WarmFunction existing) {
        return toFunction(scope, id, existing, builder -> {});
    }

    /**
     * Gives the function to run: the given one as it is, or a new one made of these options, and of what a pattern needs
     * that only {@link WarmFunctionProps} have.
     *
     * @param scope the construct that needs a function
     * @param id the id of a new function
     * @param existing the function that was given instead of these options, or null
     * @param more sets on a new function what the pattern needs
     * @return the function
     * @throws IllegalArgumentException if there is a function and one of these options too
     * @throws NullPointerException if there is no function, and code or handler is missing
     */
    public WarmFunction toFunction(
            Construct scope, String id, @Nullable WarmFunction existing, Consumer<WarmFunction.Builder> more) {
        if (existing == null) {
            WarmFunction.Builder builder = WarmFunction.Builder.create(scope, id);
            builder.copyFrom(this);
            more.accept(builder);
            return builder.build();
        }
        Check.of(scope)
                .that(
                        given().isEmpty(),
                        "function must not be given together with " + String.join(", ", given())
                                + ", got both; set these where the function is made");
        return existing;
    }

    /** Without alarms: a pattern may have some of its own. */
    private List<String> given() {
        Map<String, Boolean> options = new LinkedHashMap<>();
        options.put("code", code != null);
        options.put("handler", handler != null);
        options.put("runtime", runtime != null);
        options.put("architecture", architecture != null);
        options.put("memorySize", memorySize != null);
        options.put("timeout", timeout != null);
        options.put("environment", !environment.isEmpty());
        options.put("layers", !layers.isEmpty());
        options.put("ephemeralStorageSize", ephemeralStorageSize != null);
        options.put("warm", warm != null);
        options.put("rollout", rollout != null);
        options.put("table", !tables.isEmpty());
        options.put("readOnlyTable", !readOnlyTables.isEmpty());
        options.put("secret", !secrets.isEmpty());
        options.put("parameter", !parameters.isEmpty());
        options.put("vpc", vpc != null);
        options.put("vpcSubnets", vpcSubnets != null);
        options.put("securityGroups", !securityGroups.isEmpty());
        options.put("filesystem", accessPoint != null);
        options.put("role", role != null);
        options.put("customizeFunction", customizeFunction != null);
        options.values().removeIf(isGiven -> !isGiven);
        return List.copyOf(options.keySet());
    }

    private static <V> Map<String, V> copy(Map<String, V> map) {
        return Collections.unmodifiableMap(new LinkedHashMap<>(map));
    }

    /**
     * The setters of {@link FunctionOptions}, inherited by the builders of whatever runs code.
     *
     * @param <B> the builder
     */
    public abstract static class Setters<B> {
        private @Nullable FunctionCode code;
        private @Nullable String handler;
        private @Nullable Runtime runtime;
        private @Nullable Architecture architecture;
        private @Nullable Number memorySize;
        private @Nullable Duration timeout;
        private final Map<String, String> environment = new LinkedHashMap<>();
        private List<ILayerVersion> layers = new ArrayList<>();
        private @Nullable Size ephemeralStorageSize;
        private @Nullable WarmStrategy warm;
        private @Nullable Rollout rollout;
        private @Nullable Alarms alarms;
        private final Map<String, ITable> tables = new LinkedHashMap<>();
        private final Map<String, ITable> readOnlyTables = new LinkedHashMap<>();
        private final Map<String, ISecret> secrets = new LinkedHashMap<>();
        private final Map<String, IStringParameter> parameters = new LinkedHashMap<>();
        private @Nullable IVpc vpc;
        private @Nullable SubnetSelection vpcSubnets;
        private List<ISecurityGroup> securityGroups = new ArrayList<>();
        private @Nullable String mountPath;
        private @Nullable IAccessPoint accessPoint;
        private @Nullable IRole role;
        private @Nullable Consumer<Function.Builder> customizeFunction;

        /** Starts with nothing set. */
        protected Setters() {}

        /** {@return this builder} */
        protected abstract B self();

        /**
         * Sets what runs. Required.
         *
         * @param code a Maven module, the output of a build, a jar, a directory, an image, or any CDK code
         * @return this builder
         */
        public B code(@Nullable FunctionCode code) {
            this.code = code;
            return self();
        }

        /**
         * Sets which part of the code Lambda calls. Required, but for images.
         *
         * @param handler for Java a class, or a class and its method as {@code shop.Notes::read}; for Python and Node.js
         *     a file and its function, such as {@code index.handler}; for an image its command
         * @return this builder
         */
        public B handler(@Nullable String handler) {
            this.handler = handler;
            return self();
        }

        /**
         * Sets what the code runs on.
         *
         * <p>Default: {@code JAVA_25}. It is this constant and not the newest that CDK knows: an upgrade of CDK must not
         * redeploy anyone.
         *
         * @param runtime a runtime that Lambda still lets create functions on
         * @return this builder
         * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html">Lambda runtimes</a>
         */
        public B runtime(@Nullable Runtime runtime) {
            this.runtime = runtime;
            return self();
        }

        /**
         * Sets the processor that the code runs on.
         *
         * <p>Default: {@code ARM_64}, which costs a fifth less a second than x86.
         *
         * @param architecture the processor; {@code X86_64} if the code brings native x86 libraries
         * @return this builder
         */
        public B architecture(@Nullable Architecture architecture) {
            this.architecture = architecture;
            return self();
        }

        /**
         * Sets the memory. More memory also means more CPU: one whole virtual CPU at 1769 MiB.
         *
         * <p>Default: {@value FunctionOptions#DEFAULT_MEMORY_MIB} MiB.
         *
         * @param memorySize 128 to 10240 MiB
         * @return this builder
         * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html">Configure Lambda function
         *     memory</a>
         */
        public B memorySize(@Nullable Number memorySize) {
            this.memorySize = memorySize;
            return self();
        }

        /**
         * Sets how long one invocation may take.
         *
         * <p>Default: {@value FunctionOptions#DEFAULT_TIMEOUT_SECONDS} seconds.
         *
         * @param timeout 1 to 900 whole seconds
         * @return this builder
         * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/configuration-timeout.html">Configure Lambda function
         *     timeout</a>
         */
        public B timeout(@Nullable Duration timeout) {
            this.timeout = timeout;
            return self();
        }

        /**
         * Adds environment variables to those already set. Values stand in the template: no secrets.
         *
         * @param environment values by name; a name begins with a letter, has letters, digits and underscores, at least
         *     two of them, and is none that Lambda reserves
         * @return this builder
         * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html">Working with Lambda
         *     environment variables</a>
         */
        public B environment(@Nullable Map<String, String> environment) {
            if (environment != null) {
                environment.forEach((name, value) -> this.environment.put(
                        requireNonNull(name, "environment"), requireNonNull(value, "environment")));
            }
            return self();
        }

        /**
         * Sets the layers.
         *
         * <p>Default: the code stands alone.
         *
         * @param layers at most 5
         * @return this builder
         * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html">Lambda quotas</a>
         */
        public B layers(@Nullable List<? extends ILayerVersion> layers) {
            this.layers = layers == null ? new ArrayList<>() : new ArrayList<>(Check.elements("layers", layers));
            return self();
        }

        /**
         * Sets the size of {@code /tmp}. Above 512 MiB it costs by the second, and there is no SnapStart.
         *
         * <p>Default: 512 MiB.
         *
         * @param ephemeralStorageSize 512 to 10240 MiB
         * @return this builder
         * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/configuration-ephemeral-storage.html">Configure
         *     ephemeral storage for Lambda functions</a>
         */
        public B ephemeralStorageSize(@Nullable Size ephemeralStorageSize) {
            this.ephemeralStorageSize = ephemeralStorageSize;
            return self();
        }

        /**
         * Sets what is done against cold starts.
         *
         * <p>Default: {@link WarmStrategy#snapStart()} for Java with at most 512 MiB of {@code /tmp} and no file system, but
         * for images; else {@link WarmStrategy#none()}.
         *
         * @param warm the strategy
         * @return this builder
         */
        public B warm(@Nullable WarmStrategy warm) {
            this.warm = warm;
            return self();
        }

        /**
         * Sets how a new version goes live.
         *
         * <p>Default: {@link Rollout#allAtOnce()}.
         *
         * @param rollout at once, or in steps
         * @return this builder
         */
        public B rollout(@Nullable Rollout rollout) {
            this.rollout = rollout;
            return self();
        }

        /**
         * Sets which alarms there are, and whom they tell: on errors, throttled invocations and long durations; on events
         * that failed for good and on reserved concurrency where there are such.
         *
         * <p>Default: none.
         *
         * @param alarms the topic, and the thresholds
         * @return this builder
         */
        public B alarms(@Nullable Alarms alarms) {
            this.alarms = alarms;
            return self();
        }

        /**
         * Adds a table that the code reads and writes: an environment variable with the table's name, and the permission
         * for all single-item and batch operations and queries, not for scans.
         *
         * @param variable the environment variable that gets the table's name, such as {@code NOTES_TABLE}
         * @param table the table
         * @return this builder
         * @see dev.ashlar.constructs.access.TableAccess#grantReadWriteDelete
         */
        public B table(String variable, ITable table) {
            this.tables.put(requireNonNull(variable, "variable"), requireNonNull(table, "table"));
            return self();
        }

        /**
         * Adds a table that the code only reads: an environment variable with the table's name, and the permission to
         * get items and to query, not to scan.
         *
         * @param variable the environment variable that gets the table's name, such as {@code PRICES_TABLE}
         * @param table the table
         * @return this builder
         * @see dev.ashlar.constructs.access.TableAccess#grantRead
         */
        public B readOnlyTable(String variable, ITable table) {
            this.readOnlyTables.put(requireNonNull(variable, "variable"), requireNonNull(table, "table"));
            return self();
        }

        /**
         * Adds a secret that the code reads: an environment variable with the secret's ARN, never its value, and the
         * permission to read it. With SnapStart read it after the restore, else its value stays in the snapshot.
         *
         * @param variable the environment variable that gets the secret's ARN, such as {@code PAYMENT_SECRET}
         * @param secret the secret
         * @return this builder
         * @see dev.ashlar.constructs.access.SecretAccess#grantRead
         */
        public B secret(String variable, ISecret secret) {
            this.secrets.put(requireNonNull(variable, "variable"), requireNonNull(secret, "secret"));
            return self();
        }

        /**
         * Adds a parameter that the code reads: an environment variable with the parameter's name, never its value, and
         * the permission to read it. With SnapStart read it after the restore, else its value stays in the snapshot.
         *
         * @param variable the environment variable that gets the parameter's name, such as {@code RATES_PARAMETER}
         * @param parameter the parameter
         * @return this builder
         * @see dev.ashlar.constructs.access.ParameterAccess#grantRead
         */
        public B parameter(String variable, IStringParameter parameter) {
            this.parameters.put(requireNonNull(variable, "variable"), requireNonNull(parameter, "parameter"));
            return self();
        }

        /**
         * Connects the function to a network, so that it reaches what is there and nowhere else: AWS's own services too
         * only through that network's endpoints or NAT.
         *
         * <p>Default: Lambda's own network, which reaches the internet.
         *
         * @param vpc the network
         * @return this builder
         * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html">Giving Lambda functions access
         *     to resources in an Amazon VPC</a>
         */
        public B vpc(@Nullable IVpc vpc) {
            this.vpc = vpc;
            return self();
        }

        /**
         * Sets the part of the network that the function is connected to.
         *
         * <p>Default: CDK's, the private subnets, else the isolated ones.
         *
         * @param vpcSubnets subnets that are not public: a function has no public address
         * @return this builder
         */
        public B vpcSubnets(@Nullable SubnetSelection vpcSubnets) {
            this.vpcSubnets = vpcSubnets;
            return self();
        }

        /**
         * Sets the function's security groups.
         *
         * <p>Default: one that all functions of the stack share in that network, and which lets them reach everything
         * there.
         *
         * @param securityGroups at least one, of the same network
         * @return this builder
         */
        public B securityGroups(@Nullable List<? extends ISecurityGroup> securityGroups) {
            this.securityGroups = securityGroups == null
                    ? new ArrayList<>()
                    : new ArrayList<>(Check.elements("securityGroups", securityGroups));
            return self();
        }

        /**
         * Mounts an EFS file system, which the code may read and write through the access point. It takes a {@link #vpc}
         * with the file system's mount targets, and there is no SnapStart.
         *
         * <p>Default: {@code /tmp} alone, which each instance has for itself.
         *
         * @param mountPath where the code finds it: {@code /mnt/} and a name of letters, digits and {@code ._-}
         * @param accessPoint what it is reached through; one that was imported needs its file system
         * @return this builder
         * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/configuration-filesystem.html">Configuring file
         *     system access for Lambda functions</a>
         */
        public B filesystem(String mountPath, IAccessPoint accessPoint) {
            this.mountPath = requireNonNull(mountPath, "mountPath");
            this.accessPoint = requireNonNull(accessPoint, "accessPoint");
            return self();
        }

        /**
         * Sets the role that the code runs under. Nothing is added to it: what the function needs stands as a policy
         * document in the template, in the function's metadata under {@value
         * dev.ashlar.constructs.access.PolicyPrinter#METADATA_KEY}, grants too.
         *
         * <p>Default: a role of the function's own, with what was granted to it and no more.
         *
         * @param role a role that {@code lambda.amazonaws.com} may assume
         * @return this builder
         */
        public B role(@Nullable IRole role) {
            this.role = role;
            return self();
        }

        /**
         * Sets the last word on the function: called with CDK's builder after Ashlar has set all that it sets. What is
         * set here replaces what was there, the whole {@code environment} too; the variables of {@link #table},
         * {@link #secret} and {@link #parameter} come afterwards and stay.
         *
         * @param customizeFunction changes CDK's builder
         * @return this builder
         */
        public B customizeFunction(@Nullable Consumer<Function.Builder> customizeFunction) {
            this.customizeFunction = customizeFunction;
            return self();
        }

        /** Takes over all options of another construct that runs code. */
        final void copyFrom(FunctionOptions options) {
            this.code = options.code;
            this.handler = options.handler;
            this.runtime = options.runtime;
            this.architecture = options.architecture;
            this.memorySize = options.memorySize;
            this.timeout = options.timeout;
            this.environment.putAll(options.environment);
            this.layers = new ArrayList<>(options.layers);
            this.ephemeralStorageSize = options.ephemeralStorageSize;
            this.warm = options.warm;
            this.rollout = options.rollout;
            this.alarms = options.alarms;
            this.tables.putAll(options.tables);
            this.readOnlyTables.putAll(options.readOnlyTables);
            this.secrets.putAll(options.secrets);
            this.parameters.putAll(options.parameters);
            this.vpc = options.vpc;
            this.vpcSubnets = options.vpcSubnets;
            this.securityGroups = new ArrayList<>(options.securityGroups);
            this.mountPath = options.mountPath;
            this.accessPoint = options.accessPoint;
            this.role = options.role;
            this.customizeFunction = options.customizeFunction;
        }
    }
}

package dev.ashlar.constructs.function;

import static java.util.Objects.requireNonNull;

import dev.ashlar.constructs.access.FunctionAccess;
import dev.ashlar.constructs.access.LogGroupAccess;
import dev.ashlar.constructs.access.NetworkAccess;
import dev.ashlar.constructs.access.ParameterAccess;
import dev.ashlar.constructs.access.PolicyPrinter;
import dev.ashlar.constructs.access.SecretAccess;
import dev.ashlar.constructs.access.TableAccess;
import dev.ashlar.constructs.access.TracingAccess;
import dev.ashlar.constructs.alarm.Watched;
import dev.ashlar.constructs.internal.Acknowledged;
import dev.ashlar.constructs.internal.Known;
import dev.ashlar.constructs.internal.ProfileLogs;
import dev.ashlar.constructs.profile.Profile;
import dev.ashlar.constructs.profile.internal.Inherited;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.Annotations;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.cloudwatch.Alarm;
import software.amazon.awscdk.services.cloudwatch.IWidget;
import software.amazon.awscdk.services.cloudwatch.Metric;
import software.amazon.awscdk.services.codedeploy.CfnDeploymentGroup;
import software.amazon.awscdk.services.iam.FromRoleArnOptions;
import software.amazon.awscdk.services.iam.Grant;
import software.amazon.awscdk.services.iam.IGrantable;
import software.amazon.awscdk.services.iam.IPrincipal;
import software.amazon.awscdk.services.iam.IRole;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.lambda.Alias;
import software.amazon.awscdk.services.lambda.CfnFunction;
import software.amazon.awscdk.services.lambda.Function;
import software.amazon.awscdk.services.lambda.FunctionUrl;
import software.amazon.awscdk.services.lambda.FunctionUrlOptions;
import software.amazon.awscdk.services.logs.LogGroup;
import software.constructs.Construct;

/**
 * The one function: code that runs in Lambda, with a role of its own that can do exactly what was granted, with logs
 * that end, with tracing, and published so that whoever invokes it reaches a version that does not change under them.
 *
 * <p>It creates:
 *
 * <ul>
 *   <li>{@code Role}: may write to its own log group and send traces, no more; nothing if {@code role} was given
 *   <li>{@code Logs}: a log group, kept as long as the {@link Profile} says
 *   <li>{@code Function}: JSON logs, X-Ray tracing, ARM64, 1024 MiB, Java 25 unless set otherwise
 *   <li>{@code Function/CurrentVersion}: a version, new whenever the code or its configuration changes
 *   <li>{@code Alias}: {@code live}, which points to that version, and which everything invokes
 *   <li>where asked for: what keeps it warm, what moves the alias in steps, alarms, a function URL, and what becomes of
 *       asynchronous invocations
 * </ul>
 *
 * <pre>{@code
 * WarmFunction quotes = WarmFunction.Builder.create(this, "Quotes")
 *         .code(FunctionCode.maven("handlers"))
 *         .handler("shop.QuotesHandler")
 *         .build();
 * notes.grantRead(quotes);
 * }</pre>
 *
 * <p>Granted by itself: {@code logs:CreateLogStream} and {@code logs:PutLogEvents} on the function's own log group, and
 * {@code xray:PutTraceSegments} and {@code xray:PutTelemetryRecords} on {@code *}, because X-Ray has no resources; with
 * {@code vpc} also the network interfaces, see {@link NetworkAccess}.
 *
 * <p>Idle it costs nothing. Not promised: that no cold start ever happens; see {@link WarmStrategy}.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/welcome.html">What is AWS Lambda?</a>
 */
public final class WarmFunction extends Construct implements IGrantable, Watched {
    static final String ALIAS_NAME = "live";

    private static final String LAYERS_FLAG = "@aws-cdk/aws-lambda:recognizeLayerVersion";

    private final IRole role;
    private final IPrincipal grantPrincipal;
    private final LogGroup logs;
    private final Function function;
    private final Alias alias;
    private final @Nullable Duration timeout;
    private final @Nullable Number reservedConcurrentExecutions;
    private final @Nullable FunctionUrl functionUrl;
    private final @Nullable Destination onFailure;
    private final List<Alarm> alarms;
    private final @Nullable CfnDeploymentGroup deploymentGroup;

    /**
     * Creates the function.
     *
     * @param scope the construct that it belongs to
     * @param id its id there
     * @param props its properties
     * @throws IllegalArgumentException if a property is out of its limits, or two do not go together
     */
    public WarmFunction(Construct scope, String id, WarmFunctionProps props) {
        super(scope, id);
        Inherited.share(this, scope);
        FunctionChecks checks = new FunctionChecks(this);
        checks.options(props);
        checks.directOptions(props);
        if (!Boolean.TRUE.equals(Inherited.context(this, LAYERS_FLAG))) {
            // The flag goes into the hash that names versions: setting it later would publish one more.
            getNode().setContext(LAYERS_FLAG, true);
        }
        Acknowledged acknowledged = Acknowledged.in(this);
        PolicyPrinter printer = props.getRole() == null ? null : new PolicyPrinter(props.getRole());
        this.role = printer == null ? createRole() : importRole(requireNonNull(props.getRole()));
        this.grantPrincipal = printer == null ? role : printer;
        this.logs = createLogs();
        this.function = new CdkFunction(this, role, grantPrincipal, logs).create(props, acknowledged);
        boolean isCustomized = props.getCustomizeFunction() != null;
        this.timeout = isCustomized ? function.getTimeout() : CdkFunction.timeout(props);
        this.reservedConcurrentExecutions =
                isCustomized ? reservedOf(function) : props.getReservedConcurrentExecutions();
        if (printer != null) {
            // CDK adds this to a role that it may change.
            TracingAccess.grantWrite(printer);
            printer.printTo((CfnFunction) requireNonNull(function.getNode().getDefaultChild()));
            announcePolicy();
        }
        this.alias = createAlias(new Warming(this, props.getWarm(), acknowledged));
        this.functionUrl = createUrl(props.getFunctionUrl());
        this.onFailure = props.getOnFailure();
        AsyncInvocation.configure(this, alias, props, acknowledged);
        connect(props);
        this.alarms = new FunctionAlarms(this, alias).create(props.getAlarms(), props);
        this.deploymentGroup = createDeploymentGroup(props.getRollout());
        acknowledged.ownPolicies(role);
    }

    /** {@return the function itself; invoke the alias instead} */
    public Function getFunction() {
        return function;
    }

    /** {@return the alias {@code live}, which is what to invoke} */
    public Alias getAlias() {
        return alias;
    }

    /** {@return how long an invocation may take; null if a customizer left that to Lambda} */
    public @Nullable Duration getTimeout() {
        return timeout;
    }

    /** {@return how many instances are reserved for the function, and are the most there can be; null if none are} */
    public @Nullable Number getReservedConcurrentExecutions() {
        return reservedConcurrentExecutions;
    }

    /** {@return the role that the code runs under: the function's own, or the one that was given} */
    public IRole getRole() {
        return role;
    }

    /** {@return the function's own log group} */
    public LogGroup getLogs() {
        return logs;
    }

    /** {@return the address of the alias, if it has one} */
    public @Nullable FunctionUrl getFunctionUrl() {
        return functionUrl;
    }

    /** {@return where records of asynchronous invocations go that failed for good; null if they are dropped} */
    public @Nullable Destination getOnFailure() {
        return onFailure;
    }

    /** {@return the function's alarms, none without {@code alarms}; that of a rollout is not among them} */
    public List<Alarm> getAlarms() {
        return alarms;
    }

    /** {@return CodeDeploy's deployment group, if it moves the alias} */
    public @Nullable CfnDeploymentGroup getDeploymentGroup() {
        return deploymentGroup;
    }

    /** {@return graphs of invocations and errors, of durations, and of concurrency} */
    @Override
    public List<IWidget> getWidgets() {
        return FunctionWidgets.of(function, alias);
    }

    /** {@return what permissions are granted to: the function's own role, or what stands for the one that was given} */
    @Override
    public IPrincipal getGrantPrincipal() {
        return grantPrincipal;
    }

    /**
     * Adds an environment variable. Its value stands in the template: no secrets.
     *
     * @param name a name that Lambda does not reserve
     * @param value the value
     * @throws IllegalArgumentException if the name is none that Lambda takes
     */
    public void addEnvironment(String name, String value) {
        new FunctionChecks(this).variable(name);
        function.addEnvironment(name, value);
    }

    /**
     * Grants {@code lambda:InvokeFunction} on the alias {@code live}, and not on the function's other versions.
     *
     * @param grantee who may invoke the function
     * @return the grant
     */
    public Grant grantInvoke(IGrantable grantee) {
        return FunctionAccess.of(alias).grantInvoke(grantee);
    }

    /**
     * Grants {@code lambda:InvokeFunctionUrl} on the alias, and {@code lambda:InvokeFunction} on it through its address
     * only.
     *
     * @param grantee who may call the address
     * @return the grant
     * @throws IllegalStateException if the function has no address
     */
    public Grant grantInvokeUrl(IGrantable grantee) {
        if (functionUrl == null) {
            throw new IllegalStateException(
                    "[" + getNode().getPath() + "] functionUrl must be set for grantInvokeUrl, got none");
        }
        return FunctionAccess.of(alias).grantInvokeUrl(grantee);
    }

    /** {@return how often the alias was invoked: sum over 5 minutes} */
    public Metric metricInvocations() {
        return alias.metricInvocations();
    }

    /** {@return how many invocations of the alias failed: sum over 5 minutes} */
    public Metric metricErrors() {
        return alias.metricErrors();
    }

    /** {@return how long invocations of the alias took, in milliseconds: average over 5 minutes} */
    public Metric metricDuration() {
        return alias.metricDuration();
    }

    /** {@return how many invocations of the alias were refused for want of concurrency: sum over 5 minutes} */
    public Metric metricThrottles() {
        return alias.metricThrottles();
    }

    private Role createRole() {
        // An own role, because the default one carries a managed policy that reaches every log group of the account.
        Role created = Role.Builder.create(this, "Role")
                .assumedBy(Known.service("lambda.amazonaws.com"))
                .build();
        Inherited.share(created, this);
        return created;
    }

    private IRole importRole(IRole given) {
        // Imported as it is, so that CDK adds nothing to it either.
        return Role.fromRoleArn(
                this,
                "Role",
                given.getRoleArn(),
                FromRoleArnOptions.builder().mutable(false).build());
    }

    private static @Nullable Number reservedOf(Function function) {
        return ((CfnFunction) requireNonNull(function.getNode().getDefaultChild())).getReservedConcurrentExecutions();
    }

    private void announcePolicy() {
        Annotations.of(this)
                .addInfoV2(
                        "ashlar:policyOfRole",
                        "Nothing was added to the role that was given: what it needs is the policy document in the"
                                + " template, in this function's metadata under " + PolicyPrinter.METADATA_KEY);
    }

    private LogGroup createLogs() {
        LogGroup group = ProfileLogs.create(this, "Logs");
        LogGroupAccess.of(group).grantWrite(grantPrincipal);
        return group;
    }

    private Alias createAlias(Warming warming) {
        Alias.Builder builder =
                Alias.Builder.create(this, "Alias").aliasName(ALIAS_NAME).version(function.getCurrentVersion());
        warming.prepare(builder);
        Alias created = builder.build();
        warming.complete(created);
        return created;
    }

    private @Nullable FunctionUrl createUrl(@Nullable FunctionUrlOptions options) {
        return options == null ? null : alias.addFunctionUrl(options);
    }

    private @Nullable CfnDeploymentGroup createDeploymentGroup(@Nullable Rollout rollout) {
        if (rollout == null || !rollout.needsCodeDeploy()) {
            return null;
        }
        Alarm rollback = new FunctionAlarms(this, alias).rollback(rollout.errors());
        return new Deployment(this, rollout).create(function, alias, rollback, alarms);
    }

    private void connect(FunctionOptions props) {
        props.getTables().forEach((variable, table) -> {
            function.addEnvironment(variable, table.getTableName());
            TableAccess.of(table).grantReadWriteDelete(this);
        });
        props.getReadOnlyTables().forEach((variable, table) -> {
            function.addEnvironment(variable, table.getTableName());
            TableAccess.of(table).grantRead(this);
        });
        props.getSecrets().forEach((variable, secret) -> {
            function.addEnvironment(variable, secret.getSecretArn());
            SecretAccess.of(secret).grantRead(this);
        });
        props.getParameters().forEach((variable, parameter) -> {
            function.addEnvironment(variable, parameter.getParameterName());
            ParameterAccess.of(parameter).grantRead(this);
        });
    }

    /** Creates a {@link WarmFunction}. */
    public static final class Builder extends WarmFunctionProps.Setters<Builder>
            implements software.amazon.jsii.Builder<WarmFunction> {
        private final Construct scope;
        private final String id;

        private Builder(Construct scope, String id) {
            this.scope = scope;
            this.id = id;
        }

        /**
         * Starts a function.
         *
         * @param scope the construct that it belongs to
         * @param id its id there
         * @return a builder with nothing set
         */
        public static Builder create(Construct scope, String id) {
            return new Builder(scope, id);
        }

        @Override
        protected Builder self() {
            return this;
        }

        /**
         * Creates the function.
         *
         * @return the function
         * @throws NullPointerException naming all that is required and missing
         * @throws IllegalArgumentException if a property is out of its limits, or two do not go together
         */
        @Override
        public WarmFunction build() {
            return new WarmFunction(scope, id, toProps());
        }
    }
}

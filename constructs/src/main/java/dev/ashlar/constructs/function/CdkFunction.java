package dev.ashlar.constructs.function;

import static java.util.Objects.requireNonNull;

import dev.ashlar.constructs.access.FileSystemAccess;
import dev.ashlar.constructs.access.NetworkAccess;
import dev.ashlar.constructs.internal.Acknowledged;
import dev.ashlar.constructs.internal.Check;
import dev.ashlar.constructs.internal.Known;
import dev.ashlar.constructs.profile.internal.Inherited;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.Annotations;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.iam.CfnRole;
import software.amazon.awscdk.services.iam.IPrincipal;
import software.amazon.awscdk.services.iam.IRole;
import software.amazon.awscdk.services.lambda.Function;
import software.amazon.awscdk.services.lambda.Handler;
import software.amazon.awscdk.services.lambda.LoggingFormat;
import software.amazon.awscdk.services.lambda.Runtime;
import software.amazon.awscdk.services.lambda.SnapStartConf;
import software.amazon.awscdk.services.lambda.Tracing;
import software.amazon.awscdk.services.lambda.VersionOptions;
import software.amazon.awscdk.services.logs.LogGroup;

/** Makes CDK's own function: Ashlar's defaults first, then what the customizer changes, then what must not be changed. */
final class CdkFunction {
    private final WarmFunction scope;
    private final IRole role;
    private final IPrincipal permissions;
    private final LogGroup logs;

    CdkFunction(WarmFunction scope, IRole role, IPrincipal permissions, LogGroup logs) {
        this.scope = scope;
        this.role = role;
        this.permissions = permissions;
        this.logs = logs;
    }

    Function create(WarmFunctionProps props, Acknowledged acknowledged) {
        FunctionCode code = requireNonNull(props.getCode());
        Function.Builder builder = Function.Builder.create(scope, "Function")
                .code(code.codeFor(scope, CodeTarget.of(props)))
                .handler(code.isImage() ? Handler.FROM_IMAGE : requireNonNull(props.getHandler()))
                .runtime(code.isImage() ? Runtime.FROM_IMAGE : CodeTarget.runtime(props))
                .architecture(CodeTarget.architecture(props))
                .memorySize(orElse(props.getMemorySize(), FunctionOptions.DEFAULT_MEMORY_MIB))
                .timeout(timeout(props))
                .environment(props.getEnvironment())
                .layers(props.getLayers().isEmpty() ? null : props.getLayers())
                .ephemeralStorageSize(props.getEphemeralStorageSize())
                .reservedConcurrentExecutions(props.getReservedConcurrentExecutions())
                .role(role)
                .logGroup(logs)
                .loggingFormat(LoggingFormat.JSON)
                .tracing(Tracing.ACTIVE)
                .snapStart(SnapStart.isUsedBy(props) ? SnapStartConf.ON_PUBLISHED_VERSIONS : null)
                .currentVersionOptions(VersionOptions.builder()
                        .removalPolicy(
                                Boolean.TRUE.equals(props.getRetainVersions())
                                        ? RemovalPolicy.RETAIN
                                        : RemovalPolicy.DESTROY)
                        .build());
        if (props.getVpc() != null) {
            // CDK adds nothing to a role that it did not make itself.
            NetworkAccess.grantInterfaces(permissions);
            new FunctionNetwork(scope).connect(builder, props.getVpc(), props);
        }
        if (props.getCustomizeFunction() != null) {
            props.getCustomizeFunction().accept(builder);
        }
        Function created = builder.build();
        if (props.getCustomizeFunction() != null) {
            checkCustomized(created, props);
        }
        if (props.getAccessPoint() != null) {
            FileSystemAccess.of(props.getAccessPoint()).grantReadWrite(permissions);
            new FunctionNetwork(scope).mount(created, props.getAccessPoint(), requireNonNull(props.getMountPath()));
        }
        acknowledged.wildcard(role, "*", Acknowledged.TRACES);
        if (SnapStart.isUsedBy(props) || props.getCustomizeFunction() != null) {
            Annotations.of(created)
                    .acknowledgeWarning(
                            "@aws-cdk/aws-lambda:snapStartRequirePublish", "The alias points to a published version");
        }
        return created;
    }

    static Duration timeout(FunctionOptions props) {
        return orElse(props.getTimeout(), Known.seconds(FunctionOptions.DEFAULT_TIMEOUT_SECONDS));
    }

    private void checkCustomized(Function created, FunctionOptions props) {
        Check check = Check.of(scope);
        check.that(
                role.equals(created.getRole()),
                "customizeFunction must not set role, got another one, which no grant would reach; set the option role");
        check.that(
                logs.equals(created.getLogGroup()),
                "customizeFunction must not set logGroup, got another one, which the function's role may not write to;"
                        + " change getLogs() instead");
        check.that(
                props.getVpc() != null || !Boolean.TRUE.equals(created.getIsBoundToVpc()),
                "customizeFunction must not set vpc, got one, which the function's role may not use; set the option vpc");
        check.that(
                created.getNode().tryFindChild("EventInvokeConfig") == null,
                "customizeFunction must not set retryAttempts, maxEventAge, onFailure or onSuccess, got some, which would"
                        + " not hold for the alias; set the options of these names");
        check.that(
                created.getNode().tryFindChild("LambdaInsightsLayer") == null && !hasManagedPolicies(),
                "customizeFunction must not attach a managed policy, got one, as that of insightsVersion; add the layer to"
                        + " layers, and grant what it needs with InsightsAccess");
    }

    private boolean hasManagedPolicies() {
        return role.getNode().getDefaultChild() instanceof CfnRole own
                && Inherited.stack(scope).resolve(own.getManagedPolicyArns()) instanceof List<?> arns
                && !arns.isEmpty();
    }

    private static <T> T orElse(@Nullable T value, T defaultValue) {
        return value == null ? defaultValue : value;
    }
}

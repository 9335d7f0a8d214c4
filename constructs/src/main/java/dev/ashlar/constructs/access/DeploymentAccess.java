package dev.ashlar.constructs.access;

import dev.ashlar.constructs.internal.Acknowledged;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awscdk.services.cloudwatch.IAlarm;
import software.amazon.awscdk.services.iam.Grant;
import software.amazon.awscdk.services.iam.IGrantable;
import software.amazon.awscdk.services.iam.IRole;
import software.amazon.awscdk.services.iam.Policy;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.lambda.IFunction;
import software.constructs.Construct;

/**
 * What CodeDeploy needs to shift an alias of a function from one version to the next, and what its hooks need to answer.
 *
 * <p>{@link #policyToShift} grants {@code lambda:GetAlias} and {@code lambda:UpdateAlias} on the function, as IAM has them,
 * {@code lambda:GetProvisionedConcurrencyConfig} on the alias, {@code cloudwatch:DescribeAlarms} on the alarms that roll back,
 * and {@code lambda:InvokeFunction} on hooks. {@link #grantReport} grants
 * {@code codedeploy:PutLifecycleEventHookExecutionStatus} on one deployment group.
 *
 * @see <a href="https://docs.aws.amazon.com/service-authorization/latest/reference/list_awslambda.html">Actions, resources,
 *     and condition keys for AWS Lambda</a>
 */
public final class DeploymentAccess {
    private DeploymentAccess() {}

    /**
     * Creates the policy that CodeDeploy needs to shift an alias: apart from its role, so that the alias can wait for the
     * policy, and the policy for hooks that need the deployment group.
     *
     * @param scope the construct that the policy belongs to
     * @param id its id there
     * @param role CodeDeploy's role
     * @param function the function
     * @param aliasArn the ARN of its alias, written without the alias itself, which waits for the policy
     * @param alarms the alarms that roll back, at least one
     * @param hooks the functions that CodeDeploy invokes, by their names
     * @return the policy
     */
    public static Policy policyToShift(
            Construct scope,
            String id,
            IRole role,
            IFunction function,
            String aliasArn,
            List<? extends IAlarm> alarms,
            List<? extends IFunction> hooks) {
        List<PolicyStatement> statements = new ArrayList<>(List.of(
                statement(List.of(function.getFunctionArn()), "lambda:GetAlias", "lambda:UpdateAlias"),
                statement(List.of(aliasArn), "lambda:GetProvisionedConcurrencyConfig"),
                statement(alarms.stream().map(IAlarm::getAlarmArn).toList(), "cloudwatch:DescribeAlarms")));
        if (!hooks.isEmpty()) {
            statements.add(
                    statement(hooks.stream().map(IFunction::getFunctionArn).toList(), "lambda:InvokeFunction"));
        }
        Policy policy = Policy.Builder.create(scope, id)
                .statements(statements)
                .roles(List.of(role))
                .build();
        Acknowledged.in(policy).ownPolicies(policy);
        return policy;
    }

    /**
     * Grants {@code codedeploy:PutLifecycleEventHookExecutionStatus} on a deployment group.
     *
     * @param hook who may report
     * @param deploymentGroupArn the ARN of the group
     * @return the grant
     */
    public static Grant grantReport(IGrantable hook, String deploymentGroupArn) {
        return Grants.add(hook, List.of("codedeploy:PutLifecycleEventHookExecutionStatus"), deploymentGroupArn);
    }

    private static PolicyStatement statement(List<String> resources, String... actions) {
        return PolicyStatement.Builder.create()
                .actions(List.of(actions))
                .resources(resources)
                .build();
    }
}

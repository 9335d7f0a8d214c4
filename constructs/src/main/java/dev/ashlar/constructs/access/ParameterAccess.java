package dev.ashlar.constructs.access;

import java.util.List;
import software.amazon.awscdk.services.iam.Grant;
import software.amazon.awscdk.services.iam.IGrantable;
import software.amazon.awscdk.services.ssm.IParameter;

/**
 * Exact permissions on a parameter in the Parameter Store.
 *
 * <p>{@link #grantRead} grants {@code ssm:GetParameter} and {@code ssm:GetParameters}. A {@code SecureString} that a
 * customer's key encrypts takes {@code kms:Decrypt} on that key too, which the parameter does not tell: grant it with
 * {@code key.grant(function, "kms:Decrypt")}.
 *
 * @see <a href="https://docs.aws.amazon.com/service-authorization/latest/reference/list_awssystemsmanager.html">Actions,
 *     resources, and condition keys for AWS Systems Manager</a>
 */
public final class ParameterAccess {
    private final IParameter parameter;

    private ParameterAccess(IParameter parameter) {
        this.parameter = parameter;
    }

    /**
     * Starts a grant on a parameter.
     *
     * @param parameter the parameter, created or imported
     * @return the grants on it
     */
    public static ParameterAccess of(IParameter parameter) {
        return new ParameterAccess(parameter);
    }

    /**
     * Grants {@code ssm:GetParameter} and {@code ssm:GetParameters}.
     *
     * @param grantee who may read the parameter's value
     * @return the grant
     */
    public Grant grantRead(IGrantable grantee) {
        return Grants.add(grantee, List.of("ssm:GetParameter", "ssm:GetParameters"), parameter.getParameterArn());
    }
}

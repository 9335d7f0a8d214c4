package dev.ashlar.test;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One action that a policy allows, or denies, on one resource.
 *
 * <p>Resources are written as a reader would: {@code ${Notes/Table.Arn}/index/*}, where {@code Notes/Table} is the
 * construct's path within the stack and {@code Arn} the attribute of the resource. CDK's joins are done, and
 * CloudFormation's own values stay: {@code arn:${AWS::Partition}:s3:::logs/*}. {@link #toString()} is the form in which
 * failures print permissions, so that the expected ones can be written from there.
 */
public final class Permission implements Comparable<Permission> {
    private static final String MANAGED_POLICY = "managed policy";

    private final boolean denied;
    private final String action;
    private final String resource;
    private final @Nullable String principal;
    private final @Nullable String condition;

    private Permission(
            boolean denied, String action, String resource, @Nullable String principal, @Nullable String condition) {
        this.denied = denied;
        this.principal = principal;
        this.action = Objects.requireNonNull(action, "action");
        this.resource = Objects.requireNonNull(resource, "resource");
        this.condition = condition;
    }

    /**
     * Returns the permission that allows an action on a resource.
     *
     * @param action as in the policy, such as {@code s3:GetObject}; {@code NotAction(...)} for all but these
     * @param resource as a reader would write it, such as {@code ${Uploads.Arn}/incoming/*}; {@code NotResource(...)}
     *     for all but these
     * @return the permission
     */
    public static Permission of(String action, String resource) {
        return new Permission(false, action, resource, null, null);
    }

    /**
     * Returns all that a managed policy allows, whatever that is: what it holds is not in the template.
     *
     * @param arn the policy's ARN, such as {@code
     *     arn:${AWS::Partition}:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole}
     * @return the permission
     */
    public static Permission managedPolicy(String arn) {
        return new Permission(false, MANAGED_POLICY, arn, null, null);
    }

    /**
     * Returns this permission for a principal, as policies of resources name one.
     *
     * @param principal a service ({@code s3.amazonaws.com}), the path of a role, user or group of the stack ({@code
     *     Importer/Role}), an account ({@code account 111122223333}, {@code account ${AWS::AccountId}}), an ARN, {@code
     *     anyone}, or as failures print it
     * @return a new permission
     */
    public Permission by(String principal) {
        return new Permission(denied, action, resource, Objects.requireNonNull(principal, "principal"), condition);
    }

    /**
     * Returns this permission with a condition.
     *
     * @param condition the policy's {@code Condition} as JSON without spaces, with sorted keys and values, such as
     *     {@code {"StringEquals":{"kms:ViaService":"s3.${AWS::Region}.amazonaws.com"}}}; a value that stands alone
     *     without an array
     * @return a new permission
     */
    public Permission when(String condition) {
        return new Permission(denied, action, resource, principal, Objects.requireNonNull(condition, "condition"));
    }

    /**
     * Returns the opposite of this permission: what an explicit Deny takes away.
     *
     * @return a new permission
     */
    public Permission denied() {
        return new Permission(true, action, resource, principal, condition);
    }

    /** {@return the action} */
    public String getAction() {
        return action;
    }

    /** {@return the resource} */
    public String getResource() {
        return resource;
    }

    /** {@return whom the policy of a resource names, or null in the policy of the one that has the permission} */
    public @Nullable String getPrincipal() {
        return principal;
    }

    /** {@return the condition as JSON, or null if there is none} */
    public @Nullable String getCondition() {
        return condition;
    }

    /** {@return whether this takes the permission away} */
    public boolean isDenied() {
        return denied;
    }

    boolean isManagedPolicy() {
        return action.equals(MANAGED_POLICY);
    }

    Permission byNobodyNamed() {
        return new Permission(denied, action, resource, null, condition);
    }

    Permission withoutCondition() {
        return new Permission(denied, action, resource, principal, null);
    }

    @Override
    public int compareTo(Permission other) {
        return toString().compareTo(other.toString());
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Permission permission && toString().equals(permission.toString());
    }

    @Override
    public int hashCode() {
        return toString().hashCode();
    }

    /** {@return the permission as failures print it, such as {@code s3:GetObject on ${Uploads.Arn}/incoming/*}} */
    @Override
    public String toString() {
        return (denied ? "deny " : "")
                + action
                + (isManagedPolicy() ? " " : " on ")
                + resource
                + (principal == null ? "" : " by " + principal)
                + (condition == null ? "" : " when " + condition);
    }
}

package dev.ashlar.local.internal.policy;

import dev.ashlar.local.internal.template.Resource;

/**
 * Who sends a request: a function in its role.
 *
 * @param path the path of its construct, for messages
 * @param roleArn the role
 * @param session the role session's name, for Lambda the function's name
 */
public record Caller(String path, String roleArn, String session) {
    /** {@return a function in its role} */
    public static Caller of(Resource function, String roleArn, String functionName) {
        return new Caller(function.path(), roleArn, functionName);
    }

    /** {@return the account} */
    public String account() {
        return roleArn.split(":", 6)[4];
    }

    /** {@return the name of the role, without the path that its ARN may have} */
    public String roleName() {
        return roleArn.substring(roleArn.lastIndexOf('/') + 1);
    }

    /** {@return the ARN that AWS calls the caller by} */
    public String arn() {
        return "arn:aws:sts::%s:assumed-role/%s/%s".formatted(account(), roleName(), session);
    }
}

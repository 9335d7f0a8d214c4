package dev.ashlar.constructs.access;

import java.util.List;
import software.amazon.awscdk.services.iam.Grant;
import software.amazon.awscdk.services.iam.IGrantable;
import software.amazon.awscdk.services.secretsmanager.ISecret;

/**
 * Exact permissions on a secret in Secrets Manager.
 *
 * <p>{@link #grantRead} grants {@code secretsmanager:GetSecretValue}, and on a customer's key {@code kms:Decrypt}. A secret
 * that was imported by its name alone has an ARN that ends with six characters that only AWS knows: there the resource ends
 * with {@code -??????}, which is as narrow as IAM allows.
 *
 * @see <a href="https://docs.aws.amazon.com/service-authorization/latest/reference/list_awssecretsmanager.html">Actions,
 *     resources, and condition keys for AWS Secrets Manager</a>
 */
public final class SecretAccess {
    private final ISecret secret;

    private SecretAccess(ISecret secret) {
        this.secret = secret;
    }

    /**
     * Starts a grant on a secret.
     *
     * @param secret the secret, created or imported
     * @return the grants on it
     */
    public static SecretAccess of(ISecret secret) {
        return new SecretAccess(secret);
    }

    /**
     * Grants {@code secretsmanager:GetSecretValue}.
     *
     * @param grantee who may read the secret's value
     * @return the grant
     */
    public Grant grantRead(IGrantable grantee) {
        Grants.addKey(grantee, secret.getEncryptionKey(), "kms:Decrypt");
        String arn = secret.getSecretFullArn() != null ? secret.getSecretArn() : secret.getSecretArn() + "-??????";
        return Grants.add(grantee, List.of("secretsmanager:GetSecretValue"), arn);
    }
}

package dev.ashlar.constructs.access;

import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.CfnResource;
import software.amazon.awscdk.services.iam.AddToPrincipalPolicyResult;
import software.amazon.awscdk.services.iam.IPrincipal;
import software.amazon.awscdk.services.iam.IRole;
import software.amazon.awscdk.services.iam.PolicyDocument;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.PrincipalPolicyFragment;

/**
 * Stands for a role that belongs to somebody else: what is granted to it is not added to the role, but written as a policy
 * document into the metadata of a resource, from where it can be handed to whoever owns the role.
 */
public final class PolicyPrinter implements IPrincipal {
    /** The key of the resource's metadata that holds the document: {@value}. */
    public static final String METADATA_KEY = "ashlar:policy";

    private final IRole role;
    private final PolicyDocument document = new PolicyDocument();

    /**
     * Stands for a role.
     *
     * @param role the role that nothing is added to
     */
    public PolicyPrinter(IRole role) {
        this.role = role;
    }

    /**
     * Writes all that is granted, now and later, into the metadata of a resource.
     *
     * @param resource a resource of the template
     */
    public void printTo(CfnResource resource) {
        resource.addMetadata(METADATA_KEY, document);
    }

    @Override
    public AddToPrincipalPolicyResult addToPrincipalPolicy(PolicyStatement statement) {
        document.addStatements(statement);
        return AddToPrincipalPolicyResult.builder()
                .statementAdded(true)
                .policyDependable(role)
                .build();
    }

    @Override
    public IPrincipal getGrantPrincipal() {
        return this;
    }

    @Override
    public String getAssumeRoleAction() {
        return role.getAssumeRoleAction();
    }

    @Override
    public PrincipalPolicyFragment getPolicyFragment() {
        return role.getPolicyFragment();
    }

    @Override
    public @Nullable String getPrincipalAccount() {
        return role.getPrincipalAccount();
    }
}

package dev.ashlar.constructs.access;

import dev.ashlar.constructs.internal.Known;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.ArnComponents;
import software.amazon.awscdk.ArnFormat;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.ecr.IRepository;
import software.amazon.awscdk.services.iam.PolicyStatement;

/**
 * Exact permissions on an ECR repository.
 *
 * <p>{@link #grantPullToFunctions} lets Lambda itself {@code ecr:BatchGetImage} and {@code ecr:GetDownloadUrlForLayer}, for
 * functions of one account and region. A function's role needs no permission to run from an image.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/images-create.html#gettingstarted-images-permissions">Lambda
 *     permissions for container images</a>
 */
public final class RepositoryAccess {
    private final IRepository repository;

    private RepositoryAccess(IRepository repository) {
        this.repository = repository;
    }

    /**
     * Starts a grant on an ECR repository.
     *
     * @param repository the repository, created or imported
     * @return the grants on it
     */
    public static RepositoryAccess of(IRepository repository) {
        return new RepositoryAccess(repository);
    }

    /**
     * Lets Lambda {@code ecr:BatchGetImage} and {@code ecr:GetDownloadUrlForLayer} for the functions of a stack's account and
     * region. The policy of an imported repository cannot be changed: in the same account Lambda adds the statement
     * itself if who deploys may {@code ecr:SetRepositoryPolicy}, in another account its owner must.
     *
     * @param stack the stack that has the functions
     */
    public void grantPullToFunctions(Stack stack) {
        String functions = stack.formatArn(ArnComponents.builder()
                .service("lambda")
                .resource("function")
                .resourceName("*")
                .arnFormat(ArnFormat.COLON_RESOURCE_NAME)
                .build());
        // Not one function alone: it names the image, so naming it here would close a circle.
        repository.addToResourcePolicy(PolicyStatement.Builder.create()
                .principals(List.of(Known.service("lambda.amazonaws.com")))
                .actions(List.of("ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"))
                .conditions(Map.of("StringLike", Map.of("aws:SourceArn", functions)))
                .build());
    }
}

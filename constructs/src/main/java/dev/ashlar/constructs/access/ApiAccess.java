package dev.ashlar.constructs.access;

import java.util.List;
import software.amazon.awscdk.ArnComponents;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.iam.Grant;
import software.amazon.awscdk.services.iam.IGrantable;
import software.constructs.IConstruct;

/**
 * Exact permissions on an API of API Gateway whose requests are signed.
 *
 * <p>{@link #grantInvoke} grants {@code execute-api:Invoke} on all methods and paths of one stage.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonapigateway.html">Actions,
 *     resources, and condition keys for Amazon API Gateway</a>
 */
public final class ApiAccess {
    private final IConstruct owner;
    private final String apiId;
    private final String stage;

    private ApiAccess(IConstruct owner, String apiId, String stage) {
        this.owner = owner;
        this.apiId = apiId;
        this.stage = stage;
    }

    /**
     * Starts a grant on an API.
     *
     * @param owner a construct of the stack that has the API
     * @param apiId the id of the API
     * @param stage the name of its stage
     * @return the grants on it
     */
    public static ApiAccess of(IConstruct owner, String apiId, String stage) {
        return new ApiAccess(owner, apiId, stage);
    }

    /**
     * Grants {@code execute-api:Invoke}.
     *
     * @param grantee who may call the API
     * @return the grant
     */
    public Grant grantInvoke(IGrantable grantee) {
        return Grants.add(
                grantee,
                List.of("execute-api:Invoke"),
                Stack.of(owner)
                        .formatArn(ArnComponents.builder()
                                .service("execute-api")
                                .resource(apiId)
                                .resourceName(stage + "/*")
                                .build()));
    }
}

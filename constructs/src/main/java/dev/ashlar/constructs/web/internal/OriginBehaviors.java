package dev.ashlar.constructs.web.internal;

import static java.util.Objects.requireNonNull;

import dev.ashlar.constructs.internal.Check;
import dev.ashlar.constructs.internal.Tokens;
import dev.ashlar.constructs.web.ApiOrigin;
import dev.ashlar.constructs.web.ApiOrigin.Kind;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.Aws;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.apigateway.CfnRestApi;
import software.amazon.awscdk.services.cloudfront.AllowedMethods;
import software.amazon.awscdk.services.cloudfront.BehaviorOptions;
import software.amazon.awscdk.services.cloudfront.CachePolicy;
import software.amazon.awscdk.services.cloudfront.Distribution;
import software.amazon.awscdk.services.cloudfront.FunctionAssociation;
import software.amazon.awscdk.services.cloudfront.FunctionEventType;
import software.amazon.awscdk.services.cloudfront.FunctionUrlOriginAccessControl;
import software.amazon.awscdk.services.cloudfront.IOrigin;
import software.amazon.awscdk.services.cloudfront.IVpcOrigin;
import software.amazon.awscdk.services.cloudfront.OriginProtocolPolicy;
import software.amazon.awscdk.services.cloudfront.OriginRequestPolicy;
import software.amazon.awscdk.services.cloudfront.OriginSslPolicy;
import software.amazon.awscdk.services.cloudfront.Signing;
import software.amazon.awscdk.services.cloudfront.ViewerProtocolPolicy;
import software.amazon.awscdk.services.cloudfront.origins.HttpOrigin;
import software.amazon.awscdk.services.cloudfront.origins.VpcOrigin;
import software.amazon.awscdk.services.cloudfront.origins.VpcOriginProps;
import software.amazon.awscdk.services.elasticloadbalancingv2.CfnLoadBalancer;
import software.amazon.awscdk.services.lambda.CfnPermission;
import software.amazon.awscdk.services.lambda.CfnUrl;
import software.amazon.awscdk.services.lambda.FunctionUrlAuthType;
import software.amazon.awscdk.services.lambda.IFunctionUrl;
import software.constructs.Construct;
import software.constructs.IConstruct;

/** The behaviours of a distribution that lead to APIs, by their paths. */
final class OriginBehaviors {
    private static final Pattern PATH = Pattern.compile("(/[A-Za-z0-9._~-]+)+/\\*");
    private static final Pattern ORIGIN_PATH = Pattern.compile("(/[A-Za-z0-9._~-]+)+");
    private static final Pattern HEADER = Pattern.compile("[A-Za-z0-9_-]+");
    private static final Pattern HOST = Pattern.compile("(?i)[a-z0-9-]+(\\.[a-z0-9-]+)+");

    // https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cloudfront-limits.html
    private static final int MAX_READ_TIMEOUT_SECONDS = 180;

    private final Construct scope;
    private final Map<String, ApiOrigin> origins;

    OriginBehaviors(Construct scope, Map<String, ApiOrigin> origins) {
        this.scope = scope;
        this.origins = origins;
    }

    /** Checks paths and origins; it creates nothing. */
    void check(boolean hasDomain) {
        Check check = Check.of(scope);
        checkPaths(check);
        origins.forEach((path, origin) -> {
            check.between("origin readTimeout", origin.getReadTimeout(), 1, MAX_READ_TIMEOUT_SECONDS, "");
            check.that(
                    origin.getPath().isEmpty()
                            || Tokens.isUnresolved(origin.getPath())
                            || ORIGIN_PATH.matcher(origin.getPath()).matches(),
                    "origin path must be a slash and segments such as /v1, without a slash behind them, got \""
                            + origin.getPath() + "\"");
            origin.getHeaders()
                    .keySet()
                    .forEach(name -> check.that(
                            HEADER.matcher(name).matches(),
                            "origin header must have a name of letters, digits, - and _, got \"" + name + "\""));
            switch (origin.getKind()) {
                case HOST -> checkHost(origin.getHost(), check);
                case API -> checkApi(path, origin, check);
                case FUNCTION_URL -> checkFunctionUrl(path, origin, check);
                case LOAD_BALANCER -> checkLoadBalancer(path, origin, hasDomain, check);
                case VPC_ORIGIN ->
                    check.that(
                            !origin.getHost().isEmpty(),
                            "origin %s must have a VPC origin that knows its domain name, got %s without one; import it by VpcOrigin.fromVpcOriginAttributes with domainName"
                                    .formatted(path, nameOf(origin)));
            }
        });
    }

    private void checkPaths(Check check) {
        List<String> paths = List.copyOf(origins.keySet());
        for (int i = 0; i < paths.size(); i++) {
            String path = paths.get(i);
            check.that(
                    PATH.matcher(path).matches(),
                    "origin must have a path of segments of letters, digits and ._~- that ends with /*, such as /api/*, got \""
                            + path + "\"");
            for (String other : paths.subList(0, i)) {
                check.that(
                        !path.startsWith(prefixOf(other) + "/") && !other.startsWith(prefixOf(path) + "/"),
                        "origin must have a path of its own, got %s and %s; one of them would get what is meant for the other"
                                .formatted(other, path));
            }
        }
    }

    private static void checkHost(String host, Check check) {
        check.that(
                Tokens.isUnresolved(host) || HOST.matcher(host).matches(),
                "origin must have a host name such as api.example.com, without a scheme or a path, got \"" + host
                        + "\"");
    }

    private static void checkApi(String path, ApiOrigin origin, Check check) {
        checkOwnHost(path, origin, "an API of API Gateway", check);
        if (resourceOf(origin) instanceof CfnRestApi api) {
            check.that(
                    !Boolean.TRUE.equals(api.getDisableExecuteApiEndpoint()),
                    "origin %s must have an API whose own address stays on, got %s with disableExecuteApiEndpoint; CloudFront reaches it there"
                            .formatted(path, nameOf(origin)));
            String types = String.valueOf(Stack.of(api).resolve(api.getEndpointConfiguration()));
            check.that(
                    !types.contains("PRIVATE"),
                    "origin %s must have an API that the internet reaches, got the private %s; make it a regional one"
                            .formatted(path, nameOf(origin)));
        }
    }

    private static void checkFunctionUrl(String path, ApiOrigin origin, Check check) {
        checkOwnHost(path, origin, "a function URL", check);
        check.that(
                functionUrlOf(origin).getAuthType() == FunctionUrlAuthType.AWS_IAM,
                "origin %s must have a function URL with authType AWS_IAM, got %s with NONE, which all the world reaches past the site; set AWS_IAM, CloudFront signs its requests"
                        .formatted(path, nameOf(origin)));
    }

    private static void checkOwnHost(String path, ApiOrigin origin, String what, Check check) {
        check.that(
                !origin.isHostForwarded(),
                "origin %s must be without forwardHost(), got it for %s, which refuses a name that is not its own; drop it"
                        .formatted(path, what));
    }

    private static void checkLoadBalancer(String path, ApiOrigin origin, boolean hasDomain, Check check) {
        check.that(
                hasDomain,
                "origin %s must have a certificate for the name that browsers ask for, got the load balancer %s and no domain; set domain, or give the load balancer a name of its own and use ApiOrigin.host"
                        .formatted(path, nameOf(origin)));
        check.that(
                !(resourceOf(origin) instanceof CfnLoadBalancer balancer) || !"internal".equals(balancer.getScheme()),
                "origin %s must have a load balancer that the internet reaches, got the internal %s; use ApiOrigin.vpcOrigin"
                        .formatted(path, nameOf(origin)));
    }

    /** Creates the behaviours, in the order of the origins. */
    Map<String, BehaviorOptions> create(RequestRouting routing) {
        Map<String, BehaviorOptions> behaviors = new LinkedHashMap<>();
        origins.forEach((path, origin) -> {
            String prefix = prefixOf(path);
            BehaviorOptions behavior = BehaviorOptions.builder()
                    .origin(originOf(origin))
                    .viewerProtocolPolicy(ViewerProtocolPolicy.HTTPS_ONLY)
                    .allowedMethods(AllowedMethods.ALLOW_ALL)
                    .cachePolicy(CachePolicy.CACHING_DISABLED)
                    .originRequestPolicy(
                            origin.isHostForwarded()
                                    ? OriginRequestPolicy.ALL_VIEWER
                                    : OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER)
                    .compress(true)
                    .functionAssociations(List.of(FunctionAssociation.builder()
                            .eventType(FunctionEventType.VIEWER_REQUEST)
                            .function(routing.forOrigin(origin.isPrefixStripped() ? prefix : null))
                            .build()))
                    .build();
            behaviors.put(path, behavior);
            // A pattern that ends with /* does not hold for the path without the slash.
            behaviors.put(prefix, behavior);
        });
        return behaviors;
    }

    private IOrigin originOf(ApiOrigin origin) {
        if (origin.getKind() == Kind.VPC_ORIGIN) {
            return VpcOrigin.withVpcOrigin(
                    (IVpcOrigin) requireNonNull(origin.getResource()),
                    VpcOriginProps.builder()
                            .domainName(origin.getHost())
                            .originPath(pathOf(origin))
                            .customHeaders(headersOf(origin))
                            .readTimeout(origin.getReadTimeout())
                            .build());
        }
        return HttpOrigin.Builder.create(origin.getHost())
                .originPath(pathOf(origin))
                .customHeaders(headersOf(origin))
                .originAccessControlId(origin.getKind() == Kind.FUNCTION_URL ? signingId() : null)
                .protocolPolicy(OriginProtocolPolicy.HTTPS_ONLY)
                .originSslProtocols(List.of(OriginSslPolicy.TLS_V1_2))
                .readTimeout(origin.getReadTimeout())
                .build();
    }

    private static @Nullable String pathOf(ApiOrigin origin) {
        return origin.getPath().isEmpty() ? null : origin.getPath();
    }

    private static @Nullable Map<String, String> headersOf(ApiOrigin origin) {
        return origin.getHeaders().isEmpty() ? null : origin.getHeaders();
    }

    /** The one origin access control for all function URLs of the distribution. */
    private String signingId() {
        IConstruct existing = scope.getNode().tryFindChild("FunctionAccess");
        FunctionUrlOriginAccessControl control = existing instanceof FunctionUrlOriginAccessControl found
                ? found
                : FunctionUrlOriginAccessControl.Builder.create(scope, "FunctionAccess")
                        .originAccessControlName(RegionalName.of(scope, "FunctionAccess"))
                        .signing(Signing.SIGV4_ALWAYS)
                        .build();
        return control.getOriginAccessControlId();
    }

    /** Lets the distribution call the function URLs among its origins, which takes two permissions each. */
    void permit(Distribution distribution) {
        origins.forEach((path, origin) -> {
            if (origin.getKind() == Kind.FUNCTION_URL) {
                String id = prefixOf(path).substring(1).replace('/', ':');
                permission(id + "-InvokeUrl", "lambda:InvokeFunctionUrl", origin, distribution)
                        .setFunctionUrlAuthType("AWS_IAM");
                permission(id + "-Invoke", "lambda:InvokeFunction", origin, distribution)
                        .setInvokedViaFunctionUrl(true);
            }
        });
    }

    private CfnPermission permission(String id, String action, ApiOrigin origin, Distribution distribution) {
        CfnUrl url = (CfnUrl) requireNonNull(resourceOf(origin));
        // Where the address is an alias's, a permission on the function would not hold for it.
        String qualifier = url.getQualifier() == null ? "" : ":" + url.getQualifier();
        CfnPermission permission = CfnPermission.Builder.create(scope, id)
                .action(action)
                .functionName(url.getTargetFunctionArn() + qualifier)
                .principal("cloudfront.amazonaws.com")
                .sourceArn("arn:" + Aws.PARTITION + ":cloudfront::" + Aws.ACCOUNT_ID + ":distribution/"
                        + distribution.getDistributionId())
                .build();
        // The alias is named there by its name alone, so nothing else says that it comes first.
        permission.getNode().addDependency(url);
        return permission;
    }

    private static IFunctionUrl functionUrlOf(ApiOrigin origin) {
        return (IFunctionUrl) requireNonNull(origin.getResource());
    }

    /** What CloudFormation creates for an origin of this app; null for one that was imported. */
    private static @Nullable IConstruct resourceOf(ApiOrigin origin) {
        return requireNonNull(origin.getResource()).getNode().getDefaultChild();
    }

    private static String nameOf(ApiOrigin origin) {
        return requireNonNull(origin.getResource()).getNode().getPath();
    }

    private static String prefixOf(String path) {
        return path.substring(0, path.length() - 2);
    }
}

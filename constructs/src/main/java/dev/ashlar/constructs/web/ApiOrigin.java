package dev.ashlar.constructs.web;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Fn;
import software.amazon.awscdk.services.apigateway.RestApiBase;
import software.amazon.awscdk.services.apigatewayv2.IHttpApi;
import software.amazon.awscdk.services.cloudfront.IVpcOrigin;
import software.amazon.awscdk.services.elasticloadbalancingv2.ILoadBalancerV2;
import software.amazon.awscdk.services.lambda.IFunctionUrl;
import software.constructs.IConstruct;

/**
 * An API that already runs, as a part of a site: browsers reach both under one host name, so no CORS is needed. All methods
 * pass, nothing is cached, and its answers stay what they are, errors too.
 *
 * <pre>{@code
 * ApiOrigin.host("api.example.com").stripPrefix()
 * }</pre>
 *
 * <p>The API sees what the browser sent, except the {@code Host} header, which names the API itself, and with a header
 * {@code X-Viewer-Address}: the browser's address as CloudFront knows it.
 *
 * <p>It checks nothing before it is given to a construct: the construct's errors say where.
 */
public final class ApiOrigin {
    private final Kind kind;
    private final String host;
    private final @Nullable IConstruct resource;
    private String path = "";
    private boolean isPrefixStripped;
    private boolean isHostForwarded;
    private @Nullable Duration readTimeout;
    private Map<String, String> headers = Map.of();

    /** What answers. */
    public enum Kind {
        /** Anything that answers HTTPS. */
        HOST,
        /** An HTTP or REST API of API Gateway. */
        API,
        /** A function's own address, which CloudFront's signed requests alone reach. */
        FUNCTION_URL,
        /** A load balancer that the internet reaches, with a certificate for the site's own host name. */
        LOAD_BALANCER,
        /** What lies in private subnets. */
        VPC_ORIGIN
    }

    private ApiOrigin(Kind kind, String host, @Nullable IConstruct resource) {
        this.kind = kind;
        this.host = requireNonNull(host, "host");
        this.resource = resource;
    }

    /**
     * Anything that answers HTTPS under a host name, with a certificate that browsers would take: a load balancer, a
     * container, an API of another account.
     *
     * @param host the host name, such as {@code api.example.com}, without a scheme or a path
     * @return the origin
     */
    public static ApiOrigin host(String host) {
        return new ApiOrigin(Kind.HOST, requireNonNull(host, "host"), null);
    }

    /**
     * An HTTP API, by the address that API Gateway gave it, which must stay on.
     *
     * @param api the API
     * @return the origin
     */
    public static ApiOrigin httpApi(IHttpApi api) {
        return new ApiOrigin(Kind.API, hostOf(requireNonNull(api, "api").getApiEndpoint()), api);
    }

    /**
     * A REST API, by the address that API Gateway gave the stage it is deployed to, which must stay on. It is a regional
     * one: an edge-optimized one would pass CloudFront twice, and a private one is not reached at all.
     *
     * @param api the API
     * @return the origin
     */
    public static ApiOrigin restApi(RestApiBase api) {
        ApiOrigin origin =
                new ApiOrigin(Kind.API, hostOf(requireNonNull(api, "api").getUrl()), api);
        origin.path = "/" + api.getDeploymentStage().getStageName();
        return origin;
    }

    /**
     * A function's own address, which must ask for signed requests ({@code AWS_IAM}): CloudFront signs them, and it alone
     * is let in, by {@code lambda:InvokeFunctionUrl} and {@code lambda:InvokeFunction} for this one distribution.
     *
     * <p>Lambda wants to know the hash of a body: a page that sends one adds the header {@code x-amz-content-sha256}. An
     * HTTP API needs no such thing.
     *
     * @param url the function's address
     * @return the origin
     * @see <a
     *     href="https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-restricting-access-to-lambda.html">Restrict
     *     access to an AWS Lambda function URL origin</a>
     */
    public static ApiOrigin functionUrl(IFunctionUrl url) {
        return new ApiOrigin(
                Kind.FUNCTION_URL, hostOf(requireNonNull(url, "url").getUrl()), url);
    }

    /**
     * A load balancer that the internet reaches, which has a certificate for the site's own host name: the browser's
     * {@code Host} header is sent on, for the name that AWS gave the load balancer can have no certificate. One with a
     * name and a certificate of its own is a {@link #host}.
     *
     * @param loadBalancer an application or network load balancer with a listener for HTTPS on port 443
     * @return the origin
     * @see <a
     *     href="https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-https-cloudfront-to-custom-origin.html">Require
     *     HTTPS for communication between CloudFront and your custom origin</a>
     */
    public static ApiOrigin loadBalancer(ILoadBalancerV2 loadBalancer) {
        return new ApiOrigin(
                        Kind.LOAD_BALANCER,
                        requireNonNull(loadBalancer, "loadBalancer").getLoadBalancerDnsName(),
                        loadBalancer)
                .forwardHost();
    }

    /**
     * A load balancer or an instance in private subnets, which CloudFront reaches through the network of AWS. How, by HTTP
     * or HTTPS and on which port, is said by the VPC origin, CDK's {@code VpcOrigin}; several sites can share one.
     *
     * @param origin the VPC origin, which knows its domain name
     * @return the origin
     * @see <a
     *     href="https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-vpc-origins.html">Restrict
     *     access with VPC origins</a>
     */
    public static ApiOrigin vpcOrigin(IVpcOrigin origin) {
        String host = requireNonNull(origin, "origin").getDomainName();
        return new ApiOrigin(Kind.VPC_ORIGIN, host == null ? "" : host, origin);
    }

    /**
     * Sets what CloudFront puts before each path, after {@link #stripPrefix}: with {@code /v1} the API sees
     * {@code /v1/api/notes} for {@code /api/notes}.
     *
     * <p>Default: nothing; for a REST API its stage.
     *
     * @param path a slash and one or more segments, without a slash behind them
     * @return the origin with it
     */
    public ApiOrigin path(String path) {
        requireNonNull(path, "path");
        return with(origin -> origin.path = path);
    }

    /**
     * Adds a header that CloudFront sends with each request, whatever the browser sent under that name: a secret by which the
     * API knows CloudFront, for example. Whoever may read the distribution's configuration can read it.
     *
     * <p>Default: none but {@code X-Viewer-Address}.
     *
     * @param name the name of the header
     * @param value its value; a token is resolved at deployment
     * @return the origin with that header too
     * @see <a
     *     href="https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/add-origin-custom-headers.html">Add
     *     custom headers to origin requests</a>
     */
    public ApiOrigin header(String name, String value) {
        Map<String, String> all = new LinkedHashMap<>(headers);
        all.put(requireNonNull(name, "name"), requireNonNull(value, "value"));
        return with(origin -> origin.headers = Collections.unmodifiableMap(all));
    }

    /**
     * Takes the prefix of the path pattern away: with {@code /api/*} the API sees {@code /notes} for {@code /api/notes}.
     *
     * <p>Default: the API sees the path that the browser asked for.
     *
     * @return the origin without the prefix
     */
    public ApiOrigin stripPrefix() {
        return with(origin -> origin.isPrefixStripped = true);
    }

    /**
     * Sends the {@code Host} header that the browser sent. Only for what expects it: API Gateway and function URLs refuse a
     * name that is not their own.
     *
     * <p>Default: the origin's own name; the browser's for a load balancer.
     *
     * @return the origin with the browser's {@code Host}
     */
    public ApiOrigin forwardHost() {
        return with(origin -> origin.isHostForwarded = true);
    }

    /**
     * Sets how long CloudFront waits for an answer to begin, and between its parts; after that the browser gets a 504.
     *
     * <p>Default: CloudFront's 30 seconds.
     *
     * @param readTimeout 1 to 180 seconds; above 120 CloudFront's quota may have to be raised
     * @return the origin with it
     * @see <a href="https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cloudfront-limits.html">Quotas</a>
     */
    public ApiOrigin readTimeout(@Nullable Duration readTimeout) {
        return with(origin -> origin.readTimeout = readTimeout);
    }

    /** {@return what answers} */
    public Kind getKind() {
        return kind;
    }

    /** {@return the host name; empty for a VPC origin that does not know its own} */
    public String getHost() {
        return host;
    }

    /** {@return the headers that CloudFront adds} */
    public Map<String, String> getHeaders() {
        return headers;
    }

    /** {@return what stands before each path, with a slash before it; empty if nothing does} */
    public String getPath() {
        return path;
    }

    /** {@return the API, function URL, load balancer or VPC origin; null for a host} */
    public @Nullable IConstruct getResource() {
        return resource;
    }

    /** {@return whether the prefix of the path pattern is taken away} */
    public boolean isPrefixStripped() {
        return isPrefixStripped;
    }

    /** {@return whether the browser's {@code Host} header is sent} */
    public boolean isHostForwarded() {
        return isHostForwarded;
    }

    /** {@return how long CloudFront waits for an answer} */
    public @Nullable Duration getReadTimeout() {
        return readTimeout;
    }

    /** The host of an address such as https://abc.execute-api.region.amazonaws.com/prod/. */
    private static String hostOf(String url) {
        return Fn.select(2, Fn.split("/", url));
    }

    /** Changes a copy, which nobody else knows yet. */
    private ApiOrigin with(Consumer<ApiOrigin> change) {
        ApiOrigin copy = new ApiOrigin(kind, host, resource);
        copy.path = path;
        copy.isPrefixStripped = isPrefixStripped;
        copy.isHostForwarded = isHostForwarded;
        copy.readTimeout = readTimeout;
        copy.headers = headers;
        change.accept(copy);
        return copy;
    }
}

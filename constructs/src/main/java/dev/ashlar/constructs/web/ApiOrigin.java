package dev.ashlar.constructs.web;

import static java.util.Objects.requireNonNull;

import software.amazon.awscdk.Fn;
import software.amazon.awscdk.services.apigatewayv2.IHttpApi;

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
 */
public final class ApiOrigin {
    private final String host;
    private final boolean isPrefixStripped;
    private final boolean isHostForwarded;

    private ApiOrigin(String host, boolean isPrefixStripped, boolean isHostForwarded) {
        this.host = requireNonNull(host, "host");
        this.isPrefixStripped = isPrefixStripped;
        this.isHostForwarded = isHostForwarded;
    }

    /**
     * Anything that answers HTTPS under a host name, with a certificate that browsers would take: a load balancer, a
     * container, an API of another account.
     *
     * @param host the host name, such as {@code api.example.com}, without a scheme or a path
     * @return the origin
     */
    public static ApiOrigin host(String host) {
        return new ApiOrigin(host, false, false);
    }

    /**
     * An HTTP API, by the address that API Gateway gave it, which must stay on.
     *
     * @param api the API
     * @return the origin
     */
    public static ApiOrigin httpApi(IHttpApi api) {
        // https://abc.execute-api.region.amazonaws.com: without the scheme.
        return host(Fn.select(2, Fn.split("/", api.getApiEndpoint())));
    }

    /**
     * Takes the prefix of the path pattern away: with {@code /api/*} the API sees {@code /notes} for {@code /api/notes}.
     *
     * <p>Default: the API sees the path that the browser asked for.
     *
     * @return the origin without the prefix
     */
    public ApiOrigin stripPrefix() {
        return new ApiOrigin(host, true, isHostForwarded);
    }

    /**
     * Sends the {@code Host} header that the browser sent. Only for what expects it: API Gateway and function URLs refuse a
     * name that is not their own.
     *
     * <p>Default: the origin's own name.
     *
     * @return the origin with the browser's {@code Host}
     */
    public ApiOrigin forwardHost() {
        return new ApiOrigin(host, isPrefixStripped, true);
    }

    /** {@return the host name} */
    public String getHost() {
        return host;
    }

    /** {@return whether the prefix of the path pattern is taken away} */
    public boolean isPrefixStripped() {
        return isPrefixStripped;
    }

    /** {@return whether the browser's {@code Host} header is sent} */
    public boolean isHostForwarded() {
        return isHostForwarded;
    }
}

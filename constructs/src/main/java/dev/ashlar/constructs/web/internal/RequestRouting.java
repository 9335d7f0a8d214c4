package dev.ashlar.constructs.web.internal;

import dev.ashlar.constructs.internal.Check;
import dev.ashlar.constructs.internal.Tokens;
import dev.ashlar.constructs.web.SiteMode;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.services.cloudfront.CfnFunction;
import software.amazon.awscdk.services.cloudfront.CfnFunction.FunctionConfigProperty;
import software.constructs.Construct;

/**
 * The CloudFront functions of one distribution, for the event {@code VIEWER_REQUEST} of its behaviours: one for the site,
 * one for all origins alike, one more for each prefix that is taken from paths. A function that several behaviours need
 * is created once.
 */
public final class RequestRouting {
    /** How large the code of a CloudFront function may be: {@value} bytes. */
    static final int MAX_CODE_BYTES = 10_240;

    // That of CDK's FunctionRuntime.JS_2_0.
    private static final String RUNTIME = "cloudfront-js-2.0";

    private static final Pattern HOST =
            Pattern.compile("(?=.{1,253}$)[a-z0-9]([a-z0-9-]*[a-z0-9])?" + "(\\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*");
    private static final Pattern PREFIX = Pattern.compile("(/[A-Za-z0-9._~-]+)+");

    private final Construct scope;
    private final Check check;
    private final Map<String, String> redirects = new HashMap<>();
    private final Map<String, CfnFunction> functions = new HashMap<>();

    /**
     * Routes the requests of a distribution.
     *
     * @param scope the construct that the functions belong to
     * @param redirects canonical host names by the ones that are redirected to them; case does not matter
     * @throws IllegalArgumentException if one is no host name, or is redirected to one that is redirected itself
     */
    public RequestRouting(Construct scope, Map<String, String> redirects) {
        this.scope = scope;
        this.check = Check.of(scope);
        redirects.forEach((from, canonical) -> this.redirects.put(host(from), host(canonical)));
        this.redirects
                .values()
                .forEach(canonical -> check.that(
                        !this.redirects.containsKey(canonical),
                        "redirectFrom must not name a host that others are redirected to, got " + canonical));
    }

    /**
     * Creates the function of the site, or finds it.
     *
     * @param mode which file is served for a path
     * @param files the paths of the site's files, relative and with slashes; as far as they are known
     * @return the function
     * @throws IllegalArgumentException if its code is larger than CloudFront takes
     */
    public CfnFunction forSite(SiteMode mode, Collection<String> files) {
        return function(
                "SiteRequests",
                "Requests for the site: host redirects, index documents, fallback",
                RoutingCode.ofSite(mode, files, redirects));
    }

    /**
     * Creates the function of an origin, or finds it.
     *
     * @param stripPrefix what is taken from the front of the path, such as {@code /api}; null for nothing
     * @return the function
     * @throws IllegalArgumentException if the prefix is none, or the code is larger than CloudFront takes
     */
    public CfnFunction forOrigin(@Nullable String stripPrefix) {
        check.that(
                stripPrefix == null || PREFIX.matcher(stripPrefix).matches(),
                "stripPrefix must be one or more segments of letters, digits, '.', '_', '~' and '-', such as /api, got "
                        + stripPrefix);
        return function(
                stripPrefix == null ? "ApiRequests" : "ApiRequests-" + id(stripPrefix),
                "Requests for an origin: host redirects, prefix, address of the viewer",
                RoutingCode.ofOrigin(stripPrefix, redirects));
    }

    /** The id follows from the prefix alone: the order of the behaviours may change. No prefix has a colon. */
    private static String id(String prefix) {
        return prefix.substring(1).replace('/', ':');
    }

    private CfnFunction function(String id, String comment, String code) {
        return functions.computeIfAbsent(code, absent -> {
            checkSize(id, code);
            CfnFunction function = CfnFunction.Builder.create(scope, id)
                    .name(id)
                    .functionCode(code)
                    .functionConfig(FunctionConfigProperty.builder()
                            .comment(comment)
                            .runtime(RUNTIME)
                            .build())
                    .autoPublish(true)
                    .build();
            function.setName(RegionalName.of(function, scope));
            return function;
        });
    }

    private void checkSize(String id, String code) {
        int bytes = code.getBytes(StandardCharsets.UTF_8).length;
        // Of a token only the place is known, not how long its value will be.
        check.that(
                bytes <= MAX_CODE_BYTES || Tokens.isUnresolved(code),
                ("the code of %s must have at most %d bytes, got %d; redirect fewer hosts, or have fewer extensions, and"
                                + " fewer files without one, in the site")
                        .formatted(id, MAX_CODE_BYTES, bytes));
    }

    private String host(String name) {
        String lowerCase = name.toLowerCase(Locale.ROOT);
        if (HOST.matcher(lowerCase).matches()) {
            return lowerCase;
        }
        check.that(Tokens.isUnresolved(name), "redirectFrom must hold host names such as example.com, got " + name);
        return name;
    }
}

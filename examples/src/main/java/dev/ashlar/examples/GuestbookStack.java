package dev.ashlar.examples;

import dev.ashlar.constructs.function.FunctionCode;
import dev.ashlar.constructs.function.WarmFunction;
import dev.ashlar.constructs.storage.SingleTable;
import dev.ashlar.constructs.web.ApiOrigin;
import dev.ashlar.constructs.web.CustomDomain;
import dev.ashlar.constructs.web.Site;
import dev.ashlar.patterns.webapp.ServerlessWebApp;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.route53.HostedZone;
import software.amazon.awscdk.services.route53.HostedZoneAttributes;
import software.constructs.Construct;

/**
 * A guestbook: a site, an HTTP API with a Java function behind it, and an API that already runs elsewhere, all under one host
 * name. Anybody reads and writes notes; whoever is signed in deletes them. Each night and each week there is a report.
 *
 * <table>
 * <caption>What the context says, in {@code cdk.json} or by {@code -c}</caption>
 * <tr><th>key</th><th>what it is</th><th>default</th></tr>
 * <tr><td>{@value #LEGACY_HOST}</td><td>the host of the old guestbook, which answers {@code GET /entries} by HTTPS with {@code
 *     {"entries": [{"author", "text", "date"}]}}</td><td>{@value #DEFAULT_LEGACY_HOST}, where nothing runs: the page says
 *     so</td></tr>
 * <tr><td>{@value #DOMAIN}</td><td>the host name of the guestbook, such as {@code notes.example.com}</td><td>the name that
 *     CloudFront gives</td></tr>
 * <tr><td>{@value #ZONE_ID}</td><td>the id of the public hosted zone that holds it</td><td>required with a domain</td></tr>
 * <tr><td>{@value #ZONE_NAME}</td><td>the name of that zone, such as {@code example.com}</td><td>required with a
 *     domain</td></tr>
 * </table>
 *
 * <p>With a domain there is one more stack, in us-east-1, which must be bootstrapped: CloudFront takes certificates from there
 * alone.
 */
public final class GuestbookStack extends Stack {
    /** The context key for the host of the API that already runs: {@value}. */
    public static final String LEGACY_HOST = "guestbook:legacyHost";

    /** The context key for the host name: {@value}. */
    public static final String DOMAIN = "guestbook:domain";

    /** The context key for the id of the zone that holds the host name: {@value}. */
    public static final String ZONE_ID = "guestbook:zoneId";

    /** The context key for the name of that zone: {@value}. */
    public static final String ZONE_NAME = "guestbook:zoneName";

    private static final String DEFAULT_LEGACY_HOST = "legacy.example.com";

    /**
     * Creates the stack.
     *
     * @param scope the app, or a stage
     * @param id the stack's id
     * @throws IllegalArgumentException if the context has a domain without its zone, or a value that is no text
     */
    public GuestbookStack(Construct scope, String id) {
        super(scope, id);
        CustomDomain domain = domain();

        SingleTable notes = SingleTable.Builder.create(this, "Notes").build();
        FunctionCode code = FunctionCode.maven("examples/handlers/guestbook");
        WarmFunction function = WarmFunction.Builder.create(this, "Function")
                .code(code)
                .handler("dev.ashlar.examples.guestbook.GuestbookHandler")
                .table("NOTES_TABLE", notes.getTable())
                .build();
        SignIn signIn = new SignIn(this, "SignIn");

        ServerlessWebApp web = ServerlessWebApp.Builder.create(this, "Web")
                .site(site(signIn))
                .route("GET /api/notes", function)
                .route("POST /api/notes", function)
                .route("GET /api/notes/{id}", function)
                .route("DELETE /api/notes/{id}", function, signIn.getAuthorization())
                .throttle(50, 100)
                .origin(
                        "/legacy/*",
                        ApiOrigin.host(context(LEGACY_HOST, DEFAULT_LEGACY_HOST))
                                .stripPrefix())
                .domain(domain)
                .build();
        signIn.addRedirect(web.getUrl());
        new NightlyReport(this, "NightlyReport", code, notes.getTable());
    }

    private static Site site(SignIn signIn) {
        String loginUrl = signIn.getLoginUrl();
        return Site.directory("examples/guestbook-site")
                .runtimeConfig(Map.of("clientId", signIn.getClientId(), "loginUrl", loginUrl))
                .contentSecurityPolicy("default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
                        + " connect-src 'self' " + loginUrl
                        + "; base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
    }

    private @Nullable CustomDomain domain() {
        String name = context(DOMAIN, "");
        if (name.isEmpty()) {
            return null;
        }
        HostedZoneAttributes zone = HostedZoneAttributes.builder()
                .hostedZoneId(contextOfDomain(ZONE_ID))
                .zoneName(contextOfDomain(ZONE_NAME))
                .build();
        return CustomDomain.of(HostedZone.fromHostedZoneAttributes(this, "Zone", zone), name)
                .crossRegionCertificate();
    }

    private String contextOfDomain(String key) {
        String value = context(key, "");
        if (value.isEmpty()) {
            throw new IllegalArgumentException(
                    "[%s] context %s must be given together with %s, got none; write -c %2$s=..., or leave the domain out"
                            .formatted(getNode().getPath(), key, DOMAIN));
        }
        return value;
    }

    private String context(String key, String otherwise) {
        Object value = getNode().tryGetContext(key);
        if (value == null) {
            return otherwise;
        }
        if (value instanceof String text) {
            return text;
        }
        throw new IllegalArgumentException(
                "[%s] context %s must be text, got %s".formatted(getNode().getPath(), key, value));
    }
}

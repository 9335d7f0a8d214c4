package dev.ashlar.constructs.web;

import static java.util.Objects.requireNonNull;

import dev.ashlar.constructs.internal.Check;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.services.cloudfront.GeoRestriction;

/**
 * A static site: where its files come from, and how CloudFront hands them out.
 *
 * <pre>{@code
 * Site site = Site.build("npm ci && npm run build", "web", "dist").mode(SiteMode.SPA);
 * }</pre>
 *
 * <p>Relative paths are resolved against the nearest directory upwards that holds a {@code cdk.json}. Nothing is built or
 * read where CDK wants no code, as for {@code cdk ls}, {@code cdk destroy} and tests: a page stands in.
 */
public final class Site {
    private final @Nullable String command;
    private final String directory;
    private final String output;
    private List<String> inputs = List.of();
    private SiteMode mode = SiteMode.DIRECTORY_INDEX;
    private @Nullable String notFoundPage;
    private Map<String, String> runtimeConfig = Map.of();
    private Map<String, String> cacheControls = Map.of();
    private @Nullable String contentSecurityPolicy;
    private StrictTransportSecurity strictTransportSecurity = StrictTransportSecurity.HOST;
    private @Nullable GeoRestriction geoRestriction;
    private @Nullable String webAclArn;
    private boolean accessLogs;

    private Site(@Nullable String command, String directory, String output) {
        this.command = command;
        this.directory = requireNonNull(directory, "directory");
        this.output = requireNonNull(output, "output");
    }

    /**
     * A directory that is uploaded as it is.
     *
     * @param directory the directory, which holds an {@code index.html}
     * @return the site, in the mode {@link SiteMode#DIRECTORY_INDEX}
     */
    public static Site directory(String directory) {
        return new Site(null, requireNonNull(directory, "directory"), "");
    }

    /**
     * What a command builds. It runs when a file in its directory has changed; what counts as one is told at
     * {@link dev.ashlar.constructs.function.FunctionCode#build}.
     *
     * @param command what {@code sh} runs, on Windows {@code cmd}
     * @param directory the directory in which it runs
     * @param output the directory that it leaves, seen from there, which holds an {@code index.html}
     * @return the site, in the mode {@link SiteMode#DIRECTORY_INDEX}
     */
    public static Site build(String command, String directory, String output) {
        return new Site(
                requireNonNull(command, "command"),
                requireNonNull(directory, "directory"),
                requireNonNull(output, "output"));
    }

    /**
     * Sets what the site is built from, where that is not all in the directory of the build: in a repository with several
     * packages, for example, those that this one needs. The command runs when one of these has changed.
     *
     * <p>Default: all in the directory of the build.
     *
     * @param paths files and directories, of which the same is left out as there
     * @return the site with them
     * @throws IllegalStateException if something else builds the site
     */
    public Site inputs(String... paths) {
        List<String> all = Check.elements("inputs", paths);
        if (command == null) {
            throw new IllegalStateException(
                    "inputs must be called on Site.build, got a directory that something else has built; leave it out");
        }
        return with(site -> site.inputs = all);
    }

    /**
     * Sets which file is served for a path.
     *
     * <p>Default: {@link SiteMode#DIRECTORY_INDEX}.
     *
     * @param mode the mode
     * @return the site with it
     */
    public Site mode(@Nullable SiteMode mode) {
        return with(site -> site.mode = mode == null ? SiteMode.DIRECTORY_INDEX : mode);
    }

    /**
     * Sets the page that is served, with status 404, for a file that is not there. It takes a distribution without
     * origins: their own 404 would become that page too.
     *
     * <p>Default: CloudFront's own error.
     *
     * @param notFoundPage a file of the site, such as {@code 404.html}
     * @return the site with it
     */
    public Site notFoundPage(@Nullable String notFoundPage) {
        return with(site -> site.notFoundPage = notFoundPage);
    }

    /**
     * Adds values that the pages read from {@code /config.json}, which is written at deployment and never cached: names
     * and addresses that only the deployment knows. Anyone can read them: no secrets.
     *
     * @param values values by name
     * @return the site with them
     */
    public Site runtimeConfig(Map<String, String> values) {
        Map<String, String> all = new LinkedHashMap<>(runtimeConfig);
        requireNonNull(values, "values")
                .forEach((name, value) -> all.put(requireNonNull(name, "name"), requireNonNull(value, "value")));
        return with(site -> site.runtimeConfig = Collections.unmodifiableMap(all));
    }

    /**
     * Sets for how long some files may be kept. Where several rules hold for a file the first one counts. What has gone
     * from the site is deleted, except with {@code immutable}, which says that names change with the content.
     *
     * <p>Default: a year for files that are named by their content, {@code no-cache} for pages, five minutes for the rest.
     *
     * @param glob which files, by their paths in the site: {@code *} stands for any characters, slashes too, {@code ?}
     *     for one, such as {@code fonts/*}
     * @param cacheControl the value of the header {@code Cache-Control}, such as {@code public, max-age=86400}
     * @return the site with that rule too
     */
    public Site cacheControl(String glob, String cacheControl) {
        Map<String, String> all = new LinkedHashMap<>(cacheControls);
        all.put(requireNonNull(glob, "glob"), requireNonNull(cacheControl, "cacheControl"));
        return with(site -> site.cacheControls = Collections.unmodifiableMap(all));
    }

    /**
     * Sets what pages may load and from where, by the header {@code Content-Security-Policy}.
     *
     * <p>Default: no such header.
     *
     * @param contentSecurityPolicy the header's value, such as {@code default-src 'self'}
     * @return the site with it
     */
    public Site contentSecurityPolicy(@Nullable String contentSecurityPolicy) {
        return with(site -> site.contentSecurityPolicy = contentSecurityPolicy);
    }

    /**
     * Sets for which hosts browsers remember, for a year, that there is HTTPS alone.
     *
     * <p>Default: {@link StrictTransportSecurity#HOST}.
     *
     * @param strictTransportSecurity the hosts
     * @return the site with it
     */
    public Site strictTransportSecurity(@Nullable StrictTransportSecurity strictTransportSecurity) {
        return with(site -> site.strictTransportSecurity =
                strictTransportSecurity == null ? StrictTransportSecurity.HOST : strictTransportSecurity);
    }

    /**
     * Sets from which countries the whole host name is reached, its APIs too.
     *
     * <p>Default: from all.
     *
     * @param geoRestriction countries by their codes of two letters
     * @return the site with it
     */
    public Site geoRestriction(@Nullable GeoRestriction geoRestriction) {
        return with(site -> site.geoRestriction = geoRestriction);
    }

    /**
     * Sets the web ACL of AWS WAF that looks at all requests, those to APIs too. It costs by the month, the rule and the
     * request.
     *
     * <p>Default: no web ACL.
     *
     * @param webAclArn the ARN of a web ACL of AWS WAF v2, of scope {@code CLOUDFRONT}, which is in us-east-1
     * @return the site with it
     * @see <a href="https://docs.aws.amazon.com/waf/latest/developerguide/cloudfront-features.html">Using AWS WAF with
     *     Amazon CloudFront</a>
     */
    public Site webAcl(@Nullable String webAclArn) {
        return with(site -> site.webAclArn = webAclArn);
    }

    /**
     * Writes a line of JSON for each request into a log group of its own, without query strings, cookies and referrers,
     * which hold people's data. It takes a stack in us-east-1, where CloudFront delivers logs from.
     *
     * <p>Default: no access logs.
     *
     * @return the site with access logs
     * @see <a href="https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/standard-logging.html">Configure
     *     standard logging (v2)</a>
     */
    public Site accessLogs() {
        return with(site -> site.accessLogs = true);
    }

    /** {@return what builds the site; null if something else does} */
    public @Nullable String getCommand() {
        return command;
    }

    /** {@return the directory of the site, or of its build} */
    public String getDirectory() {
        return directory;
    }

    /** {@return what the build leaves, seen from its directory; empty without a build} */
    public String getOutput() {
        return output;
    }

    /** {@return what the site is built from; if empty, all in the directory of its build} */
    public List<String> getInputs() {
        return inputs;
    }

    /** {@return which file is served for a path} */
    public SiteMode getMode() {
        return mode;
    }

    /** {@return the page for a file that is not there} */
    public @Nullable String getNotFoundPage() {
        return notFoundPage;
    }

    /** {@return values that pages read at run time} */
    public Map<String, String> getRuntimeConfig() {
        return runtimeConfig;
    }

    /** {@return the header {@code Cache-Control} of files, by globs, in the order given} */
    public Map<String, String> getCacheControls() {
        return cacheControls;
    }

    /** {@return what pages may load} */
    public @Nullable String getContentSecurityPolicy() {
        return contentSecurityPolicy;
    }

    /** {@return for which hosts browsers remember that there is HTTPS alone} */
    public StrictTransportSecurity getStrictTransportSecurity() {
        return strictTransportSecurity;
    }

    /** {@return from which countries the host name is reached} */
    public @Nullable GeoRestriction getGeoRestriction() {
        return geoRestriction;
    }

    /** {@return the ARN of the web ACL that looks at requests} */
    public @Nullable String getWebAcl() {
        return webAclArn;
    }

    /** {@return whether requests are logged} */
    public boolean hasAccessLogs() {
        return accessLogs;
    }

    /** Changes a copy, which nobody else knows yet. */
    private Site with(Consumer<Site> change) {
        Site copy = new Site(command, directory, output);
        copy.inputs = inputs;
        copy.mode = mode;
        copy.notFoundPage = notFoundPage;
        copy.runtimeConfig = runtimeConfig;
        copy.cacheControls = cacheControls;
        copy.contentSecurityPolicy = contentSecurityPolicy;
        copy.strictTransportSecurity = strictTransportSecurity;
        copy.geoRestriction = geoRestriction;
        copy.webAclArn = webAclArn;
        copy.accessLogs = accessLogs;
        change.accept(copy);
        return copy;
    }
}

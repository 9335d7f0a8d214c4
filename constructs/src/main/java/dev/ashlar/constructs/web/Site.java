package dev.ashlar.constructs.web;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The files of a site: where they come from, and how browsers find them.
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
    private final SiteMode mode;
    private final @Nullable String notFoundPage;
    private final Map<String, String> runtimeConfig;

    private Site(
            @Nullable String command,
            String directory,
            String output,
            SiteMode mode,
            @Nullable String notFoundPage,
            Map<String, String> runtimeConfig) {
        this.command = command;
        this.directory = requireNonNull(directory, "directory");
        this.output = requireNonNull(output, "output");
        this.mode = requireNonNull(mode, "mode");
        this.notFoundPage = notFoundPage;
        this.runtimeConfig = runtimeConfig;
    }

    /**
     * A directory that is uploaded as it is.
     *
     * @param directory the directory, which holds an {@code index.html}
     * @return the site, in the mode {@link SiteMode#DIRECTORY_INDEX}
     */
    public static Site directory(String directory) {
        return new Site(null, directory, "", SiteMode.DIRECTORY_INDEX, null, Map.of());
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
                requireNonNull(command, "command"), directory, output, SiteMode.DIRECTORY_INDEX, null, Map.of());
    }

    /**
     * Sets which file is served for a path.
     *
     * <p>Default: {@link SiteMode#DIRECTORY_INDEX}.
     *
     * @param mode the mode
     * @return the site with it
     */
    public Site mode(SiteMode mode) {
        return new Site(command, directory, output, mode, notFoundPage, runtimeConfig);
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
        return new Site(command, directory, output, mode, notFoundPage, runtimeConfig);
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
        all.putAll(values);
        return new Site(command, directory, output, mode, notFoundPage, Collections.unmodifiableMap(all));
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
}

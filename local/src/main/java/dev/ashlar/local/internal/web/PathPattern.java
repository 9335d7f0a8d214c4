package dev.ashlar.local.internal.web;

import java.util.regex.Pattern;

/**
 * A text in which {@code *} stands for any characters and {@code ?} for one.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/DownloadDistValuesCacheBehavior.html#DownloadDistValuesPathPattern">Path
 *     pattern</a>
 */
final class PathPattern {
    private final Pattern pattern;

    PathPattern(String text) {
        this.pattern =
                Pattern.compile(Pattern.quote(text).replace("*", "\\E.*\\Q").replace("?", "\\E.\\Q"), Pattern.DOTALL);
    }

    /** {@return the pattern of a behaviour, which may lack the slash it begins with} */
    static PathPattern ofPath(String text) {
        return new PathPattern(text.startsWith("/") || text.startsWith("*") ? text : "/" + text);
    }

    boolean matches(String text) {
        return pattern.matcher(text).matches();
    }
}

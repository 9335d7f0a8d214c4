package dev.ashlar.constructs.web;

/**
 * Which file of a static site CloudFront serves for a path. It is decided on the request, by a function of a few lines,
 * and never by an error response: those hold for a whole distribution, and would turn an API's 404 into a page.
 *
 * <table>
 * <caption>What is served</caption>
 * <tr><th>request</th><th>{@link #SPA}</th><th>{@link #DIRECTORY_INDEX}</th><th>{@link #PLAIN}</th></tr>
 * <tr><td>{@code /}</td><td>{@code /index.html}</td><td>{@code /index.html}</td><td>{@code /index.html}</td></tr>
 * <tr><td>{@code /app.3f2a.js}</td><td>the file</td><td>the file</td><td>the file</td></tr>
 * <tr><td>{@code /sub/}</td><td>{@code /index.html}</td><td>{@code /sub/index.html}</td><td>{@code /sub/}</td></tr>
 * <tr><td>{@code /sub}</td><td>{@code /index.html}</td><td>redirect to {@code /sub/}</td><td>{@code /sub}</td></tr>
 * <tr><td>{@code /users/john.doe}</td><td>{@code /index.html}</td><td>redirect to {@code /users/john.doe/}</td>
 * <td>{@code /users/john.doe}</td></tr>
 * </table>
 *
 * <p>A dot in a name does not make it a file. A path is a file's, whether the file is there or not, if its name ends in
 * one of the extensions that the web is made of ({@code html}, {@code js}, {@code css}, {@code json}, {@code png} and
 * their like) or in one that a file of the site has; if it is the path of a file without an extension; or if it lies
 * below {@code /.well-known/}. So a script of the last release that is gone is answered as missing and not by a page. The
 * price: a page of an application whose path ends in such an extension, {@code /browse/main.js}, has no deep link.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cloudfront-functions.html">Customize
 *     at the edge with CloudFront Functions</a>
 */
public enum SiteMode {
    /** An application of one page, which has the browser's history: each path that is no file's is {@code /index.html}. */
    SPA,

    /**
     * Pages in directories, as generators of static sites write them: {@code /sub/} is {@code /sub/index.html}, and
     * {@code /sub} is redirected to {@code /sub/}, without which the relative links of the page would lead elsewhere.
     */
    DIRECTORY_INDEX,

    /** Files as they are named: only {@code /} is {@code /index.html}. */
    PLAIN
}

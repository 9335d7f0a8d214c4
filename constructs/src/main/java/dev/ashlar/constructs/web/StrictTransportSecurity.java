package dev.ashlar.constructs.web;

/**
 * For which hosts a browser that has been here asks by HTTPS alone, for a year: the header {@code
 * Strict-Transport-Security}. What a browser has been told cannot be taken back before that.
 *
 * @see <a href="https://hstspreload.org">HSTS Preload List Submission</a>
 */
public enum StrictTransportSecurity {
    /** The host that was asked. */
    HOST,

    /** That host and all below it: none of them may be reached by plain HTTP. */
    SUBDOMAINS,

    /** The same, and the owner agrees that browsers are delivered with the host in their list, from which it takes months to
     * get out. */
    PRELOAD
}

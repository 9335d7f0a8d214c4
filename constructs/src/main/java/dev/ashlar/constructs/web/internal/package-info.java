/** What patterns make of a site and of a domain, and nobody else should use: it may change at any time. */
@NullMarked
package dev.ashlar.constructs.web.internal;

import org.jspecify.annotations.NullMarked;

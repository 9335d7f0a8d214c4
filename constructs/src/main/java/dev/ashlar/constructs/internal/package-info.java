/** What several packages of Ashlar share and nobody else should use: it may change at any time. */
@NullMarked
package dev.ashlar.constructs.internal;

import org.jspecify.annotations.NullMarked;

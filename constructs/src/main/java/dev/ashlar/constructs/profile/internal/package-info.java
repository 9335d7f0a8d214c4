/** How context is found; not for users. */
@NullMarked
package dev.ashlar.constructs.profile.internal;

import org.jspecify.annotations.NullMarked;

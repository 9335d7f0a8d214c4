/** Functions in processes of their own, run by AWS's runtime interface client. */
@NullMarked
package dev.ashlar.local.internal.lambda;

import org.jspecify.annotations.NullMarked;

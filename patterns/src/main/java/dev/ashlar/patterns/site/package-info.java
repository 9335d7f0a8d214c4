/** A static site behind CloudFront, beside APIs that already run. */
@NullMarked
package dev.ashlar.patterns.site;

import org.jspecify.annotations.NullMarked;

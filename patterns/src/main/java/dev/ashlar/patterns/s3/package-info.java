/** A function that processes the objects of a bucket. */
@NullMarked
package dev.ashlar.patterns.s3;

import org.jspecify.annotations.NullMarked;

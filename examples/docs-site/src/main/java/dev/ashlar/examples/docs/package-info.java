/** Renders this project's documentation to the site of the example {@code Docs}. */
@NullMarked
package dev.ashlar.examples.docs;

import org.jspecify.annotations.NullMarked;

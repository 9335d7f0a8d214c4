/** A web application: an HTTP API in front of functions. */
@NullMarked
package dev.ashlar.patterns.webapp;

import org.jspecify.annotations.NullMarked;

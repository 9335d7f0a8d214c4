/** HTTP APIs, function URLs and CloudFront distributions, each a server on the loopback interface. */
@NullMarked
package dev.ashlar.local.internal.web;

import org.jspecify.annotations.NullMarked;

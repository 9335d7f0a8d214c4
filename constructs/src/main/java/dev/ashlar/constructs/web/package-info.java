/** Sites and domains: what a browser reaches. */
@NullMarked
package dev.ashlar.constructs.web;

import org.jspecify.annotations.NullMarked;

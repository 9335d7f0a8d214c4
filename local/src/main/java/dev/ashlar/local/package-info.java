/**
 * What a test or a machine without an account has instead of AWS: servers that speak AWS's protocols, in this JVM, in
 * memory, on the loopback interface alone.
 */
@NullMarked
package dev.ashlar.local;

import org.jspecify.annotations.NullMarked;

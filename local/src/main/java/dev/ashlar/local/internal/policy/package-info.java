/** What roles may do: policies as templates have them, and IAM's decision on a request. No input or output. */
@NullMarked
package dev.ashlar.local.internal.policy;

import org.jspecify.annotations.NullMarked;

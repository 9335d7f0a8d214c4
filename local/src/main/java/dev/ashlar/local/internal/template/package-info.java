/** A cloud assembly as it lies on disk, and its templates with everything filled in that CloudFormation would fill in. */
@NullMarked
package dev.ashlar.local.internal.template;

import org.jspecify.annotations.NullMarked;

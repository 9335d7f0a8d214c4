/** What depends on the environment that a stack is deployed to. */
@NullMarked
package dev.ashlar.constructs.profile;

import org.jspecify.annotations.NullMarked;

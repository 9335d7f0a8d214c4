/**
 * Exact permissions: each grant names the IAM actions that the job needs, on the resources that it needs them for, and
 * writes them to the policy of the one who is granted. A principal of another account also needs the policy of the
 * resource itself, which stays yours to write.
 */
@NullMarked
package dev.ashlar.constructs.access;

import org.jspecify.annotations.NullMarked;

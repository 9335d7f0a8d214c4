/**
 * Tests for any CDK app in Java: snapshots that say what a change will do, guards against lost data and wider
 * permissions, exact permissions, and a contract for constructs.
 *
 * <p>Begin with {@link dev.ashlar.test.TestApp TestApp} and {@link dev.ashlar.test.CdkAssertions CdkAssertions}:
 *
 * <pre>{@code
 * assertThat(new ShopStack(TestApp.create(), "Shop")).matchesSnapshot().losesNoData().widensNoPermission();
 * }</pre>
 *
 * <p>{@link dev.ashlar.test.ConstructContract ConstructContract} is what a construct's own test extends.
 */
@NullMarked
package dev.ashlar.test;

import org.jspecify.annotations.NullMarked;

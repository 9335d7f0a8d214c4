/**
 * Runs synthesised CDK apps on one's own machine, without containers or an account.
 *
 * <p>{@link dev.ashlar.local.LocalApp LocalApp} runs stacks, {@link dev.ashlar.local.LocalAppExtension LocalAppExtension} does so for
 * the tests of a class, and {@link dev.ashlar.local.Main Main} until Ctrl-C. {@link dev.ashlar.local.LambdaRunner LambdaRunner} runs one
 * function. {@code LocalDynamoDb}, {@code LocalS3}, {@code LocalSqs} and {@code LocalSns} are what a test of a handler has instead of
 * AWS: servers that speak its protocols, in this JVM, in memory, on the loopback interface alone.
 */
@NullMarked
package dev.ashlar.local;

import org.jspecify.annotations.NullMarked;

package dev.ashlar.constructs.function;

/**
 * Hashes of the contents of code.
 *
 * @param all of all of it
 * @param withoutLibraries of what does not lie in {@code lib/}
 * @param libraries of what does
 */
record CodeHashes(String all, String withoutLibraries, String libraries) {}

package dev.ashlar.bench;

/** Something that is measured: it says itself how much it was, in a unit of its own, so that what prepares it does not count. */
@FunctionalInterface
interface Measured {
    double once() throws Exception;
}

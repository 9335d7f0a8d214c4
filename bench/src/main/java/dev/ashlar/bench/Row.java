package dev.ashlar.bench;

/** What is measured together. It first checks that both sides produce what is claimed, and fails if they do not. */
interface Row {
    /** {@return what it is called on the command line} */
    String name();

    /** {@return what it is called in the table} */
    String title();

    /** {@return how often each side is measured, unless told otherwise} */
    int rounds();

    /**
     * Checks and measures.
     *
     * @param rounds how often; with 1 it is only tried whether all works
     * @throws IllegalStateException if the two sides do not produce what is claimed
     */
    Section measure(int rounds) throws Exception;
}

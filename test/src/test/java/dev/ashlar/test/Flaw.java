package dev.ashlar.test;

/** What can be wrong with a {@link Mailbox}: each breaks one promise of the contract. */
enum Flaw {
    NONE,
    STRAY,
    SHARED,
    WILDCARD,
    NAMED,
    FORGETFUL,
    STICKY,
    STAGE_AWARE,
    FLAG_AWARE,
    RANDOM
}

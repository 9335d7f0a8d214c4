package dev.ashlar.local.internal.web;

/** Answers requests. */
interface Handler {
    /** {@return the answer to a request} */
    Response handle(Request request);
}

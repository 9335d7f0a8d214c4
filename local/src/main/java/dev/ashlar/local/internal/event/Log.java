package dev.ashlar.local.internal.event;

/** Takes a line for whoever watches: what happened, to what. */
@FunctionalInterface
public interface Log {
    /** Takes a line about a resource, which is named by its construct path. */
    void say(String path, String text);
}

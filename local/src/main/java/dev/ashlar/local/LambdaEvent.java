package dev.ashlar.local;

/** What a function is invoked with. {@link LambdaEvents} makes those that AWS sends. */
public interface LambdaEvent {
    /** {@return the event as Lambda hands it to the function} */
    String toJson();
}

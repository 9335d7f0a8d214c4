package dev.ashlar.local.internal.service;

import dev.ashlar.local.internal.policy.Caller;
import java.util.Optional;

/**
 * Who a request comes from.
 *
 * @param caller a function, if it is one
 * @param trusted whether all is allowed: the developer's own tools and tests
 */
record Sender(Optional<Caller> caller, boolean trusted) {
    static final Sender DEVELOPER = new Sender(Optional.empty(), true);
    static final Sender ANONYMOUS = new Sender(Optional.empty(), false);

    static Sender of(Caller caller) {
        return new Sender(Optional.of(caller), false);
    }
}

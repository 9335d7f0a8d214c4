package dev.ashlar.local.internal.service;

import dev.ashlar.local.internal.template.Account;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * How services run.
 *
 * @param account the account, and the region of queues
 * @param data where tables and objects are kept from run to run; without it all is in memory or temporary
 * @param permissions whether a call that a function's role does not allow is refused
 * @param log is given a line for each refusal
 * @param events is told of objects, in order, before the caller gets its answer; must not take long
 */
public record Options(
        Account account, Optional<Path> data, boolean permissions, Consumer<String> log, Consumer<ObjectEvent> events) {
    /** {@return services in memory that refuse, and tell nobody} */
    public static Options inMemory(Account account) {
        return new Options(account, Optional.empty(), true, line -> {}, event -> {});
    }

    /** {@return these with another ear for refusals} */
    public Options log(Consumer<String> log) {
        return new Options(account, data, permissions, log, events);
    }

    /** {@return these with another ear for objects} */
    public Options events(Consumer<ObjectEvent> events) {
        return new Options(account, data, permissions, log, events);
    }

    /** {@return these, refusing or not} */
    public Options permissions(boolean permissions) {
        return new Options(account, data, permissions, log, events);
    }

    /** {@return these, with tables and objects that are kept} */
    public Options data(Path data) {
        return new Options(account, Optional.of(data), permissions, log, events);
    }
}

package dev.ashlar.constructs.access;

import java.util.List;
import software.amazon.awscdk.services.events.IEventBus;
import software.amazon.awscdk.services.iam.Grant;
import software.amazon.awscdk.services.iam.IGrantable;

/**
 * Exact permissions on an EventBridge event bus.
 *
 * <p>{@link #grantPut} grants {@code events:PutEvents}.
 *
 * @see <a href="https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazoneventbridge.html">Actions,
 *     resources, and condition keys for Amazon EventBridge</a>
 */
public final class EventBusAccess {
    private final IEventBus bus;

    private EventBusAccess(IEventBus bus) {
        this.bus = bus;
    }

    /**
     * Starts a grant on an EventBridge event bus.
     *
     * @param bus the event bus, created or imported
     * @return the grants on it
     */
    public static EventBusAccess of(IEventBus bus) {
        return new EventBusAccess(bus);
    }

    /**
     * Grants {@code events:PutEvents}.
     *
     * @param grantee who may put events
     * @return the grant
     */
    public Grant grantPut(IGrantable grantee) {
        return Grants.add(grantee, List.of("events:PutEvents"), bus.getEventBusArn());
    }
}

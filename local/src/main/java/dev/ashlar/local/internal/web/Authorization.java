package dev.ashlar.local.internal.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.ashlar.local.internal.web.HttpEvents.Call;
import org.jspecify.annotations.Nullable;

/** Who may call a route. */
interface Authorization {
    /** {@return whether a call may go on} */
    Decision decide(Call call);

    /**
     * Whether a call may go on.
     *
     * @param refusal the answer if it may not
     * @param context what the function gets as {@code requestContext.authorizer}
     */
    record Decision(@Nullable Response refusal, JsonNode context) {
        static Decision allow(JsonNode context) {
            return new Decision(null, context);
        }

        static Decision refuse(int status, String message) {
            return refuse(Response.message(status, message));
        }

        static Decision refuse(Response refusal) {
            return new Decision(refusal, JsonNodeFactory.instance.objectNode());
        }
    }

    /** Anybody may. */
    static Authorization none() {
        return call -> Decision.allow(JsonNodeFactory.instance.objectNode());
    }

    /** Nobody can sign here. */
    static Authorization iam() {
        return call -> Decision.refuse(403, "Forbidden");
    }
}

package dev.ashlar.test;

import java.util.HashMap;
import java.util.Map;

/** Permissions that a rule leaves alone, each with a reason. */
final class Reasons {
    private final Map<Permission, String> allowed = new HashMap<>();

    Reasons(Map<Permission, String> allowed) {
        allowed.forEach((permission, reason) -> {
            if (reason.isBlank()) {
                throw new IllegalArgumentException("reason for " + permission + " must say why, got a blank text");
            }
            this.allowed.put(permission, reason);
        });
    }

    /** {@return whether a permission is allowed as it is, or whatever its condition} */
    boolean has(Permission permission) {
        return allowed.containsKey(permission) || allowed.containsKey(permission.withoutCondition());
    }
}

package dev.ashlar.local.internal.service;

import java.util.List;
import java.util.Map;

/**
 * A permission that a request needs.
 *
 * @param action such as {@code s3:GetObject}
 * @param resource the ARN, or {@code *}
 * @param context condition keys of this service
 */
record Access(String action, String resource, Map<String, List<String>> context) {
    static Access of(String action, String resource) {
        return new Access(action, resource, Map.of());
    }
}

package dev.ashlar.local.internal.web;

import java.util.List;

/**
 * What answers at an address.
 *
 * @param path the path of the construct
 * @param address such as {@code http://localhost:8080}
 * @param entries what goes where
 */
public record Listing(String path, String address, List<Entry> entries) {
    /**
     * What goes where.
     *
     * @param match the key of a route, or the path pattern of a behaviour
     * @param target the function, bucket or server that answers
     */
    public record Entry(String match, String target) {}
}

package dev.ashlar.local.internal.web;

import org.jspecify.annotations.Nullable;

/**
 * A request.
 *
 * @param method such as {@code GET}
 * @param path as it was sent, with its percent signs
 * @param query what follows the question mark, as it was sent; {@code null} without a question mark
 * @param headers the header fields, without those of the connection
 * @param body the body, empty if there is none
 * @param client who sent it
 * @param protocol such as {@code HTTP/1.1}
 */
// Nobody compares these.
@SuppressWarnings("ArrayRecordComponent")
record Request(
        String method,
        String path,
        @Nullable String query,
        Fields headers,
        byte[] body,
        Client client,
        String protocol) {
    /** Who sent a request. */
    record Client(String ip, int port) {}

    boolean isRead() {
        return method.equals("GET") || method.equals("HEAD");
    }

    String queryOrEmpty() {
        return query == null ? "" : query;
    }

    Request with(String method, String path) {
        return new Request(method, path, query, headers, body, client, protocol);
    }

    Request with(String path, @Nullable String query, Fields headers) {
        return new Request(method, path, query, headers, body, client, protocol);
    }
}

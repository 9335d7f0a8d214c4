package dev.ashlar.local.internal.web;

import java.util.Map;

/**
 * Where a distribution gets answers.
 *
 * @param name the name for people
 * @param host what the origin is called, for requests that do not keep the viewer's host
 * @param path what is put before each path, or nothing
 * @param headers what is put into each request
 * @param target what answers
 */
record Origin(String name, String host, String path, Map<String, String> headers, Handler target) implements Handler {
    @Override
    public Response handle(Request request) {
        Fields fields = request.headers().copy();
        fields.setIfAbsent("Host", host);
        headers.forEach(fields::set);
        return target.handle(request.with(path + request.path(), request.query(), fields));
    }
}

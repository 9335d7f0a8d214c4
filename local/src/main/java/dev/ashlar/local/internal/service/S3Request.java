package dev.ashlar.local.internal.service;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a request to S3 is about.
 *
 * @param method the HTTP method
 * @param bucket the bucket, or an empty text
 * @param key the key, decoded, or an empty text
 * @param rawPath bucket and key as in an address, from the first slash
 * @param query the parameters
 * @param rawQuery the parameters as they came
 * @param copySource what a copy is made of
 */
record S3Request(
        String method,
        String bucket,
        String key,
        String rawPath,
        Map<String, String> query,
        String rawQuery,
        Optional<CopySource> copySource) {
    /** A bucket in the host's name. Names such as {@code a.b} have dots of their own. */
    private static final Pattern HOST =
            Pattern.compile("(.+)\\.(?:s3[.-].*|localhost)(?::\\d+)?", Pattern.CASE_INSENSITIVE);

    /**
     * The object that is copied.
     *
     * @param bucket its bucket
     * @param key its key
     * @param hasVersion whether one version of it is named
     */
    record CopySource(String bucket, String key, boolean hasVersion) {
        private static final Pattern SOURCE = Pattern.compile("/?([^/]+)/([^?]*)(\\?versionId=.*)?");

        private static Optional<CopySource> of(String header) {
            Matcher source = SOURCE.matcher(header);
            return source.matches()
                    ? Optional.of(new CopySource(source.group(1), decode(source.group(2)), source.group(3) != null))
                    : Optional.empty();
        }
    }

    static S3Request of(Call call) {
        return of(
                call.method(),
                call.header("Host").orElse(""),
                call.rawPath(),
                call.rawQuery(),
                call.header("x-amz-copy-source"));
    }

    static S3Request of(
            String method, String hostHeader, String rawPath, String rawQuery, Optional<String> copySource) {
        Matcher host = HOST.matcher(hostHeader);
        String path = host.matches() ? "/" + host.group(1) + rawPath : rawPath;
        String[] parts = path.substring(1).split("/", 2);
        return new S3Request(
                method,
                decode(parts[0]),
                parts.length == 2 ? decode(parts[1]) : "",
                path,
                Call.parameters(rawQuery),
                rawQuery,
                copySource.flatMap(CopySource::of));
    }

    boolean hasKey() {
        return !key.isEmpty();
    }

    boolean has(String parameter) {
        return query.containsKey(parameter);
    }

    /** {@return this request's address on a server} */
    URI at(URI server) {
        return URI.create(server + rawPath + (rawQuery.isEmpty() ? "" : "?" + rawQuery));
    }

    /** {@return the address of an object on a server} */
    static URI at(URI server, String bucket, String key) {
        return URI.create(server + "/" + bucket + "/" + encode(key));
    }

    /** Decodes what is not a form: a plus sign is one. */
    private static String decode(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    /** {@return a key as in an address} */
    static String encode(String key) {
        StringBuilder encoded = new StringBuilder();
        for (byte b : key.getBytes(StandardCharsets.UTF_8)) {
            char character = (char) (b & 0xff);
            boolean plain =
                    character < 0x80 && (Character.isLetterOrDigit(character) || "-._~/".indexOf(character) >= 0);
            encoded.append(plain ? String.valueOf(character) : "%%%02X".formatted(b & 0xff));
        }
        return encoded.toString();
    }
}

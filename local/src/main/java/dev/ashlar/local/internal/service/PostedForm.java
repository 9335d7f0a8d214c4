package dev.ashlar.local.internal.service;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The fields of a browser's form that uploads a file.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-UsingHTTPPOST.html">Uploads by forms</a>
 */
final class PostedForm {
    private static final Pattern BOUNDARY = Pattern.compile("boundary=\"?([^\";]+)\"?");
    private static final Pattern NAME = Pattern.compile("(?i)content-disposition:[^\r\n]*?\\bname=\"([^\"]*)\"");
    private static final Pattern FILE = Pattern.compile("(?i)content-disposition:[^\r\n]*?\\bfilename=\"([^\"]*)\"");

    private static final String FILE_NAME = "${filename}";

    private final SortedMap<String, String> fields = new TreeMap<>();
    private final String body;
    private String fileName = "";
    private String rawKey = "";

    private PostedForm(String body) {
        this.body = body;
    }

    static PostedForm of(String contentType, byte[] body) {
        // One character a byte: what is not text stays whole, and is not read.
        PostedForm form = new PostedForm(new String(body, StandardCharsets.ISO_8859_1));
        Matcher boundary = BOUNDARY.matcher(contentType);
        if (boundary.find()) {
            for (String part : form.body.split(Pattern.quote("--" + boundary.group(1)), -1)) {
                form.read(part);
            }
        }
        return form;
    }

    /** {@return the form with the file's name filled into the key, which S3Mock does not do} */
    byte[] body() {
        String filled = rawKey.contains(FILE_NAME) ? body.replace(rawKey, rawKey.replace(FILE_NAME, fileName)) : body;
        return filled.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** {@return a field, whose name knows no case} */
    Optional<String> field(String name) {
        return Optional.ofNullable(fields.get(name.toLowerCase(Locale.ROOT)));
    }

    /** {@return the key, with the file's name filled in} */
    Optional<String> key() {
        return field("key").map(key -> key.replace(FILE_NAME, utf8(fileName)));
    }

    private void read(String part) {
        int end = part.indexOf("\r\n\r\n");
        if (end < 0) {
            return;
        }
        String head = part.substring(0, end);
        Matcher file = FILE.matcher(head);
        if (file.find()) {
            fileName = file.group(1);
            return;
        }
        Matcher name = NAME.matcher(head);
        if (name.find()) {
            String lower = name.group(1).toLowerCase(Locale.ROOT);
            fields.putIfAbsent(lower, utf8(part.substring(end + 4).replaceFirst("\r\n$", "")));
            if (lower.equals("key")) {
                rawKey = part;
            }
        }
    }

    private static String utf8(String bytes) {
        return new String(bytes.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }
}

package dev.ashlar.local.internal.web;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ashlar.local.internal.template.Json;
import dev.ashlar.local.internal.template.Template;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * Does what CDK's {@code BucketDeployment} does when a stack is deployed: files of the assembly become objects. The
 * function that does it on AWS is not run.
 */
final class SiteUploads {
    private static final String TYPE = "Custom::CDKBucketDeployment";
    private static final String S3_DEFAULT_TYPE = "binary/octet-stream";

    private final S3Objects objects;
    private final Consumer<String> report;

    SiteUploads(S3Objects objects, Consumer<String> report) {
        this.objects = objects;
        this.report = report;
    }

    /** Does all uploads of a template and those nested in it, each after those that it depends on. */
    void run(List<Template> templates) {
        Set<Declared> done = new LinkedHashSet<>();
        Declared.find(templates, TYPE).forEach(upload -> run(upload, done));
    }

    private void run(Declared upload, Set<Declared> done) {
        if (!done.add(upload)) {
            return;
        }
        JsonNode dependencies = upload.resource().definition().path("DependsOn");
        Stream.concat(dependencies.valueStream(), Stream.of(dependencies))
                .flatMap(id -> upload.template().getResource(id.asText()).stream())
                .filter(resource -> resource.type().equals(TYPE))
                .forEach(resource -> run(new Declared(upload.template(), resource), done));
        try {
            upload(upload);
        } catch (IllegalStateException e) {
            report.accept("[%s] is not uploaded here: %s".formatted(upload.path(), e.getMessage()));
        }
    }

    private void upload(Declared upload) {
        Map<String, byte[]> files = files(upload);
        String bucket = upload.textOr("DestinationBucketName", "");
        String prefix = prefix(upload.textOr("DestinationBucketKeyPrefix", ""));
        SyncFilter filter = new SyncFilter(list(upload, "Exclude"), list(upload, "Include"));
        files.keySet().removeIf(path -> !filter.includes(path));
        if (upload.textOr("Prune", "true").equalsIgnoreCase("true")) {
            objects.list(bucket, prefix).stream()
                    .filter(key -> !files.containsKey(key.substring(prefix.length())))
                    .filter(key -> filter.includes(key.substring(prefix.length())))
                    .forEach(key -> objects.delete(bucket, key));
        }
        files.forEach((path, content) -> objects.put(bucket, prefix + path, content, metadata(upload, path)));
    }

    /** {@return the content of all sources by path; of two with one path the later counts} */
    private static Map<String, byte[]> files(Declared upload) {
        Map<String, byte[]> files = new TreeMap<>();
        List<String> keys = list(upload, "SourceObjectKeys");
        for (int i = 0; i < keys.size(); i++) {
            String key = keys.get(i);
            Path asset = upload.template().getStack().assets().get(key);
            if (asset == null) {
                throw new IllegalStateException("the assembly has no file for s3://"
                        + list(upload, "SourceBucketNames").get(i) + "/" + key);
            }
            if (!upload.textOr("Extract", "true").equals("true")) {
                files.put(key, archive(asset));
                continue;
            }
            Map<String, String> markers = markers(upload, i);
            content(asset).forEach((path, content) -> files.put(path, replace(content, markers)));
        }
        return files;
    }

    private static Map<String, String> markers(Declared upload, int source) {
        boolean isEscaped = upload.get("SourceMarkersConfig")
                .path(source)
                .path("jsonEscape")
                .asText()
                .equalsIgnoreCase("true");
        Map<String, String> markers = new TreeMap<>();
        upload.get("SourceMarkers").path(source).properties().forEach(marker -> {
            String value = marker.getValue().asText();
            String escaped = Json.write(value);
            markers.put(marker.getKey(), isEscaped ? escaped.substring(1, escaped.length() - 1) : value);
        });
        return markers;
    }

    /** Byte by byte, as a file with markers may be in any encoding. */
    private static byte[] replace(byte[] content, Map<String, String> markers) {
        String text = new String(content, ISO_8859_1);
        for (Map.Entry<String, String> marker : markers.entrySet()) {
            text = text.replace(latin(marker.getKey()), latin(marker.getValue()));
        }
        return text.getBytes(ISO_8859_1);
    }

    private static String latin(String text) {
        return new String(text.getBytes(UTF_8), ISO_8859_1);
    }

    private static byte[] archive(Path asset) {
        if (Files.isDirectory(asset)) {
            throw new IllegalStateException("Extract is false, but the assembly has a directory, no archive: " + asset);
        }
        try {
            return Files.readAllBytes(asset);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, byte[]> content(Path asset) {
        try {
            return Files.isDirectory(asset) ? directory(asset) : zip(asset);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, byte[]> directory(Path root) throws IOException {
        List<Path> paths = new ArrayList<>();
        try (Stream<Path> walk = Files.walk(root)) {
            walk.filter(Files::isRegularFile).forEach(paths::add);
        }
        Map<String, byte[]> files = new TreeMap<>();
        for (Path path : paths) {
            files.put(root.relativize(path).toString().replace('\\', '/'), Files.readAllBytes(path));
        }
        return files;
    }

    private static Map<String, byte[]> zip(Path archive) throws IOException {
        Map<String, byte[]> files = new TreeMap<>();
        try (InputStream in = Files.newInputStream(archive);
                ZipInputStream zip = new ZipInputStream(in)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                if (!entry.isDirectory()) {
                    files.put(entry.getName(), zip.readAllBytes());
                }
            }
        }
        return files;
    }

    /** {@code aws s3 sync} takes the destination for a folder. */
    private static String prefix(String prefix) {
        String folder = prefix.replaceFirst("^/", "");
        return folder.isEmpty() || folder.endsWith("/") ? folder : folder + "/";
    }

    private static Fields metadata(Declared upload, String path) {
        Fields headers = new Fields();
        headers.set("Content-Type", ContentTypes.guess(path).orElse(S3_DEFAULT_TYPE));
        upload.get("SystemMetadata").properties().forEach(entry -> {
            String name = entry.getKey().toLowerCase(Locale.ROOT);
            boolean isHttp = Set.of(
                            "cache-control",
                            "content-disposition",
                            "content-encoding",
                            "content-language",
                            "content-type",
                            "expires")
                    .contains(name);
            headers.set(isHttp ? name : "x-amz-" + name, entry.getValue().asText());
        });
        upload.get("UserMetadata")
                .properties()
                .forEach(entry -> headers.set(
                        "x-amz-meta-" + entry.getKey().toLowerCase(Locale.ROOT),
                        entry.getValue().asText()));
        return headers;
    }

    private static List<String> list(Declared upload, String property) {
        return upload.get(property).valueStream().map(JsonNode::asText).toList();
    }
}

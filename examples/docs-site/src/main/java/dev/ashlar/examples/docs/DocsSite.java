package dev.ashlar.examples.docs;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Renders {@code README.md} and the pages in {@code docs} to HTML: {@code index.html}, a {@code <page>/index.html} for each
 * page, and {@code 404.html}; beside them the {@code images} of {@code docs}. The pages run no scripts.
 */
public final class DocsSite {
    static final String IMAGES = "docs/images";

    private static final List<String> ASSETS = List.of("style.css", "icon.svg");

    private final Path root;

    DocsSite(Path root) {
        this.root = root;
    }

    /**
     * Renders the documentation of the working directory.
     *
     * @param arguments the directory to write to, which is emptied first
     * @throws IOException if a page cannot be read, or the directory cannot be written
     */
    public static void main(String[] arguments) throws IOException {
        new DocsSite(Path.of("")).writeTo(Path.of(arguments[0]));
    }

    void writeTo(Path output) throws IOException {
        List<Page> pages = pages();
        PageLinks links = new PageLinks(root, pages);
        Layout layout = new Layout(pages);
        // A page that is gone must not stay behind.
        delete(output);
        for (Page page : pages) {
            links.rewrite(page);
            write(output.resolve(page.file()), layout.render(page));
        }
        write(output.resolve("404.html"), layout.renderNotFound());
        copyImages(output.resolve("images"));
        for (String asset : ASSETS) {
            try (InputStream in = requireNonNull(DocsSite.class.getResourceAsStream(asset), asset)) {
                Files.copy(in, output.resolve(asset));
            }
        }
    }

    private List<Page> pages() throws IOException {
        List<Page> pages = new ArrayList<>(List.of(Page.read(root, "README.md", "/")));
        try (Stream<Path> docs = Files.list(root.resolve("docs"))) {
            for (Path file : docs.sorted().toList()) {
                String name = String.valueOf(file.getFileName());
                if (name.endsWith(".md")) {
                    pages.add(Page.read(root, "docs/" + name, "/" + name.substring(0, name.length() - 3) + "/"));
                }
            }
        }
        return pages;
    }

    private void copyImages(Path output) throws IOException {
        Path images = root.resolve(IMAGES);
        if (!Files.exists(images)) {
            return;
        }
        Files.createDirectories(output);
        try (Stream<Path> files = Files.list(images)) {
            for (Path file : files.toList()) {
                Files.copy(file, output.resolve(file.getFileName()));
            }
        }
    }

    private static void write(Path file, String html) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, html);
    }

    private static void delete(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> paths = Files.walk(directory)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}

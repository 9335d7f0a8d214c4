package dev.ashlar.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * What both sides deploy: small, so that what is measured is not its copying.
 *
 * @param jar the code of a function
 * @param site a site: a page and a style sheet
 * @param pages the page of the site, alone
 * @param styles its style sheet, alone
 */
record Inputs(Path jar, Path site, Path pages, Path styles) {

    private static final String PAGE = "<!doctype html><title>Shop</title><link rel=stylesheet href=shop.css>\n";

    static Inputs createIn(Path folder) throws IOException {
        Path pages = Files.createDirectories(folder.resolve("pages"));
        Path styles = Files.createDirectories(folder.resolve("styles"));
        Path site = Files.createDirectories(folder.resolve("site"));
        for (Path each : List.of(pages, site)) {
            Files.writeString(each.resolve("index.html"), PAGE);
        }
        for (Path each : List.of(styles, site)) {
            Files.writeString(each.resolve("shop.css"), "body { margin: 2rem }\n");
        }
        return new Inputs(jar(folder.resolve("handlers.jar")), site, pages, styles);
    }

    private static Path jar(Path file) throws IOException {
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            // Without a time of its own the entry would make another asset of the same code.
            ZipEntry entry = new ZipEntry("shop.txt");
            entry.setTime(0);
            zip.putNextEntry(entry);
            zip.write("stands for classes\n".getBytes(UTF_8));
        }
        return file;
    }
}

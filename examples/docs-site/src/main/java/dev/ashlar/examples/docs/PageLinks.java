package dev.ashlar.examples.docs;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Code;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.node.Text;

/**
 * Where the links of the pages lead. What leads to a page in the repository leads to it on the site. Other files of the
 * repository are not there, so in place of the link stands which file is meant; except for images, which have a folder of
 * their own.
 */
final class PageLinks {
    private final Path root;
    private final Map<String, Page> pages;

    PageLinks(Path root, List<Page> pages) {
        this.root = root;
        this.pages = pages.stream().collect(Collectors.toMap(Page::source, Function.identity()));
    }

    void rewrite(Page page) {
        page.document().accept(new AbstractVisitor() {
            @Override
            public void visit(Link link) {
                URI address = URI.create(link.getDestination());
                if (!address.isAbsolute()) {
                    rewrite(page, link, URI.create("/" + page.source()).resolve(address));
                }
                visitChildren(link);
            }

            @Override
            public void visit(Image image) {
                rewrite(page, image);
            }
        });
    }

    private void rewrite(Page page, Link link, URI address) {
        String file = address.getPath().substring(1);
        Page target = pages.get(file);
        if (target != null) {
            String anchor = address.getRawFragment();
            link.setDestination(target.path() + (anchor == null ? "" : "#" + anchor));
        } else if (isInRepository(file)) {
            replaceByText(link, file);
        } else {
            throw new IllegalArgumentException(page.source() + " must link to what is there, got "
                    + link.getDestination() + "; correct the path, it is relative to the page");
        }
    }

    private void rewrite(Page page, Image image) {
        URI address = URI.create(image.getDestination());
        // Nothing from elsewhere: the site's header lets pages show their own images alone.
        String path = address.isAbsolute()
                ? "/"
                : URI.create("/" + page.source()).resolve(address).getPath();
        Path file = Path.of(path.substring(1)).normalize();
        if (!Path.of(DocsSite.IMAGES).equals(file.getParent()) || !Files.isRegularFile(root.resolve(file))) {
            throw new IllegalArgumentException(page.source() + " must show images of " + DocsSite.IMAGES + ", got "
                    + address + "; put the file there, or correct the path, it is relative to the page");
        }
        image.setDestination("/images/" + file.getFileName());
    }

    private boolean isInRepository(String file) {
        Path path = Path.of(file).normalize();
        return !path.startsWith("..") && Files.exists(root.resolve(path));
    }

    private static void replaceByText(Link link, String file) {
        boolean isNamed = PlainText.of(link).equals(file);
        for (Node child = link.getFirstChild(); child != null; child = link.getFirstChild()) {
            link.insertBefore(child);
        }
        if (!isNamed) {
            link.insertBefore(new Text(" ("));
            link.insertBefore(new Code(file));
            link.insertBefore(new Text(")"));
        }
        link.unlink();
    }
}

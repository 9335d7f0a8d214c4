package dev.ashlar.examples.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.commonmark.Extension;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.ext.heading.anchor.HeadingAnchorExtension;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Heading;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.Node;
import org.commonmark.node.Paragraph;
import org.commonmark.parser.Parser;

/**
 * A page of Markdown.
 *
 * @param source its file, seen from the root of the repository
 * @param path where it is on the site, with a slash at both ends
 * @param document what stands in it
 * @param title its first heading
 * @param description its first paragraph
 */
record Page(String source, String path, Node document, String title, String description) {
    /** What GitHub knows beyond CommonMark and the pages use: tables, and headings that links lead to. */
    static final List<Extension> EXTENSIONS = List.of(TablesExtension.create(), HeadingAnchorExtension.create());

    static Page read(Path root, String source, String path) throws IOException {
        Node document = Parser.builder().extensions(EXTENSIONS).build().parse(Files.readString(root.resolve(source)));
        document.accept(new CommentRemover());
        Node heading = document.getFirstChild();
        if (!(heading instanceof Heading) || !(heading.getNext() instanceof Paragraph)) {
            throw new IllegalArgumentException(source + " must begin with a heading and a paragraph");
        }
        return new Page(source, path, document, PlainText.of(heading), PlainText.of(heading.getNext()));
    }

    /** Its file on the site, seen from the site's root. */
    String file() {
        return path.substring(1) + "index.html";
    }

    /** The pages tell the tests by comments which code is not compiled; nothing else in them is HTML. */
    private static final class CommentRemover extends AbstractVisitor {
        @Override
        public void visit(HtmlBlock block) {
            if (block.getLiteral().startsWith("<!--")) {
                block.unlink();
            }
        }
    }
}

package dev.ashlar.examples.docs;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.commonmark.ext.gfm.tables.TableBlock;
import org.commonmark.node.Heading;
import org.commonmark.node.Node;
import org.commonmark.renderer.NodeRenderer;
import org.commonmark.renderer.html.HtmlNodeRendererContext;
import org.commonmark.renderer.html.HtmlWriter;

/** A table in a box of its own, which scrolls where the table is wider than the screen, and takes the focus for that. */
final class ScrollingTable implements NodeRenderer {
    private final HtmlNodeRendererContext context;

    ScrollingTable(HtmlNodeRendererContext context) {
        this.context = context;
    }

    @Override
    public Set<Class<? extends Node>> getNodeTypes() {
        return Set.of(TableBlock.class);
    }

    @Override
    public void render(Node table) {
        HtmlWriter html = context.getWriter();
        html.line();
        html.tag("div", boxOf(table));
        html.tag("table");
        for (Node child = table.getFirstChild(); child != null; child = child.getNext()) {
            context.render(child);
        }
        html.tag("/table");
        html.tag("/div");
        html.line();
    }

    private static Map<String, String> boxOf(Node table) {
        // In this order each time: the same pages must be the same bytes, or they would be deployed again.
        Map<String, String> attributes = new LinkedHashMap<>();
        attributes.put("class", "table");
        attributes.put("role", "group");
        attributes.put("tabindex", "0");
        attributes.put("aria-label", "Table: " + headingOf(table));
        return attributes;
    }

    /** What stands in the heading above, which there is: pages begin with one. */
    private static String headingOf(Node table) {
        Node before = table;
        while (!(before instanceof Heading)) {
            before = before.getPrevious() == null ? before.getParent() : before.getPrevious();
        }
        return PlainText.of(before);
    }
}

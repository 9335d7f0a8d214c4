package dev.ashlar.examples.docs;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.commonmark.node.Node;
import org.commonmark.renderer.html.HtmlRenderer;

/** What is the same around all pages. */
final class Layout {
    // Ids have a dot, which no anchor of a heading has.
    private static final String DOCUMENT = """
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>%s</title>
            <meta name="description" content="%s">
            <link rel="icon" href="/icon.svg">
            <link rel="stylesheet" href="/style.css">
            </head>
            <body>
            <a class="skip" href="#site.content">Skip to content</a>
            <header>
            <a href="/">%s</a>
            <a href="#site.pages">All pages</a>
            </header>
            <main id="site.content" tabindex="-1">
            %s</main>
            <nav id="site.pages" tabindex="-1" aria-label="Pages">
            <ul>
            %s
            </ul>
            </nav>
            </body>
            </html>
            """;

    private static final String NOT_FOUND = """
            <h1>Not found</h1>
            <p>There is no page at this address. <a href="/">Start at the first one</a>, or choose from the list.</p>
            """;

    private final HtmlRenderer renderer = HtmlRenderer.builder()
            // Before the extensions: the first that renders a node wins.
            .nodeRendererFactory(ScrollingTable::new)
            .extensions(Page.EXTENSIONS)
            .attributeProviderFactory(context -> Layout::makeScrollable)
            .escapeHtml(true)
            .build();
    private final List<Page> pages;

    /**
     * Prepares the rendering.
     *
     * @param pages all pages, of which the first is the site's
     */
    Layout(List<Page> pages) {
        this.pages = pages;
    }

    String render(Page page) {
        Page first = pages.get(0);
        String title = page.equals(first) ? page.title() : page.title() + " - " + first.title();
        return document(title, page.description(), renderer.render(page.document()), page.path());
    }

    String renderNotFound() {
        return document("Not found - " + pages.get(0).title(), "There is no page at this address.", NOT_FOUND, "");
    }

    private String document(String title, String description, String content, String path) {
        return DOCUMENT.formatted(
                escape(title), escape(description), escape(pages.get(0).title()), content, navigation(path));
    }

    private String navigation(String path) {
        return pages.stream()
                .map(page -> "<li><a href=\"%s\"%s>%s</a></li>"
                        .formatted(
                                page.path(),
                                page.path().equals(path) ? " aria-current=\"page\"" : "",
                                escape(page.title())))
                .collect(Collectors.joining("\n"));
    }

    // Code scrolls sideways, which takes the focus where there is no pointer.
    private static void makeScrollable(Node node, String tag, Map<String, String> attributes) {
        if (tag.equals("pre")) {
            attributes.put("tabindex", "0");
        }
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}

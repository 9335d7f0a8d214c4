package dev.ashlar.examples.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DocsSiteTest {
    @TempDir
    private Path directory;

    private Path root;
    private Path site;

    @BeforeEach
    void writeRepository() throws IOException {
        root = directory.resolve("shop");
        site = root.resolve("target/site");
        write("README.md", "# Shop\n\nWhat a shop needs.\n");
        write("docs/tables.md", "# Tables\n\nWhat `Table` is.\n\n## In a stack\n");
        write("docs/diagram.txt", "No page.\n");
        write("LICENSE", "Apache\n");
        write("../outside.md", "# Outside\n\nNot of this repository.\n");
    }

    @Test
    void eachPageHasAFolder() throws IOException {
        assertThat(render()).containsExactly("404.html", "icon.svg", "index.html", "style.css", "tables/index.html");
    }

    @Test
    void pagesThatAreGoneDoNotStay() throws IOException {
        write("docs/old.md", "# Old\n\nGone soon.\n");
        assertThat(render()).contains("old/index.html");

        Files.delete(root.resolve("docs/old.md"));

        assertThat(render()).doesNotContain("old/index.html");
    }

    @Test
    void pagesHaveTitleAndDescription() throws IOException {
        assertThat(page("# The `Table`\n\nA *table*\nof\\\n[shops](../README.md).\n"))
                .contains("<title>The Table - Shop</title>", "content=\"A table of shops.\"", "<html lang=\"en\">");
        assertThat(site.resolve("index.html"))
                .content()
                .contains("<title>Shop</title>", "content=\"What a shop needs.\"");
    }

    @Test
    void titlesAndDescriptionsAreEscaped() throws IOException {
        assertThat(page("# A & \"b\" `<c>`\n\nSay \"yes\" & `<no>`.\n"))
                .contains(
                        "<title>A &amp; &quot;b&quot; &lt;c&gt; - Shop</title>",
                        "content=\"Say &quot;yes&quot; &amp; &lt;no&gt;.\"",
                        "aria-current=\"page\">A &amp; &quot;b&quot; &lt;c&gt;</a>");
    }

    @Test
    void htmlIsText() throws IOException {
        assertThat(page("# A\n\nB <b>c</b>.\n\n<script>alert(1)</script>\n\n`<i>`\n"))
                .contains("B &lt;b&gt;c&lt;/b&gt;.", "&lt;script&gt;alert(1)&lt;/script&gt;", "<code>&lt;i&gt;</code>")
                .doesNotContain("<script");
    }

    @Test
    void commentsAreLeftOut() throws IOException {
        assertThat(page("<!-- before -->\n\n# A\n\nB.\n\n<!-- not compiled: a reason -->\n\nC.\n"))
                .contains("<p>B.</p>\n<p>C.</p>")
                .doesNotContain("before", "not compiled");
    }

    @Test
    void pagesRunNothing() throws IOException {
        assertThat(page("# A\n\nB.\n\n```mermaid\ngraph TD; A-->B\n```\n"))
                .contains("<pre tabindex=\"0\"><code class=\"language-mermaid\">graph TD; A--&gt;B\n</code></pre>")
                .doesNotContain("<script", "style=", " on");
    }

    @Test
    void pagesThatAreNotBegunAreRefused() throws IOException {
        write("docs/a.md", "No heading.\n");

        assertThatIllegalArgumentException()
                .isThrownBy(this::render)
                .withMessage("docs/a.md must begin with a heading and a paragraph");
    }

    @ParameterizedTest
    @CsvSource({
        "tables.md, /tables/",
        "./tables.md#in-a-stack, /tables/#in-a-stack",
        "../docs/tables.md, /tables/",
        "../README.md, /",
        "../README.md#shop, /#shop",
        "#a, /a/#a",
        "https://example.com/x.md#y, https://example.com/x.md#y",
        "mailto:shop@example.com, mailto:shop@example.com",
    })
    void linksLeadToPages(String link, String address) throws IOException {
        assertThat(page("# A\n\nB.\n\n[here](" + link + ")\n")).contains("<a href=\"" + address + "\">here</a>");
    }

    @Test
    void linksOfTheReadmeLeadToPages() throws IOException {
        write("README.md", "# Shop\n\n[Tables](docs/tables.md#in-a-stack)\n");

        render();

        assertThat(site.resolve("index.html")).content().contains("<a href=\"/tables/#in-a-stack\">Tables</a>");
    }

    @ParameterizedTest
    @CsvSource({
        "[Apache *License*](../LICENSE), Apache <em>License</em> (<code>LICENSE</code>)",
        "[`docs/diagram.txt`](diagram.txt), <code>docs/diagram.txt</code>",
        "[folder](../docs), folder (<code>docs</code>)",
    })
    void linksToOtherFilesSayWhichIsMeant(String link, String text) throws IOException {
        assertThat(page("# A\n\nB.\n\n" + link + "\n")).contains("<p>" + text + "</p>");
    }

    @ParameterizedTest
    @ValueSource(strings = {"nowhere.md", "../docs/nowhere", "../../outside.md"})
    void linksToWhatIsNotThereAreRefused(String link) throws IOException {
        write("docs/a.md", "# A\n\nB.\n\n[here](" + link + ")\n");

        assertThatIllegalArgumentException()
                .isThrownBy(this::render)
                .withMessage("docs/a.md must link to what is there, got " + link
                        + "; correct the path, it is relative to the page");
    }

    @Test
    void imagesAreOnTheSite() throws IOException {
        write("docs/images/shop.png", "a picture");

        assertThat(page("# A\n\nB.\n\n![A *shop*](images/shop.png) [![Again](images/shop.png)](tables.md)\n"))
                .contains(
                        "<img src=\"/images/shop.png\" alt=\"A shop\" />",
                        "<a href=\"/tables/\"><img src=\"/images/shop.png\" alt=\"Again\" /></a>");
        assertThat(site.resolve("images/shop.png")).content().isEqualTo("a picture");
    }

    @Test
    void imagesOfTheReadmeAreOnTheSite() throws IOException {
        write("docs/images/shop.png", "a picture");
        write("README.md", "# Shop\n\nB.\n\n![A shop](docs/images/shop.png)\n");

        render();

        assertThat(site.resolve("index.html")).content().contains("<img src=\"/images/shop.png\" alt=\"A shop\" />");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "images/nothing.png",
                "diagram.txt",
                "../LICENSE",
                "../../outside.md",
                "https://example.com/images/shop.png",
                "https://example.com/docs/images/shop.png",
                "data:image/png;base64,iVBORw0KGgo="
            })
    void otherImagesAreRefused(String image) throws IOException {
        write("docs/images/shop.png", "a picture");
        write("docs/a.md", "# A\n\nB.\n\n![here](" + image + ")\n");

        assertThatIllegalArgumentException()
                .isThrownBy(this::render)
                .withMessage("docs/a.md must show images of docs/images, got " + image
                        + "; put the file there, or correct the path, it is relative to the page");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "In a network | in-a-network",
                "What is *refused*? | what-is-refused",
                "`Site.mode(SiteMode)` | sitemodesitemode",
                "Costs, and limits | costs-and-limits",
                "A - b | a---b",
                "snake_case | snake_case",
                "Grüße 한국 | grüße-한국",
            })
    void anchorsAreThoseOfGitHub(String heading, String anchor) throws IOException {
        assertThat(page("# A\n\nB.\n\n## " + heading + "\n")).contains("<h2 id=\"" + anchor + "\">");
    }

    @Test
    void headingsOfTheSameNameAreNumbered() throws IOException {
        assertThat(page("# A\n\nB.\n\n## Costs\n\n## Costs\n"))
                .contains("<h2 id=\"costs\">Costs</h2>", "<h2 id=\"costs-1\">Costs</h2>");
    }

    @Test
    void tablesScrollInABoxThatIsNamed() throws IOException {
        assertThat(page("# A\n\nB.\n\n## What is \"refused\"\n\n| `a` | b |\n|---|---|\n| 1 \\| 2 | [c](#a) |\n"))
                .contains("""
                        <div class="table" role="group" tabindex="0" aria-label="Table: What is &quot;refused&quot;"><table>
                        <thead>
                        <tr>
                        <th><code>a</code></th>
                        <th>b</th>
                        </tr>
                        </thead>
                        <tbody>
                        <tr>
                        <td>1 | 2</td>
                        <td><a href="/a/#a">c</a></td>
                        </tr>
                        </tbody>
                        </table></div>
                        """);
    }

    @Test
    void tablesInListsAreNamedToo() throws IOException {
        assertThat(page("# A\n\nB.\n\n- c\n\n  | d |\n  |---|\n  | e |\n")).contains("aria-label=\"Table: A\"");
    }

    @Test
    void pagesAreListedByFileAndTheOneThatIsReadIsMarked() throws IOException {
        assertThat(page("# Zebra\n\nB.\n")).contains("""
                        <li><a href="/">Shop</a></li>
                        <li><a href="/a/" aria-current="page">Zebra</a></li>
                        <li><a href="/tables/">Tables</a></li>
                        """);
        assertThat(site.resolve("404.html")).content().doesNotContain("aria-current");
    }

    /** Renders all with a page docs/a.md of that text. */
    private String page(String text) throws IOException {
        write("docs/a.md", text);
        render();
        return Files.readString(site.resolve("a/index.html"));
    }

    private List<String> render() throws IOException {
        new DocsSite(root).writeTo(site);
        try (Stream<Path> files = Files.walk(site)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> site.relativize(file).toString().replace('\\', '/'))
                    .sorted()
                    .toList();
        }
    }

    private void write(String file, String text) throws IOException {
        Files.createDirectories(root.resolve(file).getParent());
        Files.writeString(root.resolve(file), text);
    }
}

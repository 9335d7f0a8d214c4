package dev.ashlar.examples;

import dev.ashlar.constructs.web.Site;
import dev.ashlar.constructs.web.SiteMode;
import dev.ashlar.patterns.site.StaticSiteWithCdn;
import software.amazon.awscdk.Stack;
import software.constructs.Construct;

/**
 * This project's documentation as a site. {@code examples/docs-site} renders it from {@code README.md} and {@code docs};
 * {@code bin/build.mjs}, which {@code cdk.json} runs first, has compiled that.
 */
public final class DocsStack extends Stack {
    private static final String OUTPUT = "examples/docs-site/target/site";

    /**
     * Creates the stack.
     *
     * @param scope the app, or a stage
     * @param id the stack's id
     */
    public DocsStack(Construct scope, String id) {
        super(scope, id);

        Site site = Site.build("java @examples/docs-site/target/app/java.args " + OUTPUT, ".", OUTPUT)
                .inputs("README.md", "docs", "examples/docs-site/pom.xml", "examples/docs-site/src/main")
                .mode(SiteMode.DIRECTORY_INDEX)
                .notFoundPage("404.html")
                .contentSecurityPolicy("default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none';"
                        + " form-action 'none'; frame-ancestors 'none'");
        StaticSiteWithCdn.Builder.create(this, "Site").site(site).build();
    }
}

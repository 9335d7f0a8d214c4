package dev.ashlar.constructs.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class SiteTest {

    @Test
    void whatIsBuiltHasInputs() {
        Site site = Site.build("npm run build", "web", "dist");

        assertThat(site.getInputs()).isEmpty();
        assertThat(site.inputs("web", "shared").mode(SiteMode.SPA).getInputs()).containsExactly("web", "shared");
        assertThat(site.inputs("web").inputs().getInputs()).isEmpty();
    }

    @Test
    void whatIsThereHasNone() {
        assertThatThrownBy(() -> Site.directory("web/dist").inputs("web"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage(
                        "inputs must be called on Site.build, got a directory that something else has built; leave it"
                                + " out");
    }
}

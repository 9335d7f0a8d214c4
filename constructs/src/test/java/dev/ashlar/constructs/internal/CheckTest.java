package dev.ashlar.constructs.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ashlar.test.TestApp;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Fn;
import software.amazon.awscdk.Size;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.Token;

class CheckTest {
    private final Check check = Check.of(new Stack(TestApp.create(), "Shop"));
    private final Number unknown = Token.asNumber(Fn.importValue("number"));

    @Test
    void elementsAreCopied() {
        String[] names = {"a", "b"};

        List<String> copy = Check.elements("names", names);
        names[0] = "c";

        assertThat(copy).containsExactly("a", "b");
    }

    @Test
    void elementsThatAreNullAreNamed() {
        String[] names = {"a", null};

        assertThatThrownBy(() -> Check.elements("names", names))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("names");
        assertThatThrownBy(() -> Check.elements("names", Arrays.asList(names)))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("names");
    }

    @Test
    void tokensPassInTheUnitThatAwsTakes() {
        assertThatCode(() -> {
                    check.between("timeout", Duration.seconds(unknown), 1, 900, "");
                    check.wholeMinutes("window", Duration.minutes(unknown), 1, 60);
                    check.between("storage", Size.mebibytes(unknown), 512, 10240);
                })
                .doesNotThrowAnyException();
    }

    @Test
    void tokensInAnotherUnitAreRefused() {
        String rest = " where it is a token, got another unit; what the token stands for cannot be converted";

        assertThatThrownBy(() -> check.between("timeout", Duration.minutes(unknown), 1, 900, ""))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("[Shop] timeout must be made by Duration.seconds" + rest);
        assertThatThrownBy(() -> check.wholeMinutes("window", Duration.seconds(unknown), 1, 60))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("[Shop] window must be made by Duration.minutes" + rest);
        assertThatThrownBy(() -> check.between("storage", Size.gibibytes(unknown), 512, 10240))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("[Shop] storage must be made by Size.mebibytes" + rest);
    }
}

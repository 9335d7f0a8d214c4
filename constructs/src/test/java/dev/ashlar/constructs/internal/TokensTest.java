package dev.ashlar.constructs.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awscdk.Aws;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Token;

class TokensTest {

    @Test
    void aTextWithAReferenceIsUnresolved() {
        assertThat(Tokens.isUnresolved(Aws.REGION)).isTrue();
        assertThat(Tokens.isUnresolved("logs-" + Aws.REGION + "/in")).isTrue();
    }

    @Test
    void aTextThatOnlyLooksLikeOneIsWhatItIs() {
        assertThat(Tokens.isUnresolved("")).isFalse();
        assertThat(Tokens.isUnresolved("${AWS::Region}")).isFalse();
        assertThat(Tokens.isUnresolved("${Token[")).isFalse();
    }

    @Test
    void aNumberMayStandForAnother() {
        Number token = Token.asNumber(Map.of("Ref", "Memory"));

        assertThat(Tokens.isUnresolved(token)).isTrue();
        assertThat(Tokens.isUnresolved(5)).isFalse();
        assertThat(Tokens.isUnresolved(5L)).isFalse();
        assertThat(Tokens.isUnresolved(0.5)).isFalse();
        assertThat(Tokens.isUnresolved(Integer.MIN_VALUE)).isFalse();
    }

    @Test
    void ofAllElseCdkIsAsked() {
        assertThat(Tokens.isUnresolved(Token.asList(Map.of("Ref", "Names")))).isTrue();
        assertThat(Tokens.isUnresolved(List.of("a"))).isFalse();
        assertThat(Tokens.isUnresolved(Duration.seconds(1))).isFalse();
    }
}

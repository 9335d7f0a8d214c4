package dev.ashlar.constructs.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ashlar.test.TestApp;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awscdk.App;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.Stage;
import software.amazon.awscdk.services.logs.RetentionDays;
import software.constructs.Construct;

class ProfileTest {
    @Test
    void isProductionByDefault() {
        Stack stack = new Stack(TestApp.create(), "Shop");

        assertThat(Profile.of(stack)).isEqualTo(Profile.PRODUCTION);
    }

    @Test
    void isWhatTheContextSays() {
        Stack stack = new Stack(TestApp.create(Map.of("ashlar:profile", "development")), "Shop");

        assertThat(Profile.of(stack)).isEqualTo(Profile.DEVELOPMENT);
    }

    @Test
    void holdsForAllThatIsBelowItsScope() {
        App app = TestApp.create();
        Stage stage = new Stage(app, "Dev");
        Profile.DEVELOPMENT.applyTo(stage);

        Construct below = new Construct(new Stack(stage, "Shop"), "Part");
        Stack beside = new Stack(app, "Other");

        assertThat(Profile.of(below)).isEqualTo(Profile.DEVELOPMENT);
        assertThat(Profile.of(beside)).isEqualTo(Profile.PRODUCTION);
    }

    @Test
    void innerScopesOverrideOuterOnes() {
        Stage stage = new Stage(TestApp.create(Map.of("ashlar:profile", "development")), "Prod");
        Profile.PRODUCTION.applyTo(stage);

        assertThat(Profile.of(new Stack(stage, "Shop"))).isEqualTo(Profile.PRODUCTION);
    }

    @Test
    void refusesToComeTooLate() {
        Stack stack = new Stack(TestApp.create(), "Shop");
        new Construct(stack, "Part");

        assertThatThrownBy(() -> Profile.DEVELOPMENT.applyTo(stack))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("[Shop] profile must be set before the first construct of its scope; call applyTo earlier,"
                        + " or for a whole app set the context key ashlar:profile in cdk.json");
    }

    @Test
    void rejectsContextThatNamesNoProfile() {
        Stack stack = new Stack(TestApp.create(Map.of("ashlar:profile", "dev")), "Shop");

        assertThatThrownBy(() -> Profile.of(stack))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("[Shop] context ashlar:profile must be production or development, got dev");
    }

    @Test
    void decidesWhatHappensToDataAndLogs() {
        assertThat(Profile.PRODUCTION.getRemovalPolicy()).isEqualTo(RemovalPolicy.RETAIN);
        assertThat(Profile.PRODUCTION.getLogRetention()).isEqualTo(RetentionDays.ONE_YEAR);
        assertThat(Profile.PRODUCTION.isDataProtected()).isTrue();
        assertThat(Profile.DEVELOPMENT.getRemovalPolicy()).isEqualTo(RemovalPolicy.DESTROY);
        assertThat(Profile.DEVELOPMENT.getLogRetention()).isEqualTo(RetentionDays.ONE_WEEK);
        assertThat(Profile.DEVELOPMENT.isDataProtected()).isFalse();
    }
}

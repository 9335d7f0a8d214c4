package dev.ashlar.constructs.alarm;

import static dev.ashlar.test.CdkAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ashlar.constructs.function.FunctionCode;
import dev.ashlar.constructs.function.WarmFunction;
import dev.ashlar.test.TestApp;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.cloudwatch.IWidget;
import software.amazon.awscdk.services.cloudwatch.TextWidget;
import software.constructs.Construct;

class ServiceDashboardTest {
    private final Stack stack = new Stack(TestApp.create(), "Shop");

    @Test
    void showsARowForAllThatCanBeWatched() {
        function(stack, "Notes");
        function(new Construct(stack, "Deep"), "Quotes");

        new ServiceDashboard(stack, "Dashboard");

        String body = assertThat(stack).json().findValue("DashboardBody").toString();
        assertThat(body)
                .containsSubsequence("## Shop/Deep/Quotes", "Invocations")
                .contains("## Shop/Notes", "Duration (ms)", "Concurrency", "p50", "p99", ":live");
    }

    @Test
    void showsConstructsOfOthersToo() {
        new Mailbox(stack, "Mailbox");

        new ServiceDashboard(stack, "Dashboard");

        assertThat(assertThat(stack).json().findValue("DashboardBody").toString())
                .contains("## Shop/Mailbox", "letters");
    }

    @Test
    void rejectsAScopeWithNothingToWatch() {
        assertThatThrownBy(() -> new ServiceDashboard(stack, "Dashboard"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "[Shop/Dashboard] scope must have constructs that can be watched, got none in Shop; create the"
                                + " dashboard after them");
    }

    private static void function(Construct scope, String id) {
        WarmFunction.Builder.create(scope, id)
                .code(FunctionCode.jar("handlers.jar"))
                .handler("shop.NotesHandler")
                .build();
    }

    private static final class Mailbox extends Construct implements Watched {
        private Mailbox(Construct scope, String id) {
            super(scope, id);
        }

        @Override
        public List<IWidget> getWidgets() {
            return List.of(TextWidget.Builder.create().markdown("letters").build());
        }
    }
}

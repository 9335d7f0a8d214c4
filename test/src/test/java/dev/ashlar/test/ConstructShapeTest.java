package dev.ashlar.test;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awscdk.services.iam.AnyPrincipal;
import software.amazon.awscdk.services.iam.IGrantable;
import software.amazon.awscdk.services.iam.IPrincipal;
import software.constructs.Construct;

class ConstructShapeTest {

    /** Shows all that may be shown. */
    static final class Upright extends Construct implements IGrantable {
        Upright(Construct scope, String id) {
            super(scope, id);
        }

        public String getUrl() {
            return describe();
        }

        public boolean isOpen() {
            return true;
        }

        public void addRoute(String path) {}

        public void grantInvoke(IGrantable grantee) {}

        public void metricErrors() {}

        @Override
        public IPrincipal getGrantPrincipal() {
            return new AnyPrincipal();
        }

        private String describe() {
            return "";
        }
    }

    /** Shows what CDK's engine may take for its own. */
    static class Sloppy extends Construct {
        Sloppy(Construct scope, String id) {
            super(scope, id);
        }

        public static Sloppy getDefault(Construct scope) {
            return new Sloppy(scope, "Default");
        }

        public void address(String street, int number) {}

        public void get() {}

        protected void getProtected() {}

        void getHidden() {}
    }

    @Test
    void allowsWhatUsersNeed() {
        assertEquals(List.of(), ConstructShape.problems(Upright.class));
        assertEquals(List.of(), ConstructShape.problems(Mailbox.class));
    }

    @Test
    void namesEachMethodThatIsNot() {
        assertEquals(
                List.of(
                        "Sloppy is not final",
                        "Sloppy.address(String, int)",
                        "Sloppy.get()",
                        "Sloppy.getDefault(Construct)",
                        "Sloppy.getHidden()",
                        "Sloppy.getProtected()"),
                ConstructShape.problems(Sloppy.class));
    }
}

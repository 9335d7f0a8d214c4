package dev.ashlar.test;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.sqs.IQueue;
import software.constructs.Construct;

class BuilderShapeTest {

    /** Has setters of every kind, and none wrong. */
    public static final class Parcel extends Construct {
        public Parcel(Construct scope, String id, ParcelProps props) {
            super(scope, id);
        }

        public static final class Builder extends ParcelProps.Setters<Builder> {
            private final Construct scope;
            private final String id;

            private Builder(Construct scope, String id) {
                this.scope = scope;
                this.id = id;
            }

            public static Builder create(Construct scope, String id) {
                return new Builder(scope, id);
            }

            public Parcel build() {
                return new Parcel(scope, id, new ParcelProps());
            }

            @Override
            Builder self() {
                return this;
            }
        }
    }

    public static final class ParcelProps {
        private ParcelProps() {}

        public static Builder builder() {
            return new Builder();
        }

        public @Nullable Number getWeight() {
            return null;
        }

        public boolean isFragile() {
            return false;
        }

        public List<String> getStamps() {
            return List.of();
        }

        public @Nullable Duration getTimeout() {
            return null;
        }

        public @Nullable Flaw getFlaw() {
            return null;
        }

        public static final class Builder extends Setters<Builder> {
            private Builder() {}

            public ParcelProps build() {
                return new ParcelProps();
            }

            @Override
            Builder self() {
                return this;
            }
        }

        abstract static class Setters<B> {
            public B weight(Number weight) {
                return self();
            }

            public B fragile(boolean fragile) {
                return self();
            }

            public B stamp(String... stamps) {
                return self();
            }

            public B timeout(Duration timeout) {
                return self();
            }

            public B flaw(Flaw flaw) {
                return self();
            }

            /** Refuses any argument that a test could make up. */
            public B queue(String name, IQueue queue) {
                throw new IllegalArgumentException(queue.getQueueName());
            }

            public B customizeQueue(Runnable customizer) {
                return self();
            }

            abstract B self();
        }
    }

    /** Has what can be wrong. */
    public static final class Letter extends Construct {
        public Letter(Construct scope, String id) {
            super(scope, id);
        }

        public static final class Builder {
            private Builder() {}

            public static Builder create(Construct scope, String id) {
                return new Builder();
            }

            public Builder address(String address) {
                return this;
            }

            public Builder stamps(Map<String, String> stamps) {
                return new Builder();
            }

            public Object urgent(boolean urgent) {
                return this;
            }

            public Object build() {
                return this;
            }
        }
    }

    public static final class LetterProps {
        private LetterProps() {}

        public static Builder builder() {
            return new Builder();
        }

        public String getAddress() {
            return "";
        }

        public static final class Builder {
            private Builder() {}

            public Builder address(List<String> address) {
                return this;
            }

            public Builder stamps(Map<String, String> stamps) {
                return this;
            }

            public LetterProps build() {
                return new LetterProps();
            }
        }
    }

    public static final class Stamp extends Construct {
        public Stamp(Construct scope, String id) {
            super(scope, id);
        }
    }

    private final Stack scope = new Stack(TestApp.createWithOnly(Map.of()), "Post");

    @Test
    void aConstructWithoutPropsNeedsNoBuilder() {
        assertEquals(List.of(), BuilderShape.problems(Stamp.class, scope));
    }

    @Test
    void allowsSettersOfEveryKind() {
        assertEquals(List.of(), BuilderShape.problems(Parcel.class, scope));
        assertEquals(List.of(), BuilderShape.problems(Mailbox.class, scope));
    }

    @Test
    void namesEachThatIsWrong() {
        assertEquals(
                List.of(
                        "new Letter(Construct, String, LetterProps) is missing",
                        "Letter.Builder.build() does not return Letter",
                        "Letter.Builder.address(List) is missing",
                        "LetterProps.Builder.address(String) is missing",
                        "LetterProps.Builder.urgent(boolean) is missing",
                        "Letter.Builder.stamps(Map) does not return the builder itself",
                        "Letter.Builder.urgent(boolean) does not return the builder's type",
                        "LetterProps has no getter for stamps"),
                BuilderShape.problems(Letter.class, scope));
    }
}

package dev.ashlar.test;

import org.jspecify.annotations.Nullable;

/** Settings of a {@link Mailbox}. */
public final class MailboxProps {
    private final boolean archived;
    private final @Nullable String label;
    private final Flaw flaw;

    private MailboxProps(Setters<?> from) {
        this.archived = from.archived;
        this.label = from.label;
        this.flaw = from.flaw;
    }

    public static Builder builder() {
        return new Builder();
    }

    public boolean isArchived() {
        return archived;
    }

    public @Nullable String getLabel() {
        return label;
    }

    Flaw flaw() {
        return flaw;
    }

    /** Builds props. */
    public static final class Builder extends Setters<Builder> implements software.amazon.jsii.Builder<MailboxProps> {
        @Override
        Builder self() {
            return this;
        }

        @Override
        public MailboxProps build() {
            return toProps();
        }
    }

    abstract static class Setters<B> {
        private boolean archived;
        private @Nullable String label;
        private Flaw flaw = Flaw.NONE;

        public B archived(boolean archived) {
            this.archived = archived;
            return self();
        }

        public B label(String label) {
            this.label = label;
            return self();
        }

        B flaw(Flaw flaw) {
            this.flaw = flaw;
            return self();
        }

        abstract B self();

        final MailboxProps toProps() {
            return new MailboxProps(this);
        }
    }
}

package dev.ashlar.test;

import java.time.Year;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.services.sns.Topic;
import software.constructs.Construct;

/** A construct whose options do, refuse, need and forbid something. */
public final class Dial extends Construct {
    private Dial(Builder from) {
        super(from.scope, from.id);
        String path = "[" + getNode().getPath() + "] ";
        if (from.size != null && from.size.doubleValue() > 5) {
            throw new IllegalArgumentException(path + "size must be at most 5, got " + from.size);
        }
        if (from.loud && from.size == null) {
            throw new IllegalArgumentException(path + "loud must be given with size, got it alone; set both");
        }
        if (from.loud && from.label != null) {
            throw new IllegalArgumentException(path + "loud must not be given with label, got both");
        }
        if ("crash".equals(from.label)) {
            throw new IllegalStateException("index out of range");
        }
        Topic.Builder.create(this, "Topic")
                .displayName(from.label + " " + from.size + " " + from.loud + " " + from.since)
                .build();
    }

    /** Builds a dial. */
    public static final class Builder {
        private final Construct scope;
        private final String id;
        private @Nullable Number size;
        private @Nullable String label;
        private boolean loud;
        private @Nullable Year since;

        private Builder(Construct scope, String id) {
            this.scope = scope;
            this.id = id;
        }

        public static Builder create(Construct scope, String id) {
            return new Builder(scope, id);
        }

        public Builder size(@Nullable Number size) {
            this.size = size;
            return this;
        }

        public Builder label(@Nullable String label) {
            this.label = label;
            return this;
        }

        public Builder loud(boolean loud) {
            this.loud = loud;
            return this;
        }

        public Builder since(@Nullable Year since) {
            this.since = since;
            return this;
        }

        public Dial build() {
            return new Dial(this);
        }
    }
}

package dev.ashlar.constructs.function;

import java.util.ArrayList;
import java.util.List;

/** The properties of a {@link WarmFunction}. */
public final class WarmFunctionProps extends FunctionOptions {

    private WarmFunctionProps(Setters<?> from) {
        super(from);
        List<String> missing = new ArrayList<>();
        if (getCode() == null) {
            missing.add("code");
        }
        if (getHandler() == null && (getCode() == null || !getCode().isImage())) {
            missing.add("handler");
        }
        if (!missing.isEmpty()) {
            throw new NullPointerException(String.join(" and ", missing) + " must be given");
        }
    }

    /** {@return a builder with nothing set} */
    public static Builder builder() {
        return new Builder();
    }

    /** Builds {@link WarmFunctionProps}. */
    public static final class Builder extends Setters<Builder>
            implements software.amazon.jsii.Builder<WarmFunctionProps> {
        private Builder() {}

        @Override
        protected Builder self() {
            return this;
        }

        /**
         * Builds the properties.
         *
         * @return the properties
         * @throws NullPointerException naming all that is required and missing
         */
        @Override
        public WarmFunctionProps build() {
            return toProps();
        }
    }

    abstract static class Setters<B> extends FunctionOptions.Setters<B> {
        final WarmFunctionProps toProps() {
            return new WarmFunctionProps(this);
        }
    }
}

package dev.ashlar.patterns.site;

import static java.util.Objects.requireNonNull;

import dev.ashlar.constructs.alarm.Alarms;
import dev.ashlar.constructs.web.ApiOrigin;
import dev.ashlar.constructs.web.CustomDomain;
import dev.ashlar.constructs.web.Site;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.services.cloudfront.Distribution;
import software.amazon.awscdk.services.s3.Bucket;

/** The properties of a {@link StaticSiteWithCdn}. Null always means the default. */
public final class StaticSiteWithCdnProps {
    private final Site site;
    private final Map<String, ApiOrigin> origins;
    private final @Nullable CustomDomain domain;
    private final @Nullable Alarms alarms;
    private final @Nullable Consumer<Bucket.Builder> customizeBucket;
    private final @Nullable Consumer<Distribution.Builder> customizeDistribution;

    private StaticSiteWithCdnProps(Setters<?> from) {
        this.site = requireNonNull(from.site, "site must be given");
        this.origins = Collections.unmodifiableMap(new LinkedHashMap<>(from.origins));
        this.domain = from.domain;
        this.alarms = from.alarms;
        this.customizeBucket = from.customizeBucket;
        this.customizeDistribution = from.customizeDistribution;
    }

    /** {@return a builder with nothing set} */
    public static Builder builder() {
        return new Builder();
    }

    /** {@return the site} */
    public Site getSite() {
        return site;
    }

    /** {@return APIs under the site's host name, by path pattern} */
    public Map<String, ApiOrigin> getOrigins() {
        return origins;
    }

    /** {@return the site's own host names} */
    public @Nullable CustomDomain getDomain() {
        return domain;
    }

    /** {@return which alarms there are, and whom they tell} */
    public @Nullable Alarms getAlarms() {
        return alarms;
    }

    /** {@return the last word on the bucket} */
    public @Nullable Consumer<Bucket.Builder> getCustomizeBucket() {
        return customizeBucket;
    }

    /** {@return the last word on the distribution} */
    public @Nullable Consumer<Distribution.Builder> getCustomizeDistribution() {
        return customizeDistribution;
    }

    /** Builds {@link StaticSiteWithCdnProps}. */
    public static final class Builder extends Setters<Builder>
            implements software.amazon.jsii.Builder<StaticSiteWithCdnProps> {
        private Builder() {}

        @Override
        protected Builder self() {
            return this;
        }

        /**
         * Builds the properties.
         *
         * @return the properties
         * @throws NullPointerException naming what is required and missing
         */
        @Override
        public StaticSiteWithCdnProps build() {
            return toProps();
        }
    }

    abstract static class Setters<B> {
        private @Nullable Site site;
        private final Map<String, ApiOrigin> origins = new LinkedHashMap<>();
        private @Nullable CustomDomain domain;
        private @Nullable Alarms alarms;
        private @Nullable Consumer<Bucket.Builder> customizeBucket;
        private @Nullable Consumer<Distribution.Builder> customizeDistribution;

        /** {@return this builder} */
        protected abstract B self();

        /**
         * Sets the site. Required.
         *
         * @param site its files, and how they are handed out
         * @return this builder
         */
        public B site(@Nullable Site site) {
            this.site = site;
            return self();
        }

        /**
         * Adds an API under the site's host name.
         *
         * @param path which requests it gets: {@code /}, one or more segments, and {@code /*}, such as {@code /api/*};
         *     {@code /api} and {@code /api/} are among them
         * @param origin the API
         * @return this builder
         */
        public B origin(String path, ApiOrigin origin) {
            this.origins.put(requireNonNull(path, "path"), requireNonNull(origin, "origin"));
            return self();
        }

        /**
         * Sets the site's own host names, with a certificate and records.
         *
         * <p>Default: the name that CloudFront gives.
         *
         * @param domain the names; their certificate must be in us-east-1
         * @return this builder
         */
        public B domain(@Nullable CustomDomain domain) {
            this.domain = domain;
            return self();
        }

        /**
         * Sets an alarm on requests that are answered with a status of 500 or more: the threshold {@code errors}. It takes a
         * stack in us-east-1, where CloudFront's metrics are.
         *
         * <p>Default: no alarms.
         *
         * @param alarms whom they tell, and from where on
         * @return this builder
         */
        public B alarms(@Nullable Alarms alarms) {
            this.alarms = alarms;
            return self();
        }

        /**
         * Sets the last word on the bucket.
         *
         * @param customizeBucket changes CDK's builder
         * @return this builder
         */
        public B customizeBucket(@Nullable Consumer<Bucket.Builder> customizeBucket) {
            this.customizeBucket = customizeBucket;
            return self();
        }

        /**
         * Sets the last word on the distribution: another price class, a comment, older browsers.
         *
         * @param customizeDistribution changes CDK's builder
         * @return this builder
         */
        public B customizeDistribution(@Nullable Consumer<Distribution.Builder> customizeDistribution) {
            this.customizeDistribution = customizeDistribution;
            return self();
        }

        final StaticSiteWithCdnProps toProps() {
            return new StaticSiteWithCdnProps(this);
        }
    }
}

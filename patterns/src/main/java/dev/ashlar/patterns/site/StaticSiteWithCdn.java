package dev.ashlar.patterns.site;

import dev.ashlar.constructs.alarm.Alarms;
import dev.ashlar.constructs.alarm.Watched;
import dev.ashlar.constructs.profile.internal.Inherited;
import dev.ashlar.constructs.storage.PrivateBucket;
import dev.ashlar.constructs.web.internal.DistributionWatch;
import dev.ashlar.constructs.web.internal.SiteDelivery;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.CfnOutput;
import software.amazon.awscdk.services.cloudfront.Distribution;
import software.amazon.awscdk.services.cloudwatch.Alarm;
import software.amazon.awscdk.services.cloudwatch.IWidget;
import software.amazon.awscdk.services.cloudwatch.Metric;
import software.amazon.awscdk.services.logs.LogGroup;
import software.constructs.Construct;

/**
 * A static site behind CloudFront, and APIs that already run under the same host name.
 *
 * <p>It creates:
 *
 * <ul>
 *   <li>{@code Bucket}: a private bucket with the files
 *   <li>{@code Access}: the origin access control by which CloudFront alone reads it
 *   <li>{@code SiteRequests}, {@code ApiRequests}: functions that route requests, see {@link
 *       dev.ashlar.constructs.web.SiteMode}
 *   <li>{@code Headers}: security headers on all pages
 *   <li>{@code Distribution}: HTTP/2 and 3, IPv6, compression, TLS, price class 200
 *   <li>with a domain a certificate and records for its names
 *   <li>with access logs the log group {@code SiteLogs} and what delivers them there
 *   <li>for function URLs {@code FunctionAccess}, by which CloudFront alone reaches them, and two permissions each
 *   <li>uploads of the files, by CDK's one handler a stack under one role a stack
 * </ul>
 *
 * <pre>{@code
 * StaticSiteWithCdn.Builder.create(this, "Site")
 *         .site(Site.build("npm ci && npm run build", "web", "dist").mode(SiteMode.SPA))
 *         .origin("/api/*", ApiOrigin.host("api.example.com"))
 *         .build();
 * }</pre>
 *
 * <p>Idle it costs what S3 takes for storing the files.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/Introduction.html">What is Amazon
 *     CloudFront?</a>
 */
public final class StaticSiteWithCdn extends Construct implements Watched {
    private final SiteDelivery.Delivered delivered;
    private final DistributionWatch watch;
    private final List<Alarm> alarms;

    /**
     * Creates the site.
     *
     * @param scope the construct that it belongs to
     * @param id its id there
     * @param props its properties
     * @throws IllegalArgumentException if the site cannot be built or is none, or a property is out of its limits
     */
    public StaticSiteWithCdn(Construct scope, String id, StaticSiteWithCdnProps props) {
        super(scope, id);
        Inherited.share(this, scope);
        Alarms wanted = props.getAlarms();
        if (wanted != null) {
            DistributionWatch.check(this, wanted);
        }
        this.delivered = SiteDelivery.of(this, props.getSite(), props.getOrigins(), props.getDomain())
                .create(props.getCustomizeBucket(), props.getCustomizeDistribution());
        this.watch = new DistributionWatch(delivered.distribution());
        this.alarms = wanted == null ? List.of() : List.of(watch.serverErrors(this, wanted));
        CfnOutput.Builder.create(this, "Url")
                .description("The address of the site")
                .value(getUrl())
                .build();
    }

    /** {@return the bucket with the files} */
    public PrivateBucket getBucket() {
        return delivered.bucket();
    }

    /** {@return the distribution} */
    public Distribution getDistribution() {
        return delivered.distribution();
    }

    /** {@return the address of the site, which ends with a slash} */
    public String getUrl() {
        return delivered.url();
    }

    /** {@return the log group with a line for each request; null without {@code accessLogs()}} */
    public @Nullable LogGroup getAccessLogs() {
        return delivered.accessLogs();
    }

    /** {@return the alarms, none without {@code alarms}} */
    public List<Alarm> getAlarms() {
        return alarms;
    }

    /** {@return graphs of requests and errors} */
    @Override
    public List<IWidget> getWidgets() {
        return watch.widgets();
    }

    /** {@return how many requests came: sum over 5 minutes} */
    public Metric metricRequests() {
        return watch.metric("Requests", "Sum");
    }

    /** {@return how many bytes were sent to browsers: sum over 5 minutes} */
    public Metric metricBytesDownloaded() {
        return watch.metric("BytesDownloaded", "Sum");
    }

    /** {@return which part of the requests was answered with a status from 400 to 499, in percent: average over 5 minutes} */
    public Metric metricClientErrorRate() {
        return watch.metric("4xxErrorRate", "Average");
    }

    /** {@return which part of the requests was answered with a status from 500 to 599, in percent: average over 5 minutes} */
    public Metric metricServerErrorRate() {
        return watch.metric("5xxErrorRate", "Average");
    }

    /** Creates a {@link StaticSiteWithCdn}. */
    public static final class Builder extends StaticSiteWithCdnProps.Setters<Builder>
            implements software.amazon.jsii.Builder<StaticSiteWithCdn> {
        private final Construct scope;
        private final String id;

        private Builder(Construct scope, String id) {
            this.scope = scope;
            this.id = id;
        }

        /**
         * Starts a site.
         *
         * @param scope the construct that it belongs to
         * @param id its id there
         * @return a builder with nothing set
         */
        public static Builder create(Construct scope, String id) {
            return new Builder(scope, id);
        }

        @Override
        protected Builder self() {
            return this;
        }

        /**
         * Creates the site.
         *
         * @return the site
         * @throws NullPointerException naming what is required and missing
         * @throws IllegalArgumentException if the site cannot be built or is none, or a property is out of its limits
         */
        @Override
        public StaticSiteWithCdn build() {
            return new StaticSiteWithCdn(scope, id, toProps());
        }
    }
}

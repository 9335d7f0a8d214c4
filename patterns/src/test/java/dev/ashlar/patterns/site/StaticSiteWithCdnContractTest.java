package dev.ashlar.patterns.site;

import dev.ashlar.constructs.web.ApiOrigin;
import dev.ashlar.constructs.web.Site;
import dev.ashlar.constructs.web.SiteMode;
import dev.ashlar.test.ConstructContract;
import java.util.Map;
import java.util.Set;
import software.constructs.Construct;

class StaticSiteWithCdnContractTest extends ConstructContract {
    @Override
    protected Construct minimal(Construct scope, String id) {
        return StaticSiteWithCdn.Builder.create(scope, id)
                .site(Site.directory("site"))
                .build();
    }

    @Override
    protected Construct maximal(Construct scope, String id) {
        return StaticSiteWithCdn.Builder.create(scope, id)
                .site(Site.build("npm run build", "web", "dist")
                        .mode(SiteMode.SPA)
                        .runtimeConfig(Map.of("stage", "test")))
                .origin("/api/*", ApiOrigin.host("api.example.com").stripPrefix())
                .origin("/legacy/v1/*", ApiOrigin.host("old.example.com").forwardHost())
                .contentSecurityPolicy("default-src 'self'")
                .customizeBucket(bucket -> bucket.versioned(true))
                .customizeDistribution(distribution -> distribution.comment("All that can be set"))
                .build();
    }

    /** CDK's own upload handler is one a stack, and lies there. */
    @Override
    protected Set<String> sharedResources() {
        return Set.of("Ashlar.*", "CustomCDKBucketDeployment.*");
    }
}

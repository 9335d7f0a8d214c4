package dev.ashlar.constructs.web.internal;

import static java.util.Objects.requireNonNull;

import dev.ashlar.constructs.access.LogGroupAccess;
import dev.ashlar.constructs.access.SiteAccess;
import dev.ashlar.constructs.internal.Acknowledged;
import dev.ashlar.constructs.internal.FileTree;
import dev.ashlar.constructs.internal.Known;
import dev.ashlar.constructs.internal.Once;
import dev.ashlar.constructs.internal.ProfileLogs;
import dev.ashlar.constructs.internal.StackShared;
import dev.ashlar.constructs.web.Site;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.Size;
import software.amazon.awscdk.services.cloudfront.IDistribution;
import software.amazon.awscdk.services.iam.IRole;
import software.amazon.awscdk.services.iam.Policy;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.lambda.SingletonFunction;
import software.amazon.awscdk.services.logs.LogGroup;
import software.amazon.awscdk.services.s3.IBucket;
import software.amazon.awscdk.services.s3.assets.Asset;
import software.amazon.awscdk.services.s3.deployment.BucketDeployment;
import software.amazon.awscdk.services.s3.deployment.CacheControl;
import software.amazon.awscdk.services.s3.deployment.ISource;
import software.amazon.awscdk.services.s3.deployment.Source;
import software.constructs.Construct;
import software.constructs.IConstruct;
import software.constructs.IDependable;

/**
 * Uploads a site by CDK's {@code BucketDeployment}, one for each group of files with the same headers. Its handler is one a
 * stack, under the stack's one uploader role.
 */
public final class SiteUpload {
    // The memory names the handler: a number that nobody picks by chance keeps a user's own deployments apart.
    private static final int MEMORY_MIB = 1025;
    private static final int LARGE_MEMORY_MIB = 3009;

    // The handler's disk holds the zip of a group and what is in it.
    private static final long LARGE_BYTES = 200L << 20;
    private static final int LARGE_DISK_MIB = 10_240;

    private static final int MAX_PATHS = 10;

    private static final Once<String, CacheControl> CACHE_CONTROLS = new Once<>(CacheControl::fromString);
    // CDK would add wide statements to a role that it may change.
    private static final Once<Role, IRole> UNCHANGED = new Once<>(Role::withoutPolicyUpdates);

    private static final String RUNTIME = "CDK's own handler, on the runtime that CDK wrote and tested it for.";
    private static final String UNTRACED =
            "Runs at deployments alone, which report how it went; traces would take one more" + " permission on *.";
    private static final String AWAITED = "CloudFormation waits for the answer, and a failure stops the deployment.";

    private final Construct scope;
    private final IBucket bucket;
    private final @Nullable IDistribution distribution;
    private final LogGroup logs;
    private final Role role;

    /**
     * Prepares an upload.
     *
     * @param scope the construct that has the site
     * @param bucket where to
     * @param distribution what serves the bucket from a cache; null if nothing does
     */
    public SiteUpload(Construct scope, IBucket bucket, @Nullable IDistribution distribution) {
        this.scope = scope;
        this.bucket = bucket;
        this.distribution = distribution;
        this.logs = StackShared.of(scope, "SiteUploaderLogs", LogGroup.class, ProfileLogs::create);
        this.role = role(logs);
    }

    /**
     * Uploads files, and values that are known at deployment only, as {@code config.json}.
     *
     * @param files the files
     * @param site how long they are kept, and the values
     */
    public void create(SiteFiles files, Site site) {
        // In this order each time: Map.of has another in each run, and each would be another asset.
        Map<String, String> runtimeConfig = new TreeMap<>(site.getRuntimeConfig());
        List<SiteGroup> groups = SiteGroup.of(files, site.getCacheControls());
        List<Path> directories =
                groups.stream().map(group -> copy(files, group)).toList();
        // Every asset of CDK's lies in the same bucket.
        Asset any = Asset.Builder.create(scope, "Assets")
                .path(directories.get(0).toString())
                .build();
        Policy policy = SiteAccess.policyToUpload(scope, "UploadPolicy", role, any.getBucket(), bucket, distribution);
        List<IDependable> before = new ArrayList<>(List.of(policy));
        if (!runtimeConfig.isEmpty()) {
            before.add(upload(
                    "RuntimeConfig",
                    Source.jsonData(SiteFiles.RUNTIME_CONFIG, runtimeConfig),
                    files,
                    before,
                    builder -> builder.prune(false)
                            .cacheControl(List.of(CACHE_CONTROLS.ask("no-store")))
                            .contentType("application/json")));
        }
        for (int i = 0; i < groups.size(); i++) {
            SiteGroup group = groups.get(i);
            before.add(upload(
                    group.id(),
                    Source.asset(directories.get(i).toString()),
                    files,
                    before,
                    builder -> headersAndPruning(builder, group)));
        }
        acknowledge((BucketDeployment) before.get(before.size() - 1));
        // CDK has copied them by now.
        directories.forEach(FileTree::delete);
    }

    private BucketDeployment upload(
            String id,
            ISource source,
            SiteFiles files,
            List<IDependable> before,
            UnaryOperator<BucketDeployment.Builder> more) {
        boolean isLarge = files.bytes() > LARGE_BYTES;
        int memory = isLarge ? LARGE_MEMORY_MIB : MEMORY_MIB;
        BucketDeployment deployment = more.apply(BucketDeployment.Builder.create(scope, id)
                        .sources(List.of(source))
                        .destinationBucket(bucket)
                        .retainOnDelete(true)
                        .outputObjectKeys(false)
                        .memoryLimit(memory)
                        .ephemeralStorageSize(isLarge ? Size.mebibytes(LARGE_DISK_MIB) : null)
                        .role(UNCHANGED.ask(role))
                        .logGroup(logs))
                .build();
        if (before.size() > 1) {
            // CDK makes one for each deployment, and the handler uses that of its first: one a site is enough.
            Known.nodeOf(deployment).tryRemoveChild("AwsCliLayer");
        }
        Known.nodeOf(deployment).addDependency(before.toArray(IDependable[]::new));
        return deployment;
    }

    private void acknowledge(BucketDeployment deployment) {
        Acknowledged acknowledged = Acknowledged.in(scope);
        if (!acknowledged.isWanted()) {
            return;
        }
        SingletonFunction handler = (SingletonFunction) deployment.getNode().findChild("CustomResourceHandler");
        IConstruct function = requireNonNull(handler.getPermissionsNode().getDefaultChild());
        acknowledged.finding(function, "AwsSolutions-L1", RUNTIME);
        acknowledged.finding(function, "Serverless-LambdaLatestVersion", RUNTIME);
        acknowledged.finding(function, "Serverless-LambdaTracing", UNTRACED);
        acknowledged.finding(function, "Serverless-LambdaDLQ", AWAITED);
        acknowledged.standard(function, "LambdaConcurrency", Acknowledged.NOT_RESERVED);
        acknowledged.standard(function, "LambdaInsideVPC", Acknowledged.WITHOUT_NETWORK);
    }

    private BucketDeployment.Builder headersAndPruning(BucketDeployment.Builder builder, SiteGroup group) {
        SiteGroup.Prune prune = group.prune();
        builder.cacheControl(List.of(CACHE_CONTROLS.ask(group.cacheControl())))
                .contentType(group.contentType())
                .prune(prune != null)
                .exclude(prune == null ? null : prune.exclude())
                .include(prune == null || prune.include().isEmpty() ? null : prune.include());
        // Hashed files never change, and pages are asked for anew: the rest keeps its name, and is cached.
        if (distribution != null && group.isCached()) {
            builder.distribution(distribution)
                    .distributionPaths(pathsOf(group.names()))
                    .waitForDistributionInvalidation(false);
        }
        return builder;
    }

    /** Single files at the root, whole folders, or all if that is too many. */
    private static List<String> pathsOf(List<String> names) {
        TreeSet<String> paths = new TreeSet<>();
        for (String name : names) {
            int slash = name.indexOf('/');
            String path = slash < 0 ? "/" + name : "/" + name.substring(0, slash) + "/*";
            // CloudFront knows files by what browsers send, in which other characters are encoded.
            paths.add(path.matches("[A-Za-z0-9._/*-]+") ? path : "/*");
        }
        return paths.size() > MAX_PATHS || paths.contains("/*") ? List.of("/*") : List.copyOf(paths);
    }

    private Role role(LogGroup logs) {
        return StackShared.of(scope, "SiteUploaderRole", Role.class, (shared, id) -> {
            Role role = Role.Builder.create(shared, id)
                    .assumedBy(Known.service("lambda.amazonaws.com"))
                    .build();
            LogGroupAccess.of(logs).grantWrite(role);
            Acknowledged.in(shared).ownPolicies(role);
            return role;
        });
    }

    /** Copies a group into a directory of its own: what a zip must hold cannot be said in globs. */
    private static Path copy(SiteFiles files, SiteGroup group) {
        try {
            Path target = Files.createTempDirectory("ashlar-site");
            for (String name : group.names()) {
                Path file = target.resolve(name);
                Files.createDirectories(file.getParent());
                Files.copy(files.directory().resolve(name), file);
            }
            return target;
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot copy the site " + files.directory(), e);
        }
    }
}

package dev.ashlar.local.internal.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.ashlar.local.internal.template.Template;
import dev.ashlar.local.internal.template.UnresolvedTokenException;
import dev.ashlar.local.internal.web.Distribution.Behavior;
import dev.ashlar.local.internal.web.Distribution.ErrorPage;
import dev.ashlar.local.internal.web.EdgeFunctions.Code;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads distributions. */
final class DistributionReader {
    private static final Pattern BUCKET = Pattern.compile("(.+)\\.s3(?:[.-][a-z0-9-]+)*\\.amazonaws\\.com");

    private final List<Template> templates;
    private final Policies policies;
    private final LocalOrigins local;
    private final S3Objects objects;
    private final Upstream upstream;
    private final EdgeFunctions functions;
    private final Consumer<String> log;
    private final Consumer<String> report;

    DistributionReader(
            List<Template> templates,
            LocalOrigins local,
            S3Objects objects,
            Upstream upstream,
            EdgeFunctions functions,
            Consumer<String> log,
            Consumer<String> report) {
        this.templates = templates;
        this.policies = new Policies(templates);
        this.local = local;
        this.objects = objects;
        this.upstream = upstream;
        this.functions = functions;
        this.log = log;
        this.report = report;
    }

    /** The APIs and function URLs of this app, by host. */
    interface LocalOrigins {
        /** {@return what answers at a host, if it is of this app} */
        Optional<Origin> find(String host, boolean isSigned);
    }

    /** A distribution and what stands in the list of addresses. */
    record Read(Distribution handler, List<Listing.Entry> entries) {}

    Read read(Declared distribution, String domainName) {
        JsonNode config = distribution.resource().raw("DistributionConfig");
        Map<String, Origin> origins = new LinkedHashMap<>();
        config.path("Origins")
                .forEach(origin -> origins.put(text(distribution, origin.path("Id")), origin(distribution, origin)));
        Map<String, Handler> targets = new HashMap<>(origins);
        distribution
                .template()
                .resolve(config.path("OriginGroups"))
                .path("Items")
                .forEach(group -> targets.put(group.path("Id").asText(), failover(group, origins)));

        List<Behavior> behaviors = new ArrayList<>();
        List<Listing.Entry> entries = new ArrayList<>();
        List<JsonNode> all =
                new ArrayList<>(config.path("CacheBehaviors").valueStream().toList());
        all.add(config.path("DefaultCacheBehavior"));
        for (JsonNode raw : all) {
            JsonNode settings = distribution.template().resolve(raw);
            String target = settings.path("TargetOriginId").asText();
            behaviors.add(behavior(distribution, settings, targets.getOrDefault(target, DistributionReader::unknown)));
            entries.add(new Listing.Entry(
                    settings.path("PathPattern").asText("*"),
                    origins.containsKey(target) ? origins.get(target).name() : target));
        }
        reportRest(distribution, config, all);
        Distribution handler = new Distribution(
                distribution.path(),
                text(distribution, config.path("DefaultRootObject")).replaceFirst("^/", ""),
                behaviors,
                errorPages(distribution.template().resolve(config.path("CustomErrorResponses"))),
                new EdgeEvents(domainName, distribution.ref()),
                functions,
                log);
        return new Read(handler, entries);
    }

    private static Response unknown(Request request) {
        return Response.page(502, "Bad Gateway", "There is no such origin");
    }

    private Origin origin(Declared distribution, JsonNode raw) {
        Map<String, String> headers = new HashMap<>();
        String host;
        JsonNode origin;
        try {
            origin = distribution.template().resolve(raw);
            host = origin.path("DomainName").asText();
        } catch (UnresolvedTokenException e) {
            String why = "the origin is not run here: " + e.getMessage();
            report.accept("[%s] %s; its behaviors answer 502".formatted(distribution.path(), why));
            return new Origin("502, " + why, "", "", headers, request -> Response.page(502, "Bad Gateway", why));
        }
        origin.path("OriginCustomHeaders")
                .forEach(header -> headers.put(
                        header.path("HeaderName").asText(),
                        header.path("HeaderValue").asText()));
        String path = origin.path("OriginPath").asText();
        boolean isSigned = !origin.path("OriginAccessControlId").asText().isEmpty();
        Optional<Origin> ours = local.find(host, isSigned);
        if (ours.isPresent()) {
            return new Origin(
                    ours.get().name(),
                    ours.get().host(),
                    path,
                    headers,
                    ours.get().target());
        }
        Matcher bucket = BUCKET.matcher(host);
        if (bucket.matches()) {
            S3Origin s3 = S3Origin.of(bucket.group(1), objects, templates);
            if (!s3.isReadable()) {
                report.accept("[%s] may not read the bucket %s, and answers 403 as on AWS: no bucket policy allows it"
                        .formatted(distribution.path(), bucket.group(1)));
            }
            return new Origin("bucket " + bucket.group(1) + path, host, path, headers, s3);
        }
        RemoteOrigin remote = new RemoteOrigin(host, origin.path("CustomOriginConfig"), upstream);
        return new Origin(remote.root() + path, host, path, headers, remote);
    }

    /** {@return the first of two origins, or the second where the first fails} */
    private static Handler failover(JsonNode group, Map<String, Origin> origins) {
        List<Origin> members = group.path("Members")
                .path("Items")
                .valueStream()
                .map(member -> origins.get(member.path("OriginId").asText()))
                .toList();
        Set<Integer> statuses = new HashSet<>();
        group.path("FailoverCriteria")
                .path("StatusCodes")
                .path("Items")
                .forEach(status -> statuses.add(status.asInt()));
        return request -> {
            Response first = members.get(0).handle(request);
            boolean isRetried = statuses.contains(first.status())
                    && (request.isRead() || request.method().equals("OPTIONS"));
            return isRetried ? members.get(1).handle(request) : first;
        };
    }

    private Behavior behavior(Declared distribution, JsonNode settings, Handler origin) {
        Set<String> methods = new HashSet<>();
        settings.path("AllowedMethods").forEach(method -> methods.add(method.asText()));
        JsonNode cache = policy(distribution, settings, "CachePolicyId", policies::cache);
        JsonNode request = policy(distribution, settings, "OriginRequestPolicyId", policies::originRequest);
        JsonNode headers = policy(distribution, settings, "ResponseHeadersPolicyId", policies::responseHeaders);
        Forwarding forwarding = settings.has("ForwardedValues")
                ? Forwarding.ofLegacy(settings.path("ForwardedValues"))
                : Forwarding.of(cache).or(Forwarding.of(request));
        boolean isCompressed = settings.path("Compress").asBoolean()
                && (settings.has("ForwardedValues")
                        || cache.path("EnableAcceptEncodingGzip").asBoolean());
        return new Behavior(
                settings.path("PathPattern").asText("*"),
                methods.isEmpty() ? Set.of("GET", "HEAD") : methods,
                origin,
                forwarding,
                isCompressed,
                headers.isMissingNode() ? null : new ResponseHeaders(headers),
                function(settings, "viewer-request"),
                function(settings, "viewer-response"));
    }

    private JsonNode policy(
            Declared distribution, JsonNode settings, String property, Function<String, JsonNode> find) {
        if (!settings.has(property)) {
            return MissingNode.getInstance();
        }
        String id = settings.path(property).asText();
        JsonNode policy = find.apply(id);
        if (policy.isMissingNode()) {
            report.accept(
                    "[%s] %s %s is not known here, and does nothing".formatted(distribution.path(), property, id));
        }
        return policy;
    }

    private @Nullable Code function(JsonNode settings, String eventType) {
        return settings.path("FunctionAssociations")
                .valueStream()
                .filter(association -> association.path("EventType").asText().equals(eventType))
                .map(association -> association.path("FunctionARN").asText())
                .flatMap(arn -> Declared.find(templates, "AWS::CloudFront::Function").stream()
                        .filter(function -> function.ref().equals(arn)))
                .map(function -> new Code(function.path(), function.textOr("FunctionCode", "")))
                .findFirst()
                .orElse(null);
    }

    private static Map<Integer, ErrorPage> errorPages(JsonNode responses) {
        Map<Integer, ErrorPage> pages = new HashMap<>();
        responses.forEach(response -> {
            int code = response.path("ErrorCode").asInt();
            pages.put(
                    code,
                    new ErrorPage(
                            response.path("ResponsePagePath").textValue(),
                            response.path("ResponseCode").asInt(code)));
        });
        return pages;
    }

    private void reportRest(Declared distribution, JsonNode config, List<JsonNode> behaviors) {
        report.accept("[%s] keeps nothing in a cache here, and speaks http: ViewerProtocolPolicy does nothing"
                .formatted(distribution.path()));
        Map<String, Boolean> rest = new LinkedHashMap<>();
        rest.put(
                "Lambda@Edge functions are not run here",
                behaviors.stream()
                        .anyMatch(behavior ->
                                !behavior.path("LambdaFunctionAssociations").isEmpty()));
        rest.put(
                "signed URLs and cookies are not checked here",
                behaviors.stream()
                        .anyMatch(behavior -> !behavior.path("TrustedKeyGroups").isEmpty()
                                || !behavior.path("TrustedSigners").isEmpty()));
        rest.put("the web ACL is not applied here", config.has("WebACLId"));
        rest.put(
                "countries are not known here, none is refused",
                config.path("Restrictions").path("GeoRestriction").has("Locations"));
        rest.forEach((text, isThere) -> {
            if (isThere) {
                report.accept("[%s] %s".formatted(distribution.path(), text));
            }
        });
    }

    private static String text(Declared distribution, JsonNode value) {
        return distribution.template().resolve(value).asText();
    }
}

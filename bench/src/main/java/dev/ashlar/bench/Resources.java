package dev.ashlar.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.cdklabs.cdknag.AwsSolutionsChecks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Aspects;
import software.amazon.awscdk.DefaultStackSynthesizer;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.amazon.awscdk.assertions.Template;
import software.amazon.awscdk.cloudformation.include.CfnInclude;

/** What the templates hold, beside those that people write without Ashlar. */
final class Resources implements Row {
    private static final ObjectMapper JSON = new ObjectMapper();

    // By the type of a resource, for whoever asks what it is there for.
    private static final Map<String, String> GIVES = Map.ofEntries(
            Map.entry("AWS::ApiGatewayV2::Api", "an HTTP API in place of a REST API"),
            Map.entry("AWS::ApiGatewayV2::Integration", "calls the function, once for all its routes"),
            Map.entry(
                    "AWS::ApiGatewayV2::Route", "`/` and all below it, by routes that can have an authorisation each"),
            Map.entry("AWS::ApiGatewayV2::Stage", "access log and throttling"),
            Map.entry("AWS::CloudFront::Function", "pages by the address of their folder, and host redirects"),
            Map.entry("AWS::CloudFront::ResponseHeadersPolicy", "security headers"),
            Map.entry("AWS::DynamoDB::GlobalTable", "the table"),
            Map.entry("AWS::Events::Rule", "object events by EventBridge, without a custom resource"),
            Map.entry("AWS::IAM::Policy", "exact statements for a role, instead of a managed policy"),
            Map.entry("AWS::IAM::Role", "a role of its own for what starts the function"),
            Map.entry("AWS::Lambda::Alias", "what everything invokes, so that versions can be shifted and rolled back"),
            Map.entry("AWS::Lambda::EventInvokeConfig", "few retries, and a queue for what failed"),
            Map.entry(
                    "AWS::Lambda::EventSourceMapping",
                    "a queue before the function, which keeps what it cannot take yet"),
            Map.entry(
                    "AWS::Lambda::Version",
                    "a version that does not change under its callers, and that SnapStart needs"),
            Map.entry("AWS::Logs::LogGroup", "logs that end, in a group that the role is limited to"),
            Map.entry("AWS::S3::BucketPolicy", "TLS only"),
            Map.entry("AWS::Scheduler::Schedule", "time zones, and a retry policy"),
            Map.entry(
                    "AWS::Scheduler::ScheduleGroup",
                    "metrics of this schedule alone, for an alarm on runs that did not happen"),
            Map.entry("AWS::SQS::Queue", "what failed is kept for 14 days, and can be done again"),
            Map.entry("AWS::SQS::QueuePolicy", "TLS only"),
            Map.entry(
                    "Custom::CDKBucketDeployment",
                    "pages and files are uploaded apart, each with its own cache header"));

    private final Workshop workshop;
    private final Inputs inputs;

    Resources(Workshop workshop, Inputs inputs) {
        this.workshop = workshop;
        this.inputs = inputs;
    }

    /** A template and what cdk-nag finds in it. */
    private record Found(TemplateFacts facts, long findings) {}

    @Override
    public String name() {
        return "resources";
    }

    @Override
    public String title() {
        return "what the templates hold";
    }

    @Override
    public int rounds() {
        return 1;
    }

    @Override
    public Section measure(int rounds) throws Exception {
        Path folder = workshop.newFolder("templates");
        Command.of(
                        workshop.javascript(),
                        "node",
                        "templates.mjs",
                        folder.toString(),
                        inputs.jar().toString(),
                        inputs.site().toString())
                .output();
        List<Line> lines = new ArrayList<>();
        List<String> notes = new ArrayList<>();
        for (Pair pair : Pair.ofOneFunctionEach(inputs)) {
            Stack stack = Pair.emptyStack();
            pair.ashlar().accept(stack);
            Path own = folder.resolve("Ashlar" + pair.name() + ".template.json");
            JSON.writeValue(own.toFile(), Template.fromStack(stack).toJSON());
            Found ours = find(own);
            Map<String, Found> others = new LinkedHashMap<>();
            for (String side : List.of("Raw", "Solutions")) {
                Path template = folder.resolve(side + pair.name() + ".template.json");
                if (Files.exists(template)) {
                    others.put(side, find(template));
                }
            }
            addLines(pair.name(), ours, others, lines);
            notes.add(pair.name() + ": " + more(ours.facts(), others));
        }
        notes.add(
                "A site has a second custom resource, since CDK's upload takes one cache header each, and pages are to be asked"
                        + " for anew while files are kept. Both run in the one helper function.");
        return new Section(
                "CDK's own L2 constructs as their documentation begins, and AWS Solutions Constructs, where there is one and it"
                        + " runs; each with its defaults. Wildcards are managed policies, and statements that allow a role actions"
                        + " with `*`, or anything on all resources. Findings are those of cdk-nag's AwsSolutions pack in the"
                        + " template, with nothing acknowledged.",
                lines,
                notes);
    }

    private static void addLines(String name, Found ours, Map<String, Found> others, List<Line> lines) {
        long wanted = name.equals("StaticSiteWithCdn") ? 0 : 1;
        // More of them is no fault where each is named, with what it gives.
        lines.add(
                line(name + ": resources", ours, others, found -> found.facts().resources(), false));
        lines.add(line(
                name + ": helper functions",
                ours,
                others,
                found -> found.facts().helpers(wanted),
                true));
        lines.add(line(
                name + ": custom resources",
                ours,
                others,
                found -> found.facts().customResources(),
                true));
        lines.add(
                line(name + ": wildcards", ours, others, found -> found.facts().wildcards(), true));
        lines.add(line(name + ": findings", ours, others, Found::findings, true));
    }

    private static Line line(
            String what, Found ours, Map<String, Found> others, ToLongFunction<Found> count, boolean hasAim) {
        long own = count.applyAsLong(ours);
        String against = others.entrySet().stream()
                .map(other ->
                        (other.getKey().equals("Raw") ? "CDK " : "Solutions ") + count.applyAsLong(other.getValue()))
                .collect(Collectors.joining(", "));
        boolean isLowest = others.values().stream().allMatch(other -> own <= count.applyAsLong(other));
        return new Line(
                what,
                String.valueOf(own),
                against,
                "",
                0,
                hasAim ? "lowest or equal" : "each more is named",
                hasAim ? isLowest : true);
    }

    /** Names each type of which there are more here than in any other. */
    private static String more(TemplateFacts ours, Map<String, Found> others) {
        TreeSet<String> types = new TreeSet<>();
        others.values()
                .forEach(other -> types.addAll(
                        TemplateFacts.without(ours.types(), other.facts().types())
                                .keySet()));
        return types.stream()
                .map(type -> {
                    String gives = GIVES.get(type);
                    if (gives == null) {
                        throw new IllegalStateException("each resource more must be named, got " + type
                                + " without a reason; add one, or leave the resource out");
                    }
                    return "`" + type + "` (" + gives + ")";
                })
                .collect(Collectors.joining(", "));
    }

    private static Found find(Path template) throws IOException {
        return new Found(TemplateFacts.of(JSON.readTree(template.toFile())), findings(template));
    }

    /** All sides alike: the template is read back into CDK, so that one version of cdk-nag sees them all. */
    private static long findings(Path template) throws IOException {
        // Without the project's feature flags, one of which ends a synthesis that has findings.
        App app = App.Builder.create().analyticsReporting(false).build();
        // The template has the rule about bootstrapping already.
        StackProps props = StackProps.builder()
                .synthesizer(DefaultStackSynthesizer.Builder.create()
                        .generateBootstrapVersionRule(false)
                        .build())
                .build();
        CfnInclude.Builder.create(new Stack(app, "Included", props), "Template")
                .templateFile(template.toString())
                .build();
        Aspects.of(app).add(new AwsSolutionsChecks());
        Path assembly = Path.of(app.synth().getDirectory());
        try (Stream<Path> files = Files.list(assembly)) {
            Path report = files.filter(file -> file.toString().endsWith("-NagReport.csv"))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("cdk-nag must write a report, got none"));
            return Files.readString(report)
                    .lines()
                    .filter(line -> line.contains("\"Non-Compliant\""))
                    .count();
        }
    }
}

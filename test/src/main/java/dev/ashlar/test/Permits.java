package dev.ashlar.test;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ashlar.test.SynthesizedStack.Resource;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Resources that let somebody in by plain properties, as the statements that AWS makes of them. */
final class Permits {
    private static final String PRINCIPAL = "Principal";
    private static final String ACTION = "Action";
    private static final String EQUALS = "StringEquals";
    private static final String SOURCE_ACCOUNT = "aws:SourceAccount";
    private static final String ORGANIZATION = "aws:PrincipalOrgID";

    /** What the canned lists of S3 let anyone do with a bucket. */
    private static final Map<String, List<String>> BUCKET_LISTS = Map.of(
            "PublicRead", List.of("s3:ListBucket"),
            "PublicReadWrite", List.of("s3:ListBucket", "s3:PutObject"),
            "AuthenticatedRead", List.of("s3:ListBucket"));

    private final JsonNode properties;
    private final ObjectNode statement = JsonNodeFactory.instance.objectNode().put("Effect", "Allow");

    private Permits(JsonNode properties) {
        this.properties = properties;
    }

    /** {@return the statements that a resource stands for; none for most} */
    static Stream<JsonNode> of(Resource resource) {
        Permits permits = new Permits(resource.properties());
        return switch (resource.type()) {
            case "AWS::Lambda::Permission" ->
                permits.read(PRINCIPAL, ACTION)
                        .condition("ArnLike", "aws:SourceArn", "SourceArn")
                        .condition(EQUALS, SOURCE_ACCOUNT, "SourceAccount")
                        .condition(EQUALS, ORGANIZATION, "PrincipalOrgID")
                        .condition(EQUALS, "lambda:EventSourceToken", "EventSourceToken")
                        .condition(EQUALS, "lambda:FunctionUrlAuthType", "FunctionUrlAuthType")
                        .condition("Bool", "lambda:InvokedViaFunctionUrl", "InvokedViaFunctionUrl")
                        .statement();
            case "AWS::Lambda::LayerVersionPermission" ->
                permits.read(PRINCIPAL, ACTION)
                        .condition(EQUALS, ORGANIZATION, "OrganizationId")
                        .statement();
            case "AWS::Signer::ProfilePermission" ->
                permits.read(PRINCIPAL, ACTION).statement();
            case "AWS::ACMPCA::Permission" ->
                permits.read(PRINCIPAL, "Actions")
                        .condition(EQUALS, SOURCE_ACCOUNT, "SourceAccount")
                        .statement();
            case "AWS::EC2::VPCEndpointServicePermissions" ->
                permits.read("AllowedPrincipals", "")
                        .actions(List.of("ec2:CreateVpcEndpoint"))
                        .statement();
            case "AWS::RAM::ResourceShare" ->
                permits.read("Principals", "").actions(List.of("RAM share")).statement();
            case "AWS::Events::EventBusPolicy" ->
                permits.read(PRINCIPAL, ACTION).busCondition().statement();
            case "AWS::S3::Bucket" -> permits.bucketList().statement();
            default -> Stream.empty();
        };
    }

    private Permits read(String principal, String action) {
        if (properties.has(principal)) {
            statement.set(PRINCIPAL, properties.path(principal));
        }
        if (properties.has(action)) {
            statement.set(ACTION, properties.path(action));
        }
        return this;
    }

    private Permits actions(List<String> actions) {
        actions.forEach(statement.withArrayProperty(ACTION)::add);
        return this;
    }

    private Permits condition(String operator, String key, String property) {
        if (properties.has(property)) {
            condition().withObjectProperty(operator).set(key, properties.path(property));
        }
        return this;
    }

    private Permits busCondition() {
        JsonNode condition = properties.path("Condition");
        if (!condition.isMissingNode()) {
            condition()
                    .withObjectProperty(condition.path("Type").asText())
                    .set(condition.path("Key").asText(), condition.path("Value"));
        }
        return this;
    }

    private Permits bucketList() {
        List<String> actions =
                BUCKET_LISTS.getOrDefault(properties.path("AccessControl").asText(), List.of());
        if (!actions.isEmpty()) {
            statement.put(PRINCIPAL, "*");
            actions(actions);
        }
        return this;
    }

    private ObjectNode condition() {
        return statement.withObjectProperty("Condition");
    }

    private Stream<JsonNode> statement() {
        return statement.has(PRINCIPAL) && statement.has(ACTION) ? Stream.of(statement) : Stream.empty();
    }
}

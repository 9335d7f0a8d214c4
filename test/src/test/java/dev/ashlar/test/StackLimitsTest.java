package dev.ashlar.test;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.opentest4j.AssertionFailedError;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.iam.CfnManagedPolicy;
import software.amazon.awscdk.services.iam.CfnPolicy;
import software.amazon.awscdk.services.iam.CfnRole;
import software.amazon.awscdk.services.lambda.CfnPermission;
import software.amazon.awscdk.services.sqs.Queue;

class StackLimitsTest {

    @ParameterizedTest
    @CsvSource({"Resources, 500", "Outputs, 200", "Parameters, 200", "Mappings, 200"})
    void countsWhatATemplateDeclares(String section, int limit) {
        assertEquals(List.of(), findings(1, template(section, limit), 0));
        assertEquals(
                List.of(section + ": " + (limit + 1) + " of " + limit), findings(1, template(section, limit + 1), 0));
    }

    @Test
    void measuresTheTemplate() {
        assertEquals(List.of(), findings(1, template("Outputs", 1), 1_000_000));
        assertEquals(List.of("template: 1000001 of 1000000 bytes"), findings(1, template("Outputs", 1), 1_000_001));
    }

    @Test
    void leavesTheShareThatIsAskedFor() {
        assertEquals(List.of(), findings(0.8, template("Resources", 400), 0));
        assertEquals(List.of("Resources: 401 of 500"), findings(0.8, template("Resources", 401), 0));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -0.1, 1.01, Double.NaN})
    void rejectsSharesOutOfRange(double share) {
        IllegalArgumentException error = assertThrows(IllegalArgumentException.class, () -> new StackLimits(share));

        assertEquals("share must be above 0 and at most 1, got " + share, error.getMessage());
    }

    @Test
    void addsUpThePoliciesOfARole() {
        Stack stack = stack();
        Map<String, Object> half = policy(5_120);
        CfnRole.Builder.create(stack, "Role")
                .assumeRolePolicyDocument(Map.of())
                .policies(List.of(Map.of("policyName", "a", "policyDocument", half)))
                .build()
                .overrideLogicalId("Role");
        attached(stack, "Fits", half);
        assertDoesNotThrow(() -> CdkAssertions.assertThat(stack).staysWithinLimits());

        Stack other = stack();
        CfnRole.Builder.create(other, "Role")
                .assumeRolePolicyDocument(Map.of())
                .policies(List.of(Map.of("policyName", "a", "policyDocument", half)))
                .build()
                .overrideLogicalId("Role");
        attached(other, "TooMuch", policy(5_121));
        assertEquals("""
                [Shop] sizes must stay within AWS's limits, got 1:
                  Role: 10241 of 10240 characters in its policies
                Split the stack, or grant less in one place.""", message(other, 1));
    }

    @Test
    void measuresManagedPolicies() {
        Stack stack = stack();
        managed(stack, "Fits", policy(6_144));
        managed(stack, "TooMuch", policy(6_145));

        assertEquals("""
                [Shop] sizes must stay within AWS's limits, got 1:
                  TooMuch: 6145 of 6144 characters
                Split the stack, or grant less in one place.""", message(stack, 1));
    }

    @Test
    void addsUpThePermissionsOfAFunction() {
        Stack stack = stack();
        for (int i = 0; i < 59; i++) {
            permission(stack, i);
        }

        assertEquals("""
                [Shop] sizes must stay within 0.99 of AWS's limits, got 1:
                  shop: 20650 of 20480 bytes in its permissions
                Split the stack, or grant less in one place.""", message(stack, 0.99));
    }

    @Test
    void estimatesWhatIsKnownOnlyWhenItIsDeployed() {
        Stack stack = stack();
        Queue queue = new Queue(stack, "Letters");
        managed(stack, "Policy", Map.of("Statement", queue.getQueueArn() + queue.getQueueName() + stack.getRegion()));

        SynthesizedStack synthesized = SynthesizedStack.of(stack);
        JsonNode policy = synthesized.resources().stream()
                .filter(resource -> resource.type().equals("AWS::IAM::ManagedPolicy"))
                .map(resource -> resource.properties().path("PolicyDocument"))
                .findFirst()
                .orElseThrow();

        assertEquals(
                "{\"Statement\":\"\"}".length() + 100 + 40 + 14,
                PolicySizes.of(synthesized).of(policy));
    }

    private static List<String> findings(double share, ObjectNode template, int size) {
        SynthesizedStack stack = SynthesizedStack.gone("Shop", template);
        return new StackLimits(share)
                .findings(
                        new SynthesizedStack("Shop", stack.template(), stack.constructs(), stack.assembly(), size, ""));
    }

    private static ObjectNode template(String section, int count) {
        ObjectNode template = JsonNodeFactory.instance.objectNode();
        ObjectNode elements = template.putObject(section);
        for (int i = 0; i < count; i++) {
            elements.putObject("E" + i);
        }
        return template;
    }

    private static Stack stack() {
        return new Stack(TestApp.createWithOnly(Map.of()), "Shop");
    }

    /** {@return a document that is so many characters long} */
    private static Map<String, Object> policy(int size) {
        return Map.of("Id", "x".repeat(size - "{\"Id\":\"\"}".length()));
    }

    private static void attached(Stack stack, String id, Map<String, Object> document) {
        CfnPolicy.Builder.create(stack, id)
                .policyName(id)
                .policyDocument(document)
                .roles(List.of("Role"))
                .build()
                .addPropertyOverride("Roles", List.of(Map.of("Ref", "Role")));
    }

    private static void managed(Stack stack, String id, Map<String, Object> document) {
        CfnManagedPolicy.Builder.create(stack, id).policyDocument(document).build();
    }

    private static void permission(Stack stack, int number) {
        CfnPermission.Builder.create(stack, "Permission" + number)
                .action("lambda:InvokeFunction")
                .functionName("shop")
                .principal("events.amazonaws.com")
                .build();
    }

    private static String message(Stack stack, double share) {
        return String.valueOf(assertThrows(
                        AssertionFailedError.class,
                        () -> CdkAssertions.assertThat(stack).staysWithinLimits(share))
                .getMessage());
    }
}

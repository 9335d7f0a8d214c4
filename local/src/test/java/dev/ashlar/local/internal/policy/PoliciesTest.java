package dev.ashlar.local.internal.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.ashlar.local.internal.policy.PolicyDecision.Reason;
import dev.ashlar.local.internal.template.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PoliciesTest {
    private static final Caller CALLER = new Caller("Shop/Web", "arn:aws:iam::000000000000:role/Shop-Role", "Shop-Web");

    /** Policies of the role, of its boundary (a dash for none) and of the resource, each of statements as words. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                " allow | - | | ALLOWED",
                " | - | | NO_IDENTITY_POLICY",
                " allow deny | - | | IDENTITY_POLICY_DENIES",
                " deny | - | allow | IDENTITY_POLICY_DENIES",
                " allow | - | deny | RESOURCE_POLICY_DENIES",
                " allow | - | deny-account | RESOURCE_POLICY_DENIES",
                " allow | - | deny-others | ALLOWED",
                " allow | - | deny-all-but-role | ALLOWED",
                " allow | - | deny-all-but-others | RESOURCE_POLICY_DENIES",
                " | - | allow | ALLOWED",
                " | - | allow-role | ALLOWED",
                " | - | allow-session | ALLOWED",
                " | - | allow-account | NO_IDENTITY_POLICY",
                " | - | allow-others | NO_IDENTITY_POLICY",
                " | - | allow-service | NO_IDENTITY_POLICY",
                " allow | allow | | ALLOWED",
                " allow | | | NO_BOUNDARY",
                " | allow | | NO_IDENTITY_POLICY",
                " allow | allow deny | | BOUNDARY_DENIES",
                " | | allow-role | NO_BOUNDARY",
            })
    void decidesAsIamDoes(String identity, String boundary, String resource, Reason expected) throws Exception {
        Policies policies = new Policies(
                statements(identity),
                "-".equals(boundary) ? Optional.empty() : Optional.of(statements(boundary)),
                statements(resource));

        PolicyDecision decision = policies.decide(AccessRequest.of(
                Optional.of(CALLER), "sqs:SendMessage", "arn:aws:sqs:eu-west-1:000000000000:Q", Map.of()));

        assertThat(decision.reason()).isEqualTo(expected);
        assertThat(decision.isAllowed()).isEqualTo(expected == Reason.ALLOWED);
        assertThat(decision.isForLackOfPermission()).isEqualTo(expected == Reason.NO_IDENTITY_POLICY);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"allow | ALLOWED", "allow-account | NO_RESOURCE_POLICY", "deny allow | RESOURCE_POLICY_DENIES"})
    void nobodyIsAllowedWhatEverybodyIs(String resource, Reason expected) throws Exception {
        Policies policies = new Policies(List.of(), Optional.empty(), statements(resource));

        PolicyDecision decision =
                policies.decide(AccessRequest.of(Optional.empty(), "s3:GetObject", "arn:aws:s3:::shop/a", Map.of()));

        assertThat(decision.reason()).isEqualTo(expected);
    }

    @Test
    void explainsInAwsWords() {
        assertThat(Reason.values())
                .extracting(reason -> new PolicyDecision(reason, new TreeSet<>()).explain("sqs:SendMessage"))
                .containsExactly(
                        "",
                        "because no identity-based policy allows the sqs:SendMessage action",
                        "because no resource-based policy allows the sqs:SendMessage action",
                        "because no permissions boundary allows the sqs:SendMessage action",
                        "with an explicit deny in an identity-based policy",
                        "with an explicit deny in a resource-based policy",
                        "with an explicit deny in a permissions boundary");
    }

    @ParameterizedTest
    @ValueSource(strings = {"AdministratorAccess", "service-role/AWSLambdaSQSQueueExecutionRole"})
    void knowsWhatAwsOwnPoliciesAllow(String name) {
        List<Statement> statements =
                ManagedPolicies.of("arn:aws:iam::aws:policy/" + name).orElseThrow();

        Policies policies = new Policies(statements, Optional.empty(), List.of());

        assertThat(policies.decide(request("sqs:ReceiveMessage")).isAllowed()).isTrue();
        assertThat(policies.decide(request("sqs:SendMessage")).isAllowed())
                .isEqualTo(name.equals("AdministratorAccess"));
        assertThat(ManagedPolicies.of("arn:aws:iam::aws:policy/AmazonEC2FullAccess"))
                .isEmpty();
        assertThat(ManagedPolicies.of("arn:aws:iam::000000000000:policy/AdministratorAccess"))
                .isEmpty();
    }

    @Test
    void callersAreCalledAsAwsCallsThem() {
        Caller caller = new Caller("Shop/Web", "arn:aws:iam::000000000000:role/service-role/Shop-Role", "Shop-Web");

        assertThat(caller.arn()).isEqualTo("arn:aws:sts::000000000000:assumed-role/Shop-Role/Shop-Web");
    }

    private static AccessRequest request(String action) {
        return AccessRequest.of(Optional.of(CALLER), action, "arn:aws:sqs:eu-west-1:000000000000:Q", Map.of());
    }

    private static List<Statement> statements(String words) throws JsonProcessingException {
        List<Statement> statements = new ArrayList<>();
        for (String word : words == null ? new String[0] : words.strip().split(" ", -1)) {
            String effect = word.startsWith("allow") ? "Allow" : "Deny";
            String principal = switch (word.replaceFirst("^(allow|deny)-?", "")) {
                case "account" -> "'Principal':{'AWS':'arn:aws:iam::000000000000:root'}";
                case "role" -> "'Principal':{'AWS':['111111111111','%s']}".formatted(CALLER.roleArn());
                case "session" -> "'Principal':{'AWS':'%s'}".formatted(CALLER.arn());
                case "others" -> "'Principal':{'AWS':'arn:aws:iam::000000000000:role/Other'}";
                case "service" -> "'Principal':{'Service':'events.amazonaws.com'}";
                case "all-but-role" -> "'NotPrincipal':{'AWS':'%s'}".formatted(CALLER.roleArn());
                case "all-but-others" -> "'NotPrincipal':{'AWS':'arn:aws:iam::000000000000:role/Other'}";
                default -> "'Principal':'*'";
            };
            statements.add(Statement.of(Json.parse("{'Effect':'%s','Action':'*','Resource':'*',%s}"
                    .formatted(effect, principal)
                    .replace('\'', '"'))));
        }
        return statements;
    }
}

package dev.ashlar.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TemplateFactsTest {

    private static final String ROLE = """
            {"Type": "AWS::IAM::Role", "Properties": {
              "AssumeRolePolicyDocument": {"Statement": [{"Effect": "Allow", "Action": "sts:*", "Resource": "*"}]},
              "ManagedPolicyArns": ["arn:aws:iam::aws:policy/one", "arn:aws:iam::aws:policy/two"],
              "Policies": [{"PolicyDocument": {"Statement": [{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}]}}]}}
            """;
    private static final String POLICY = """
            {"Type": "AWS::IAM::Policy", "Properties": {"PolicyDocument": {"Statement": [
              {"Effect": "Allow", "Action": ["s3:Get*", "s3:PutObject"], "Resource": {"Fn::GetAtt": ["Bucket", "Arn"]}},
              {"Effect": "Allow", "Action": "s3:PutObject", "Resource": "arn:aws:s3:::shop/*"},
              {"Effect": "Deny", "Action": "*", "Resource": "*"}]}}}
            """;

    @Test
    void countsResourcesByType() throws Exception {
        TemplateFacts facts = facts("\"A\": " + ROLE + ", \"B\": " + POLICY + ", \"C\": " + ROLE);

        assertThat(facts.resources()).isEqualTo(3);
        assertThat(facts.types()).containsExactly(Map.entry("AWS::IAM::Policy", 1L), Map.entry("AWS::IAM::Role", 2L));
    }

    @Test
    void helpersAreTheFunctionsBeyondThoseThatWereAskedFor() throws Exception {
        TemplateFacts facts =
                facts("\"A\": {\"Type\": \"AWS::Lambda::Function\"}, \"B\": {\"Type\": \"AWS::Lambda::Function\"}");

        assertThat(facts.helpers(1)).isEqualTo(1);
        assertThat(facts.helpers(2)).isZero();
    }

    @Test
    void countsCustomResourcesOfBothKinds() throws Exception {
        TemplateFacts facts = facts(
                "\"A\": {\"Type\": \"Custom::Thing\"}, \"B\": {\"Type\": \"AWS::CloudFormation::CustomResource\"}");

        assertThat(facts.customResources()).isEqualTo(2);
    }

    @Test
    void managedPoliciesWideActionsAndAnyResourceAreWildcards() throws Exception {
        // Two managed policies, and a statement on anything; who may assume the role is no permission of the role.
        assertThat(facts("\"A\": " + ROLE).wildcards()).isEqualTo(3);
        // A wide action; neither all below one ARN, nor what is denied.
        assertThat(facts("\"A\": " + POLICY).wildcards()).isEqualTo(1);
    }

    @Test
    void theSameTemplateMayHaveOtherNames() {
        assertThatCode(() -> TemplateFacts.requireSame(
                        "Shop",
                        facts("\"A\": " + ROLE + ", \"P\": " + attached("A", "ShopPolicy1", "a")),
                        facts("\"Z\": " + attached("B", "OtherShopPolicy", "b") + ", \"B\": " + ROLE)))
                .doesNotThrowAnyException();
    }

    @Test
    void namesWhatOnlyOneSideHas() {
        assertThatThrownBy(() -> TemplateFacts.requireSame(
                        "Shop", facts("\"A\": " + ROLE), facts("\"A\": {\"Type\": \"B\"}, \"C\": " + ROLE)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("Shop must be the same template on both sides, got\n  \nand\n  {\"Type\":\"B\"}");
    }

    @Test
    void aWiderPermissionIsAnotherTemplate() {
        String narrow = "\"A\": " + POLICY;
        String wide = narrow.replace("arn:aws:s3:::shop/*", "*");

        assertThatThrownBy(() -> TemplateFacts.requireSame("Shop", facts(narrow), facts(wide)))
                .hasMessageContaining("arn:aws:s3:::shop/*");
    }

    private static String attached(String role, String name, String digit) {
        return """
                {"Type": "AWS::IAM::Policy", "DependsOn": ["%s"], "Properties": {
                  "Name": {"Fn::Join": ["", ["%s", {"Ref": "AWS::Region"}]]}, "Key": "%s.zip", "Roles": [{"Ref": "%s"}]}}
                """.formatted(role, name, digit.repeat(64), role);
    }

    private static TemplateFacts facts(String resources) throws JsonProcessingException {
        return TemplateFacts.of(new ObjectMapper().readTree("{\"Resources\": {" + resources + "}}"));
    }
}

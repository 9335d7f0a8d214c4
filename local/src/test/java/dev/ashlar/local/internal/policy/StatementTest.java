package dev.ashlar.local.internal.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.ashlar.local.internal.template.Json;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatementTest {
    private static final Caller CALLER = new Caller("Shop/Web", "arn:aws:iam::000000000000:role/Shop-Role", "Shop-Web");

    private static final Map<String, List<String>> CONTEXT = Map.ofEntries(
            Map.entry("s3:prefix", List.of("in/a")),
            Map.entry("s3:delimiter", List.of()),
            Map.entry("s3:max-keys", List.of("10")),
            Map.entry("aws:CurrentTime", List.of("2026-03-01T12:00:00Z")),
            Map.entry("aws:EpochTime", List.of("1772366400")),
            Map.entry("aws:SourceIp", List.of("10.1.2.3")),
            Map.entry("aws:SecureTransport", List.of("true")),
            Map.entry("aws:PrincipalTag/team", List.of("red*")),
            Map.entry("dynamodb:Attributes", List.of("pk", "text")),
            Map.entry("dynamodb:LeadingKeys", List.of()),
            Map.entry("test:V6", List.of("2001:db8::1")));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "s3:GetObject | true",
                "S3:getobject | true",
                "s3:Get* | true",
                "s3:Get?bject | true",
                "s3:* | true",
                "* | true",
                "s3:Get | false",
                "s3:GetObjec?? | false",
                "s3:PutObject | false",
                "dynamodb:* | false",
            })
    void matchesActionsWithoutCase(String action, boolean expected) throws Exception {
        assertThat(applies("'Action':'%s','Resource':'*'".formatted(action))).isEqualTo(expected);
        assertThat(applies("'NotAction':'%s','Resource':'*'".formatted(action))).isEqualTo(!expected);
        assertThat(applies("'Action':['sqs:SendMessage','%s'],'Resource':'*'".formatted(action)))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "arn:aws:s3:::shop/in/a b.txt | true",
                "arn:aws:s3:::shop/* | true",
                "arn:aws:s3:::*/a b.txt | true",
                "arn:aws:s3:::shop/in/?*.txt | true",
                "arn:*:s3:::shop/* | true",
                "* | true",
                "arn:aws:s3:::shop | false",
                "arn:aws:s3:::Shop/* | false",
                "arn:aws:s3:::shop/in/?.txt | false",
                "arn:aws:s3*/a b.txt | false",
                "arn:aws:s3:*:000000000000:shop/* | false",
                "arn:aws:s3:::shop/${aws:PrincipalAccount}/* | false",
                "arn:aws:s3:::shop/${aws:username, 'in'}/* | true",
                "arn:aws:s3:::shop/${s3:prefix} b.txt | true",
            })
    void matchesResourcesPartByPart(String resource, boolean expected) throws Exception {
        assertThat(applies("'Action':'*','Resource':'%s'".formatted(resource.replace("'", "\\u0027"))))
                .isEqualTo(expected);
        assertThat(applies("'Action':'*','NotResource':'%s'".formatted(resource.replace("'", "\\u0027"))))
                .isEqualTo(!expected);
    }

    @Test
    void saysNothingWhereTheRequestHasNotWhatAVariableStandsFor() throws Exception {
        assertThat(applies("'Action':'*','Resource':'arn:aws:s3:::shop/${aws:username}*'"))
                .isFalse();
        assertThat(applies("'Action':'*','NotResource':'arn:aws:s3:::shop/${aws:username}*'"))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({"${*}, a*, true", "${*}, ab, false", "${?}, a?, true", "${$}, a$, true", "*, ab, true"})
    void variablesAndTheirValuesMeanThemselves(String wildcard, String text, boolean expected) {
        AccessRequest request = request();

        assertThat(Wildcards.matches("a" + wildcard, text, request)).contains(expected);
        assertThat(Wildcards.matches("x${aws:PrincipalTag/team}", "xred*", request))
                .contains(true);
        assertThat(Wildcards.matches("x${aws:PrincipalTag/team}", "xredder", request))
                .contains(false);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'StringEquals':{'s3:prefix':'in/a'}} | true",
                "{'StringEquals':{'S3:PREFIX':['x','in/a']}} | true",
                "{'StringEquals':{'s3:prefix':'in/*'}} | false",
                "{'StringEquals':{'s3:delimiter':'/'}} | false",
                "{'StringEqualsIfExists':{'s3:delimiter':'/'}} | true",
                "{'StringEqualsIfExists':{'s3:prefix':'x'}} | false",
                "{'StringNotEquals':{'s3:prefix':'x'}} | true",
                "{'StringNotEquals':{'s3:prefix':['x','in/a']}} | false",
                "{'StringNotEquals':{'s3:delimiter':'/'}} | true",
                "{'StringEqualsIgnoreCase':{'s3:prefix':'IN/A'}} | true",
                "{'StringNotEqualsIgnoreCase':{'s3:prefix':'IN/A'}} | false",
                "{'StringLike':{'s3:prefix':'in/*'}} | true",
                "{'StringLike':{'s3:prefix':'out/*'}} | false",
                "{'StringNotLike':{'s3:prefix':'out/*'}} | true",
                "{'StringLike':{'s3:prefix':['out/*','i?/a']}} | true",
                "{'StringEquals':{'s3:prefix':'${s3:prefix}'}} | true",
                "{'StringEquals':{'s3:prefix':'in/a','s3:max-keys':'11'}} | false",
                "{'StringEquals':{'s3:prefix':'in/a'},'NumericEquals':{'s3:max-keys':10}} | true",
                "{'NumericEquals':{'s3:max-keys':'10.0'}} | true",
                "{'NumericNotEquals':{'s3:max-keys':'10'}} | false",
                "{'NumericLessThan':{'s3:max-keys':'10'}} | false",
                "{'NumericLessThanEquals':{'s3:max-keys':'10'}} | true",
                "{'NumericGreaterThan':{'s3:max-keys':'9'}} | true",
                "{'NumericGreaterThanEquals':{'s3:max-keys':'11'}} | false",
                "{'NumericEquals':{'s3:prefix':'1'}} | false",
                "{'DateLessThan':{'aws:CurrentTime':'2026-03-01T12:00:01Z'}} | true",
                "{'DateGreaterThan':{'aws:CurrentTime':'2026-03-01'}} | true",
                "{'DateEquals':{'aws:CurrentTime':'1772366400'}} | true",
                "{'DateLessThanEquals':{'aws:EpochTime':'2026-03-01T11:59:59Z'}} | false",
                "{'DateNotEquals':{'aws:CurrentTime':'2026-03-01T13:00:00+01:00'}} | false",
                "{'Bool':{'aws:SecureTransport':'true'}} | true",
                "{'Bool':{'aws:SecureTransport':false}} | false",
                "{'BoolIfExists':{'aws:MultiFactorAuthPresent':'true'}} | true",
                "{'Bool':{'aws:MultiFactorAuthPresent':'false'}} | false",
                "{'IpAddress':{'aws:SourceIp':'10.0.0.0/8'}} | true",
                "{'IpAddress':{'aws:SourceIp':'10.1.2.0/31'}} | false",
                "{'IpAddress':{'aws:SourceIp':'10.1.2.2/31'}} | true",
                "{'IpAddress':{'aws:SourceIp':'10.1.2.3'}} | true",
                "{'NotIpAddress':{'aws:SourceIp':['192.168.0.0/16','10.0.0.0/8']}} | false",
                "{'IpAddress':{'test:V6':'2001:db8::/32'}} | true",
                "{'IpAddress':{'test:V6':'10.0.0.0/8'}} | false",
                "{'ArnLike':{'aws:PrincipalArn':'arn:aws:iam::*:role/Shop-*'}} | true",
                "{'ArnEquals':{'aws:PrincipalArn':'arn:aws:iam::*:role/Blog-*'}} | false",
                "{'ArnNotLike':{'aws:PrincipalArn':'arn:aws:iam::*:role/Blog-*'}} | true",
                "{'ArnNotEquals':{'aws:PrincipalArn':'arn:aws:iam::000000000000:role/Shop-Role'}} | false",
                "{'Null':{'s3:delimiter':'true'}} | true",
                "{'Null':{'s3:prefix':'true'}} | false",
                "{'Null':{'s3:prefix':'false'}} | true",
                "{'ForAllValues:StringEquals':{'dynamodb:Attributes':['pk','text','more']}} | true",
                "{'ForAllValues:StringEquals':{'dynamodb:Attributes':['pk']}} | false",
                "{'ForAllValues:StringEquals':{'dynamodb:LeadingKeys':['a']}} | true",
                "{'ForAllValues:StringNotEquals':{'dynamodb:Attributes':['secret']}} | true",
                "{'ForAllValues:StringNotEquals':{'dynamodb:Attributes':['text']}} | false",
                "{'ForAnyValue:StringEquals':{'dynamodb:Attributes':['text']}} | true",
                "{'ForAnyValue:StringLike':{'dynamodb:Attributes':['t*']}} | true",
                "{'ForAnyValue:StringEquals':{'dynamodb:LeadingKeys':['a']}} | false",
                "{'ForAnyValue:StringNotEquals':{'dynamodb:Attributes':['pk']}} | true",
                "{'ForAnyValue:StringNotEquals':{'dynamodb:Attributes':['pk','text']}} | false",
                "{} | true",
            })
    void checksConditions(String condition, boolean expected) throws Exception {
        assertThat(applies("'Action':'*','Resource':'*','Condition':" + condition))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'StringEquals':{'s3:New':'a'}} | false",
                "{'StringNotEquals':{'s3:New':'a'}} | true",
                "{'Null':{'s3:New':'true'}} | true",
            })
    void namesKeysThatAreNotKnownAndTakesThemAsAbsent(String condition, boolean expected) throws Exception {
        Set<String> unknown = new TreeSet<>();

        boolean applies = statement("'Action':'*','Resource':'*','Condition':" + condition)
                .appliesTo(request(), unknown);

        assertThat(applies).isEqualTo(expected);
        assertThat(unknown).containsExactly("s3:New");
    }

    @Test
    void asksForNoKeyOfAStatementAboutSomethingElse() throws Exception {
        Set<String> unknown = new TreeSet<>();

        statement("'Action':'s3:PutObject','Resource':'*','Condition':{'Null':{'s3:New':'true'}}")
                .appliesTo(request(), unknown);

        assertThat(unknown).isEmpty();
    }

    @Test
    void rejectsWhatIsNoOperator() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> statement("'Action':'*','Resource':'*','Condition':{'For:Each':{'a':'b'}}"))
                .withMessage("Condition must have operators of IAM, got For:Each");
    }

    private static boolean applies(String elements) throws JsonProcessingException {
        return statement(elements).appliesTo(request(), new TreeSet<>());
    }

    private static Statement statement(String elements) throws JsonProcessingException {
        return Statement.of(Json.parse(("{'Effect':'Allow'," + elements + "}").replace('\'', '"')));
    }

    private static AccessRequest request() {
        return AccessRequest.of(Optional.of(CALLER), "s3:GetObject", "arn:aws:s3:::shop/in/a b.txt", CONTEXT);
    }
}

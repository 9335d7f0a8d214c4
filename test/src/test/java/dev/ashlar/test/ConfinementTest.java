package dev.ashlar.test;

import static dev.ashlar.test.Templates.json;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awscdk.Environment;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.amazon.awscdk.services.sns.Topic;

class ConfinementTest {
    private static final String OWN = "111122223333";
    private static final String OTHER = "999999999999";

    private final Confinement confinement = confinement();

    @Test
    void confinesToTheAccountAndItsResources() {
        for (String condition : List.of(
                "{'StringEquals': {'aws:SourceAccount': '" + OWN + "'}}",
                "{'StringEquals': {'AWS:sourceaccount': '" + OWN + "'}}",
                "{'stringequals': {'aws:SourceAccount': '${AWS::AccountId}'}}",
                "{'StringEquals': {'aws:SourceAccount': '${aws:ResourceAccount}'}}",
                "{'StringEquals': {'aws:SourceAccount': ['" + OWN + "', '${AWS::AccountId}']}}",
                "{'StringEqualsIgnoreCase': {'aws:SourceOwner': '" + OWN + "'}}",
                "{'StringLike': {'aws:PrincipalAccount': '" + OWN + "'}}",
                "{'StringEquals': {'kms:CallerAccount': '" + OWN + "'}}",
                "{'ArnEquals': {'aws:SourceArn': '${News}'}}",
                "{'ArnLike': {'aws:SourceArn': '${News.TopicArn}'}}",
                "{'ArnLike': {'aws:SourceArn': 'Fn::ImportValue(Other:Arn)'}}",
                "{'ArnLike': {'aws:SourceArn': 'arn:${AWS::Partition}:s3:::${News.TopicName}/*'}}",
                "{'ArnLike': {'aws:SourceArn': 'arn:aws:apigateway:eu-west-1::/restapis/${News}/*'}}",
                "{'ArnLike': {'aws:SourceArn': '${News.TopicArn}/*'}}",
                "{'ArnLike': {'aws:SourceArn': 'arn:*:events:*:" + OWN + ":rule/*'}}",
                "{'StringLike': {'aws:SourceArn': 'arn:aws:events:eu-west-1:" + OWN + ":rule/*'}}",
                "{'ArnLike': {'aws:PrincipalArn': 'arn:aws:iam::" + OWN + ":role/*'}}",
                "{'ArnLike': {'lambda:SourceFunctionArn': 'arn:aws:lambda:eu-west-1:" + OWN + ":function:f'}}",
                "{'ForAnyValue:StringEquals': {'aws:SourceAccount': '" + OWN + "'}}",
                "{'StringEqualsIfExists': {'aws:SourceAccount': '" + OWN + "'},"
                        + " 'Null': {'aws:sourceAccount': 'false'}}",
                "{'Bool': {'aws:SecureTransport': 'true'}, 'StringEquals': {'aws:SourceAccount': '" + OWN + "'}}",
                "{'StringEquals': {'aws:SourceAccount': '" + OWN + "', 's3:x-amz-acl': 'private'}}")) {
            assertTrue(confinement.ofCallers(json(condition)), condition);
            assertTrue(confinement.ofServices(json(condition)), condition);
            assertTrue(confinement.ofAnyone(json(condition)), condition);
        }
    }

    @Test
    void isNotTakenInByWhatLooksLikeIt() {
        for (String condition : List.of(
                "{}",
                "{'StringEquals': {'aws:SourceAccount': '" + OTHER + "'}}",
                "{'StringEquals': {'aws:SourceAccount': ['" + OWN + "', '" + OTHER + "']}}",
                "{'StringLike': {'aws:SourceAccount': '*'}}",
                "{'StringLike': {'aws:SourceAccount': '1111*'}}",
                "{'StringNotEquals': {'aws:SourceAccount': '" + OWN + "'}}",
                "{'StringEqualsIfExists': {'aws:SourceAccount': '" + OWN + "'}}",
                "{'StringEqualsIfExists': {'aws:SourceAccount': '" + OWN + "'},"
                        + " 'Null': {'aws:SourceAccount': 'true'}}",
                "{'StringEqualsIfExists': {'aws:SourceAccount': '" + OWN + "'}, 'Null': {'aws:SourceArn': 'false'}}",
                "{'ForAllValues:StringEquals': {'aws:SourceAccount': '" + OWN + "'}}",
                "{'Null': {'aws:SourceAccount': 'false'}}",
                "{'StringEquals': {'aws:RequestedRegion': '" + OWN + "'}}",
                "{'StringEquals': {'aws:ResourceAccount': '" + OWN + "'}}",
                "{'StringEquals': {'aws:PrincipalOrgID': 'o-1234567890'}}",
                "{'IpAddress': {'aws:SourceIp': '10.0.0.0/8'}}",
                "{'Bool': {'aws:PrincipalIsAWSService': 'true'}}",
                "{'ArnLike': {'aws:SourceArn': '*'}}",
                "{'ArnLike': {'aws:SourceArn': 'arn:aws:events:*:*:*'}}",
                "{'ArnLike': {'aws:SourceArn': 'arn:aws:events:eu-west-1:" + OTHER + ":rule/" + OWN + "'}}",
                "{'ArnLike': {'aws:SourceArn': 'arn:aws:sns:eu-west-1:" + OTHER + ":${News.TopicName}'}}",
                "{'ArnLike': {'aws:SourceArn': 'arn:aws:s3:::uploads'}}",
                "{'ArnLike': {'aws:SourceArn': 'arn:aws:s3:::*${News.TopicName}'}}",
                "{'ArnLike': {'aws:SourceArn': 'arn:aws:s3:::x${News.TopicName}'}}",
                "{'ArnLike': {'aws:SourceArn': '${News.TopicArn}*'}}",
                "{'ArnLike': {'aws:SourceArn': 'Fn::ImportValue(Other:Arn)-2'}}",
                "{'ArnLike': {'aws:SourceArn': '${Parameter}'}}",
                "{'ArnLike': {'aws:SourceArn': '${Newspaper}'}}",
                // The wildcards of strings match colons: the role :iam::111122223333:role/x of another account too.
                "{'StringLike': {'aws:PrincipalArn': 'arn:aws:*::" + OWN + ":role/*'}}",
                "{'StringEquals': {'aws:PrincipalArn': 'Fn::If(Some, a, b)'}}",
                "{'StringEquals': 'Fn::GetAtt(Json, Value)'}",
                "'Fn::GetAtt(Json, Value)'")) {
            assertFalse(confinement.ofCallers(json(condition)), condition);
            assertFalse(confinement.ofServices(json(condition)), condition);
            assertFalse(confinement.ofAnyone(json(condition)), condition);
        }
    }

    @Test
    void believesServicesInWhatTheyDoItFor() {
        for (String condition : List.of(
                "{'ArnLike': {'kms:EncryptionContext:aws:logs:arn': 'arn:aws:logs:eu-west-1:" + OWN + ":*'}}",
                "{'StringEquals': {'kms:EncryptionContext:aws:sqs:arn': '${News.TopicArn}'}}",
                "{'StringEquals': {'lambda:EventSourceToken': 'amzn1.ask.skill.1'}}")) {
            assertTrue(confinement.ofServices(json(condition)), condition);
            assertFalse(confinement.ofAnyone(json(condition)), condition);
        }
        for (String condition : List.of(
                "{'ArnLike': {'kms:EncryptionContext:aws:logs:arn': 'arn:aws:logs:eu-west-1:*:*'}}",
                "{'StringEquals': {'kms:EncryptionContext:shop': '" + OWN + "'}}",
                "{'StringLike': {'lambda:EventSourceToken': 'amzn1.ask.skill.*'}}",
                "{'StringEquals': {'aws:SourceVpce': 'vpce-1'}}")) {
            assertFalse(confinement.ofServices(json(condition)), condition);
        }
    }

    @Test
    void letsAnyoneInByOwnNetworksAndAccessPoints() {
        for (String condition : List.of(
                "{'StringEquals': {'aws:SourceVpc': 'vpc-1'}}",
                "{'StringEquals': {'aws:SourceVpce': ['vpce-1', '${Endpoint}']}}",
                "{'StringEquals': {'aws:VpceAccount': '" + OWN + "'}}",
                "{'StringEquals': {'s3:DataAccessPointAccount': '" + OWN + "'}}",
                "{'ArnLike': {'s3:DataAccessPointArn': 'arn:aws:s3:*:" + OWN + ":accesspoint/*'}}",
                "{'Bool': {'elasticfilesystem:AccessedViaMountTarget': 'true'}}")) {
            assertTrue(confinement.ofAnyone(json(condition)), condition);
            assertFalse(confinement.ofCallers(json(condition)), condition);
        }
        for (String condition : List.of(
                "{'StringLike': {'aws:SourceVpce': 'vpce-*'}}",
                "{'StringNotEquals': {'aws:SourceVpce': 'vpce-1'}}",
                "{'StringEquals': {'aws:VpceAccount': '" + OTHER + "'}}",
                "{'StringEquals': {'s3:DataAccessPointAccount': '" + OTHER + "'}}",
                "{'ArnLike': {'s3:DataAccessPointArn': 'arn:aws:s3:*:*:accesspoint/*'}}",
                "{'Bool': {'elasticfilesystem:AccessedViaMountTarget': 'false'}}")) {
            assertFalse(confinement.ofAnyone(json(condition)), condition);
        }
    }

    @Test
    void knowsWhoIsNamedByAClaim() {
        for (String condition : List.of(
                "{'StringEquals': {'token.actions.githubusercontent.com:sub': 'repo:shop/site:ref:refs/heads/main'}}",
                "{'StringLike': {'token.actions.githubusercontent.com:sub': 'repo:shop/*'}}",
                "{'StringLike': {'token.actions.githubusercontent.com:sub': 'repo:shop/site:*'}}",
                "{'StringEquals': {'token.actions.githubusercontent.com:repository_id': '42'}}",
                "{'StringLike': {'oidc.eks.eu-west-1.amazonaws.com/id/A:sub': 'system:serviceaccount:*'}}")) {
            assertTrue(confinement.ofSubjects(json(condition), false), condition);
        }
        for (String condition : List.of(
                "{}",
                "{'StringEquals': {'token.actions.githubusercontent.com:aud': 'sts.amazonaws.com'}}",
                "{'StringLike': {'token.actions.githubusercontent.com:sub': '*'}}",
                "{'StringLike': {'token.actions.githubusercontent.com:sub': 'repo:*'}}",
                "{'StringLike': {'token.actions.githubusercontent.com:sub': 'repo:shop*'}}",
                "{'StringLike': {'token.actions.githubusercontent.com:sub': 'repo:*/site:*'}}",
                "{'StringLike': {'token.actions.githubusercontent.com:sub': ['repo:shop/*', 'repo:*']}}",
                "{'StringLikeIfExists': {'token.actions.githubusercontent.com:sub': 'repo:shop/*'}}",
                "{'StringNotLike': {'token.actions.githubusercontent.com:sub': 'repo:shop/*'}}",
                "{'StringEquals': {'token.actions.githubusercontent.com:sub': ''}}",
                "{'StringEquals': {'aws:PrincipalTag/sub': 'me'}}",
                "{'StringEquals': {'sts:RoleSessionName': 'me'}}",
                "{'StringEquals': {'sub': 'me'}}")) {
            assertFalse(confinement.ofSubjects(json(condition), false), condition);
        }
    }

    @Test
    void knowsAnApplicationOfASharedProviderByItsAudience() {
        String audience = "{'StringEquals': {'cognito-identity.amazonaws.com:aud': '${Pool}'}}";
        String signedIn = "{'ForAnyValue:StringLike': {'cognito-identity.amazonaws.com:amr': 'authenticated'}}";

        assertTrue(confinement.ofSubjects(json(audience), true));
        assertFalse(confinement.ofSubjects(json(audience), false));
        assertFalse(confinement.ofSubjects(json(signedIn), true));
    }

    @Test
    void knowsNoNumberOfAStackForAnyAccount() {
        Stack stack = new Stack(TestApp.createWithOnly(Map.of()), "Anywhere");
        Confinement anywhere = new Confinement(new OwnAccount(SynthesizedStack.of(stack)));

        assertTrue(anywhere.ofCallers(json("{'StringEquals': {'aws:SourceAccount': '${AWS::AccountId}'}}")));
        assertFalse(anywhere.ofCallers(json("{'StringEquals': {'aws:SourceAccount': '" + OWN + "'}}")));
    }

    private static Confinement confinement() {
        Stack stack = new Stack(
                TestApp.createWithOnly(Map.of()),
                "Shop",
                StackProps.builder()
                        .env(Environment.builder()
                                .account(OWN)
                                .region("eu-west-1")
                                .build())
                        .build());
        new Topic(stack, "News");
        return new Confinement(new OwnAccount(SynthesizedStack.of(stack)));
    }
}

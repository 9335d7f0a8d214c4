package dev.ashlar.local.internal.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TemplateTest {
    private static final Account ACCOUNT = new Account("000000000000", "ap-northeast-2");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'Ref':'Table'} | Shop-Table",
                "{'Ref':'Named'} | uploads",
                "{'Ref':'Bucket'} | shop-bucket",
                "{'Ref':'Queue'} | http://queues/Shop-Queue",
                "{'Ref':'Fifo'} | http://queues/Shop-Fifo.fifo",
                "{'Ref':'Topic'} | arn:aws:sns:ap-northeast-2:000000000000:Shop-Topic",
                "{'Ref':'Function'} | Shop-Function",
                "{'Ref':'Version'} | arn:aws:lambda:ap-northeast-2:000000000000:function:Shop-Function:1",
                "{'Ref':'Alias'} | arn:aws:lambda:ap-northeast-2:000000000000:function:Shop-Function:live",
                "{'Ref':'Unheard'} | Shop-Unheard",
                "{'Ref':'AWS::Region'} | ap-northeast-2",
                "{'Ref':'Colour'} | red",
                "{'Ref':'Given'} | yes",
                "{'Fn::GetAtt':['Table','Arn']} | arn:aws:dynamodb:ap-northeast-2:000000000000:table/Shop-Table",
                "{'Fn::GetAtt':'Named.Arn'} | arn:aws:s3:::uploads",
                "{'Fn::GetAtt':['Queue','Arn']} | arn:aws:sqs:ap-northeast-2:000000000000:Shop-Queue",
                "{'Fn::GetAtt':['Role','Arn']} | arn:aws:iam::000000000000:role/Shop-Role",
                "{'Fn::GetAtt':['Logs','Arn']} | arn:aws:logs:ap-northeast-2:000000000000:log-group:Shop-Logs:*",
                "{'Fn::GetAtt':['Api','ApiEndpoint']} | http://apis/Api",
                "{'Fn::Join':['-',['a',{'Ref':'Table'},{'Ref':'AWS::NoValue'}]]} | a-Shop-Table",
                "{'Fn::Sub':'${AWS::Partition}:${Table}:${Named.Arn}:${!Kept}'} | aws:Shop-Table:arn:aws:s3:::uploads:${Kept}",
                "{'Fn::Sub':['${a}$1',{'a':{'Ref':'Colour'}}]} | red$1",
                "{'Fn::If':['IsRed','warm','cold']} | warm",
                "{'Fn::If':['IsBlue','warm',{'Ref':'Colour'}]} | red",
                "{'Fn::Select':[1,{'Fn::Split':[':','a:b:c']}]} | b",
                "{'Fn::FindInMap':['Sizes',{'Ref':'Colour'},'big']} | 7",
                "{'Fn::FindInMap':['Sizes','none','big',{'DefaultValue':'8'}]} | 8",
                "{'Fn::ImportValue':{'Fn::Sub':'${Colour}-export'}} | imported",
                "{'Fn::Base64':'가'} | 6rCA",
                "{'Fn::ToJsonString':{'a':{'Ref':'Colour'}}} | {\"a\":\"red\"}",
                "{'Fn::Select':[0,{'Ref':'Many'}]} | one",
            })
    void fillsInWhatCloudFormationWould(String value, String expected) throws Exception {
        assertThat(template().resolve(json(value)).asText()).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'Fn::GetAtt':['Unheard','Address']} | Fn::GetAtt Unheard.Address cannot be resolved here: only AWS knows this of a AWS::New::Thing",
                "{'Ref':'Nobody'} | Ref Nobody cannot be resolved here: the template has no such resource, or its condition does not hold",
                "{'Ref':'OnlyBlue'} | Ref OnlyBlue cannot be resolved here: the template has no such resource, or its condition does not hold",
                "{'Ref':'Secret'} | Ref Secret cannot be resolved here: it is the value of the parameter /secret in Systems Manager",
                "{'Ref':'Open'} | Ref Open cannot be resolved here: the parameter has no default",
                "{'Fn::ImportValue':'other'} | Fn::ImportValue other cannot be resolved here: no stack of the assembly exports it",
                "{'Fn::Select':[3,['a']]} | Fn::Select 3 cannot be resolved here: there are 1 values",
                "{'Fn::FindInMap':['Sizes','green','big']} | Fn::FindInMap Sizes.green.big cannot be resolved here: the template has no such value",
                "{'Fn::If':['IsGreen',1,2]} | Condition IsGreen cannot be resolved here: the template has none of this name",
            })
    void namesWhatCannotBeResolved(String value, String message) throws Exception {
        Template template = template();
        JsonNode unresolved = json(value);

        assertThatExceptionOfType(UnresolvedTokenException.class)
                .isThrownBy(() -> template.resolve(unresolved))
                .withMessage("[Shop] " + message);
    }

    @Test
    void leavesOutWhatHasNoValue() throws Exception {
        JsonNode resolved =
                template().resolve(json("{'a':{'Ref':'AWS::NoValue'},'b':[{'Ref':'AWS::NoValue'},1],'c':{}}"));

        assertThat(resolved).isEqualTo(json("{'b':[1],'c':{}}"));
    }

    @Test
    void leavesOutResourcesWhoseConditionDoesNotHold() throws Exception {
        assertThat(template().getResources("AWS::SNS::Topic"))
                .extracting(Resource::id)
                .containsExactly("Topic", "OnlyRed");
    }

    @Test
    void knowsWhatAReferenceMeans() throws Exception {
        Template template = template();

        assertThat(template.getTarget(json("{'Ref':'Queue'}")))
                .map(Resource::path)
                .contains("Shop/Orders");
        assertThat(template.getTarget(json("{'Fn::GetAtt':['Queue','Arn']}")))
                .map(Resource::id)
                .contains("Queue");
        assertThat(template.getTarget(json("{'Fn::GetAtt':'Queue.Arn'}")))
                .map(Resource::id)
                .contains("Queue");
        assertThat(template.getTarget(json("'Queue'"))).isEmpty();
    }

    @Test
    void tellsWhatOthersImport() throws Exception {
        assertThat(template().getExport("Shop-colour")).contains("red");
        assertThat(template().getExport("Shop-size")).isEmpty();
    }

    private static Template template() throws JsonProcessingException {
        JsonNode template = json("""
                {'Parameters':{
                  'Colour':{'Type':'String','Default':'red'},'Given':{'Type':'String','Default':'no'},
                  'Many':{'Type':'CommaDelimitedList','Default':'one, two'},'Open':{'Type':'String'},
                  'Secret':{'Type':'AWS::SSM::Parameter::Value<String>','Default':'/secret'}},
                 'Mappings':{'Sizes':{'red':{'big':'7'}}},
                 'Conditions':{
                  'IsRed':{'Fn::Equals':[{'Ref':'Colour'},'red']},
                  'IsBlue':{'Fn::Not':[{'Condition':'IsRed'}]},
                  'IsBoth':{'Fn::And':[{'Condition':'IsRed'},{'Fn::Or':[{'Condition':'IsBlue'},{'Condition':'IsRed'}]}]}},
                 'Resources':{
                  'Table':{'Type':'AWS::DynamoDB::GlobalTable'},
                  'Bucket':{'Type':'AWS::S3::Bucket'},
                  'Named':{'Type':'AWS::S3::Bucket','Properties':{'BucketName':'uploads'}},
                  'Queue':{'Type':'AWS::SQS::Queue','Metadata':{'aws:cdk:path':'Shop/Orders/Resource'}},
                  'Fifo':{'Type':'AWS::SQS::Queue','Properties':{'FifoQueue':true}},
                  'Topic':{'Type':'AWS::SNS::Topic'},
                  'OnlyRed':{'Type':'AWS::SNS::Topic','Condition':'IsBoth'},
                  'OnlyBlue':{'Type':'AWS::SNS::Topic','Condition':'IsBlue'},
                  'Function':{'Type':'AWS::Lambda::Function'},
                  'Version':{'Type':'AWS::Lambda::Version','Properties':{'FunctionName':{'Ref':'Function'}}},
                  'Alias':{'Type':'AWS::Lambda::Alias','Properties':{'FunctionName':{'Ref':'Function'},'Name':'live'}},
                  'Role':{'Type':'AWS::IAM::Role'},
                  'Logs':{'Type':'AWS::Logs::LogGroup'},
                  'Api':{'Type':'AWS::ApiGatewayV2::Api'},
                  'Unheard':{'Type':'AWS::New::Thing'}},
                 'Outputs':{'Colour':{'Value':{'Ref':'Colour'},'Export':{'Name':{'Fn::Sub':'${AWS::StackName}-colour'}}}}}
                """);
        AssemblyStack stack = new AssemblyStack(
                "Shop",
                "Shop",
                "aws://unknown-account/ap-northeast-2",
                Path.of("."),
                template,
                Map.of("Given", "yes"),
                Map.of());
        return new Template(
                stack,
                ACCOUNT,
                self -> new PhysicalNames(self, ACCOUNT, new FakeAddresses()),
                name -> name.equals("red-export") ? Optional.of("imported") : Optional.empty());
    }

    private static JsonNode json(String text) throws JsonProcessingException {
        return Json.parse(text.replace('\'', '"'));
    }

    private record FakeAddresses() implements Addresses {
        @Override
        public String queue(String name) {
            return "http://queues/" + name;
        }

        @Override
        public String api(Resource api) {
            return "http://apis/" + api.id();
        }

        @Override
        public String distribution(Resource distribution) {
            return "localhost:8080";
        }
    }
}

package dev.ashlar.local.internal.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.ashlar.local.internal.template.Json;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DynamoDbActionsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "GetItem | {'TableName':'T'} | GetItem table/T",
                "GetItem | {'TableName':'arn:aws:dynamodb:eu-west-1:000000000000:table/T'} | GetItem table/T",
                "Query | {'TableName':'T','IndexName':'I'} | Query table/T/index/I",
                "BatchGetItem | {'RequestItems':{'A':{},'B':{}}} | BatchGetItem table/A, BatchGetItem table/B",
                "TransactGetItems | {'TransactItems':[{'Get':{'TableName':'A'}}]} | GetItem table/A",
                "TransactWriteItems | {'TransactItems':[{'Update':{'TableName':'A'}},{'ConditionCheck':{'TableName':'B'}}]} | UpdateItem table/A, ConditionCheckItem table/B",
                "ListTables | {} | ListTables *",
                "ListTagsOfResource | {'ResourceArn':'arn:x'} | ListTagsOfResource arn:x",
                "ExecuteStatement | {'Statement':'insert into \\\"T\\\" value {}'} | PartiQLInsert table/T",
                "ExecuteStatement | {'Statement':'UPDATE T SET a = 1'} | PartiQLUpdate table/T",
                "ExecuteStatement | {'Statement':'select'} | PartiQLSelect *",
                "BatchExecuteStatement | {'Statements':[{'Statement':'SELECT * FROM A'},{'Statement':'DELETE FROM B'}]} | PartiQLSelect table/A, PartiQLDelete table/B",
                "ExecuteTransaction | {'TransactStatements':[{'Statement':'SELECT * FROM \\\"A\\\".\\\"I\\\"'}]} | PartiQLSelect table/A/index/I",
            })
    void mapsRequestsToActions(String operation, String request, String expected) throws Exception {
        assertThat(needed(operation, request))
                .extracting(access -> (access.action() + " " + access.resource()).replace("dynamodb:", ""))
                .containsExactly(expected.split(", ", -1));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "GetItem | {'TableName':'T','Key':{'pk':{'S':'a'}}} | a | pk | ALL_ATTRIBUTES",
                "GetItem | {'TableName':'T','Key':{'pk':{'N':'1'}},'ProjectionExpression':'#t, a.b[0].c','ExpressionAttributeNames':{'#t':'text'}} | 1 | a,pk,text | SPECIFIC_ATTRIBUTES",
                "PutItem | {'TableName':'T','Item':{'pk':{'S':'a'},'x':{'S':'1'}},'ConditionExpression':'attribute_not_exists(pk) AND size(y) > :z'} | a | pk,x,y | ",
                "UpdateItem | {'TableName':'T','Key':{'pk':{'S':'a'}},'UpdateExpression':'SET n = if_not_exists(n, :o) REMOVE #m'} | a | #m,n,pk | ",
                "Query | {'TableName':'T','KeyConditionExpression':'pk = :p AND sk BETWEEN :a AND :b','ExpressionAttributeValues':{':p':{'S':'a'}}} | a | pk,sk | ALL_ATTRIBUTES",
                "Query | {'TableName':'T','IndexName':'I','KeyConditionExpression':'#s=:p','ExpressionAttributeNames':{'#s':'sk'},'ExpressionAttributeValues':{':p':{'S':'b'}}} | b | sk | ALL_PROJECTED_ATTRIBUTES",
                "Query | {'TableName':'T','KeyConditions':{'pk':{'AttributeValueList':[{'S':'a'}],'ComparisonOperator':'EQ'}},'Select':'COUNT'} | a | pk | COUNT",
                "Scan | {'TableName':'T','FilterExpression':'contains(tags, :t)'} | | tags | ALL_ATTRIBUTES",
                "BatchWriteItem | {'RequestItems':{'T':[{'PutRequest':{'Item':{'pk':{'S':'b'},'x':{'S':'1'}}}},{'DeleteRequest':{'Key':{'pk':{'S':'a'}}}}]}} | a,b | pk,x | ",
                "BatchGetItem | {'RequestItems':{'T':{'Keys':[{'pk':{'S':'a'}}],'ProjectionExpression':'t'}}} | a | pk,t | SPECIFIC_ATTRIBUTES",
            })
    void tellsKeysAndAttributes(String operation, String request, String leading, String attributes, String select)
            throws Exception {
        Access access = needed(operation, request).get(0);

        assertThat(String.join(",", access.context().getOrDefault("dynamodb:LeadingKeys", List.of())))
                .isEqualTo(leading == null ? "" : leading);
        assertThat(String.join(",", access.context().getOrDefault("dynamodb:Attributes", List.of())))
                .isEqualTo(attributes);
        assertThat(String.join(",", access.context().getOrDefault("dynamodb:Select", List.of())))
                .isEqualTo(select == null ? "" : select);
    }

    private static List<Access> needed(String operation, String request) throws JsonProcessingException {
        TableKeys keys = new TableKeys();
        keys.add("T", Optional.empty(), "pk");
        keys.add("T", Optional.of("I"), "sk");
        return new DynamoDbActions(name -> "table/" + name, keys).of(operation, Json.parse(request.replace('\'', '"')));
    }
}

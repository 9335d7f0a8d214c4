package dev.ashlar.test;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import software.amazon.awscdk.CfnElement;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.sqs.Queue;
import software.constructs.Construct;

class ReadableTextTest {
    private final Stack stack = new Stack(TestApp.create(), "Shop");
    private final Queue queue = new Queue(new Construct(stack, "Letters"), "Queue");

    @Test
    void leavesPlainValuesAlone() throws JsonProcessingException {
        assertEquals("arn:aws:s3:::logs/*", read("'arn:aws:s3:::logs/*'"));
        assertEquals("12", read("12"));
        assertEquals("true", read("true"));
        assertEquals("[\"a\",{\"b\":null,\"c\":1}]", read("['a', {'c': 1, 'b': null}]"));
    }

    @Test
    void refersByConstructPath() throws JsonProcessingException {
        assertEquals("${Letters/Queue}", read("{'Ref': 'QUEUE'}"));
        assertEquals("${Letters/Queue.Arn}", read("{'Fn::GetAtt': ['QUEUE', 'Arn']}"));
        assertEquals("${Stranger.Arn}", read("{'Fn::GetAtt': ['Stranger', 'Arn']}"));
        assertEquals("${AWS::Region}", read("{'Ref': 'AWS::Region'}"));
    }

    @Test
    void joins() throws JsonProcessingException {
        assertEquals(
                "arn:${AWS::Partition}:sqs:::${Letters/Queue.QueueName}",
                read("{'Fn::Join': [':', ['arn', {'Ref': 'AWS::Partition'}, 'sqs', '', '',"
                        + " {'Fn::GetAtt': ['QUEUE', 'QueueName']}]]}"));
        assertEquals(
                "Fn::Join(,, Fn::Split(|, ${Names}))",
                read("{'Fn::Join': [',', {'Fn::Split': ['|', {'Ref': 'Names'}]}]}"));
    }

    @Test
    void substitutes() throws JsonProcessingException {
        assertEquals(
                "${Letters/Queue.Arn}/${AWS::Region}/${!Literal}",
                read("{'Fn::Sub': '${QUEUE.Arn}/${AWS::Region}/${!Literal}'}"));
        assertEquals("$1/${Letters/Queue}", read("{'Fn::Sub': ['${A}/${QUEUE}', {'A': '$1'}]}"));
    }

    @Test
    void namesWhatOnlyCloudFormationKnows() throws JsonProcessingException {
        assertEquals("Fn::ImportValue(Shop:Arn)", read("{'Fn::ImportValue': 'Shop:Arn'}"));
        assertEquals(
                "Fn::Select(1, Fn::Split(/, ${Letters/Queue.Arn}))",
                read("{'Fn::Select': [1, {'Fn::Split': ['/', {'Fn::GetAtt': ['QUEUE', 'Arn']}]}]}"));
    }

    /** Reads JSON that is written with single quotes, and with the word QUEUE for the queue's logical id. */
    private String read(String json) throws JsonProcessingException {
        CfnElement element = (CfnElement) Objects.requireNonNull(queue.getNode().getDefaultChild());
        String id = (String) stack.resolve(stack.getLogicalId(element));
        return new ReadableText(SynthesizedStack.of(stack).constructs())
                .of(Json.parse(json.replace('\'', '"').replace("QUEUE", id)));
    }
}

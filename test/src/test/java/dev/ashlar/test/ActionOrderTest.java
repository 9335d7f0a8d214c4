package dev.ashlar.test;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

class ActionOrderTest {
    @Test
    void sortsActionsAndNothingElse() throws JsonProcessingException {
        JsonNode template = json("{'Statement':[{'Action':['s3:PutObject','s3:GetObject'],'Resource':['b','a']}]}");

        assertThat(ActionOrder.ignoredIn(template))
                .isEqualTo(json("{'Statement':[{'Action':['s3:GetObject','s3:PutObject'],'Resource':['b','a']}]}"));
    }

    @Test
    void leavesASingleActionAndTheGivenTemplateAlone() throws JsonProcessingException {
        JsonNode template = json("{'Statement':[{'Action':'sts:AssumeRole'},{'Action':['b','a']}]}");

        ActionOrder.ignoredIn(template);

        assertThat(template).isEqualTo(json("{'Statement':[{'Action':'sts:AssumeRole'},{'Action':['b','a']}]}"));
    }

    private static JsonNode json(String text) throws JsonProcessingException {
        return new ObjectMapper().readTree(text.replace('\'', '"'));
    }
}

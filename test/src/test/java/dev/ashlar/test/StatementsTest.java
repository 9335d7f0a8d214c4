package dev.ashlar.test;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

class StatementsTest {
    @Test
    void sayTheSameMergedAndApart() throws JsonProcessingException {
        JsonNode merged = json("{'Statement':[{'Action':['s3:PutObject','s3:GetObject'],'Resource':['b','a']}]}");
        JsonNode apart = json("{'Statement':[{'Action':'s3:GetObject','Resource':['a','b']},"
                + "{'Action':'s3:PutObject','Resource':'a'},{'Action':'s3:PutObject','Resource':'b'}]}");

        assertThat(Statements.splitIn(merged)).isEqualTo(Statements.splitIn(apart));
    }

    @Test
    void sayMoreWithAnotherActionResourceOrEffect() throws JsonProcessingException {
        JsonNode allow = json("{'Statement':[{'Effect':'Allow','Action':'a','Resource':'r'}]}");

        for (String other : new String[] {
            "{'Statement':[{'Effect':'Deny','Action':'a','Resource':'r'}]}",
            "{'Statement':[{'Effect':'Allow','Action':['a','b'],'Resource':'r'}]}",
            "{'Statement':[{'Effect':'Allow','Action':'a','Resource':['r','s']}]}"
        }) {
            assertThat(Statements.splitIn(json(other))).isNotEqualTo(Statements.splitIn(allow));
        }
    }

    @Test
    void leaveTheGivenTemplateAlone() throws JsonProcessingException {
        JsonNode template = json("{'Statement':[{'Action':['b','a'],'Resource':'r'}],'Other':['b','a']}");

        assertThat(Statements.splitIn(template).get("Other")).isEqualTo(template.get("Other"));
        assertThat(template).isEqualTo(json("{'Statement':[{'Action':['b','a'],'Resource':'r'}],'Other':['b','a']}"));
    }

    private static JsonNode json(String text) throws JsonProcessingException {
        return new ObjectMapper().readTree(text.replace('\'', '"'));
    }
}

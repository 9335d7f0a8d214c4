package dev.ashlar.test;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

class PathNamesTest {
    private static final String OUTSIDE = """
            {"Name": "ShopMail8A2B3C4D", "Lower": "shop-mail", "List": ["/Shop/Mail"], "Count": 1}""";

    @Test
    void overlooksTheStageInAName() throws JsonProcessingException {
        String inside = """
                {"Name": "ProdShopMail0F0F0F0F", "Lower": "prod-shop-mail", "List": ["/Prod/Shop/Mail"], "Count": 1}""";

        assertEquals(Json.parse(OUTSIDE), reconciled(inside));
    }

    @Test
    void leavesEveryOtherDifference() throws JsonProcessingException {
        String inside = """
                {"Name": "ProdShopPost0F0F0F0F", "Lower": "prod-mail", "List": ["/Shop/Mail", "x"], "Count": 2, "More": {}}""";

        assertEquals(Json.parse(inside), reconciled(inside));
    }

    private static JsonNode reconciled(String inside) throws JsonProcessingException {
        return new PathNames("Prod", "Shop").reconcile(Json.parse(OUTSIDE), Json.parse(inside));
    }
}

package dev.ashlar.examples.quotes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.amazonaws.services.lambda.runtime.Context;
import java.lang.reflect.Proxy;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuotesHandlerTest {

    /** A quote depends on nothing but the order and the catalogue. */
    private static final Context UNTOUCHED = (Context) Proxy.newProxyInstance(
            Context.class.getClassLoader(), new Class<?>[] {Context.class}, (proxy, method, arguments) -> {
                throw new AssertionError(method + " was called");
            });

    private final QuotesHandler handler = new QuotesHandler(catalogue(Map.of(
            "price.a", "1001",
            "price.b", "5",
            "price.dear", "999999999999",
            "discount.10", "2.5",
            "discount.50", "5",
            "tax.DE", "19",
            "tax.CH", "8.1",
            "tax.ZZ", "0")));

    @Test
    void quotesTheDocumentedExampleFromTheShippedCatalogue() {
        var quote = new QuotesHandler().handleRequest(order("KR", item("granite-30x60", 12)), UNTOUCHED);

        assertThat(quote)
                .containsExactly(
                        Map.entry("country", "KR"),
                        Map.entry("currency", "EUR"),
                        Map.entry(
                                "lines",
                                List.of(Map.of(
                                        "sku",
                                        "granite-30x60",
                                        "quantity",
                                        12,
                                        "unitPrice",
                                        2450L,
                                        "discountPercent",
                                        new BigDecimal("2.5"),
                                        "discount",
                                        735L,
                                        "net",
                                        28665L))),
                        Map.entry("net", 28665L),
                        Map.entry("taxPercent", new BigDecimal("10")),
                        Map.entry("tax", 2867L),
                        Map.entry("total", 31532L));
    }

    @Test
    void theShippedCatalogueIsSane() {
        Catalogue shipped = Catalogue.load();

        assertThat(shipped.skus())
                .hasSize(6)
                .allSatisfy(sku -> assertThat(shipped.price(sku)).isPositive());
        assertThat(shipped.countries())
                .hasSize(7)
                .allSatisfy(country ->
                        assertThat(shipped.taxPercent(country)).isBetween(BigDecimal.ZERO, new BigDecimal("27")));
        assertThat(List.of(9, 10, 49, 50, 199, 200))
                .extracting(quantity -> shipped.discountPercent(quantity).toString())
                .containsExactly("0", "2.5", "2.5", "5", "5", "12");
    }

    @Test
    void keepsTheOrderOfTheItems() {
        var quote = quote(order("DE", item("dear", 1), item("a", 1), item("b", 1)));

        assertThat(lines(quote)).extracting(line -> line.get("sku")).containsExactly("dear", "a", "b");
    }

    @ParameterizedTest
    @CsvSource({"1, 0, 0", "9, 0, 0", "10, 2.5, 250", "49, 2.5, 1226", "50, 5, 2503", "10000, 5, 500500"})
    void theLargestReachedTierCounts(int quantity, BigDecimal percent, long discount) {
        var line = lines(quote(order("DE", item("a", quantity)))).get(0);

        assertThat(line)
                .containsEntry("discountPercent", percent)
                .containsEntry("discount", discount)
                .containsEntry("net", 1001L * quantity - discount);
    }

    @Test
    void tiersCountByLineNotByOrder() {
        var quote = quote(order("DE", item("a", 9), item("b", 9)));

        assertThat(lines(quote)).allSatisfy(line -> assertThat(line).containsEntry("discount", 0L));
    }

    @Test
    void halfACentIsRoundedUp() {
        // 10 x 5 cents: 2.5 percent of 50 are 1.25, 19 percent of 49 are 9.31; 50 x 5 cents: 5 percent of 250 are 12.5.
        assertThat(quote(order("DE", item("b", 10)))).containsEntry("net", 49L).containsEntry("tax", 9L);
        assertThat(quote(order("DE", item("b", 50)))).containsEntry("net", 237L).containsEntry("tax", 45L);
    }

    @Test
    void taxIsRoundedOnceOnTheSum() {
        // 8.1 percent of 1001 are 81.081, of 30 are 2.43: 83 if each were rounded, but of 1031 they are 83.511.
        assertThat(quote(order("CH", item("a", 1), item("b", 6))))
                .containsEntry("net", 1031L)
                .containsEntry("tax", 84L)
                .containsEntry("total", 1115L);
        // 19 percent of 5 are 0.95, of 15 are 2.85.
        assertThat(quote(order("DE", item("b", 3)))).containsEntry("tax", 3L);
        assertThat(quote(order("ZZ", item("a", 1)))).containsEntry("tax", 0L).containsEntry("total", 1001L);
    }

    @Test
    void theLargestOrderIsExact() {
        var quote = quote(order("CH", item("dear", 10_000)));

        assertThat(quote)
                .containsEntry("net", 9_499_999_999_990_500L)
                .containsEntry("tax", 769_499_999_999_231L)
                .containsEntry("total", 10_269_499_999_989_731L);
    }

    @Test
    void theSameOrderGetsTheSameQuote() {
        var order = order("DE", item("a", 12), item("b", 3));

        assertThat(quote(order)).isEqualTo(quote(order));
    }

    @Test
    void takesUpToAHundredItems() {
        Map<String, String> prices = new HashMap<>(Map.of("tax.DE", "19"));
        IntStream.range(0, 101).forEach(i -> prices.put("price.s" + i, "100"));
        QuotesHandler wide = new QuotesHandler(catalogue(prices));
        Object[] items = IntStream.range(0, 101).mapToObj(i -> item("s" + i, 1)).toArray();

        var quote = wide.handleRequest(order("DE", Arrays.copyOf(items, 100)), UNTOUCHED);

        assertThat(quote).containsEntry("net", 10_000L);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> wide.handleRequest(order("DE", items), UNTOUCHED))
                .withMessage("items must be a list of 1 to 100 items, got 101 items");
    }

    @Test
    void rejectsOrdersWithoutItems() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> quote(Map.of("country", "DE")))
                .withMessage("items must be a list of 1 to 100 items, got null");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> quote(Map.of("country", "DE", "items", "a")))
                .withMessage("items must be a list of 1 to 100 items, got a");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> quote(order("DE")))
                .withMessage("items must be a list of 1 to 100 items, got 0 items");
    }

    @Test
    void rejectsItemsThatAreNoObjects() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> quote(order("DE", item("a", 1), "b")))
                .withMessage("items[1] must be an object with sku and quantity, got b");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> quote(Map.of("country", "DE", "items", Collections.singletonList(null))))
                .withMessage("items[0] must be an object with sku and quantity, got null");
    }

    @Test
    void rejectsUnknownArticles() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> quote(order("DE", item("a", 1), item("c", 1))))
                .withMessage("items[1].sku must be one of [a, b, dear], got c");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> quote(order("DE", Map.of("quantity", 1))))
                .withMessage("items[0].sku must be one of [a, b, dear], got null");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> quote(order("DE", Map.of("sku", 7, "quantity", 1))))
                .withMessage("items[0].sku must be one of [a, b, dear], got 7");
    }

    @Test
    void rejectsAnArticleThatAppearsTwice() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> quote(order("DE", item("a", 5), item("b", 1), item("a", 5))))
                .withMessage("items[2].sku must not appear twice, got a; add up the quantities");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 10_001, Integer.MAX_VALUE})
    void rejectsQuantitiesBeyondTheLimits(int quantity) {
        assertRejectsQuantity(quantity);
    }

    @Test
    void rejectsQuantitiesThatAreNoWholeNumbers() {
        assertRejectsQuantity(null);
        assertRejectsQuantity("3");
        assertRejectsQuantity(1.5);
        assertRejectsQuantity(4_294_967_297L);
    }

    @ParameterizedTest
    @ValueSource(strings = {"XX", "de", ""})
    void rejectsUnknownCountries(String country) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> quote(order(country, item("a", 1))))
                .withMessage("country must be one of [CH, DE, ZZ], got %s", country);
    }

    @Test
    void rejectsAMissingCountry() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> quote(Map.of("items", List.of(item("a", 1)))))
                .withMessage("country must be one of [CH, DE, ZZ], got null");
    }

    private void assertRejectsQuantity(@Nullable Object quantity) {
        Map<String, Object> item = new HashMap<>();
        item.put("sku", "a");
        item.put("quantity", quantity);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> quote(order("DE", item)))
                .withMessage("items[0].quantity must be a whole number from 1 to 10000, got %s", quantity);
    }

    private Map<String, Object> quote(Map<String, Object> order) {
        return handler.handleRequest(order, UNTOUCHED);
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> lines(Map<String, Object> quote) {
        return (List<Map<String, Object>>) Objects.requireNonNull(quote.get("lines"));
    }

    private static Map<String, Object> order(String country, Object... items) {
        return Map.of("country", country, "items", List.of(items));
    }

    private static Map<String, Object> item(String sku, int quantity) {
        return Map.of("sku", sku, "quantity", quantity);
    }

    private static Catalogue catalogue(Map<String, String> entries) {
        Properties properties = new Properties();
        properties.putAll(entries);
        return new Catalogue(properties);
    }
}

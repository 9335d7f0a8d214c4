package dev.ashlar.examples.orders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Currency;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OrderReaderTest {

    private static final String LINE = "{'sku': 'granite-30x60', 'quantity': 12, 'unitPrice': 2450}";

    @Test
    void readsWhatWasOrdered() {
        Order order = read("{'id': 'A-1001', 'customer': '\uc138\uc885 \uD83D\uDE00', 'currency': 'KRW', 'lines': ["
                + LINE + ", {'sku': 'sample', 'quantity': 1, 'unitPrice': 0}]}");

        assertThat(order)
                .isEqualTo(new Order(
                        "A-1001",
                        "\uc138\uc885 \uD83D\uDE00",
                        Currency.getInstance("KRW"),
                        List.of(new Order.Line("granite-30x60", 12, 2450), new Order.Line("sample", 1, 0))));
        assertThat(order.total()).isEqualTo(29_400);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "nonsense",
                "{",
                "{'id': 'A', 'id': 'B'}",
                "{} {}",
                "{'id': 'A',}",
                "{'quantity': NaN}",
            })
    void refusesWhatIsNoJson(String json) {
        assertRefused(
                json, json.isEmpty() ? "order must be an object, got none" : "order must be JSON, got what is none");
    }

    @Test
    void refusesWhatNestsWithoutEnd() {
        assertRefused("[".repeat(100_000), "order must be JSON, got what is none");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[] | order must be an object, got a list of 0",
                "7 | order must be an object, got number",
                "null | order must be an object, got null",
                "'A-1001' | order must be an object, got text",
                "{} | order.id must be text, got none",
                "{'paid': true} | order must have no fields but id, customer, currency, lines, got another",
            })
    void refusesJsonOfAnotherShape(String json, String message) {
        assertRefused(json, message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "id | 7 | order.id must be text, got number",
                "id | '' | order.id must be 1 to 40 letters, digits and hyphens, got others",
                "id | 'A#1' | order.id must be 1 to 40 letters, digits and hyphens, got others",
                "customer | null | order.customer must be text, got null",
                "customer | ' ' | order.customer must be 1 to 200 characters that are not all blank, got 1",
                "customer | '\\ud83d' | order.customer must be valid Unicode, got half of a pair",
                "currency | 'Euro' | order.currency must be a code of ISO 4217, such as EUR, got another",
                "currency | 'eur' | order.currency must be a code of ISO 4217, such as EUR, got another",
                "currency | true | order.currency must be text, got boolean",
                "lines | {} | order.lines must be a list of at least one line, got object",
                "lines | [] | order.lines must be a list of at least one line, got a list of 0",
                "lines | [7] | order.lines[0] must be an object, got number",
                "lines | [{'sku': 'a', 'gift': 1}] | order.lines[0] must have no fields but sku, quantity, unitPrice, got another",
                "lines | [{}] | order.lines[0].sku must be text, got none",
            })
    void refusesWrongFields(String field, String value, String message) {
        String order = "{'id': 'A-1001', 'customer': 'Ada', 'currency': 'EUR', 'lines': [" + LINE + "]}";

        assertRefused(
                order.replaceFirst(
                        "'" + field + "': ('[^']*'|\\[.*])", "'" + field + "': " + value.replace("\\", "\\\\")),
                message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "2147483648", "99999999999999999999", "1.0", "1e2", "0.5"})
    void refusesOtherQuantitiesThanPieces(String quantity) {
        assertRefused(
                order("{'sku': 'a', 'quantity': 1, 'unitPrice': 1}, {'sku': 'b', 'quantity': " + quantity
                        + ", 'unitPrice': 1}"),
                "order.lines[1].quantity must be a whole number of 1 to 2147483647, got "
                        + (quantity.equals("1e2") ? "100.0" : quantity));
    }

    @Test
    void refusesNumbersAsText() {
        assertRefused(
                order("{'sku': 'a', 'quantity': '1', 'unitPrice': 1}"),
                "order.lines[0].quantity must be a whole number of 1 to 2147483647, got text");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "9223372036854775808", "24.50"})
    void refusesOtherPricesThanCents(String price) {
        assertRefused(
                order("{'sku': 'a', 'quantity': 1, 'unitPrice': " + price + "}"),
                "order.lines[0].unitPrice must be a whole number of 0 to 9223372036854775807, got "
                        + (price.equals("24.50") ? "24.5" : price));
    }

    @Test
    void addsUpExactlyOrNotAtAll() {
        String most = "{'sku': 'a', 'quantity': 1, 'unitPrice': 9223372036854775806}";
        String one = "{'sku': 'b', 'quantity': 1, 'unitPrice': 1}";
        String tooMuch = "order must have a total of at most 9223372036854775807, got more";

        assertThat(read(order(most + "," + one)).total()).isEqualTo(Long.MAX_VALUE);
        assertRefused(order(most + "," + one + "," + one), tooMuch);
        assertRefused(order("{'sku': 'a', 'quantity': 2147483647, 'unitPrice': 9223372036854775807}"), tooMuch);
    }

    @Test
    void limitsNamesAndCustomers() {
        String one = "\uD83D\uDE00";
        String line = "'currency': 'EUR', 'lines': [" + LINE + "]}";

        assertThat(read("{'id': '" + "A".repeat(40) + "', 'customer': '" + one.repeat(200) + "', " + line))
                .isNotNull();
        assertRefused(
                "{'id': '" + "A".repeat(41) + "', 'customer': 'Ada', " + line,
                "order.id must be 1 to 40 letters, digits and hyphens, got others");
        assertRefused(
                "{'id': 'A', 'customer': '" + one.repeat(201) + "', " + line,
                "order.customer must be 1 to 200 characters that are not all blank, got 201");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Zaphod",
                "{'id': Zaphod}",
                "{'Zaphod': 1}",
                "{'id': 'Zaphod#'}",
                "{'id': 'A', 'customer': {'Zaphod': 1}}"
            })
    void doesNotTellWhatTheCustomerWrote(String json) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> read(json))
                .withMessageNotContaining("Zaphod")
                .withNoCause();
    }

    private static String order(String lines) {
        return "{'id': 'A-1001', 'customer': 'Ada', 'currency': 'EUR', 'lines': [" + lines + "]}";
    }

    private static void assertRefused(String json, String message) {
        assertThatIllegalArgumentException().isThrownBy(() -> read(json)).withMessage(message);
    }

    /** Reads JSON that is written with single quotes. */
    private static Order read(String json) {
        return OrderReader.read(json.replace('\'', '"'));
    }
}

package dev.ashlar.examples.quotes;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an order of stone would cost: a Lambda function that is invoked directly.
 *
 * <pre>{@code
 * {"country": "KR", "items": [{"sku": "granite-30x60", "quantity": 12}]}
 *
 * {"country": "KR", "currency": "EUR",
 *  "lines": [{"sku": "granite-30x60", "quantity": 12, "unitPrice": 2450, "discountPercent": 2.5, "discount": 735, "net": 28665}],
 *  "net": 28665, "taxPercent": 10, "tax": 2867, "total": 31532}
 * }</pre>
 *
 * <p>Amounts are euro cents. The same order always gets the same quote. An order that cannot be priced fails the invocation with an
 * {@link IllegalArgumentException} that says what to change.
 *
 * <p>Needs no permission beyond writing its own log.
 */
public final class QuotesHandler implements RequestHandler<Map<String, Object>, Map<String, Object>> {

    static final int MAX_ITEMS = 100;
    static final int MAX_QUANTITY = 10_000;

    private final Catalogue catalogue;

    /** Creates the handler as Lambda does, and reads the catalogue, so that a SnapStart snapshot has it. */
    public QuotesHandler() {
        this(Catalogue.load());
    }

    QuotesHandler(Catalogue catalogue) {
        this.catalogue = catalogue;
    }

    // Maps in and out: Lambda's own serialisation knows them and beans, but not records.
    @Override
    public Map<String, Object> handleRequest(Map<String, Object> order, Context context) {
        return toMap(Quote.of(items(order), country(order), catalogue));
    }

    private String country(Map<String, Object> order) {
        Object country = order.get("country");
        if (country instanceof String code && catalogue.countries().contains(code)) {
            return code;
        }
        throw new IllegalArgumentException("country must be one of " + catalogue.countries() + ", got " + country);
    }

    /** Reads the items as quantity by article, in the order of the order. */
    private Map<String, Integer> items(Map<String, Object> order) {
        if (!(order.get("items") instanceof List<?> items) || items.isEmpty() || items.size() > MAX_ITEMS) {
            throw new IllegalArgumentException(
                    "items must be a list of 1 to " + MAX_ITEMS + " items, got " + describe(order.get("items")));
        }
        Map<String, Integer> quantities = new LinkedHashMap<>();
        for (int i = 0; i < items.size(); i++) {
            String path = "items[" + i + "]";
            if (!(items.get(i) instanceof Map<?, ?> item)) {
                throw new IllegalArgumentException(
                        path + " must be an object with sku and quantity, got " + items.get(i));
            }
            String sku = sku(item.get("sku"), path);
            if (quantities.put(sku, quantity(item.get("quantity"), path)) != null) {
                throw new IllegalArgumentException(
                        path + ".sku must not appear twice, got " + sku + "; add up the quantities");
            }
        }
        return quantities;
    }

    private String sku(@Nullable Object sku, String path) {
        if (sku instanceof String known && catalogue.skus().contains(known)) {
            return known;
        }
        throw new IllegalArgumentException(path + ".sku must be one of " + catalogue.skus() + ", got " + sku);
    }

    private static int quantity(@Nullable Object quantity, String path) {
        // JSON's whole numbers arrive as Integer, or as Long where they are too large for that.
        if (quantity instanceof Integer pieces && pieces >= 1 && pieces <= MAX_QUANTITY) {
            return pieces;
        }
        throw new IllegalArgumentException(
                path + ".quantity must be a whole number from 1 to " + MAX_QUANTITY + ", got " + quantity);
    }

    private static String describe(@Nullable Object items) {
        return items instanceof List<?> list ? list.size() + " items" : String.valueOf(items);
    }

    private static Map<String, Object> toMap(Quote quote) {
        List<Map<String, Object>> lines = new ArrayList<>();
        for (Quote.Line line : quote.lines()) {
            Map<String, Object> map = new LinkedHashMap<>();
            map.put("sku", line.sku());
            map.put("quantity", line.quantity());
            map.put("unitPrice", line.unitPrice());
            map.put("discountPercent", line.discountPercent());
            map.put("discount", line.discount());
            map.put("net", line.net());
            lines.add(map);
        }
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("country", quote.country());
        map.put("currency", Catalogue.CURRENCY);
        map.put("lines", lines);
        map.put("net", quote.net());
        map.put("taxPercent", quote.taxPercent());
        map.put("tax", quote.tax());
        map.put("total", quote.total());
        return map;
    }
}

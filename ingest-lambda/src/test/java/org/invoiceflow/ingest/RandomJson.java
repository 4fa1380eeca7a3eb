package org.invoiceflow.ingest;

import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.invoiceflow.http.JsonText;

/** Makes JSON of all shapes, much of it near to a line that is accepted. */
final class RandomJson {

  private static final List<String> FIELDS =
      List.of(
          "InvoiceNo",
          "LineNo",
          "StockCode",
          "Quantity",
          "InvoiceDate",
          "UnitPrice",
          "Description",
          "CustomerID",
          "Country",
          "SourceFile");

  private static final List<String> ODD_VALUES =
      List.of(
          "true",
          "null",
          "-0",
          "1e400",
          "1e-999999999",
          "0.00001",
          "99999999999999999999",
          "\"\\ud800\"",
          "\"\\u0000\"",
          "\" \"",
          "\"2011-02-30T00:00\"",
          "[]",
          "{}");

  private final Random random;

  RandomJson(Random random) {
    this.random = random;
  }

  /** Any value, nested up to that depth. */
  String value(int depth) {
    return switch (random.nextInt(depth > 0 ? 5 : 3)) {
      case 0 -> pick(ODD_VALUES);
      case 1 -> quoted(text());
      case 2 -> Double.toString(random.nextGaussian() * 1e6);
      case 3 -> joined("[", () -> value(depth - 1), "]");
      default ->
          joined(
              "{",
              () -> quoted(random.nextBoolean() ? pick(FIELDS) : text()) + ":" + value(depth - 1),
              "}");
    };
  }

  /** An array of objects with most of a line's fields, and with values that mostly fit. */
  String rows() {
    return joined("[", this::row, "]");
  }

  private String row() {
    return FIELDS.stream()
        .filter(field -> random.nextInt(30) > 0)
        .map(field -> quoted(field) + ":" + (random.nextInt(30) > 0 ? fitting(field) : value(2)))
        .collect(Collectors.joining(",", "{", "}"));
  }

  private String fitting(String field) {
    return switch (field) {
      case "LineNo", "Quantity" -> Integer.toString(1 + random.nextInt(1000));
      case "UnitPrice" -> random.nextInt(1_000_000) + "e-" + random.nextInt(5);
      case "InvoiceDate" -> "\"2010-12-01T08:26\"";
      case "InvoiceNo" -> quoted("C" + random.nextInt(3));
      default -> quoted(text());
    };
  }

  private String joined(String open, Supplier<String> element, String close) {
    return Stream.generate(element)
        .limit(random.nextInt(5))
        .collect(Collectors.joining(",", open, close));
  }

  private String text() {
    int length = 1 + random.nextInt(8);
    return random
        .ints(length, 0, 40)
        .map(i -> i < 30 ? 'A' + i : i < 36 ? 0xE9 + i : random.nextInt(0x10000))
        .collect(StringBuilder::new, (all, c) -> all.append((char) c), StringBuilder::append)
        .toString();
  }

  private String pick(List<String> values) {
    return values.get(random.nextInt(values.size()));
  }

  private static String quoted(String text) {
    return JsonText.of(json -> json.writeString(text));
  }
}

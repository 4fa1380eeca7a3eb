package org.invoiceflow.model;

import static net.jqwik.api.Arbitraries.bigDecimals;
import static net.jqwik.api.Arbitraries.frequencyOf;
import static net.jqwik.api.Arbitraries.integers;
import static net.jqwik.api.Arbitraries.longs;

import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/**
 * Generators of lines that keep all rules, the extreme ones included: what they make has to pass
 * through every reader, sink and store unchanged. Extremes are mixed in here; jqwik's own edge
 * cases are off, because it would spend most of its time on combining them.
 */
public final class Arbitraries {

  private static final LocalDateTime EARLIEST = LocalDateTime.of(LineRules.MIN_YEAR, 1, 1, 0, 0);
  private static final LocalDateTime LATEST =
      LocalDateTime.of(LineRules.MAX_YEAR, 12, 31, 23, 59, 59);
  private static final BigDecimal LARGEST_PRICE = new BigDecimal("999999999.9999");

  private Arbitraries() {}

  /** Any line that keeps the rules. */
  public static Arbitrary<InvoiceLine> lines() {
    return identifiers()
        .flatMap(
            invoiceNo ->
                Combinators.combine(lineNos(), optional(identifiers()))
                    .flatAs((lineNo, customer) -> line(invoiceNo, lineNo, customer)))
        .withoutEdgeCases();
  }

  /** The lines of one invoice in any order: distinct numbers, at most one customer. */
  public static Arbitrary<List<InvoiceLine>> invoice() {
    return identifiers().flatMap(Arbitraries::invoice).withoutEdgeCases();
  }

  /** The lines of up to so many invoices, invoice after invoice. */
  public static Arbitrary<List<InvoiceLine>> invoices(int most) {
    return identifiers()
        .set()
        .ofMinSize(1)
        .ofMaxSize(most)
        .flatMap(
            numbers -> {
              List<Arbitrary<List<InvoiceLine>>> invoices = new ArrayList<>();
              numbers.forEach(number -> invoices.add(invoice(number)));
              return Combinators.combine(invoices).as(Arbitraries::concatenated);
            })
        .withoutEdgeCases();
  }

  /** Lines at the limits of every field, each limit at least once. */
  public static List<InvoiceLine> extremeLines() {
    List<InvoiceLine> lines = new ArrayList<>();
    for (String letter : List.of("x", "\u00e9", "\u20ac", "\ud83d\ude00", "\"", "\\", "'", ",")) {
      for (boolean low : List.of(true, false)) {
        lines.add(
            InvoiceLine.builder()
                .invoiceNo(filled(letter, LineRules.MAX_CODE_BYTES))
                .lineNo(low ? 1 : LineRules.MAX_LINE_NO)
                .stockCode(filled(letter, LineRules.MAX_CODE_BYTES))
                .description(low ? "" : filled(letter, LineRules.MAX_DESCRIPTION_BYTES))
                .quantity(low ? Integer.MIN_VALUE : Integer.MAX_VALUE)
                .invoiceDate(low ? EARLIEST : LATEST)
                .unitPrice(low ? LARGEST_PRICE.negate() : LARGEST_PRICE)
                .customerId(low ? null : filled(letter, LineRules.MAX_CODE_BYTES))
                .country(low ? "" : filled(letter, LineRules.MAX_COUNTRY_BYTES))
                .sourceFile(low ? null : filled(letter, LineRules.MAX_SOURCE_FILE_BYTES))
                .build());
      }
    }
    return lines;
  }

  /** 1 to 64 bytes without outer white space: invoice numbers and customers. */
  public static Arbitrary<String> identifiers() {
    return frequencyOf(
        Tuple.of(6, integers().between(100_000, 999_999).map(String::valueOf)),
        Tuple.of(2, integers().between(100_000, 999_999).map(number -> "C" + number)),
        Tuple.of(1, integers().between(100_000, 999_999).map(number -> "A" + number)),
        Tuple.of(
            4, text(LineRules.MAX_CODE_BYTES).map(String::strip).map(s -> s.isEmpty() ? "0" : s)));
  }

  /** 1 to 64 bytes, white space anywhere. */
  public static Arbitrary<String> stockCodes() {
    return frequencyOf(
        Tuple.of(3, among("85123A", "85123a", "POST", "BANK CHARGES", " ", "\u00a3")),
        Tuple.of(2, text(LineRules.MAX_CODE_BYTES).map(code -> code.isEmpty() ? "m" : code)));
  }

  /** Any storable text of at most so many bytes of UTF-8. */
  public static Arbitrary<String> text(int maxBytes) {
    Arbitrary<Integer> codePoints =
        frequencyOf(
            Tuple.of(10, integers().between(' ', '~')),
            Tuple.of(4, among((int) '"', (int) ',', (int) ';', (int) '\n', (int) '\r', (int) '\t')),
            Tuple.of(2, among((int) ' ', (int) '\\', (int) '\'', (int) '|', 0xA0, 0xFEFF, 0xFFFD)),
            Tuple.of(1, integers().between(1, 0x1F)),
            Tuple.of(3, integers().between(0x7F, 0xD7FF)),
            Tuple.of(2, integers().between(0xE000, Character.MAX_CODE_POINT)));
    Arbitrary<String> mixed =
        codePoints.list().ofMaxSize(60).map(points -> limited(points, maxBytes));
    return frequencyOf(
        Tuple.of(8, mixed),
        Tuple.of(1, among("", filled("\u20ac", maxBytes), filled("\"", maxBytes))));
  }

  /** From 1900 to 9999, to the second. */
  public static Arbitrary<LocalDateTime> dates() {
    return longs()
        .between(EARLIEST.toEpochSecond(ZoneOffset.UTC), LATEST.toEpochSecond(ZoneOffset.UTC))
        .map(seconds -> LocalDateTime.ofEpochSecond(seconds, 0, ZoneOffset.UTC));
  }

  /** Up to four decimals, either sign, of any scale that a sender may write. */
  public static Arbitrary<BigDecimal> prices() {
    return frequencyOf(
        Tuple.of(3, bigDecimals().between(BigDecimal.ZERO, new BigDecimal("100")).ofScale(2)),
        Tuple.of(
            2,
            bigDecimals()
                .between(LARGEST_PRICE.negate(), LARGEST_PRICE)
                .ofScale(LineRules.MAX_PRICE_SCALE)),
        Tuple.of(
            1,
            among("0", "0.0000", "0.0001", "-0.0001", "1E+8", "0.00100", "38970")
                .map(BigDecimal::new)));
  }

  private static Arbitrary<List<InvoiceLine>> invoice(String invoiceNo) {
    return Combinators.combine(lineNos().set().ofMinSize(1).ofMaxSize(12), identifiers())
        .flatAs((lineNos, customer) -> linesOf(invoiceNo, lineNos, customer));
  }

  private static Arbitrary<List<InvoiceLine>> linesOf(
      String invoiceNo, Set<Integer> lineNos, String customer) {
    List<Arbitrary<InvoiceLine>> lines = new ArrayList<>();
    for (int lineNo : lineNos) {
      lines.add(among("", customer).flatMap(named -> line(invoiceNo, lineNo, named)));
    }
    return Combinators.combine(lines).as(list -> list);
  }

  private static Arbitrary<InvoiceLine> line(String invoiceNo, int lineNo, String customer) {
    return Combinators.combine(
            stockCodes(),
            text(LineRules.MAX_DESCRIPTION_BYTES),
            integers(),
            dates(),
            prices(),
            text(LineRules.MAX_COUNTRY_BYTES),
            optional(text(LineRules.MAX_SOURCE_FILE_BYTES)))
        .as(
            (stockCode, description, quantity, date, price, country, sourceFile) ->
                InvoiceLine.builder()
                    .invoiceNo(invoiceNo)
                    .lineNo(lineNo)
                    .stockCode(stockCode)
                    .description(description)
                    .quantity(quantity)
                    .invoiceDate(date)
                    .unitPrice(price)
                    .customerId(customer)
                    .country(country)
                    .sourceFile(sourceFile)
                    .build());
  }

  private static Arbitrary<Integer> lineNos() {
    return frequencyOf(
        Tuple.of(8, integers().between(1, 250)),
        Tuple.of(1, integers().between(1, LineRules.MAX_LINE_NO)),
        Tuple.of(1, among(100, 101, LineRules.MAX_LINE_NO)));
  }

  @SafeVarargs
  private static <T> Arbitrary<T> among(T... values) {
    return net.jqwik.api.Arbitraries.of(values);
  }

  private static Arbitrary<String> optional(Arbitrary<String> text) {
    return frequencyOf(Tuple.of(3, text), Tuple.of(1, among("")));
  }

  private static List<InvoiceLine> concatenated(List<List<InvoiceLine>> invoices) {
    List<InvoiceLine> all = new ArrayList<>();
    invoices.forEach(all::addAll);
    return all;
  }

  private static String limited(List<Integer> codePoints, int maxBytes) {
    StringBuilder text = new StringBuilder();
    int bytes = 0;
    for (int codePoint : codePoints) {
      String next = Character.toString(codePoint);
      bytes += Utf8.lengthOf(next);
      if (bytes > maxBytes) {
        break;
      }
      text.append(next);
    }
    return text.toString();
  }

  private static String filled(String letter, int maxBytes) {
    return letter.repeat(maxBytes / Utf8.lengthOf(letter));
  }
}

package org.invoiceflow.job.testing;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.invoiceflow.model.InvoiceLine;
import org.invoiceflow.model.LineRules;

/** Lines up to the limits of {@link LineRules}, with every character that they let through. */
public final class ExtremeLines {

  private ExtremeLines() {}

  public static Arbitrary<InvoiceLine> any() {
    return of(identifiers(), Arbitraries.integers().between(1, LineRules.MAX_LINE_NO));
  }

  public static Arbitrary<InvoiceLine> of(
      Arbitrary<String> invoiceNos, Arbitrary<Integer> lineNos) {
    Arbitrary<InvoiceLine> contents =
        Combinators.combine(
                invoiceNos,
                lineNos,
                text(LineRules.MAX_CODE_BYTES).map(code -> code.isEmpty() ? "x" : code),
                text(LineRules.MAX_DESCRIPTION_BYTES),
                Arbitraries.integers(),
                seconds(),
                prices())
            .as(ExtremeLines::line);
    return Combinators.combine(
            contents,
            identifiers().injectNull(0.3),
            text(LineRules.MAX_COUNTRY_BYTES),
            text(LineRules.MAX_SOURCE_FILE_BYTES))
        .as(
            (line, customer, country, file) ->
                line.toBuilder().customerId(customer).country(country).sourceFile(file).build());
  }

  private static InvoiceLine line(
      String invoiceNo,
      int lineNo,
      String code,
      String description,
      int quantity,
      long second,
      BigDecimal price) {
    return InvoiceLine.builder()
        .invoiceNo(invoiceNo)
        .lineNo(lineNo)
        .stockCode(code)
        .description(description)
        .quantity(quantity)
        .invoiceDate(LocalDateTime.ofEpochSecond(second, 0, ZoneOffset.UTC))
        .unitPrice(price)
        .build();
  }

  /** Without outer white space. */
  public static Arbitrary<String> identifiers() {
    return text(LineRules.MAX_CODE_BYTES).map(String::strip).map(id -> id.isEmpty() ? "x" : id);
  }

  private static Arbitrary<Long> seconds() {
    return Arbitraries.longs()
        .between(
            LocalDateTime.of(LineRules.MIN_YEAR, 1, 1, 0, 0).toEpochSecond(ZoneOffset.UTC),
            LocalDateTime.of(LineRules.MAX_YEAR, 12, 31, 23, 59, 59).toEpochSecond(ZoneOffset.UTC));
  }

  private static Arbitrary<BigDecimal> prices() {
    return Combinators.combine(
            Arbitraries.longs().between(-9_999_999_999_999L, 9_999_999_999_999L),
            Arbitraries.integers().between(0, LineRules.MAX_PRICE_SCALE))
        .as((unscaled, scale) -> new BigDecimal(BigInteger.valueOf(unscaled), scale))
        .filter(price -> price.abs().compareTo(LineRules.PRICE_LIMIT) < 0);
  }

  /**
   * Every character but NUL and halves of pairs, cut to a number of bytes, and to twice as many in
   * JSON.
   */
  private static Arbitrary<String> text(int maxBytes) {
    Arbitrary<Integer> codePoints =
        Arbitraries.oneOf(
            Arbitraries.integers().between(1, 0x7f),
            Arbitraries.integers().between(0x80, 0xd7ff),
            Arbitraries.integers().between(0xe000, 0x10ffff));
    return codePoints
        .array(int[].class)
        .ofMaxSize(maxBytes)
        .map(points -> cut(new String(points, 0, points.length), maxBytes));
  }

  private static String cut(String text, int maxBytes) {
    int end = text.length();
    while (!fits(text.substring(0, end), maxBytes)) {
      end = text.offsetByCodePoints(end, -1);
    }
    return text.substring(0, end);
  }

  private static boolean fits(String text, int maxBytes) {
    int bytes = text.getBytes(StandardCharsets.UTF_8).length;
    return bytes <= maxBytes && bytes + text.chars().map(c -> escaping(c)).sum() <= 2 * maxBytes;
  }

  /** Bytes that a character takes in JSON beyond those that it has in UTF-8, or one more. */
  private static int escaping(int c) {
    return c < ' ' ? 5 : c == '"' || c == '\\' ? 1 : 0;
  }
}

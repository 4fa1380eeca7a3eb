package org.invoiceflow.model;

import static net.jqwik.api.Arbitraries.randomValue;

import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitrary;

/**
 * Generators of lines that keep all rules, the extreme ones included: what they make has to pass
 * through every reader, sink and store unchanged.
 *
 * <p>Single values do not shrink, lists of them do: combining shrinkable fields took jqwik fifteen
 * times as long.
 */
public final class Arbitraries {

  private Arbitraries() {}

  /** Any line that keeps the rules. */
  public static Arbitrary<InvoiceLine> lines() {
    return randomValue(random -> new RandomLines(random).line());
  }

  /**
   * The lines of one invoice, 1 to 12, in any order: distinct numbers, at most one customer, whom
   * not every line names.
   */
  public static Arbitrary<List<InvoiceLine>> invoice() {
    return randomValue(random -> new RandomLines(random).invoice());
  }

  /** The lines of 1 to so many invoices, invoice after invoice. */
  public static Arbitrary<List<InvoiceLine>> invoices(int most) {
    return invoice()
        .list()
        .uniqueElements(lines -> lines.get(0).invoiceNo())
        .ofMinSize(1)
        .ofMaxSize(most)
        .map(Arbitraries::concatenated);
  }

  /** 1 to 64 bytes without outer white space: invoice numbers and customers. */
  public static Arbitrary<String> identifiers() {
    return randomValue(random -> new RandomLines(random).identifier());
  }

  /** 1 to 64 bytes, white space anywhere. */
  public static Arbitrary<String> stockCodes() {
    return randomValue(random -> new RandomLines(random).stockCode());
  }

  /** Any storable text of at most so many bytes of UTF-8. */
  public static Arbitrary<String> text(int maxBytes) {
    return randomValue(random -> new RandomLines(random).text(maxBytes));
  }

  /** From 1900 to 9999, to the second. */
  public static Arbitrary<LocalDateTime> dates() {
    return randomValue(random -> new RandomLines(random).date());
  }

  /** Up to four decimals, either sign, of any scale that a sender may write. */
  public static Arbitrary<BigDecimal> prices() {
    return randomValue(random -> new RandomLines(random).price());
  }

  /** Lines at the limits of every field, for each kind of character that a store may trip over. */
  public static List<InvoiceLine> extremeLines() {
    List<InvoiceLine> lines = new ArrayList<>();
    for (String letter :
        List.of("x", "\u00e9", "\u20ac", "\ud83d\ude00", "\"", "\\", "'", ",", "\n", "\u0001")) {
      lines.add(extreme(letter, true));
      lines.add(extreme(letter, false));
    }
    return lines;
  }

  private static InvoiceLine extreme(String letter, boolean low) {
    return InvoiceLine.builder()
        .invoiceNo(filled(identifying(letter), LineRules.MAX_CODE_BYTES))
        .lineNo(low ? 1 : LineRules.MAX_LINE_NO)
        .stockCode(filled(letter, LineRules.MAX_CODE_BYTES))
        .description(low ? "" : filled(letter, LineRules.MAX_DESCRIPTION_BYTES))
        .quantity(low ? Integer.MIN_VALUE : Integer.MAX_VALUE)
        .invoiceDate(low ? RandomLines.EARLIEST : RandomLines.LATEST)
        .unitPrice(low ? RandomLines.LARGEST_PRICE.negate() : RandomLines.LARGEST_PRICE)
        .customerId(low ? null : filled(identifying(letter), LineRules.MAX_CODE_BYTES))
        .country(low ? "" : filled(letter, LineRules.MAX_COUNTRY_BYTES))
        .sourceFile(low ? null : filled(letter, LineRules.MAX_SOURCE_FILE_BYTES))
        .build();
  }

  private static List<InvoiceLine> concatenated(List<List<InvoiceLine>> invoices) {
    List<InvoiceLine> all = new ArrayList<>();
    invoices.forEach(all::addAll);
    return all;
  }

  private static String filled(String letter, int maxBytes) {
    // Control characters take six bytes in JSON, where twice the limit fits.
    int size = letter.equals("\u0001") ? 3 : Utf8.lengthOf(letter);
    return letter.repeat(maxBytes / size);
  }

  private static String identifying(String letter) {
    return letter.isBlank() ? "." : letter;
  }
}

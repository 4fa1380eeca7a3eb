package org.invoiceflow.model;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * Makes lines that keep all rules from a source of random numbers; equal seeds make equal lines.
 */
final class RandomLines {

  static final LocalDateTime EARLIEST = LocalDateTime.of(LineRules.MIN_YEAR, 1, 1, 0, 0);
  static final LocalDateTime LATEST = LocalDateTime.of(LineRules.MAX_YEAR, 12, 31, 23, 59, 59);
  static final BigDecimal LARGEST_PRICE = new BigDecimal("999999999.9999");

  private static final String[] ODD_CHARACTERS = {
    "\"",
    ",",
    ";",
    "|",
    "\n",
    "\r",
    "\r\n",
    "\t",
    "\\",
    "'",
    " ",
    "\u00a0",
    "\ufeff",
    "\ufffd",
    "\u0001",
    "\u001f",
    "\u007f",
    "\u00a3",
    "\u20ac",
    "\ud83d\ude00",
    "\udbff\udfff",
    "\\N",
    "\"\""
  };
  private static final String[] CODES = {"85123A", "85123a", "POST", "BANK CHARGES", " ", "\u00a3"};
  private static final String[] PRICES = {
    "0", "0.0000", "0.0001", "-0.0001", "1E+8", "0.00100", "38970", "-11062.06"
  };
  private static final int[] LIMIT_LINE_NOS = {1, 100, 101, LineRules.MAX_LINE_NO};
  private static final int[] LIMIT_QUANTITIES = {0, Integer.MIN_VALUE, Integer.MAX_VALUE};

  private final Random random;

  RandomLines(Random random) {
    this.random = random;
  }

  InvoiceLine line() {
    return line(identifier(), lineNo(), random.nextBoolean() ? identifier() : "");
  }

  /** Distinct numbers in no order; at most one customer, whom not every line names. */
  List<InvoiceLine> invoice() {
    String invoiceNo = identifier();
    String customer = random.nextInt(4) == 0 ? "" : identifier();
    Set<Integer> lineNos = new LinkedHashSet<>();
    int most = 1 + random.nextInt(12);
    while (lineNos.size() < most) {
      lineNos.add(lineNo());
    }
    List<InvoiceLine> lines = new ArrayList<>();
    for (int lineNo : lineNos) {
      lines.add(line(invoiceNo, lineNo, random.nextInt(3) == 0 ? "" : customer));
    }
    return lines;
  }

  private InvoiceLine line(String invoiceNo, int lineNo, String customer) {
    return InvoiceLine.builder()
        .invoiceNo(invoiceNo)
        .lineNo(lineNo)
        .stockCode(stockCode())
        .description(text(LineRules.MAX_DESCRIPTION_BYTES))
        .quantity(quantity())
        .invoiceDate(date())
        .unitPrice(price())
        .customerId(customer)
        .country(text(LineRules.MAX_COUNTRY_BYTES))
        .sourceFile(random.nextBoolean() ? "" : text(LineRules.MAX_SOURCE_FILE_BYTES))
        .build();
  }

  String identifier() {
    int digits = 100_000 + random.nextInt(900_000);
    switch (random.nextInt(10)) {
      case 0:
        return "A" + digits;
      case 1:
      case 2:
        return "C" + digits;
      case 3:
      case 4:
        String text = text(LineRules.MAX_CODE_BYTES).strip();
        return text.isEmpty() ? "0" : text;
      default:
        return String.valueOf(digits);
    }
  }

  String stockCode() {
    String text = text(LineRules.MAX_CODE_BYTES);
    return text.isEmpty() || random.nextBoolean() ? CODES[random.nextInt(CODES.length)] : text;
  }

  /** Any storable text of at most so many bytes of UTF-8, now and then of just so many. */
  String text(int maxBytes) {
    int most = random.nextInt(10) == 0 ? maxBytes : Math.min(maxBytes, random.nextInt(40));
    StringBuilder text = new StringBuilder();
    int bytes = 0;
    while (true) {
      String next = character();
      bytes += Utf8.lengthOf(next);
      if (bytes > most) {
        return text.toString();
      }
      text.append(next);
    }
  }

  private String character() {
    switch (random.nextInt(8)) {
      case 0:
        return ODD_CHARACTERS[random.nextInt(ODD_CHARACTERS.length)];
      case 1:
        int codePoint = 1 + random.nextInt(Character.MAX_CODE_POINT);
        boolean surrogate =
            codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
        return surrogate ? "?" : Character.toString(codePoint);
      default:
        return Character.toString(' ' + random.nextInt('~' - ' ' + 1));
    }
  }

  int lineNo() {
    switch (random.nextInt(10)) {
      case 0:
        return LIMIT_LINE_NOS[random.nextInt(LIMIT_LINE_NOS.length)];
      case 1:
        return 1 + random.nextInt(LineRules.MAX_LINE_NO);
      default:
        return 1 + random.nextInt(250);
    }
  }

  private int quantity() {
    switch (random.nextInt(8)) {
      case 0:
        return LIMIT_QUANTITIES[random.nextInt(LIMIT_QUANTITIES.length)];
      case 1:
        return random.nextInt();
      default:
        return random.nextInt(200) - 50;
    }
  }

  LocalDateTime date() {
    switch (random.nextInt(20)) {
      case 0:
        return EARLIEST;
      case 1:
        return LATEST;
      default:
        long first = EARLIEST.toEpochSecond(ZoneOffset.UTC);
        long seconds = LATEST.toEpochSecond(ZoneOffset.UTC) - first;
        long after = (long) (random.nextDouble() * seconds);
        return LocalDateTime.ofEpochSecond(first + after, 0, ZoneOffset.UTC);
    }
  }

  BigDecimal price() {
    switch (random.nextInt(6)) {
      case 0:
        return new BigDecimal(PRICES[random.nextInt(PRICES.length)]);
      case 1:
        BigInteger unscaled = new BigInteger(43, random);
        BigDecimal any = new BigDecimal(unscaled, LineRules.MAX_PRICE_SCALE).min(LARGEST_PRICE);
        return random.nextBoolean() ? any : any.negate();
      default:
        return BigDecimal.valueOf(random.nextInt(10_000), 2);
    }
  }
}

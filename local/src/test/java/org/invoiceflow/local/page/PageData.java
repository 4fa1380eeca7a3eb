package org.invoiceflow.local.page;

import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.invoiceflow.model.InvoiceLine;

/** Invoices with everything that a page can get wrong, and what it must say of them. */
final class PageData {

  /** A customer with more invoices than one answer of the API holds. */
  static final String FAITHFUL = "14911";

  static final int FAITHFUL_INVOICES = 130;

  /** Total of three decimals, as in the public data set. */
  static final String SUB_CENT = "568375";

  static final String GUEST = "536414";
  static final String ADJUSTMENT = "A563185";
  static final String CANCELLATION = "C541433";

  /** Two parts in the view. */
  static final String LONG_INVOICE = "581217";

  /** Identifiers that a URL must not fall apart on. */
  static final String ODD_INVOICE = "1/2 ü%41?#&";

  static final String ODD_CUSTOMER = "a/b #1?%20+é";

  static final String MARKUP =
      "<img src=x onerror=\"window.hacked = 1\"><script>hacked = 1</script>";

  private final List<InvoiceLine> lines = new ArrayList<>();

  PageData() {
    for (int i = 0; i < FAITHFUL_INVOICES; i++) {
      LocalDateTime date = LocalDateTime.of(2010, 12, 1, 8, 26).plusDays(3L * i).plusMinutes(i);
      boolean cancelled = i % 13 == 5;
      String invoiceNo = (cancelled ? "C" : "") + (600_000 + i);
      add(
          invoiceNo,
          1,
          "85123A",
          "WHITE HANGING HEART",
          cancelled ? -2 : i + 1,
          "2.55",
          FAITHFUL,
          date);
      add(
          invoiceNo,
          2,
          "P" + i % 12,
          "PRODUCT " + i % 12,
          cancelled ? -1 : 3,
          "0.0" + (i % 9 + 1),
          FAITHFUL,
          date);
    }
    LocalDateTime day = LocalDateTime.of(2011, 9, 26, 17, 1);
    add(SUB_CENT, 1, "BANK CHARGES", "Bank Charges", 1, "15.00", "13405", day);
    add(SUB_CENT, 2, "BANK CHARGES", "Bank Charges", 1, "0.001", "13405", day);
    add(GUEST, 1, "22139", "", 56, "0.00", null, day);
    add(ADJUSTMENT, 1, "B", "Adjust bad debt", 1, "-11062.06", null, day);
    add(CANCELLATION, 1, "23166", "MEDIUM CERAMIC TOP STORAGE JAR", -74_215, "1.04", "12346", day);
    for (int lineNo = 1; lineNo <= 150; lineNo++) {
      // Line 77 was lost on its way.
      if (lineNo != 77) {
        add(LONG_INVOICE, lineNo, "L" + lineNo, "LINE " + lineNo, lineNo, "1.25", "12748", day);
      }
    }
    add(ODD_INVOICE, 1, "X", MARKUP, 1, "999999999.9999", ODD_CUSTOMER, day.withSecond(7));
  }

  private void add(
      String invoiceNo,
      int lineNo,
      String stockCode,
      String description,
      int quantity,
      String price,
      String customerId,
      LocalDateTime date) {
    lines.add(
        InvoiceLine.builder()
            .invoiceNo(invoiceNo)
            .lineNo(lineNo)
            .stockCode(stockCode)
            .description(description)
            .quantity(quantity)
            .invoiceDate(date)
            .unitPrice(new BigDecimal(price))
            .customerId(customerId)
            .country("United Kingdom")
            .build());
  }

  List<InvoiceLine> lines() {
    return List.copyOf(lines);
  }

  private List<InvoiceLine> of(String customerId) {
    return lines.stream().filter(line -> customerId.equals(line.customerId().orElse(""))).toList();
  }

  private static BigDecimal amount(InvoiceLine line) {
    return line.unitPrice().multiply(BigDecimal.valueOf(line.quantity()));
  }

  private static BigDecimal sum(List<InvoiceLine> lines) {
    return lines.stream().map(PageData::amount).reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  BigDecimal netOf(String customerId) {
    return sum(of(customerId));
  }

  /** Exact net spend by month. */
  Map<YearMonth, BigDecimal> months(String customerId) {
    Map<YearMonth, BigDecimal> months = new TreeMap<>(Comparator.reverseOrder());
    of(customerId)
        .forEach(
            line ->
                months.merge(YearMonth.from(line.invoiceDate()), amount(line), BigDecimal::add));
    return months;
  }

  /** Exact spend on the product of this customer's latest invoices. */
  BigDecimal spentOn(String customerId, String stockCode, int latestInvoices) {
    Map<String, LocalDateTime> dates = new HashMap<>();
    of(customerId).forEach(line -> dates.put(line.invoiceNo(), line.invoiceDate()));
    List<String> latest =
        dates.entrySet().stream()
            .sorted(Map.Entry.<String, LocalDateTime>comparingByValue().reversed())
            .limit(latestInvoices)
            .map(Map.Entry::getKey)
            .toList();
    return sum(
        of(customerId).stream()
            .filter(line -> line.stockCode().equals(stockCode))
            .filter(line -> latest.contains(line.invoiceNo()))
            .toList());
  }

  /** As the page writes amounts: grouped, two decimals at least, a real minus sign. */
  static String text(BigDecimal amount) {
    BigDecimal exact = amount.stripTrailingZeros();
    int decimals = Math.max(2, exact.scale());
    String digits = String.format(java.util.Locale.ROOT, "%,." + decimals + "f", exact.abs());
    return (exact.signum() < 0 ? "\u2212" : "") + digits;
  }
}

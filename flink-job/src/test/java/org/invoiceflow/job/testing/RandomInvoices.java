package org.invoiceflow.job.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.invoiceflow.job.intake.Origin;
import org.invoiceflow.job.intake.ReceivedRecord;
import org.invoiceflow.model.InvoiceLine;
import org.invoiceflow.model.LineJson;

/**
 * Invoices without conflicts and the records that bring them: rows of several files and batches of
 * a stream, shuffled, some of them more than once. The same seed gives the same.
 */
public final class RandomInvoices {

  private static final String DIALECT =
      "csv;charset=UTF-8;separator=semicolon;date=iso;customer=plain;columns="
          + "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country";
  private static final String[] COUNTRIES = {"EIRE", "France", "", "C\u00f4te d'Ivoire"};
  private static final String[] DESCRIPTIONS = {"", " HEART ", "36\"; \u00a3 5", "caf\u00e9"};
  private static final int MAX_LINES = 230;

  private final Random random;
  private final List<InvoiceLine> lines = new ArrayList<>();
  private final List<ReceivedRecord> records = new ArrayList<>();

  private RandomInvoices(long seed) {
    this.random = new Random(seed);
  }

  public static RandomInvoices of(long seed) {
    RandomInvoices invoices = new RandomInvoices(seed);
    int count = 1 + invoices.random.nextInt(12);
    for (int i = 0; i < count; i++) {
      invoices.addInvoice(i);
    }
    List<ReceivedRecord> again = new ArrayList<>(invoices.records);
    Collections.shuffle(again, invoices.random);
    invoices.records.addAll(again.subList(0, again.size() / 3));
    Collections.shuffle(invoices.records, invoices.random);
    return invoices;
  }

  /** Each line once. */
  public List<InvoiceLine> lines() {
    return List.copyOf(lines);
  }

  /** What is sent. */
  public List<ReceivedRecord> records() {
    return List.copyOf(records);
  }

  private void addInvoice(int number) {
    String invoiceNo = new String[] {"", "C", "A"}[random.nextInt(3)] + (536_365 + number);
    boolean asFile = random.nextInt(3) == 0;
    boolean guest = random.nextInt(4) == 0;
    int size = 1 + random.nextInt(random.nextInt(4) == 0 ? MAX_LINES : 20);
    TreeSet<Integer> lineNos = new TreeSet<>();
    while (lineNos.size() < size) {
      // Rows of a file are numbered without gaps.
      lineNos.add(asFile ? lineNos.size() + 1 : 1 + random.nextInt(MAX_LINES * 2));
    }
    String customer = Integer.toString(12_346 + random.nextInt(3));
    List<InvoiceLine> own = new ArrayList<>();
    for (int lineNo : lineNos) {
      boolean named = !guest && random.nextInt(3) > 0;
      own.add(line(invoiceNo, lineNo, named ? customer : null));
    }
    lines.addAll(own);
    if (asFile) {
      own.forEach(line -> records.add(row(line, "import-" + number % 2 + ".csv")));
    } else {
      addBatches(own);
    }
  }

  private void addBatches(List<InvoiceLine> own) {
    List<InvoiceLine> rest = new ArrayList<>(own);
    Collections.shuffle(rest, random);
    while (!rest.isEmpty()) {
      List<InvoiceLine> batch = rest.subList(0, 1 + random.nextInt(rest.size()));
      records.add(
          batch.size() == 1 && random.nextBoolean()
              ? Lines.record(LineJson.toJson(batch.get(0)))
              : Lines.record(LineJson.toJsonArray(batch)));
      batch.clear();
    }
  }

  private InvoiceLine line(String invoiceNo, int lineNo, String customer) {
    return InvoiceLine.builder()
        .invoiceNo(invoiceNo)
        .lineNo(lineNo)
        .stockCode("code " + random.nextInt(50))
        .description(DESCRIPTIONS[random.nextInt(DESCRIPTIONS.length)])
        .quantity(random.nextInt(400) - 200)
        .invoiceDate(LocalDateTime.of(2010, 12, 1, 8, 26).plusMinutes(random.nextInt(3)))
        .unitPrice(BigDecimal.valueOf(random.nextInt(100_000), random.nextInt(5)))
        .customerId(customer)
        .country(COUNTRIES[random.nextInt(COUNTRIES.length)])
        .build();
  }

  private static ReceivedRecord row(InvoiceLine line, String file) {
    String row =
        String.join(
            ";",
            line.invoiceNo(),
            line.stockCode(),
            "\"" + line.description().replace("\"", "\"\"") + "\"",
            Integer.toString(line.quantity()),
            LineJson.formatDate(line.invoiceDate()),
            line.unitPrice().toPlainString(),
            line.customerId().orElse(""),
            line.country());
    return new ReceivedRecord(
        new Origin("s3://bucket/import/" + file, "line " + (line.lineNo() + 1), 1_291_191_960_000L),
        DIALECT,
        line.lineNo(),
        row.getBytes(UTF_8));
  }
}

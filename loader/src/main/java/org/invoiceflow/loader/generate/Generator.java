package org.invoiceflow.loader.generate;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/**
 * Writes generated invoices as a CSV file of the Kaggle dialect. Rows stand in the order of time;
 * the last invoice may be cut so that the number of lines is exact. Memory does not grow with the
 * number of lines.
 */
public final class Generator {

  /** Largest invoice of the real file. */
  private static final int LARGEST_INVOICE = 1_114;

  private final GenerateOptions options;

  public Generator(GenerateOptions options) {
    this.options = options;
  }

  /** Writes the whole file and closes the stream. */
  public void writeTo(OutputStream out) throws IOException {
    try (KaggleCsvWriter csv = new KaggleCsvWriter(out)) {
      ShopCalendar calendar = new ShopCalendar(options.start(), options.days());
      InvoiceMaker maker = new InvoiceMaker(options);
      // One invoice of the largest size about every million lines; a small file has one that is
      // an eighth of it.
      int large = (int) Math.min(LARGEST_INVOICE, options.lines() / 8);
      long nextLarge = options.lines() > 1_000_000 ? 500_000 : options.lines() / 2;
      long written = 0;
      long minute = Long.MIN_VALUE;
      while (written < options.lines()) {
        minute = Math.max(minute, calendar.minuteAt((double) written / options.lines()));
        List<Row> rows;
        if (written >= nextLarge && large > 0) {
          rows = maker.large(minute, large);
          nextLarge += 1_000_000;
        } else {
          rows = maker.next(minute);
        }
        for (Row row : rows) {
          if (written < options.lines()) {
            csv.write(row);
            written++;
            minute = Math.max(minute, row.minute());
          }
        }
      }
    }
  }
}

package org.invoiceflow.model;

import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/** Finds out how dates and customers are written, from all rows that have the header's columns. */
final class CsvColumnEvidence {

  private final CsvHeader header;
  private final CsvFields fields;
  private final int dateColumn;
  private final int customerColumn;

  private final CsvDateEvidence dates = new CsvDateEvidence();
  private final CsvSightings decimalCustomers = new CsvSightings();
  private final CsvSightings plainCustomers = new CsvSightings();

  /** The date of the row before: the rows of one invoice mostly share it. */
  private byte[] lastDate = new byte[0];

  CsvColumnEvidence(CsvHeader header) {
    this.header = header;
    this.dateColumn = header.indexOf(Field.INVOICE_DATE);
    this.customerColumn = header.indexOf(Field.CUSTOMER_ID);
    // Dates and customers that count as evidence are ASCII; Latin-1 reads those in any charset.
    this.fields =
        new CsvFields((byte) header.separator(), StandardCharsets.ISO_8859_1, header.size());
  }

  /** Takes the row that the splitter stands on into account. */
  void look(CsvSplitter row) throws CharacterCodingException {
    fields.split(row.buffer(), row.start(), row.end(), Integer.MAX_VALUE);
    if (fields.quotes() != CsvFields.Quotes.WELL_FORMED || fields.count() != header.size()) {
      return;
    }
    if (!fields.isEmpty(dateColumn)) {
      lookAtDate(row.fileLine());
    }
    if (!fields.isEmpty(customerColumn)) {
      boolean decimal = fields.endsWith(customerColumn, '.', '0');
      CsvSightings found = decimal ? decimalCustomers : plainCustomers;
      if (found.isEmpty()) {
        found.first(fields.text(customerColumn), row.fileLine());
      }
      found.add();
    }
  }

  private void lookAtDate(long fileLine) throws CharacterCodingException {
    if (fields.hasBytes(dateColumn, lastDate, lastDate.length)) {
      dates.lookAgain();
    } else {
      lastDate = fields.rawBytes(dateColumn);
      dates.look(fields.text(dateColumn), fileLine);
    }
  }

  CsvDateEvidence dates() {
    return dates;
  }

  /** Rows with a customer. */
  long customers() {
    return decimalCustomers.rows() + plainCustomers.rows();
  }

  /** Whether all customers of the file are written {@code 13085.0}. */
  boolean decimalCustomers() {
    return !decimalCustomers.isEmpty() && plainCustomers.isEmpty();
  }

  /** What to tell the user of a file whose customers are written in two ways. */
  Optional<String> mixedCustomers() {
    if (decimalCustomers.isEmpty() || plainCustomers.isEmpty()) {
      return Optional.empty();
    }
    String decimal = decimalCustomers.first();
    return Optional.of(
        String.format(
            Locale.ROOT,
            "%d of %d rows that name a customer write it with .0 (%s), but %s: so all customers are"
                + " taken as they are written, and '%s' is another customer than '%s'; if they are"
                + " meant to be one, mend the file first",
            decimalCustomers.rows(),
            customers(),
            decimalCustomers,
            plainCustomers,
            decimal,
            decimal.replaceFirst("\\.0$", "")));
  }
}

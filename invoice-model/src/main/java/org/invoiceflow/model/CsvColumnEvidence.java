package org.invoiceflow.model;

import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Finds out how dates and customers are written, from all rows that have the header's columns. */
final class CsvColumnEvidence {

  private final CsvHeader header;
  private final CsvFields fields;
  private final int dateColumn;
  private final int customerColumn;

  private final List<Candidate> candidates =
      Arrays.stream(DateFormat.values()).map(Candidate::new).collect(Collectors.toList());
  private long dates;
  private String firstDate = "";
  private long firstDateLine;
  private long customers;
  private long customersAsDecimals;

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
      customers++;
      if (fields.endsWith(customerColumn, '.', '0')) {
        customersAsDecimals++;
      }
    }
  }

  private void lookAtDate(long fileLine) throws CharacterCodingException {
    if (!fields.hasBytes(dateColumn, lastDate, lastDate.length)) {
      lastDate = fields.rawBytes(dateColumn);
      String text = fields.text(dateColumn);
      if (dates == 0) {
        firstDate = Excerpt.of(text);
        firstDateLine = fileLine;
      }
      for (Candidate candidate : candidates) {
        candidate.fitsLast = candidate.format.parse(text).isPresent();
      }
    }
    dates++;
    for (Candidate candidate : candidates) {
      if (candidate.fitsLast) {
        candidate.fitting++;
      }
    }
  }

  /** Rows with a date. */
  long dates() {
    return dates;
  }

  /** For each format how many dates fit it. */
  Map<DateFormat, Long> datesByFormat() {
    Map<DateFormat, Long> fitting = new EnumMap<>(DateFormat.class);
    candidates.forEach(candidate -> fitting.put(candidate.format, candidate.fitting));
    return Collections.unmodifiableMap(fitting);
  }

  /** Rows with a customer. */
  long customers() {
    return customers;
  }

  /** Whether all customers of the file are written {@code 13085.0}. */
  boolean decimalCustomers() {
    return customers > 0 && customers == customersAsDecimals;
  }

  /**
   * The given format, or the one that most dates fit. ISO for a file without dates, where it does
   * not matter.
   *
   * @throws CsvException if no date fits, or if several formats fit equally many
   */
  DateFormat dateFormat(Optional<DateFormat> given) throws CsvException {
    if (dates == 0) {
      return given.orElse(DateFormat.ISO);
    }
    List<Candidate> allowed =
        candidates.stream()
            .filter(candidate -> given.isEmpty() || given.get() == candidate.format)
            .collect(Collectors.toList());
    long most = allowed.stream().mapToLong(candidate -> candidate.fitting).max().orElse(0);
    if (most == 0) {
      throw noneFits(allowed);
    }
    List<DateFormat> best =
        allowed.stream()
            .filter(candidate -> candidate.fitting == most)
            .map(candidate -> candidate.format)
            .collect(Collectors.toList());
    if (best.size() > 1) {
      throw severalFit(best, most);
    }
    return best.get(0);
  }

  private CsvException noneFits(List<Candidate> tried) {
    return new CsvException(
        "No InvoiceDate of the file has the form "
            + tried.stream()
                .map(candidate -> candidate.format.pattern())
                .collect(Collectors.joining(" or "))
            + "; the first is '"
            + firstDate
            + "' in line "
            + firstDateLine);
  }

  private CsvException severalFit(List<DateFormat> best, long most) {
    return new CsvException(
        "The dates can be read in more than one way: "
            + best.stream().map(DateFormat::pattern).collect(Collectors.joining(" and "))
            + " fit "
            + (most == dates ? "all rows" : most + " of " + dates + " rows each")
            + " (line "
            + firstDateLine
            + " has '"
            + firstDate
            + "'); choose one with "
            + best.stream()
                .map(format -> "--date-format " + format.optionName())
                .collect(Collectors.joining(" or ")));
  }

  /** One date format and how many dates of the file fit it. */
  private static final class Candidate {
    private final DateFormat format;
    private boolean fitsLast;
    private long fitting;

    Candidate(DateFormat format) {
      this.format = format;
    }
  }
}

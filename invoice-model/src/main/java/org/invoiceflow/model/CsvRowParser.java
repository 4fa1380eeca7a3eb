package org.invoiceflow.model;

import java.nio.charset.CharacterCodingException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Parses single rows of a CSV file and applies the rules of a line. Reuses its buffers: one per
 * thread. Never throws on data.
 */
public final class CsvRowParser {

  private static final String DECIMAL_SUFFIX = ".0";

  private final CsvDialect dialect;
  private final @Nullable Field[] columns;
  private final boolean numbered;
  private final CsvFields fields;
  private final LineFields line = new LineFields();

  public CsvRowParser(CsvDialect dialect) {
    this.dialect = dialect;
    List<String> names = dialect.columns();
    this.columns = new @Nullable Field[names.size()];
    for (int i = 0; i < columns.length; i++) {
      columns[i] = Field.named(names.get(i)).orElse(null);
    }
    this.numbered = dialect.indexOf(Field.LINE_NO) >= 0;
    this.fields = new CsvFields((byte) dialect.separator(), dialect.charset(), columns.length);
  }

  /**
   * The line that the row says, or every rule that it breaks.
   *
   * @param row without its line end
   * @param lineNo the number that the reader gave the row, or 0 for none; ignored if the file has a
   *     LineNo column
   * @param sourceFile name of the file, or "" if unknown; a SourceFile column with a value wins
   */
  public LineResult parse(byte[] row, int lineNo, String sourceFile) {
    fields.split(row, 0, row.length, Integer.MAX_VALUE);
    Optional<String> problem = problem();
    if (problem.isPresent()) {
      return unreadable(problem.get());
    }
    line.clear();
    line.set(Field.SOURCE_FILE, sourceFile);
    try {
      for (int i = 0; i < columns.length; i++) {
        Field field = columns[i];
        if (field != null && !fields.isEmpty(i)) {
          line.set(field, fields.text(i));
        }
      }
    } catch (CharacterCodingException e) {
      return unreadable("The row holds bytes that are not " + dialect.charset().name());
    }
    if (!numbered && lineNo != 0) {
      line.set(Field.LINE_NO, Integer.toString(lineNo));
    }
    resolveCustomer();
    LineResult result = LineRules.check(line, dialect.dateFormat());
    return !numbered && lineNo == 0 ? withoutNumber(result) : result;
  }

  /**
   * A row that was rejected, as a draft for its sender to mend: its columns as far as they can be
   * read, a readable date in the form of the row JSON, and {@code sourceFile}. It has the reader's
   * number only if its InvoiceNo is sound: the number was counted among the rows that share the
   * InvoiceNo as written, and under a mended one it may be another line's.
   *
   * @param row without its line end
   * @param lineNo the number that the reader gave the row, or 0 for none
   * @param sourceFile name of the file, or "" if unknown
   * @see LineDraft
   */
  public String draft(byte[] row, int lineNo, String sourceFile) {
    fields.split(row, 0, row.length, Integer.MAX_VALUE);
    boolean readable = problem().isEmpty();
    line.clear();
    line.set(Field.SOURCE_FILE, sourceFile.isEmpty() ? null : sourceFile);
    for (int i = 0; i < Math.min(columns.length, fields.count()); i++) {
      Field field = columns[i];
      if (field != null && !fields.isEmpty(i)) {
        try {
          line.set(field, fields.text(i));
        } catch (CharacterCodingException e) {
          readable = false;
        }
      }
    }
    if (!numbered && lineNo != 0 && isInvoiceNoSound()) {
      line.set(Field.LINE_NO, Integer.toString(lineNo));
    }
    resolveCustomer();
    resolveDate();
    return LineDraft.write(
        line, readable ? Optional.empty() : Optional.of(new String(row, dialect.charset())));
  }

  private boolean isInvoiceNoSound() {
    LineCheck check = new LineCheck(line, List.of());
    check.identifier(Field.INVOICE_NO);
    return check.foundNothing();
  }

  private void resolveCustomer() {
    String customer = line.get(Field.CUSTOMER_ID);
    if (dialect.decimalCustomers() && customer != null && customer.endsWith(DECIMAL_SUFFIX)) {
      line.set(
          Field.CUSTOMER_ID, customer.substring(0, customer.length() - DECIMAL_SUFFIX.length()));
    }
  }

  private void resolveDate() {
    String written = line.get(Field.INVOICE_DATE);
    if (written != null) {
      String date = dialect.dateFormat().parse(written).map(LineJson::formatDate).orElse(written);
      line.set(Field.INVOICE_DATE, date);
    }
  }

  /**
   * A row of which the invoice cannot be seen gets no number from its reader. To tell its sender to
   * number the lines would be wrong advice: the row's other violations say what to mend.
   */
  private static LineResult withoutNumber(LineResult result) {
    List<Violation> others =
        result.violations().stream()
            .filter(violation -> !violation.field().equals(Field.LINE_NO.fieldName()))
            .collect(Collectors.toList());
    return others.isEmpty() ? result : LineResult.rejected(others);
  }

  private Optional<String> problem() {
    switch (fields.quotes()) {
      case NOT_CLOSED:
        return Optional.of(
            "The quoted text in column " + (fields.count() + 1) + " of the row is not closed");
      case TEXT_AFTER:
        return Optional.of(
            "Something follows the closing quote in column "
                + fields.count()
                + " of the row; a quote within quoted text is written twice");
      case WELL_FORMED:
      default:
        break;
    }
    if (fields.count() == columns.length) {
      return Optional.empty();
    }
    return Optional.of(
        "The row has "
            + fields.count()
            + (fields.count() == 1 ? " column" : " columns")
            + ", expected "
            + columns.length
            + " as in the header; text that holds the separator stands in quotes");
  }

  private static LineResult unreadable(String message) {
    return LineResult.rejected(new Violation(Rule.UNREADABLE, "", message));
  }
}

package org.invoiceflow.model;

import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How one CSV file is written. Immutable.
 *
 * <p>{@link #toString} and {@link #parse} are each other's inverse. The text form lies in {@code
 * raw/} beside every CSV row and must stay readable: add to it, never change it.
 */
public final class CsvDialect {

  private static final String PREFIX = "csv;";
  private static final List<String> KEYS =
      List.of("charset", "separator", "date", "customer", "columns");
  private static final String PLAIN_CUSTOMERS = "plain";
  private static final String DECIMAL_CUSTOMERS = "point-zero";

  private final Charset charset;
  private final char separator;
  private final DateFormat dateFormat;
  private final boolean decimalCustomers;
  private final List<String> columns;
  private final String text;

  /**
   * @param decimalCustomers whether customers are written {@code 13085.0}
   * @param columns see {@link #columns()}
   */
  CsvDialect(
      Charset charset,
      char separator,
      DateFormat dateFormat,
      boolean decimalCustomers,
      List<String> columns) {
    this.charset = charset;
    this.separator = separator;
    this.dateFormat = dateFormat;
    this.decimalCustomers = decimalCustomers;
    this.columns = List.copyOf(columns);
    this.text =
        PREFIX
            + String.join(
                ";",
                "charset=" + charset.name(),
                "separator=" + Separators.name(separator),
                "date=" + dateFormat.optionName(),
                "customer=" + (decimalCustomers ? DECIMAL_CUSTOMERS : PLAIN_CUSTOMERS),
                "columns=" + String.join(",", columns));
  }

  /** UTF-8 or a one-byte extension of ASCII. */
  public Charset charset() {
    return charset;
  }

  /** An ASCII character. */
  public char separator() {
    return separator;
  }

  public DateFormat dateFormat() {
    return dateFormat;
  }

  /**
   * Whether customers are written {@code 13085.0}, as in the later edition of the public data set,
   * and mean {@code 13085}.
   */
  public boolean decimalCustomers() {
    return decimalCustomers;
  }

  /**
   * For each column of the file the name of its field in the row JSON, or "" if the column is
   * ignored.
   */
  public List<String> columns() {
    return columns;
  }

  /** Position of the field's column, or -1. */
  int indexOf(Field field) {
    return columns.indexOf(field.fieldName());
  }

  /**
   * Reads the form that {@link #toString} writes.
   *
   * @throws IllegalArgumentException if the text is anything else
   */
  public static CsvDialect parse(String text) {
    String[] parts = text.split(";", -1);
    if (!text.startsWith(PREFIX) || parts.length != KEYS.size() + 1) {
      throw unknown(text);
    }
    List<String> values = new ArrayList<>();
    for (int i = 0; i < KEYS.size(); i++) {
      String prefix = KEYS.get(i) + "=";
      if (!parts[i + 1].startsWith(prefix)) {
        throw unknown(text);
      }
      values.add(parts[i + 1].substring(prefix.length()));
    }
    List<String> columns = List.of(values.get(4).split(",", -1));
    boolean decimal = values.get(3).equals(DECIMAL_CUSTOMERS);
    Optional<Character> separator = Separators.named(values.get(1));
    Optional<DateFormat> date = DateFormat.ofOption(values.get(2));
    if (!areColumns(columns)
        || !(decimal || values.get(3).equals(PLAIN_CUSTOMERS))
        || separator.isEmpty()
        || date.isEmpty()) {
      throw unknown(text);
    }
    // An illegal or unsupported name is an IllegalArgumentException already.
    Charset charset = Charset.forName(values.get(0));
    if (!CsvOptions.isSupported(charset)) {
      throw unknown(text);
    }
    return new CsvDialect(charset, separator.get(), date.get(), decimal, columns);
  }

  private static boolean areColumns(List<String> columns) {
    for (Field field : Field.values()) {
      int times = Collections.frequency(columns, field.fieldName());
      if (times > 1 || (times == 0 && field.requiredInHeader())) {
        return false;
      }
    }
    return columns.stream().allMatch(c -> c.isEmpty() || Field.named(c).isPresent());
  }

  private static IllegalArgumentException unknown(String text) {
    return new IllegalArgumentException(
        "'" + Excerpt.ofSentence(text) + "' is no CSV dialect of this program");
  }

  @Override
  public boolean equals(@Nullable Object o) {
    return o instanceof CsvDialect && ((CsvDialect) o).text.equals(text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  /**
   * {@code csv;charset=UTF-8;separator=comma;date=month-first;customer=plain;columns=InvoiceNo,...}
   */
  @Override
  public String toString() {
    return text;
  }
}

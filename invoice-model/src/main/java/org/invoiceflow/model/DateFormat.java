package org.invoiceflow.model;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * The ways in which senders write an InvoiceDate. Days that do not exist (31 April) are no date; a
 * year has four digits. Time is hours and minutes, with optional seconds.
 */
public enum DateFormat {
  /**
   * {@code 2010-12-01T08:26[:00]}: the row JSON, and {@code 2010-12-01 08:26:00} of the later CSV
   * edition.
   */
  ISO("yyyy-MM-ddTHH:mm[:ss]", Order.YEAR_FIRST, '-'),
  /** {@code 12/1/2010 8:26}: the Kaggle file. */
  MONTH_FIRST("M/d/yyyy H:mm[:ss]", Order.MONTH_FIRST, '/'),
  /** {@code 1/12/2010 8:26}. */
  DAY_FIRST("d/M/yyyy H:mm[:ss]", Order.DAY_FIRST, '/'),
  /** {@code 01-12-2010 08:26}. */
  DAY_FIRST_DASHED("d-M-yyyy H:mm[:ss]", Order.DAY_FIRST, '-'),
  /** {@code 12-01-2010 08:26}. */
  MONTH_FIRST_DASHED("M-d-yyyy H:mm[:ss]", Order.MONTH_FIRST, '-');

  private enum Order {
    YEAR_FIRST,
    MONTH_FIRST,
    DAY_FIRST
  }

  private final String pattern;
  private final Order order;
  private final char separator;

  DateFormat(String pattern, Order order, char separator) {
    this.pattern = pattern;
    this.order = order;
    this.separator = separator;
  }

  /** The name by which a user chooses the form and by which it is stored: {@code month-first}. */
  public String optionName() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The form with this {@link #optionName}; case does not matter. */
  public static Optional<DateFormat> ofOption(String optionName) {
    return Arrays.stream(values())
        .filter(format -> format.optionName().equalsIgnoreCase(optionName))
        .findFirst();
  }

  /**
   * The form in the letters of {@link java.time.format.DateTimeFormatter}, optional parts in
   * brackets; for people.
   */
  public String pattern() {
    return pattern;
  }

  /**
   * The date that the text says in this form, or empty. Written by hand because it runs once per
   * line: it costs a tenth of what a DateTimeFormatter costs.
   */
  public Optional<LocalDateTime> parse(String text) {
    Scanner in = new Scanner(text);
    int first = in.number(order == Order.YEAR_FIRST ? 4 : 1, order == Order.YEAR_FIRST ? 4 : 2);
    in.expect(separator);
    int second = in.number(order == Order.YEAR_FIRST ? 2 : 1, 2);
    in.expect(separator);
    int third = in.number(order == Order.YEAR_FIRST ? 2 : 4, order == Order.YEAR_FIRST ? 2 : 4);
    in.expectTimeMark(order == Order.YEAR_FIRST);
    int hour = in.number(order == Order.YEAR_FIRST ? 2 : 1, 2);
    in.expect(':');
    int minute = in.number(2, 2);
    int seconds = 0;
    if (in.more()) {
      in.expect(':');
      seconds = in.number(2, 2);
    }
    if (in.failed || in.more()) {
      return Optional.empty();
    }
    try {
      switch (order) {
        case YEAR_FIRST:
          return Optional.of(LocalDateTime.of(first, second, third, hour, minute, seconds));
        case MONTH_FIRST:
          return Optional.of(LocalDateTime.of(third, first, second, hour, minute, seconds));
        case DAY_FIRST:
        default:
          return Optional.of(LocalDateTime.of(third, second, first, hour, minute, seconds));
      }
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /** Walks over the text once; after a failure every further step fails too. */
  private static final class Scanner {
    private final String text;
    private int at;
    private boolean failed;

    Scanner(String text) {
      this.text = text;
    }

    boolean more() {
      return at < text.length();
    }

    int number(int minDigits, int maxDigits) {
      int value = 0;
      int digits = 0;
      while (more() && digits < maxDigits && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
        value = value * 10 + text.charAt(at) - '0';
        at++;
        digits++;
      }
      failed |= digits < minDigits;
      return value;
    }

    void expect(char expected) {
      failed |= !more() || text.charAt(at) != expected;
      at++;
    }

    void expectTimeMark(boolean orT) {
      failed |= !more() || (text.charAt(at) != ' ' && !(orT && text.charAt(at) == 'T'));
      at++;
    }
  }
}

package org.invoiceflow.model;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the user said about a CSV file; what is absent is detected. Immutable. */
public final class CsvOptions {

  private static final CsvOptions DETECT_ALL = new CsvOptions(null, null, null);

  private final @Nullable Charset charset;
  private final @Nullable Character separator;
  private final @Nullable DateFormat dateFormat;

  private CsvOptions(
      @Nullable Charset charset, @Nullable Character separator, @Nullable DateFormat dateFormat) {
    this.charset = charset;
    this.separator = separator;
    this.dateFormat = dateFormat;
  }

  /** Nothing is known; everything is detected. */
  public static CsvOptions detectAll() {
    return DETECT_ALL;
  }

  /**
   * @throws IllegalArgumentException with a message for the user if the charset is neither UTF-8
   *     nor a one-byte extension of ASCII: the reader looks for commas, quotes and line ends among
   *     the bytes
   */
  public CsvOptions withCharset(Charset value) {
    if (!isSupported(value)) {
      throw new IllegalArgumentException(
          "Charset " + value + " is not supported; convert the file to UTF-8");
    }
    return new CsvOptions(value, separator, dateFormat);
  }

  /**
   * @throws IllegalArgumentException with a message for the user if the separator is not an ASCII
   *     punctuation character or a tab, or is the quote
   */
  public CsvOptions withSeparator(char value) {
    if (!Separators.isUsable(value)) {
      throw new IllegalArgumentException(
          "'" + value + "' cannot separate columns; use a comma, a semicolon, a tab or a pipe");
    }
    return new CsvOptions(charset, value, dateFormat);
  }

  public CsvOptions withDateFormat(DateFormat value) {
    return new CsvOptions(charset, separator, value);
  }

  public Optional<Charset> charset() {
    return Optional.ofNullable(charset);
  }

  public Optional<Character> separator() {
    return Optional.ofNullable(separator);
  }

  public Optional<DateFormat> dateFormat() {
    return Optional.ofNullable(dateFormat);
  }

  /** Whether ASCII bytes mean ASCII characters wherever they stand. */
  static boolean isSupported(Charset charset) {
    if (charset.equals(StandardCharsets.UTF_8)) {
      return true;
    }
    if (!charset.canEncode() || charset.newEncoder().maxBytesPerChar() > 1) {
      return false;
    }
    byte[] ascii = new byte[0x80];
    for (int i = 0; i < ascii.length; i++) {
      ascii[i] = (byte) i;
    }
    return new String(ascii, charset).equals(new String(ascii, StandardCharsets.US_ASCII));
  }
}

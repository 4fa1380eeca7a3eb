package org.invoiceflow.loader;

import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import org.invoiceflow.model.CsvOptions;
import org.invoiceflow.model.DateFormat;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/**
 * The options that say how a CSV file is written; what is left out is detected. A picocli mixin for
 * every command that reads such a file.
 */
public final class CsvArguments {

  @Option(
      names = "--encoding",
      paramLabel = "CHARSET",
      converter = CharsetConverter.class,
      description = "How a CSV file is encoded, such as UTF-8 or windows-1252. Detected if absent.")
  private Optional<Charset> encoding = Optional.empty();

  @Option(
      names = "--date-format",
      paramLabel = "FORMAT",
      converter = DateFormatConverter.class,
      description =
          "How a CSV file writes dates: iso, month-first (12/31/2010 8:26), day-first,"
              + " day-first-dashed or month-first-dashed. Detected if absent.")
  private Optional<DateFormat> dateFormat = Optional.empty();

  @Option(
      names = "--separator",
      paramLabel = "CHAR",
      converter = SeparatorConverter.class,
      description = "What separates a CSV file's columns; 'tab' for a tab. Detected if absent.")
  private Optional<Character> separator = Optional.empty();

  /** What the user said. */
  public CsvOptions options() {
    CsvOptions options = CsvOptions.detectAll();
    options = encoding.isPresent() ? options.withCharset(encoding.get()) : options;
    options = dateFormat.isPresent() ? options.withDateFormat(dateFormat.get()) : options;
    return separator.isPresent() ? options.withSeparator(separator.get()) : options;
  }

  /** Takes only charsets that a CSV file may have. */
  static final class CharsetConverter implements ITypeConverter<Charset> {
    @Override
    public Charset convert(String value) {
      try {
        Charset charset = Charset.forName(value);
        CsvOptions unused = CsvOptions.detectAll().withCharset(charset);
        return charset;
      } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
        throw new TypeConversionException("there is no charset '" + value + "'");
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(e.getMessage());
      }
    }
  }

  /** Takes the names of {@link DateFormat#optionName()}. */
  static final class DateFormatConverter implements ITypeConverter<DateFormat> {
    @Override
    public DateFormat convert(String value) {
      return DateFormat.ofOption(value)
          .orElseThrow(
              () ->
                  new TypeConversionException(
                      "there is no date format '"
                          + value
                          + "'; the formats are "
                          + Arrays.stream(DateFormat.values())
                              .map(DateFormat::optionName)
                              .collect(Collectors.joining(", "))));
    }
  }

  /** Takes one character, or the name of one that a shell swallows. */
  static final class SeparatorConverter implements ITypeConverter<Character> {
    @Override
    public Character convert(String value) {
      String text = value.equals("tab") || value.equals("\\t") ? "\t" : value;
      if (text.length() != 1) {
        throw new TypeConversionException("'" + value + "' is not one character");
      }
      try {
        CsvOptions unused = CsvOptions.detectAll().withSeparator(text.charAt(0));
        return text.charAt(0);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(e.getMessage());
      }
    }
  }
}

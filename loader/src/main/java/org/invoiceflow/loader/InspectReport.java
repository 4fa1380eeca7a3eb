package org.invoiceflow.loader;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.invoiceflow.loader.input.SourceFile;
import org.invoiceflow.model.CsvDialect;
import org.invoiceflow.model.CsvException;
import org.invoiceflow.model.CsvInspection;
import org.invoiceflow.model.DateFormat;

/** What {@code loader inspect} prints. */
final class InspectReport {

  private static final List<String> FIRST_EDITION =
      List.of(
          "InvoiceNo",
          "StockCode",
          "Description",
          "Quantity",
          "InvoiceDate",
          "UnitPrice",
          "CustomerID",
          "Country");
  private static final List<String> LATER_EDITION =
      List.of(
          "Invoice",
          "StockCode",
          "Description",
          "Quantity",
          "InvoiceDate",
          "Price",
          "Customer ID",
          "Country");
  private static final Map<Character, String> SEPARATORS =
      Map.of(',', "comma", ';', "semicolon", '\t', "tab", '|', "pipe");

  private InspectReport() {}

  static String ofFile(SourceFile file) throws IOException {
    return row("file", String.format(Locale.ROOT, "%s, %,d bytes", file.path(), file.size()))
        + row("packing", file.isPacked() ? "gzip" : "none");
  }

  static String ofJsonLines() {
    return row("format", "JSON Lines: one object, or an array of them, on each line")
        + row("encoding", "UTF-8")
        + row("line numbers", "from the field LineNo");
  }

  static String of(CsvInspection found) {
    return row("format", String.format(Locale.ROOT, "CSV, %,d rows", found.rows()))
        + row("encoding", encoding(found))
        + row(
            "separator",
            SEPARATORS.getOrDefault(found.separator(), String.valueOf(found.separator())))
        + row("header", header(found))
        + row("dates", dates(found))
        + row("customers", customers(found))
        + row(
            "line numbers",
            found.columns().contains("LineNo")
                ? "from the column LineNo"
                : "counted per invoice, in the order of the file");
  }

  private static String encoding(CsvInspection found) {
    String mark = found.hasByteOrderMark() ? ", with byte order mark" : "";
    String evidence =
        found.rowsBeyondAscii() == 0
            ? ", all ASCII"
            : String.format(Locale.ROOT, ", %,d rows beyond ASCII", found.rowsBeyondAscii());
    return found.charset() + mark + evidence;
  }

  private static String header(CsvInspection found) {
    String edition =
        found.names().equals(FIRST_EDITION)
            ? "first edition of the public data set: "
            : found.names().equals(LATER_EDITION) ? "later edition of the public data set: " : "";
    List<String> ignored = new ArrayList<>();
    for (int i = 0; i < found.names().size(); i++) {
      if (found.columns().get(i).isEmpty()) {
        ignored.add(found.names().get(i));
      }
    }
    return edition
        + String.join(", ", found.names())
        + (ignored.isEmpty() ? "" : " (ignored: " + String.join(", ", ignored) + ")");
  }

  private static String dates(CsvInspection found) {
    try {
      CsvDialect dialect = found.dialect();
      return found.dates() == 0 ? "none" : fitting(found, dialect.dateFormat());
    } catch (CsvException e) {
      List<DateFormat> possible = possible(found);
      return possible.isEmpty()
          ? "of no known format"
          : "not to be told: "
              + possible.stream().map(f -> fitting(found, f)).collect(Collectors.joining(" or "));
    }
  }

  private static List<DateFormat> possible(CsvInspection found) {
    return found.datesByFormat().entrySet().stream()
        .filter(e -> e.getValue() > 0)
        .map(Map.Entry::getKey)
        .toList();
  }

  private static String fitting(CsvInspection found, DateFormat format) {
    return String.format(
        Locale.ROOT,
        "%s, %s (%,d of %,d)",
        format.optionName(),
        format.pattern(),
        found.datesByFormat().getOrDefault(format, 0L),
        found.dates());
  }

  private static String customers(CsvInspection found) {
    return found.customers() == 0
        ? "none"
        : String.format(
            Locale.ROOT,
            "%,d rows name one, %s",
            found.customers(),
            found.decimalCustomers() ? "written 13085.0 for 13085" : "as written");
  }

  private static String row(String name, String value) {
    return String.format(Locale.ROOT, "%-14s%s%n", name, value);
  }
}

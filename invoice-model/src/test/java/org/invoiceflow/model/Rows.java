package org.invoiceflow.model;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Short ways to small CSV files and their rows. */
final class Rows {

  static final String HEADER =
      "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country";

  private Rows() {}

  static ByteSource file(String text) {
    return file(text.getBytes(StandardCharsets.UTF_8));
  }

  static ByteSource file(byte[] bytes) {
    return () -> new ByteArrayInputStream(bytes);
  }

  static CsvDialect detect(String text) throws IOException {
    return CsvDetector.detect(file(text), CsvOptions.detectAll());
  }

  static CsvDialect dialect(String... columns) {
    return new CsvDialect(StandardCharsets.UTF_8, ',', DateFormat.ISO, false, List.of(columns));
  }

  static CsvDialect plain() {
    return dialect(HEADER.split(",", -1));
  }

  static List<CsvRow> read(String text, CsvDialect dialect) throws IOException {
    return read(text.getBytes(StandardCharsets.UTF_8), dialect);
  }

  static List<CsvRow> read(byte[] bytes, CsvDialect dialect) throws IOException {
    List<CsvRow> rows = new ArrayList<>();
    try (CsvReader reader = new CsvReader(new ByteArrayInputStream(bytes), dialect)) {
      for (Optional<CsvRow> row = reader.next(); row.isPresent(); row = reader.next()) {
        rows.add(row.get());
      }
    }
    return rows;
  }

  static List<String> texts(List<CsvRow> rows) {
    return rows.stream()
        .map(row -> new String(row.bytes(), StandardCharsets.UTF_8))
        .collect(Collectors.toList());
  }

  static List<Integer> lineNos(List<CsvRow> rows) {
    return rows.stream().map(CsvRow::lineNo).collect(Collectors.toList());
  }

  static List<Long> fileLines(List<CsvRow> rows) {
    return rows.stream().map(CsvRow::fileLine).collect(Collectors.toList());
  }
}

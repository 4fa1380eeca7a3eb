package org.invoiceflow.local.bench;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.invoiceflow.loader.generate.GenerateOptions;
import org.invoiceflow.loader.generate.Generator;
import org.invoiceflow.model.CsvDetector;
import org.invoiceflow.model.CsvDialect;
import org.invoiceflow.model.CsvOptions;
import org.invoiceflow.model.CsvReader;
import org.invoiceflow.model.CsvRow;
import org.invoiceflow.model.CsvRowParser;
import org.invoiceflow.model.InvoiceLine;

/**
 * What is loaded: the whole real file, or as many generated lines where it is absent.
 *
 * @param source what to call it
 */
record BenchLines(String source, List<InvoiceLine> lines) {

  private static final int LINES = 541_909;

  static BenchLines read(Path root) throws IOException {
    Path real = root.resolve("../shared/data/online_retail.csv.gz");
    if (Files.exists(real)) {
      try (GZIPInputStream in = new GZIPInputStream(Files.newInputStream(real))) {
        return new BenchLines("the real file", parse(in.readAllBytes(), "online_retail.csv"));
      }
    }
    ByteArrayOutputStream generated = new ByteArrayOutputStream();
    new Generator(GenerateOptions.of(LINES, 1)).writeTo(generated);
    return new BenchLines("generated, seed 1", parse(generated.toByteArray(), "generated.csv"));
  }

  private static List<InvoiceLine> parse(byte[] csv, String name) throws IOException {
    CsvDialect dialect =
        CsvDetector.detect(() -> new ByteArrayInputStream(csv), CsvOptions.detectAll());
    CsvRowParser parser = new CsvRowParser(dialect);
    List<InvoiceLine> lines = new ArrayList<>(LINES);
    try (CsvReader rows = new CsvReader(new ByteArrayInputStream(csv), dialect)) {
      for (Optional<CsvRow> row = rows.next(); row.isPresent(); row = rows.next()) {
        lines.add(parser.parse(row.get().bytes(), row.get().lineNo(), name).line().orElseThrow());
      }
    }
    return lines;
  }
}

package org.invoiceflow.local.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.invoiceflow.loader.generate.GenerateOptions;
import org.invoiceflow.local.testing.CsvLines;
import org.invoiceflow.local.testing.GeneratedFile;
import org.invoiceflow.model.InvoiceLine;

/**
 * What is loaded: the whole real file, or as many generated lines where it is absent.
 *
 * @param source what to call it
 */
record BenchLines(String source, List<InvoiceLine> lines) {

  private static final int LINES = 541_909;

  /**
   * @param root the checkout; the real file lies beside it
   * @param folder for a generated file
   */
  static BenchLines read(Path root, Path folder) throws IOException {
    Path real = root.resolve("../shared/data/online_retail.csv.gz");
    return Files.exists(real)
        ? new BenchLines("the real file", CsvLines.read(real))
        : new BenchLines(
            "generated, seed 1",
            GeneratedFile.write(folder.resolve("generated.csv"), GenerateOptions.of(LINES, 1))
                .lines());
  }
}

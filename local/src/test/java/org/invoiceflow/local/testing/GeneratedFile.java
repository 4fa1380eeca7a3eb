package org.invoiceflow.local.testing;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.invoiceflow.loader.generate.GenerateOptions;
import org.invoiceflow.loader.generate.Generator;
import org.invoiceflow.model.InvoiceLine;

/**
 * A CSV file of the generator, with all quirks of the public data set, and the lines that every
 * store must hold of it.
 *
 * @param lines in file order
 */
public record GeneratedFile(Path path, List<InvoiceLine> lines) {

  public GeneratedFile {
    lines = List.copyOf(lines);
  }

  /**
   * Writes a file; the same options give the same.
   *
   * @param path of the file to write
   */
  public static GeneratedFile write(Path path, GenerateOptions options) throws IOException {
    try (OutputStream out = Files.newOutputStream(path)) {
      new Generator(options).writeTo(out);
    }
    return new GeneratedFile(path, CsvLines.read(path));
  }

  /** The lines of each invoice, in file order. */
  public Map<String, List<InvoiceLine>> byInvoice() {
    Map<String, List<InvoiceLine>> invoices = new TreeMap<>();
    lines.forEach(
        line -> invoices.computeIfAbsent(line.invoiceNo(), any -> new ArrayList<>()).add(line));
    return invoices;
  }
}

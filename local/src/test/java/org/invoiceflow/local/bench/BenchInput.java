package org.invoiceflow.local.bench;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.zip.GZIPInputStream;
import org.invoiceflow.loader.generate.GenerateOptions;
import org.invoiceflow.loader.generate.Generator;
import org.invoiceflow.loader.input.LineSource;
import org.invoiceflow.loader.input.SourceFile;
import org.invoiceflow.loader.input.SourceLine;
import org.invoiceflow.model.CsvOptions;
import org.invoiceflow.model.DateFormat;
import org.invoiceflow.model.InvoiceLine;

/**
 * What is sent and loaded: the whole real file, or as many generated lines where it is absent.
 *
 * @param source what to call it
 * @param file as the user has it: the real one is packed
 * @param lines how many the file has, without its header
 */
public record BenchInput(String source, Path file, int lines) {

  private static final int ALL_LINES = 541_909;

  /** The file that the settings ask for. */
  public static BenchInput of(BenchSettings settings) throws IOException {
    Path real = settings.root().resolve("../shared/data/online_retail.csv.gz").normalize();
    int wanted = Math.min(ALL_LINES, settings.lines().orElse(ALL_LINES));
    if (!Files.exists(real)) {
      Path file = settings.folder().resolve("generated-" + wanted + ".csv");
      try (OutputStream out = Files.newOutputStream(file)) {
        new Generator(GenerateOptions.of(wanted, 1)).writeTo(out);
      }
      return new BenchInput("generated with seed 1", file, read(file).size());
    }
    return wanted == ALL_LINES
        ? new BenchInput("the real file", real, ALL_LINES)
        : new BenchInput(
            "the first lines of the real file",
            cut(real, wanted, settings.folder().resolve("first-" + wanted + ".csv")),
            wanted);
  }

  /** All of it, whatever the settings ask for. */
  public static BenchInput whole(BenchSettings settings) throws IOException {
    return of(
        new BenchSettings(
            settings.root(), settings.folder(), settings.rounds(), OptionalInt.empty()));
  }

  /** How the file is written, as far as it must be said: the days of its beginning tell nothing. */
  public static CsvOptions csv() {
    return CsvOptions.detectAll().withDateFormat(DateFormat.MONTH_FIRST);
  }

  /** The lines in file order. */
  public List<InvoiceLine> read() throws IOException {
    return read(file);
  }

  /** The lines of the file at this path, in its order; all of them are sound. */
  public static List<InvoiceLine> read(Path file) throws IOException {
    List<InvoiceLine> lines = new ArrayList<>();
    try (LineSource source = SourceFile.of(file).lines(csv())) {
      for (Optional<SourceLine> line = source.next(); line.isPresent(); line = source.next()) {
        lines.add(line.get().result().line().orElseThrow());
      }
    }
    return lines;
  }

  /** "541,909 lines (the real file)". */
  public String text() {
    return String.format(Locale.ROOT, "%,d lines (%s)", lines, source);
  }

  /** The header and so many lines; the real file has no line ends within its fields. */
  private static Path cut(Path packed, int lines, Path file) throws IOException {
    try (InputStream in =
            new BufferedInputStream(new GZIPInputStream(Files.newInputStream(packed)), 1 << 16);
        OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
      for (int ends = 0; ends <= lines; ) {
        int next = in.read();
        out.write(next);
        ends += next == '\n' ? 1 : 0;
      }
    }
    return file;
  }
}

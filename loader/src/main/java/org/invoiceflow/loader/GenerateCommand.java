package org.invoiceflow.loader;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.concurrent.Callable;
import org.invoiceflow.loader.generate.GenerateOptions;
import org.invoiceflow.loader.generate.Generator;
import org.invoiceflow.loader.input.InputException;
import org.invoiceflow.loader.send.OutputException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code loader generate}. */
@Command(
    name = "generate",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    description = {
      "Makes invoices of the shape of the Online Retail data set, with its quirks. The same options"
          + " give the same bytes. From about 2,000 lines on, every quirk stands at least once."
    })
final class GenerateCommand implements Callable<Integer> {

  @Option(names = "--lines", paramLabel = "N", description = "Rows (default: ${DEFAULT-VALUE}).")
  private long lines = 5_000;

  @Option(
      names = "--seed",
      paramLabel = "S",
      description = "Any number; another one gives other invoices (default: ${DEFAULT-VALUE}).")
  private long seed = 1;

  @Option(
      names = "--output",
      paramLabel = "FILE",
      description = "File to write, replaced if it exists; - for standard output, the default.")
  private String output = "-";

  @Option(
      names = "--start",
      paramLabel = "DATE",
      description = "First day, as 2024-12-31 (default: ${DEFAULT-VALUE}).")
  private LocalDate start = GenerateOptions.DEFAULT_START;

  @Option(
      names = "--days",
      paramLabel = "D",
      description =
          "Days that the invoices are spread over (default: ${DEFAULT-VALUE}). Of a few days only,"
              + " month and day may look alike; readers then need --date-format month-first.")
  private int days = GenerateOptions.DEFAULT_DAYS;

  @Option(
      names = "--first-invoice",
      paramLabel = "N",
      description =
          "Number of the first invoice (default: ${DEFAULT-VALUE}). Files whose numbers overlap"
              + " contradict each other.")
  private long firstInvoice = GenerateOptions.DEFAULT_FIRST_INVOICE;

  @Override
  public Integer call() throws IOException {
    Generator generator = new Generator(options());
    try (OutputStream out = open()) {
      generator.writeTo(out);
    } catch (IOException e) {
      throw new OutputException("Writing " + output + " failed: " + e + ".", e);
    }
    return ExitCode.OK;
  }

  private GenerateOptions options() throws InputException {
    try {
      return new GenerateOptions(lines, seed, start, days, firstInvoice);
    } catch (IllegalArgumentException e) {
      throw new InputException(e.getMessage() + ".", e);
    }
  }

  private OutputStream open() throws IOException {
    return output.equals("-")
        ? new FileOutputStream(FileDescriptor.out)
        : Files.newOutputStream(Path.of(output));
  }
}

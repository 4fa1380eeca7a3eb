package org.invoiceflow.loader;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.invoiceflow.loader.input.SourceFile;
import org.invoiceflow.model.CsvInspection;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code loader inspect}. */
@Command(
    name = "inspect",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    description =
        "Prints how a file is written, as send and the import would read it: packing, format,"
            + " encoding, separator, header, dates, customers. Where its dates fit two formats, it"
            + " says so and asks for --date-format. What its lines hold says 'loader send FILE"
            + " --dry-run'.")
final class InspectCommand implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Mixin private CsvArguments csv = new CsvArguments();

  @Parameters(paramLabel = "FILE", description = "The file to look at.")
  private Path file = Path.of("");

  @Override
  public Integer call() throws Exception {
    PrintWriter out = spec.commandLine().getOut();
    SourceFile source = SourceFile.of(file);
    out.print(InspectReport.ofFile(source));
    if (source.isJson()) {
      out.print(InspectReport.ofJsonLines());
    } else {
      CsvInspection found = source.inspect(csv.options());
      out.print(InspectReport.of(found));
      out.flush();
      source.requireDialect(found);
      PrintWriter err = spec.commandLine().getErr();
      found.warning().ifPresent(warning -> ReadingNotes.warn(err, source.name(), warning));
    }
    out.flush();
    return ExitCode.OK;
  }
}

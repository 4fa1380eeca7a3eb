package org.invoiceflow.local.demo;

import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.invoiceflow.loader.CsvArguments;
import org.invoiceflow.local.console.CommandException;
import org.invoiceflow.local.console.ExitCode;
import org.invoiceflow.local.console.Messages;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command line of the demo. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Sends a file of invoice lines through the whole pipeline on this machine and accounts for every line.",
      "Without a FILE it sends data/sample.csv and stays up until Ctrl-C."
    },
    exitCodeListHeading = "%nExit status:%n",
    exitCodeList = {
      "0:every line is accounted for",
      "1:not every line is accounted for",
      "2:the call or its input is wrong",
      "3:a stand-in, a service or the job failed"
    })
public final class DemoCommand implements Callable<Integer> {

  private static final String SAMPLE = "data/sample.csv";

  @Spec private @Nullable CommandSpec spec;

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "FILE",
      description = "CSV file, plain or .gz.")
  private @Nullable Path file;

  @Mixin private CsvArguments csv = new CsvArguments();

  @Option(
      names = "--mode",
      paramLabel = "stream|import",
      defaultValue = "stream",
      description =
          "The way through Kinesis, or a bounded import from S3 (default: ${DEFAULT-VALUE}).")
  private String mode = "stream";

  @Option(
      names = "--repeat",
      paramLabel = "N",
      defaultValue = "1",
      description = "Send the file N times.")
  private int repeat = 1;

  @Option(
      names = "--exit",
      description = "End when done, with status 0 only if every line is accounted for.")
  private boolean exit;

  @Option(names = "--report", paramLabel = "FILE.json", description = "Write the table as JSON.")
  private @Nullable Path report;

  @Option(
      names = "--export",
      paramLabel = "DIR",
      description = "Write what the stores hold as invoices.csv, customers.csv and warehouse.csv.")
  private @Nullable Path export;

  @Option(
      names = "--endpoints",
      paramLabel = "FILE",
      description = "Use the services that this file names in place of the demo's own stand-ins.")
  private @Nullable Path endpoints;

  @Option(
      names = "--create-missing",
      description =
          "Create what is missing in the services of --endpoints: stream, tables, bucket, schema.")
  private boolean createMissing;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      defaultValue = "0",
      description = "Of the gateway (default: a free one).")
  private int port;

  @Option(
      names = "--ui-port",
      paramLabel = "PORT",
      defaultValue = "0",
      description = "Of Flink's web UI (default: a free one).")
  private int uiPort;

  /** Runs the demo and ends the JVM with its exit status. */
  public static void main(String[] args) {
    Charset terminal = Charset.defaultCharset();
    System.exit(
        run(
            args,
            new PrintWriter(System.out, true, terminal),
            new PrintWriter(System.err, true, terminal)));
  }

  static int run(String[] args, PrintWriter out, PrintWriter err) {
    return new CommandLine(new DemoCommand())
        .setOut(out)
        .setErr(err)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setParameterExceptionHandler(
            (e, arguments) -> {
              err.println(e.getMessage() + " (demo --help lists the options)");
              return ExitCode.USAGE;
            })
        .setExecutionExceptionHandler(
            (e, line, arguments) -> {
              err.println("The demo failed: " + Messages.ofRoot(e));
              return ExitCode.FAILED;
            })
        .execute(args);
  }

  @Override
  public Integer call() throws Exception {
    CommandLine line = Optional.ofNullable(spec).orElseThrow().commandLine();
    try {
      return new Demo(options(line), line.getOut(), line.getErr()).run();
    } catch (CommandException e) {
      line.getErr().println(Messages.of(e));
      return e.exitCode();
    }
  }

  private DemoOptions options(CommandLine line) {
    DemoOptions.Mode way;
    try {
      way = DemoOptions.Mode.valueOf(mode.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw new ParameterException(line, "--mode is stream or import, not '" + mode + "'.");
    }
    if (repeat < 1) {
      throw new ParameterException(line, "--repeat is at least 1, not " + repeat + ".");
    }
    if (createMissing && endpoints == null) {
      throw new ParameterException(line, "--create-missing belongs to --endpoints.");
    }
    Path sample = Path.of(System.getProperty("invoiceflow.root", "."), SAMPLE);
    return new DemoOptions(
        file == null ? sample : file,
        csv.options(),
        way,
        repeat,
        exit,
        Optional.ofNullable(report),
        Optional.ofNullable(export),
        Optional.ofNullable(endpoints),
        createMissing,
        port,
        uiPort);
  }
}

package org.invoiceflow.local.replay;

import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.invoiceflow.local.console.CommandException;
import org.invoiceflow.local.console.ExitCode;
import org.invoiceflow.local.console.Messages;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The command line of a replay. */
@Command(
    name = "replay",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Sends the records of raw/ through the job again, in this process, and accounts for every line.",
      "What the views and the warehouse hold already stays as it is; what they lack is added."
          + " Nothing is written to raw/, rejected/ or duplicates/."
    },
    footer = {
      "",
      "Without --endpoints, AWS's own services are used, with the credentials and the region of the"
          + " environment. Another schema of the warehouse is chosen in its address:"
          + " jdbc:redshift://HOST:5439/DB?currentSchema=NAME."
    },
    exitCodeListHeading = "%nExit status:%n",
    exitCodeList = {
      "0:every line is accounted for",
      "1:not every line is accounted for",
      "2:the call is wrong, or there is nothing to replay",
      "3:a service or the job failed"
    })
public final class ReplayCommand implements Callable<Integer> {

  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = "--from",
      required = true,
      paramLabel = "s3://BUCKET/raw/",
      description =
          "What to replay: a folder, such as a day or an hour of raw/, a file, or a glob.")
  private String from = "";

  @Option(
      names = "--endpoints",
      paramLabel = "FILE",
      description =
          "Where the services are, in the form of ./demo --endpoints; Kinesis is not used.")
  private @Nullable Path endpoints;

  @Option(
      names = "--region",
      paramLabel = "R",
      description = "Region of the tables and the bucket.")
  private @Nullable String region;

  @Option(
      names = "--invoices-table",
      paramLabel = "T",
      description =
          "The table to write the invoices view to; that of the endpoints file if absent.")
  private @Nullable String invoicesTable;

  @Option(
      names = "--customers-table",
      paramLabel = "T",
      description =
          "The table to write the customers view to; that of the endpoints file if absent.")
  private @Nullable String customersTable;

  @Option(
      names = "--warehouse-url",
      paramLabel = "URL",
      description = "JDBC address of the warehouse; that of the endpoints file if absent.")
  private @Nullable String warehouseUrl;

  @Option(
      names = "--warehouse-user",
      paramLabel = "U",
      description =
          "User of the warehouse; that of the endpoints file if absent. The password of a warehouse"
              + " that these options name stands in the environment variable "
              + ReplayTargets.PASSWORD_VARIABLE
              + ".")
  private @Nullable String warehouseUser;

  @Option(names = "--no-warehouse", description = "Rebuild the views only.")
  private boolean noWarehouse;

  @Option(
      names = "--create-missing",
      description = "Create the tables and the warehouse's schema where they are missing.")
  private boolean createMissing;

  /** Runs the replay and ends the JVM with its exit status. */
  public static void main(String[] args) {
    Charset terminal = Charset.defaultCharset();
    System.exit(
        run(
            args,
            new PrintWriter(System.out, true, terminal),
            new PrintWriter(System.err, true, terminal)));
  }

  static int run(String[] args, PrintWriter out, PrintWriter err) {
    return new CommandLine(new ReplayCommand())
        .setOut(out)
        .setErr(err)
        .setParameterExceptionHandler(
            (e, arguments) -> {
              err.println(e.getMessage() + " (replay --help lists the options)");
              return ExitCode.USAGE;
            })
        .setExecutionExceptionHandler(
            (e, line, arguments) -> {
              err.println("The replay failed: " + Messages.ofRoot(e));
              return ExitCode.FAILED;
            })
        .execute(args);
  }

  @Override
  public Integer call() throws Exception {
    CommandLine line = Optional.ofNullable(spec).orElseThrow().commandLine();
    ReplayOptions options =
        new ReplayOptions(
            from,
            Optional.ofNullable(endpoints),
            Optional.ofNullable(region),
            Optional.ofNullable(invoicesTable),
            Optional.ofNullable(customersTable),
            Optional.ofNullable(warehouseUrl),
            Optional.ofNullable(warehouseUser),
            noWarehouse,
            createMissing);
    try {
      return new Replay(options, line.getOut()).run();
    } catch (CommandException e) {
      line.getErr().println(Messages.of(e));
      return e.exitCode();
    }
  }
}

package org.invoiceflow.loader;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.stream.Collectors;
import org.invoiceflow.loader.input.InputException;
import org.invoiceflow.loader.rejected.StoreException;
import org.invoiceflow.loader.run.RunException;
import org.invoiceflow.loader.send.BrokenOffException;
import org.invoiceflow.loader.send.GaveUpException;
import org.invoiceflow.loader.upload.UploadException;
import org.invoiceflow.model.warehouse.WarehouseException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;

/** Entry of the command line {@code loader}. */
@Command(
    name = "loader",
    description =
        "Sends invoice files to invoiceflow, puts them on S3, imports them, makes sample files, or"
            + " prepares the warehouse.",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      SendCommand.class,
      InspectCommand.class,
      UploadCommand.class,
      ImportCommand.class,
      RejectedCommand.class,
      GenerateCommand.class,
      WarehouseCommand.class
    })
public final class Main {

  private Main() {}

  /** Runs one command and ends the process with its exit code. */
  public static void main(String[] args) {
    // The terminal's charset, not always UTF-8.
    PrintWriter out = new PrintWriter(System.out, true, Charset.defaultCharset());
    PrintWriter err = new PrintWriter(System.err, true, Charset.defaultCharset());
    System.exit(runWithinHeap(out, err, args));
  }

  private static int runWithinHeap(PrintWriter out, PrintWriter err, String... args) {
    try {
      return run(out, err, args);
    } catch (OutOfMemoryError e) {
      // The status of an uncaught error would mean that some lines were rejected.
      err.println(
          "loader: The heap is too small (a CSV file takes about 100 bytes for each distinct"
              + " invoice); give it more, as by JAVA_TOOL_OPTIONS=-Xmx2g, and run the command again,"
              + " 'send' with --resume.");
      return ExitCode.OWN_FAILURE;
    }
  }

  /**
   * Runs one command.
   *
   * @return the exit code
   */
  static int run(PrintWriter out, PrintWriter err, String... args) {
    CommandLine line =
        new CommandLine(new Main())
            .setOut(out)
            .setErr(err)
            .setCaseInsensitiveEnumValuesAllowed(true)
            .setParameterExceptionHandler((e, a) -> badUsage(e))
            .setExecutionExceptionHandler((e, command, parsed) -> failure(e, command.getErr()));
    showExitCodes(line);
    if (args.length == 0) {
      line.usage(err);
      return ExitCode.BAD_USAGE;
    }
    return line.execute(args);
  }

  private static void showExitCodes(CommandLine parent) {
    for (CommandLine command : parent.getSubcommands().values()) {
      showExitCodesOf(command);
      showExitCodes(command);
    }
  }

  private static void showExitCodesOf(CommandLine command) {
    command.getCommandSpec().usageMessage().exitCodeListHeading("%nExit codes:%n");
    command
        .getCommandSpec()
        .usageMessage()
        .exitCodeList(
            Arrays.stream(ExitCode.HELP)
                .collect(
                    Collectors.toMap(
                        text -> text.substring(0, text.indexOf(':')),
                        text -> text.substring(text.indexOf(':') + 1),
                        (a, b) -> a,
                        LinkedHashMap::new)));
  }

  private static int badUsage(CommandLine.ParameterException e) {
    CommandLine command = e.getCommandLine();
    command.getErr().println("loader: " + e.getMessage());
    command.getErr().println("Try '" + command.getCommandSpec().qualifiedName() + " --help'.");
    return ExitCode.BAD_USAGE;
  }

  private static int failure(Exception e, PrintWriter err) {
    if (e instanceof IOException || e instanceof WarehouseException) {
      err.println("loader: " + e.getMessage());
    } else {
      err.println("loader: internal error, please report it with what follows");
      e.printStackTrace(err);
    }
    if (e instanceof InputException
        || (e instanceof BrokenOffException && e.getCause() instanceof InputException)) {
      return ExitCode.BAD_USAGE;
    }
    return e instanceof GaveUpException
            || e instanceof UploadException
            || e instanceof RunException
            || e instanceof StoreException
            || e instanceof WarehouseException
        ? ExitCode.GAVE_UP
        : ExitCode.OWN_FAILURE;
  }

  /** Reads the version that the build wrote into the jar. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = Main.class.getPackage().getImplementationVersion();
      return new String[] {"loader " + (version == null ? "(not packaged)" : version)};
    }
  }
}

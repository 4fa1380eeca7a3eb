package org.invoiceflow.loader;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.invoiceflow.loader.input.InputException;
import org.invoiceflow.loader.input.InvoiceInput;
import org.invoiceflow.loader.profile.Profile;
import org.invoiceflow.loader.send.BrokenOffException;
import org.invoiceflow.loader.send.DryRun;
import org.invoiceflow.loader.send.GaveUpException;
import org.invoiceflow.loader.send.Loader;
import org.invoiceflow.loader.send.OutputFiles;
import org.invoiceflow.loader.send.SendListener;
import org.invoiceflow.loader.send.SendOptions;
import org.invoiceflow.loader.send.SendResult;
import org.invoiceflow.loader.send.Traffic;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code loader send}. */
@Command(
    name = "send",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    description =
        "Sends the lines of a CSV or JSON Lines file (plain or gzip) to the API. Sending a file"
            + " again is safe. A run that was stopped or gave up goes on with --resume. Memory is"
            + " flat but for one small counter (about 100 bytes) for each distinct invoice of a CSV"
            + " file, whose lines are numbered by it.")
final class SendCommand implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Mixin private CsvArguments csv = new CsvArguments();

  @Mixin private AuthArguments auth = new AuthArguments();

  @Parameters(
      paramLabel = "FILE",
      description =
          "The file to send; - for standard input, which needs --encoding and --date-format unless"
              + " it is JSON Lines.")
  private Path file = Path.of("");

  @Option(
      names = "--url",
      paramLabel = "URL",
      converter = UrlConverter.class,
      description = "Address of the API, without /v1. Required unless with --dry-run.")
  private Optional<URI> url = Optional.empty();

  @Option(
      names = "--dry-run",
      description =
          "Read and check everything, send nothing, and print what the file holds and what would be"
              + " rejected. The exit code is that of a run whose lines the API all takes. Refused"
              + " lines are written only with --rejects.")
  private boolean dryRun;

  @Option(
      names = "--in-flight",
      paramLabel = "N",
      description = "Requests at the same time, 1 to 64 (default: ${DEFAULT-VALUE}).")
  private int inFlight = Traffic.DEFAULT_IN_FLIGHT;

  @Option(
      names = "--batch",
      paramLabel = "N",
      description = "Most lines in a request, 1 to 500 (default: ${DEFAULT-VALUE}).")
  private int batch = Traffic.API_LINES;

  @Option(
      names = "--rate",
      paramLabel = "N",
      description =
          "Most lines per second, evenly; requests get smaller where that takes it. No limit if"
              + " absent.")
  private Optional<Integer> rate = Optional.empty();

  @Option(
      names = "--resume",
      description =
          "Go on where a run of the same file left off that was stopped or gave up, by its progress"
              + " file; from the start if there is none. Lines keep their numbers.")
  private boolean resume;

  @Option(
      names = "--progress",
      paramLabel = "FILE",
      description =
          "Where the run notes how far it has come (default: FILE.progress.json). The file goes"
              + " away when every line is accounted for.")
  private Optional<Path> progress = Optional.empty();

  @Option(
      names = "--tries",
      paramLabel = "N",
      description =
          "How often a request is sent before the loader gives up (default: ${DEFAULT-VALUE}).")
  private int tries = Traffic.DEFAULT_TRIES;

  @Option(
      names = "--rejects",
      paramLabel = "FILE",
      description =
          "Where rejected lines go, with line number and reason (default: FILE.rejects.csv). The"
              + " file is written only if a line was rejected.")
  private Optional<Path> rejects = Optional.empty();

  @Option(
      names = "--quiet",
      description = "No progress bar and no summary; failures are still printed.")
  private boolean quiet;

  @Override
  public Integer call() throws Exception {
    if (dryRun) {
      return tryOut();
    }
    SendOptions options = options();
    sayWhereItStarts(options);
    SendResult result = send(options);
    return result.rejected() == 0 ? ExitCode.OK : ExitCode.SOME_REJECTED;
  }

  private int tryOut() throws IOException {
    Profile profile =
        DryRun.of(
            InvoiceInput.at(file, System.in), csv.options(), rejects, noted(SendListener.NONE));
    if (!quiet) {
      spec.commandLine().getOut().print(ProfileReport.of(profile));
      spec.commandLine().getOut().flush();
    }
    return profile.rejected() == 0 ? ExitCode.OK : ExitCode.SOME_REJECTED;
  }

  private SendOptions options() throws InputException {
    URI service =
        url.orElseThrow(
            () ->
                new ParameterException(spec.commandLine(), "Missing required option: '--url=URL'"));
    Traffic traffic = Traffic.DEFAULT.withInFlight(inFlight).withBatchLines(batch).withTries(tries);
    SendOptions options =
        SendOptions.of(file, service)
            .withTraffic(rate.isPresent() ? traffic.withRate(rate.get()) : traffic)
            .withAuthorization(auth.of(service))
            .withCsv(csv.options());
    options = rejects.isPresent() ? options.withRejects(rejects.get()) : options;
    Optional<Path> noted = progress.or(() -> OutputFiles.progressOf(file));
    options = noted.isPresent() ? options.withProgress(noted.get()) : options;
    return resume ? options.resuming() : options;
  }

  private void sayWhereItStarts(SendOptions options) {
    if (quiet || options.progress().isEmpty()) {
      return;
    }
    Path path = options.progress().get();
    PrintWriter err = spec.commandLine().getErr();
    if (resume && !Files.exists(path)) {
      err.println("loader: There is no " + path + " to resume from; sending from the start.");
    } else if (!resume && Files.exists(path)) {
      err.println(
          "loader: An earlier run left "
              + path
              + ", from where --resume would have gone on; sending from the start.");
    }
  }

  private SendResult send(SendOptions options) throws Exception {
    StopNotice notice = StopNotice.with(spec.commandLine().getErr(), wayOn(options));
    try {
      if (quiet || !Terminal.isThere()) {
        return summarized(options, noted(SendListener.NONE), () -> {});
      }
      try (ProgressBar bar = new ProgressBar(spec.commandLine().getErr(), System::nanoTime)) {
        return summarized(options, noted(bar), bar::close);
      }
    } finally {
      notice.withdraw();
    }
  }

  /** The command that goes on with a run that does not come to its end. */
  private String wayOn(SendOptions options) {
    return options.progress().isPresent()
        ? "Continue with:\n  " + ContinueCommand.of(spec.commandLine())
        : "Send the file again; that is safe.";
  }

  private SendListener noted(SendListener listener) {
    return new ReadingNotes(spec.commandLine().getErr(), quiet, listener);
  }

  private SendResult summarized(SendOptions options, SendListener listener, Runnable endOfBar)
      throws Exception {
    try {
      SendResult result = Loader.create().send(options, listener);
      print(result, endOfBar);
      return result;
    } catch (GaveUpException e) {
      e.soFar().ifPresent(result -> print(result, endOfBar));
      throw e.withAdvice(wayOn(options));
    } catch (BrokenOffException e) {
      print(e.soFar(), endOfBar);
      throw e.withAdvice(wayOn(options));
    }
  }

  private void print(SendResult result, Runnable endOfBar) {
    endOfBar.run();
    if (!quiet) {
      PrintWriter out = spec.commandLine().getOut();
      out.print(Summary.of(result));
      out.flush();
    }
  }

  /** One sentence instead of the parser's own message. */
  static final class UrlConverter implements ITypeConverter<URI> {
    @Override
    public URI convert(String value) {
      try {
        return new URI(value);
      } catch (URISyntaxException e) {
        throw new TypeConversionException(
            "'" + value + "' is no URL; it looks like https://example.org/path");
      }
    }
  }
}

package org.invoiceflow.loader;

import java.io.PrintWriter;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.invoiceflow.loader.input.InputException;
import org.invoiceflow.loader.run.BoundedRuns;
import org.invoiceflow.loader.run.RunInput;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code loader import}. */
@Command(
    name = "import",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    description =
        "Starts a bounded run of the job on AWS: an import of files that lie in the bucket, or a"
            + " replay of raw/. Importing or replaying again changes nothing. Credentials are found"
            + " as the AWS command line finds them.")
final class ImportCommand implements Callable<Integer> {

  /** What a run does. */
  enum Mode {
    IMPORT,
    REPLAY
  }

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  /** As Step Functions takes an execution's name. */
  private static final String RUN_ID = "[A-Za-z0-9_-]{1,80}";

  @Spec private CommandSpec spec = CommandSpec.create();

  @Mixin private CsvArguments csv = new CsvArguments();

  @Parameters(
      paramLabel = "PATH",
      description =
          "What to read: a file, a folder or a glob such as s3://BUCKET/import/2011-*/*.csv.gz; of"
              + " a replay s3://BUCKET/raw/ or one of its days.")
  private String path = "";

  @Option(
      names = "--state-machine",
      required = true,
      paramLabel = "ARN",
      description = "The state machine that runs it; terraform output import_state_machine_arn.")
  private String stateMachine = "";

  @Option(
      names = "--mode",
      paramLabel = "MODE",
      description = "import or replay (default: import).")
  private Mode mode = Mode.IMPORT;

  @Option(
      names = "--run-id",
      paramLabel = "ID",
      description =
          "Name of the run, up to 80 letters, digits, hyphens and underscores. Made from the time"
              + " if absent.")
  private Optional<String> runId = Optional.empty();

  @Option(names = "--wait", description = "Wait until the run has ended, and say how.")
  private boolean wait;

  @Option(
      names = "--endpoint-url",
      paramLabel = "URL",
      converter = SendCommand.UrlConverter.class,
      description = "Another Step Functions than that of AWS.")
  private Optional<URI> endpoint = Optional.empty();

  @Override
  public Integer call() throws Exception {
    if (!path.startsWith("s3://")) {
      throw new InputException(
          "'" + path + "' is no place on S3; put the file there first with 'loader upload'.");
    }
    String id = runId.orElseGet(ImportCommand::newId);
    if (!id.matches(RUN_ID)) {
      throw new InputException(
          "'" + id + "' is no run id; it is 1 to 80 letters, digits, hyphens and underscores.");
    }
    String modeName = mode.name().toLowerCase(Locale.ROOT);
    PrintWriter out = spec.commandLine().getOut();
    try (BoundedRuns runs = BoundedRuns.by(stateMachine, endpoint)) {
      String execution = runs.start(id, RunInput.of(path, modeName, csv.options()));
      out.println("Started run " + id + ": " + execution);
      if (wait) {
        out.println(runs.await(execution));
      }
    }
    return ExitCode.OK;
  }

  /** Sorts by time; two runs of one second differ. */
  private static String newId() {
    byte[] random = new byte[2];
    new SecureRandom().nextBytes(random);
    return TIME.format(Instant.now()) + "-" + HexFormat.of().formatHex(random);
  }
}

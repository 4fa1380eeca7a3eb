package org.invoiceflow.loader;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.invoiceflow.loader.aws.DynamoDbClients;
import org.invoiceflow.loader.aws.S3Clients;
import org.invoiceflow.loader.rejected.RejectedFiles;
import org.invoiceflow.loader.rejected.RejectedLines;
import org.invoiceflow.loader.rejected.StoredLines;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.s3.S3Client;

/** {@code loader rejected}. */
@Command(
    name = "rejected",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    description =
        "Brings back what the job rejected, as a JSON Lines file to mend and to send with 'loader"
            + " send', and beside it a CSV file with the reasons. Reads only; rejected/ keeps what it"
            + " holds. Credentials are found as the AWS command line finds them.")
final class RejectedCommand implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--from",
      required = true,
      paramLabel = "s3://BUCKET/rejected/",
      description = "A folder (such as a day or an hour of rejected/) or a file, on S3 or here.")
  private String from = "";

  @Option(
      names = "--out",
      paramLabel = "FILE.jsonl",
      description = "The file to write; it must not exist (default: ${DEFAULT-VALUE}).")
  private Path out = Path.of("rejected.jsonl");

  @Option(
      names = "--rule",
      paramLabel = "R",
      description = "Only lines that broke this rule. May be given several times.")
  private Set<String> rules = new LinkedHashSet<>();

  @Option(
      names = "--invoice",
      paramLabel = "N",
      description = "Only lines of this invoice. May be given several times.")
  private Set<String> invoices = new LinkedHashSet<>();

  @Option(
      names = "--open",
      description =
          "Leave out lines whose InvoiceNo and LineNo are stored by now; asks the table of"
              + " --invoices-table. Lines in conflict with a stored one stay in.")
  private boolean open;

  @Option(names = "--invoices-table", paramLabel = "T", description = "The invoices view.")
  private Optional<String> invoicesTable = Optional.empty();

  @Option(
      names = "--endpoint-url",
      paramLabel = "URL",
      converter = SendCommand.UrlConverter.class,
      description = "Another S3 than that of AWS; the bucket then stands in the path.")
  private Optional<URI> s3Endpoint = Optional.empty();

  @Option(
      names = "--dynamodb-endpoint-url",
      paramLabel = "URL",
      converter = SendCommand.UrlConverter.class,
      description = "Another DynamoDB than that of AWS.")
  private Optional<URI> dynamoDbEndpoint = Optional.empty();

  @Option(
      names = "--region",
      paramLabel = "R",
      description = "Region of bucket and table. As for the AWS command line if absent.")
  private Optional<String> region = Optional.empty();

  @Override
  public Integer call() throws Exception {
    if (open != invoicesTable.isPresent()) {
      throw new ParameterException(
          spec.commandLine(), "--open and --invoices-table belong together");
    }
    RejectedLines.Result result;
    if (invoicesTable.isPresent()) {
      try (DynamoDbClient client = DynamoDbClients.create(dynamoDbEndpoint, region)) {
        result = fetch(Optional.of(new StoredLines(client, invoicesTable.get())));
      }
    } else {
      result = fetch(Optional.empty());
    }
    print(result, spec.commandLine().getOut());
    return ExitCode.OK;
  }

  private RejectedLines.Result fetch(Optional<StoredLines> view) throws IOException {
    RejectedLines lines = new RejectedLines(rules, invoices, view);
    if (!from.startsWith(RejectedFiles.S3)) {
      return lines.fetch(RejectedFiles.below(Path.of(from)), out);
    }
    try (S3Client s3 = S3Clients.create(s3Endpoint, region)) {
      return lines.fetch(RejectedFiles.onS3(s3, from), out);
    }
  }

  private void print(RejectedLines.Result result, PrintWriter to) {
    row(to, "rejected lines read", result.read());
    row(to, "of other rules or invoices", result.filtered());
    row(to, "repeated", result.repeated());
    if (open) {
      row(to, "stored by now", result.stored());
    }
    row(to, "no single lines", result.wholeFiles());
    row(to, "to mend", result.toMend());
    if (result.reasons().isPresent()) {
      to.println("mend and send " + out + "; the reasons are in " + result.reasons().get());
    }
  }

  private static void row(PrintWriter to, String name, long value) {
    to.print(String.format(Locale.ROOT, "%-28s%,14d%n", name, value));
  }
}

package org.invoiceflow.loader;

import java.io.PrintWriter;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.invoiceflow.loader.aws.S3Clients;
import org.invoiceflow.loader.warehouse.Fate;
import org.invoiceflow.loader.warehouse.Orphans;
import org.invoiceflow.loader.warehouse.StagedObject;
import org.invoiceflow.loader.warehouse.StagingFolder;
import org.invoiceflow.loader.warehouse.WarehouseConnection;
import org.invoiceflow.model.warehouse.LoadLedger;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;
import software.amazon.awssdk.services.s3.S3Client;

/** {@code loader warehouse orphans}. */
@Command(
    name = "orphans",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    description =
        "Lists the staged files that nobody will load, with the reason: those that the ledger names"
            + " as loaded, and old ones that it does not name. With --delete it removes them.")
final class OrphansCommand implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Mixin private WarehouseArguments warehouse = new WarehouseArguments();

  @Option(
      names = "--staging",
      required = true,
      paramLabel = "S3URI",
      description = "The job's staging folder, s3://BUCKET/FOLDER.")
  private String staging = "";

  @Option(
      names = "--older-than",
      paramLabel = "AGE",
      converter = AgeConverter.class,
      description =
          "Files that the ledger does not name are kept until they are that old (default:"
              + " 14d). Longer than the oldest savepoint that may be restored.")
  private Duration olderThan = Duration.ofDays(14);

  @Option(names = "--delete", description = "Remove them. Else nothing is changed.")
  private boolean delete;

  @Option(
      names = "--forget-after",
      paramLabel = "AGE",
      converter = AgeConverter.class,
      description =
          "With --delete, also forget in the ledger the names of files of loads that are older"
              + " than that, so that it does not grow for ever. A savepoint older than that can no"
              + " longer be restored.")
  private Optional<Duration> forgetAfter = Optional.empty();

  @Option(
      names = "--endpoint-url",
      paramLabel = "URL",
      converter = SendCommand.UrlConverter.class,
      description =
          "Another S3 than that of AWS; else AWS_ENDPOINT_URL_S3 or AWS_ENDPOINT_URL, if set.")
  private Optional<URI> endpoint = Optional.empty();

  @Override
  public Integer call() throws Exception {
    PrintWriter out = spec.commandLine().getOut();
    Instant now = Instant.now();
    try (S3Client s3 =
            S3Clients.create(endpoint.or(S3Clients::endpointInEnvironment), warehouse.region());
        WarehouseConnection connection = warehouse.open()) {
      StagingFolder folder = StagingFolder.of(s3, staging);
      LoadLedger ledger = new LoadLedger(connection.session(), connection.dialect());
      Map<StagedObject, Fate> fates = Orphans.judge(folder.list(), ledger, now.minus(olderThan));
      for (Map.Entry<StagedObject, Fate> entry : fates.entrySet()) {
        boolean removed = delete && entry.getValue().isRemovable();
        if (removed) {
          folder.delete(entry.getKey());
        }
        out.println(
            (removed ? "removed  " : entry.getValue().isRemovable() ? "orphan   " : "kept     ")
                + folder.uri(entry.getKey().key())
                + ": "
                + entry.getValue().reason());
      }
      summary(fates, out);
      if (forgetAfter.isPresent()) {
        forget(ledger, now.minus(forgetAfter.get()), out);
      }
    }
    return ExitCode.OK;
  }

  private void summary(Map<StagedObject, Fate> fates, PrintWriter out) {
    for (Fate fate : Fate.values()) {
      long files = fates.values().stream().filter(fate::equals).count();
      long bytes =
          fates.entrySet().stream()
              .filter(entry -> entry.getValue() == fate)
              .mapToLong(entry -> entry.getKey().bytes())
              .sum();
      if (files > 0) {
        String what = !fate.isRemovable() ? "kept" : delete ? "removed" : "would be removed";
        out.println(files + " files, " + bytes + " bytes " + what + ": " + fate.reason());
      }
    }
    if (fates.isEmpty()) {
      out.println("There is nothing below " + staging + ".");
    }
  }

  private void forget(LoadLedger ledger, Instant moment, PrintWriter out) throws Exception {
    long files = ledger.filesBefore(moment);
    if (delete && files > 0) {
      ledger.forgetFilesBefore(moment);
    }
    out.println(
        files
            + " names of loaded files "
            + (delete ? "removed from" : "would be removed from")
            + " the ledger: their loads are older than "
            + moment);
  }

  /** A number of days or hours, such as 14d or 36h. */
  static final class AgeConverter implements ITypeConverter<Duration> {

    private static final Pattern AGE = Pattern.compile("([0-9]{1,5})([dh])");

    @Override
    public Duration convert(String text) {
      Matcher age = AGE.matcher(text);
      if (!age.matches()) {
        throw new TypeConversionException("'" + text + "' is no age; say 14d or 36h");
      }
      long number = Long.parseLong(age.group(1));
      return age.group(2).equals("d") ? Duration.ofDays(number) : Duration.ofHours(number);
    }
  }
}

package org.invoiceflow.local.replay;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.flink.core.execution.JobClient;
import org.invoiceflow.job.config.ConfigException;
import org.invoiceflow.job.sources.RawFiles;
import org.invoiceflow.job.warehouse.WarehouseSchema;
import org.invoiceflow.local.console.CommandException;
import org.invoiceflow.local.console.ExitCode;
import org.invoiceflow.local.console.Messages;
import org.invoiceflow.local.console.RunLogs;
import org.invoiceflow.local.endpoints.Endpoints;
import org.invoiceflow.local.endpoints.Provisioning;
import org.invoiceflow.local.endpoints.Service;
import org.invoiceflow.local.job.JobProperties;
import org.invoiceflow.local.job.LocalFlink;
import org.invoiceflow.local.standin.Installation;
import org.invoiceflow.local.standin.Ports;
import org.invoiceflow.local.standin.StandinException;
import org.invoiceflow.local.stores.LakeCounts;
import org.invoiceflow.local.stores.LakeReader;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;

/** One replay: look at what there is, run the job over it, account for every line. */
final class Replay {

  private final ReplayOptions options;
  private final PrintWriter out;
  private boolean keepLogs;

  Replay(ReplayOptions options, PrintWriter out) {
    this.options = options;
    this.out = out;
  }

  /**
   * Runs to the end.
   *
   * @return the exit status
   */
  int run() throws Exception {
    RawPath from = RawPath.parse(options.from());
    Endpoints endpoints = ReplayTargets.of(options, from, System.getenv());
    Path folder = Files.createTempDirectory("invoiceflow-replay-");
    try (RunLogs logs = RunLogs.into(folder, "replay.log");
        LocalFlink flink = LocalFlink.prepare(endpoints.s3(), plugins(), folder, Ports.free())) {
      return run(from, endpoints, flink, logs);
    } finally {
      if (!keepLogs) {
        Folders.delete(folder);
      }
    }
  }

  private int run(RawPath from, Endpoints endpoints, LocalFlink flink, RunLogs logs)
      throws Exception {
    try {
      LakeCounts raw = count(from, endpoints);
      if (options.createMissing()) {
        createMissing(endpoints);
      }
      var properties = JobProperties.replaying(endpoints, from.text(), from.lakeRoot());
      flink.check(properties);
      Stored before = Stored.quickly(endpoints);
      JobClient job = flink.start(properties);
      job.getJobExecutionResult().get();
      ReplayAccount account =
          new ReplayAccount(raw, Replayed.of(flink.counters()), before, Stored.read(endpoints));
      out.println(account.table());
      return account.differences().isEmpty() ? ExitCode.BALANCED : ExitCode.NOT_BALANCED;
    } catch (ConfigException e) {
      throw CommandException.failure(
          Messages.of(e)
              + (options.createMissing()
                  ? ""
                  : System.lineSeparator()
                      + "Tables and schema that are missing are created with --create-missing."));
    } catch (ExecutionException e) {
      keepLogs = true;
      throw CommandException.failure(
          "The replay failed: " + Messages.ofRoot(e) + " (logs: " + logs.folder() + ")");
    } catch (SdkException e) {
      throw CommandException.failure("A store cannot be used: " + Messages.of(e));
    }
  }

  private static Path plugins() throws CommandException {
    try {
      return Installation.find().flinkPlugins();
    } catch (StandinException e) {
      throw CommandException.failure(Messages.of(e));
    }
  }

  private static LakeCounts count(RawPath from, Endpoints endpoints) throws CommandException {
    List<String> keys;
    try {
      keys = RawFiles.list(from.text());
    } catch (IllegalArgumentException e) {
      throw CommandException.usage(Messages.of(e) + ".");
    }
    try (S3Client s3 = endpoints.s3().client()) {
      LakeCounts counts = new LakeReader(s3, from.bucket(), "").countRaw(keys);
      if (counts.raw().records() == 0) {
        throw CommandException.usage(
            "There is no record in the "
                + keys.size()
                + (keys.size() == 1 ? " file" : " files")
                + " of "
                + from.text()
                + ".");
      }
      return counts;
    }
  }

  private static void createMissing(Endpoints endpoints) throws CommandException {
    Set<Service> toCreate = EnumSet.of(Service.DYNAMODB);
    Provisioning.createMissing(endpoints, toCreate, 1);
    if (endpoints.ifWarehouse().isPresent()) {
      try (Connection connection = endpoints.warehouse().connect()) {
        WarehouseSchema.create(connection);
      } catch (SQLException e) {
        throw CommandException.failure(
            "The warehouse's tables cannot be created: " + Messages.ofRoot(e));
      }
    }
  }
}

package org.invoiceflow.local.faults;

import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.invoiceflow.job.warehouse.WarehouseSchema;
import org.invoiceflow.local.endpoints.Endpoints;
import org.invoiceflow.local.stores.LakeCounts;
import org.invoiceflow.local.stores.LakeReader;
import org.invoiceflow.local.stores.LineCounts;
import org.invoiceflow.local.stores.WarehouseReader;
import org.invoiceflow.local.testing.SharedStandins;
import org.invoiceflow.model.InvoiceLine;
import org.invoiceflow.model.LineJson;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.PutRecordRequest;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Empty stores, the jobs that work on them at once or one after the other, and the account at the
 * end: received = stored + duplicates + rejected, by the stores and by what the jobs counted.
 */
final class Trial implements AutoCloseable {

  private static final Duration PAUSE = Duration.ofMillis(200);

  private final Endpoints stores = SharedStandins.emptyStores();
  private final String suite;
  private final long seed;
  private final Path temp;
  private final KinesisClient kinesis = stores.kinesis().client();
  private final DynamoDbClient dynamoDb = stores.dynamoDb().client();
  private final S3Client s3 = stores.s3().client();
  private final LakeReader lake = new LakeReader(s3, stores.s3().bucket(), "");
  private final WarehouseReader warehouse =
      new WarehouseReader(stores.warehouse()::connect, WarehouseSchema.LINES);
  private final List<JobRun> jobs = new ArrayList<>();
  private final List<String> findings = new ArrayList<>();

  /**
   * What must stand in the stores; each line of each receipt counts.
   *
   * @param isEachCounted whether the jobs must count every repeated line. Of two jobs that bring
   *     one line at the same moment each may take it for new; the stores hold it once all the same
   */
  record Expected(List<InvoiceLine> stored, long raw, long rejected, boolean isEachCounted) {
    Expected {
      stored = List.copyOf(stored);
    }

    static Expected onceEach(List<InvoiceLine> lines) {
      return of(lines, lines.size());
    }

    static Expected of(List<InvoiceLine> stored, long raw) {
      return new Expected(stored, raw, 0, true);
    }

    /** From several writers of the same lines at the same time. */
    Expected atOnce() {
      return new Expected(stored, raw, rejected, false);
    }

    long duplicates() {
      return raw - rejected - stored.size();
    }
  }

  /**
   * @param suite kind of failure
   * @param temp folder for checkpoints
   */
  Trial(String suite, long seed, Path temp) throws Exception {
    FaultLog.begin(suite, seed, false);
    this.suite = suite;
    this.seed = seed;
    this.temp = temp;
  }

  Endpoints stores() {
    return stores;
  }

  JobRun stream() throws Exception {
    return start(JobRun.streamOf(stores));
  }

  /** Starts an import of what lies below a prefix of the bucket. */
  JobRun importing(String path) throws Exception {
    return start(JobRun.importOf(stores, path));
  }

  JobRun start(Map<String, Properties> groups) throws Exception {
    JobRun job = JobRun.start(stores, temp, groups);
    jobs.add(job);
    return job;
  }

  void upload(String key, byte[] content) {
    s3.putObject(r -> r.bucket(stores.s3().bucket()).key(key), RequestBody.fromBytes(content));
  }

  /** Puts one record and returns the shard on which it lies. */
  String put(String partitionKey, List<InvoiceLine> lines) {
    return put(lines, record -> record.partitionKey(partitionKey));
  }

  /** Puts one record where the shard of this hash key is. */
  String putAtHash(BigInteger hashKey, List<InvoiceLine> lines) {
    return put(lines, record -> record.partitionKey("any").explicitHashKey(hashKey.toString()));
  }

  private String put(List<InvoiceLine> lines, Consumer<PutRecordRequest.Builder> place) {
    PutRecordRequest.Builder record =
        PutRecordRequest.builder()
            .streamName(stores.kinesis().stream())
            .data(SdkBytes.fromUtf8String(LineJson.toJsonArray(lines)));
    place.accept(record);
    return kinesis.putRecord(record.build()).shardId();
  }

  /** Puts each batch with its invoice's number as the key, as the API does. */
  void putAll(List<List<InvoiceLine>> batches) {
    batches.forEach(lines -> put(lines.get(0).invoiceNo(), lines));
  }

  /** A moment between what was put and what will be put, by the one clock of this machine. */
  Instant afterArrivalOfAllBefore() {
    Instant put = Instant.now();
    Awaitility.await().until(() -> Instant.now().isAfter(put.plus(PAUSE)));
    return put.plus(PAUSE.dividedBy(2));
  }

  /** Returns when the stores hold so many, and the jobs have dropped the others; or in the end. */
  void settle(Expected expected) {
    await("raw/", expected.raw(), () -> lakeCounts().raw().lines());
    await(
        "The invoices view",
        expected.stored().size(),
        () -> LineCounts.of(dynamoDb, stores.dynamoDb().invoicesTable()));
    await("The warehouse", expected.stored().size(), warehouse::rows);
    await("rejected/", expected.rejected(), () -> lakeCounts().rejected().lines());
    if (expected.isEachCounted()) {
      await("The jobs' count of duplicates", expected.duplicates(), this::duplicates);
    }
  }

  private void await(String what, long expected, Callable<Long> figure) {
    try {
      Awaitility.await()
          .atMost(FaultSettings.PATIENCE)
          .pollInterval(PAUSE)
          .until(figure, found -> found == expected);
    } catch (ConditionTimeoutException e) {
      findings.add(what + " did not come to " + expected + " lines: " + e.getMessage());
    }
  }

  private LakeCounts lakeCounts() {
    return lake.refresh();
  }

  /** Lines that all jobs so far have dropped as repeated. */
  long duplicates() {
    return jobs.stream().mapToLong(JobRun::duplicates).sum();
  }

  /** Waits, ends the jobs, reads everything back. */
  FaultRun judge(String name, int strikes, Expected expected) throws Exception {
    settle(expected);
    endJobs();
    StoreAudit audit = StoreAudit.of(stores, expected.stored());
    findings.addAll(audit.findings());
    compare("raw/", expected.raw(), audit.raw());
    compare("rejected/", expected.rejected(), audit.rejected());
    compare("The stores' account of duplicates", expected.duplicates(), audit.duplicatesByStores());
    if (expected.isEachCounted() || duplicates() > expected.duplicates()) {
      compare("The jobs' count of duplicates", expected.duplicates(), duplicates());
    }
    FaultRun run =
        new FaultRun(
            suite,
            name,
            seed,
            false,
            strikes,
            audit.lost(),
            audit.duplicated(),
            List.of(),
            findings);
    FaultLog.judge(run);
    return run;
  }

  void compare(String what, long expected, long found) {
    if (found != expected) {
      findings.add(what + ": " + found + " lines instead of " + expected);
    }
  }

  void find(String sentence) {
    findings.add(sentence);
  }

  /** Ends what still runs and notes what has failed meanwhile: nothing should. */
  void endJobs() throws Exception {
    for (JobRun job : jobs) {
      if (!job.hasEnded()) {
        job.failure().ifPresent(failure -> findings.add("A task has failed: " + failure));
        job.end();
      }
    }
  }

  @Override
  public void close() {
    jobs.forEach(JobRun::close);
    kinesis.close();
    dynamoDb.close();
    s3.close();
  }
}

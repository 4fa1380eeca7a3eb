package org.invoiceflow.local.faults;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.invoiceflow.job.Pipeline;
import org.invoiceflow.job.Stores;
import org.invoiceflow.job.config.JobConfig;
import org.invoiceflow.job.intake.Origin;
import org.invoiceflow.job.intake.ReceivedRecord;
import org.invoiceflow.job.intake.ReceivedRecordCodec;
import org.invoiceflow.job.lake.LakeSinks;
import org.invoiceflow.job.serialization.CodecTypeInfo;
import org.invoiceflow.job.views.DynamoDbInvoices;
import org.invoiceflow.job.views.ViewSinks;
import org.invoiceflow.job.warehouse.WarehouseSink;
import org.invoiceflow.local.endpoints.Endpoints;
import org.invoiceflow.local.endpoints.S3Endpoint;
import org.invoiceflow.local.job.JobProperties;
import org.invoiceflow.local.testing.SharedStandins;
import org.invoiceflow.model.InvoiceLine;
import org.invoiceflow.model.LineJson;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * What a savepoint among the test resources was taken of, and what it needs to be restored: the
 * graph with a portable source, and the objects that its state points to, in a bucket whose name is
 * part of that state. The folder's README says when and how to make a new one.
 */
final class FrozenSavepoint {

  /** Stored everywhere but the warehouse when the savepoint was taken. */
  static final List<InvoiceLine> SETTLED = lines("900001", 1, 3, "900002", 1, 2);

  /** Taken in, and not yet let go by the assembly. */
  static final List<InvoiceLine> PENDING = lines("900001", 4, 4, "900003", 1, 2);

  /** Sent after the restore. */
  static final List<InvoiceLine> LATER = lines("900001", 5, 5, "900003", 3, 4);

  /** Contradicts a settled line. */
  static final InvoiceLine CONTRADICTION =
      SETTLED.get(0).toBuilder().quantity(SETTLED.get(0).quantity() + 1).build();

  private static final String BUCKET = "frozen-savepoint";
  private static final String SAVEPOINT = "_metadata";
  private static final String OBJECTS = "bucket";
  private static final int MAX_PARALLELISM = 128;

  /** What is restored years later must not have expired. */
  private static final Duration RETENTION = Duration.ofDays(36_500);

  private FrozenSavepoint() {}

  /** Where it lies in the sources. */
  static Path folder() {
    return Path.of(System.getProperty("invoiceflow.root"))
        .toAbsolutePath()
        .resolve("local/src/test/resources/org/invoiceflow/local/faults/frozen-savepoint");
  }

  /** Empty stores, with the bucket that the savepoint's state names. */
  static Endpoints stores() throws Exception {
    Endpoints stores = SharedStandins.emptyStores();
    Endpoints named =
        new Endpoints(
            stores.ifKinesis(),
            stores.ifDynamoDb(),
            stores.ifS3().map(s3 -> new S3Endpoint(s3.access(), BUCKET)),
            stores.ifWarehouse());
    try (S3Client s3 = named.s3().client()) {
      if (s3.listBuckets().buckets().stream().noneMatch(b -> b.name().equals(BUCKET))) {
        s3.createBucket(r -> r.bucket(BUCKET));
      }
      keys(s3).forEach(key -> s3.deleteObject(r -> r.bucket(BUCKET).key(key)));
    }
    return named;
  }

  /**
   * Fills the environment with the graph.
   *
   * @param flushDelay of the assembly
   * @param loadInterval of the warehouse
   */
  static void build(
      StreamExecutionEnvironment env,
      PortionedRecords records,
      Endpoints stores,
      Duration flushDelay,
      Duration loadInterval) {
    Map<String, Properties> groups = JobProperties.stream(stores);
    groups.get("warehouse").setProperty("load.interval.ms", Long.toString(loadInterval.toMillis()));
    JobConfig config = JobConfig.of(groups);
    org.apache.flink.core.fs.Path lake = new org.apache.flink.core.fs.Path(config.lakeRoot());
    env.setMaxParallelism(MAX_PARALLELISM);
    new Pipeline(flushDelay, RETENTION)
        .build(
            env.addSource(records, CodecTypeInfo.using(ReceivedRecordCodec.class))
                .uid("portioned-records")
                .name("portioned records"),
            Stores.views(
                    new DynamoDbInvoices(config.viewTables()),
                    ViewSinks.invoices(config.viewTables()),
                    ViewSinks.customers(config.viewTables()))
                .withLake(LakeSinks.raw(lake), LakeSinks.rejected(lake), LakeSinks.repeated(lake))
                .withWarehouse(WarehouseSink.of(config.warehouse().orElseThrow())));
  }

  /** Each line in a record of its own. */
  static List<ReceivedRecord> records(List<InvoiceLine> lines) {
    return lines.stream()
        .map(
            line ->
                new ReceivedRecord(
                    new Origin("frozen", line.invoiceNo() + "/" + line.lineNo(), 0),
                    ReceivedRecord.JSON,
                    ReceivedRecord.NO_LINE_NO,
                    LineJson.toJson(line).getBytes(StandardCharsets.UTF_8)))
        .toList();
  }

  static List<InvoiceLine> concat(List<InvoiceLine> first, List<InvoiceLine> second) {
    return Stream.concat(first.stream(), second.stream()).toList();
  }

  /** Puts the savepoint and all objects of the bucket into the folder. */
  static void freeze(Path savepoint, Endpoints stores) throws IOException {
    Files.createDirectories(folder());
    Files.write(folder().resolve(SAVEPOINT), Files.readAllBytes(savepoint.resolve(SAVEPOINT)));
    delete(folder().resolve(OBJECTS));
    try (S3Client s3 = stores.s3().client()) {
      for (String key : keys(s3)) {
        Path file = folder().resolve(OBJECTS).resolve(key);
        Files.createDirectories(file.getParent());
        Files.write(file, s3.getObjectAsBytes(r -> r.bucket(BUCKET).key(key)).asByteArray());
      }
    }
  }

  /** Puts the objects back; returns the savepoint's path. */
  static Optional<String> thaw(Endpoints stores) throws IOException {
    Path objects = folder().resolve(OBJECTS);
    try (S3Client s3 = stores.s3().client();
        Stream<Path> files = Files.walk(objects)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        s3.putObject(r -> r.bucket(BUCKET).key(objects.relativize(file).toString()), file);
      }
    }
    return Optional.of(folder().toUri().toString());
  }

  private static List<String> keys(S3Client s3) {
    return s3.listObjectsV2Paginator(r -> r.bucket(BUCKET)).contents().stream()
        .map(object -> object.key())
        .filter(key -> !key.endsWith("/"))
        .toList();
  }

  private static void delete(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  private static List<InvoiceLine> lines(
      String invoice, int from, int to, String otherInvoice, int otherFrom, int otherTo) {
    List<InvoiceLine> lines = new ArrayList<>();
    IntStream.rangeClosed(from, to).forEach(no -> lines.add(line(invoice, no)));
    IntStream.rangeClosed(otherFrom, otherTo).forEach(no -> lines.add(line(otherInvoice, no)));
    return List.copyOf(lines);
  }

  private static InvoiceLine line(String invoiceNo, int lineNo) {
    return InvoiceLine.builder()
        .invoiceNo(invoiceNo)
        .lineNo(lineNo)
        .stockCode("85123A")
        .description("WHITE HANGING HEART T-LIGHT HOLDER")
        .quantity(lineNo)
        .invoiceDate(LocalDateTime.of(2010, 12, 1, 8, 26))
        .unitPrice(new BigDecimal("2.55"))
        .customerId("17850")
        .country("United Kingdom")
        .build();
  }
}

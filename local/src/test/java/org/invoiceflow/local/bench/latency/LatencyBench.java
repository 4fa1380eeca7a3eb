package org.invoiceflow.local.bench.latency;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.flink.core.execution.JobClient;
import org.invoiceflow.ingest.IngestHandler;
import org.invoiceflow.job.warehouse.WarehouseSchema;
import org.invoiceflow.local.bench.Bench;
import org.invoiceflow.local.bench.BenchInput;
import org.invoiceflow.local.bench.BenchSettings;
import org.invoiceflow.local.bench.Figures;
import org.invoiceflow.local.bench.Figures.Column;
import org.invoiceflow.local.endpoints.Endpoints;
import org.invoiceflow.local.endpoints.KinesisEndpoint;
import org.invoiceflow.local.endpoints.Provisioning;
import org.invoiceflow.local.endpoints.Service;
import org.invoiceflow.local.gateway.Gateway;
import org.invoiceflow.local.job.JobProperties;
import org.invoiceflow.local.job.LocalFlink;
import org.invoiceflow.local.standin.Installation;
import org.invoiceflow.local.standin.Ports;
import org.invoiceflow.local.standin.Standins;
import org.invoiceflow.query.QueryHandler;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.kinesis.KinesisClient;

/**
 * How long it takes from the POST of an invoice until the GET shows it whole, at a steady 1,000
 * lines a second through gateway, handler, Kinesis, job and DynamoDB: with the demo's settings, and
 * with shorter waits, to tell what the waits contribute.
 */
public final class LatencyBench implements Bench {

  private static final int LINES_PER_SECOND = 1_000;

  /** As in the demo. */
  private static final int SHARDS = 32;

  private record Variant(
      String name, Duration warmUp, Duration measured, Map<String, Map<String, String>> options) {}

  private static final List<Variant> VARIANTS =
      List.of(
          new Variant(
              "as the demo: poll every 2 s, flush after 1 s",
              Duration.ofSeconds(25),
              Duration.ofSeconds(70),
              Map.of()),
          new Variant(
              "poll every 0.2 s as on AWS, flush after 1 s",
              Duration.ofSeconds(15),
              Duration.ofSeconds(30),
              Map.of("source", Map.of("poll.interval.ms", "200"))),
          new Variant(
              "poll every 0.2 s, flush at once",
              Duration.ofSeconds(15),
              Duration.ofSeconds(30),
              Map.of(
                  "source", Map.of("poll.interval.ms", "200"),
                  "views", Map.of("flush.delay.ms", "0"))));

  @Override
  public Figures measure(BenchSettings settings) throws Exception {
    BenchInput input = BenchInput.whole(settings);
    Figures figures =
        new Figures(
            "latency: whole invoices of "
                + input.text()
                + " at "
                + LINES_PER_SECOND
                + " lines/s, seconds from when the POST is due",
            new Column("GET p50", "get_p50_seconds", 2),
            new Column("GET p95", "get_p95_seconds", 2),
            new Column("GET p99", "get_p99_seconds", 2),
            new Column("GET max", "get_max_seconds", 2),
            new Column("watched", "watched_invoices", 0),
            new Column("POST p50", "post_p50_seconds", 3),
            new Column("POST p99", "post_p99_seconds", 3),
            new Column("POST max", "post_max_seconds", 3),
            new Column("lines/s", "lines_per_second", 0));
    // The handlers log each request.
    System.setOut(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
    Path folder = settings.folder().resolve("stand-ins");
    Iterator<Invoice> invoices = Invoice.of(input.read()).iterator();
    try (Standins standins = Standins.start(EnumSet.allOf(Service.class), folder)) {
      Endpoints stores = standins.endpoints();
      Provisioning.createMissing(stores, stores.services(), 1);
      try (Connection connection = stores.warehouse().connect()) {
        WarehouseSchema.create(connection);
      }
      for (Variant variant : VARIANTS) {
        run(variant, withOwnStream(stores, variant), folder, invoices, figures);
      }
    }
    figures.note("One run each. The GET is asked for every 50 ms, which is part of the times.");
    return figures;
  }

  /** A job reads its stream from the oldest record on, and must not meet another's. */
  private static Endpoints withOwnStream(Endpoints stores, Variant variant) {
    Endpoints own =
        new Endpoints(
            stores
                .ifKinesis()
                .map(
                    kinesis ->
                        new KinesisEndpoint(
                            kinesis.access(), "stream-" + VARIANTS.indexOf(variant))),
            stores.ifDynamoDb(),
            stores.ifS3(),
            stores.ifWarehouse());
    Provisioning.createMissing(own, EnumSet.of(Service.KINESIS), SHARDS);
    return own;
  }

  private static void run(
      Variant variant, Endpoints stores, Path folder, Iterator<Invoice> invoices, Figures figures)
      throws Exception {
    Map<String, Properties> groups = JobProperties.stream(stores);
    variant.options().forEach((group, options) -> options.forEach(groups.get(group)::setProperty));
    try (KinesisClient kinesis = stores.kinesis().client();
        DynamoDbClient dynamoDb = stores.dynamoDb().client();
        Gateway gateway =
            Gateway.start(
                0,
                new IngestHandler(kinesis, stores.kinesis().stream()),
                new QueryHandler(
                    dynamoDb,
                    stores.dynamoDb().invoicesTable(),
                    stores.dynamoDb().customersTable()));
        LocalFlink flink =
            LocalFlink.prepare(
                stores.s3(), Installation.find().flinkPlugins(), folder, Ports.free())) {
      JobClient job = flink.start(groups);
      Traffic.Seconds seconds =
          new Traffic(new Api(gateway.address()), invoices, LINES_PER_SECOND)
              .run(variant.warmUp(), variant.measured());
      job.cancel().join();
      figures.run(
          variant.name(),
          Percentile.of(seconds.visible(), 50),
          Percentile.of(seconds.visible(), 95),
          Percentile.of(seconds.visible(), 99),
          Percentile.of(seconds.visible(), 100),
          seconds.visible().size(),
          Percentile.of(seconds.posts(), 50),
          Percentile.of(seconds.posts(), 99),
          Percentile.of(seconds.posts(), 100),
          seconds.linesPerSecond());
    }
  }
}

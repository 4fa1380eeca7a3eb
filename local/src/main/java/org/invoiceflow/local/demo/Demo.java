package org.invoiceflow.local.demo;

import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.invoiceflow.ingest.IngestHandler;
import org.invoiceflow.loader.input.InputException;
import org.invoiceflow.loader.input.SourceFile;
import org.invoiceflow.local.console.CommandException;
import org.invoiceflow.local.console.ExitCode;
import org.invoiceflow.local.console.Messages;
import org.invoiceflow.local.console.RunLogs;
import org.invoiceflow.local.endpoints.Endpoints;
import org.invoiceflow.local.gateway.Gateway;
import org.invoiceflow.local.job.LocalFlink;
import org.invoiceflow.local.pipeline.PipelineStatus;
import org.invoiceflow.local.report.Accounting;
import org.invoiceflow.local.report.Report;
import org.invoiceflow.local.report.Sent;
import org.invoiceflow.local.standin.Installation;
import org.invoiceflow.local.standin.Ports;
import org.invoiceflow.local.standin.StandinException;
import org.invoiceflow.query.QueryHandler;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.kinesis.KinesisClient;

/** One run of the demo: start, deliver, read back, account, stay up. */
final class Demo {

  private final DemoOptions options;
  private final PrintWriter out;
  private final PrintWriter err;

  Demo(DemoOptions options, PrintWriter out, PrintWriter err) {
    this.options = options;
    this.out = out;
    this.err = err;
  }

  /**
   * Runs to the end, or until the JVM is told to stop.
   *
   * @return the exit status
   */
  int run() throws Exception {
    SourceFile file = checkedFile();
    Outputs.check(options);
    WantedPorts.check(options);
    Endpoints named = Services.named(options);
    Stopwatch stopwatch = new Stopwatch();
    Path folder = Files.createTempDirectory(temporaryFolders());
    try (RunLogs logs = RunLogs.into(folder, "demo.log");
        Services services = Services.start(options, named, folder)) {
      Endpoints endpoints = services.endpoints();
      int uiPort = options.uiPort() == 0 ? Ports.free() : options.uiPort();
      try (LocalFlink flink = LocalFlink.prepare(endpoints.s3(), plugins(), folder, uiPort);
          Clients clients = new Clients(endpoints);
          PipelineStatus pipeline = new PipelineStatus(mode(), endpoints, flink.counters());
          Gateway gateway = startGateway(clients, pipeline);
          StoreReader stores = new StoreReader(endpoints)) {
        stopwatch.stageEnds("start the services");
        try (Delivery delivery = delivery(file, endpoints, flink, gateway, stores)) {
          err.println("Watch it in a browser: " + gateway.address() + "/#/pipeline");
          Sent sent = delivery.deliver(stopwatch);
          StoreReader.ReadBack read = stores.readBack();
          stopwatch.stageEnds("read the stores back");
          int status = account(sent, flink, read, stopwatch, pipeline);
          if (!options.exit()) {
            out.println(
                new Instructions(
                        endpoints,
                        named,
                        gateway.address(),
                        flink.webUi(),
                        options.mode(),
                        logs.folder(),
                        endpointsFile(named, endpoints, logs.folder()))
                    .text(read.example()));
            new CountDownLatch(1).await();
          }
          return status;
        }
      }
    }
  }

  /** How the names of this process's folders begin: several demos may run on one machine. */
  static String temporaryFolders() {
    return "invoiceflow-demo-" + ProcessHandle.current().pid() + "-";
  }

  /** Only stand-ins' keys are written to a file, never those that the user named. */
  private Optional<Path> endpointsFile(Endpoints named, Endpoints endpoints, Path folder)
      throws IOException {
    if (!named.services().isEmpty()) {
      return options.endpoints().filter(file -> named.services().containsAll(endpoints.services()));
    }
    return Optional.of(endpoints.write(folder.resolve("endpoints.properties")));
  }

  private SourceFile checkedFile() throws CommandException, IOException {
    try {
      SourceFile file = SourceFile.of(options.file());
      file.check(options.csv())
          .ifPresent(warning -> err.println(file.name() + ": " + warning + "."));
      return file;
    } catch (InputException e) {
      throw CommandException.usage(Messages.of(e));
    }
  }

  private static Path plugins() throws CommandException {
    try {
      return Installation.find().flinkPlugins();
    } catch (StandinException e) {
      throw CommandException.failure(Messages.of(e));
    }
  }

  private Gateway startGateway(Clients clients, PipelineStatus pipeline) throws CommandException {
    try {
      return Gateway.start(
          options.port(),
          pipeline.counted(clients.ingest()),
          clients.query(),
          Optional.of(pipeline));
    } catch (IOException e) {
      throw CommandException.usage(Messages.of(e));
    }
  }

  private Delivery delivery(
      SourceFile file, Endpoints endpoints, LocalFlink flink, Gateway gateway, StoreReader stores)
      throws Exception {
    if (options.mode() == DemoOptions.Mode.IMPORT) {
      return new ImportDelivery(file, options.csv(), options.repeat(), endpoints, flink);
    }
    FileSender sender = new FileSender(file, options.csv(), gateway.address(), err);
    return StreamDelivery.start(sender, options.repeat(), endpoints, flink, stores);
  }

  private String mode() {
    return options.mode().name().toLowerCase(Locale.ROOT);
  }

  private int account(
      Sent sent,
      LocalFlink flink,
      StoreReader.ReadBack read,
      Stopwatch stopwatch,
      PipelineStatus pipeline)
      throws Exception {
    if (options.export().isPresent()) {
      read.export(options.export().get());
      stopwatch.stageEnds("export");
    }
    Accounting accounting = read.accounting(mode(), sent, flink.counters(), stopwatch.stages());
    Report report = new Report(accounting);
    out.println(report.table());
    pipeline.show(report.json());
    if (options.report().isPresent()) {
      Files.writeString(options.report().get(), report.json(), StandardCharsets.UTF_8);
    }
    return accounting.balance().balanced() ? ExitCode.BALANCED : ExitCode.NOT_BALANCED;
  }

  /** The handlers with their clients, as API Gateway would have them behind it. */
  private static final class Clients implements AutoCloseable {
    private final Optional<KinesisClient> kinesis;
    private final DynamoDbClient dynamoDb;
    private final Endpoints endpoints;

    Clients(Endpoints endpoints) {
      this.endpoints = endpoints;
      this.kinesis = endpoints.ifKinesis().map(k -> k.client());
      this.dynamoDb = endpoints.dynamoDb().client();
    }

    RequestHandler<APIGatewayV2HTTPEvent, APIGatewayV2HTTPResponse> ingest() {
      if (kinesis.isPresent()) {
        return new IngestHandler(kinesis.get(), endpoints.kinesis().stream());
      }
      return (event, context) ->
          APIGatewayV2HTTPResponse.builder()
              .withStatusCode(503)
              .withHeaders(Map.of("content-type", "application/json"))
              .withBody(
                  "{\"error\":\"no_stream\",\"message\":\"This run imports a file; it has no stream.\"}")
              .build();
    }

    RequestHandler<APIGatewayV2HTTPEvent, APIGatewayV2HTTPResponse> query() {
      return new QueryHandler(
          dynamoDb, endpoints.dynamoDb().invoicesTable(), endpoints.dynamoDb().customersTable());
    }

    @Override
    public void close() {
      kinesis.ifPresent(KinesisClient::close);
      dynamoDb.close();
    }
  }
}

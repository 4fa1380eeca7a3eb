package org.invoiceflow.local.bench.loader;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.invoiceflow.ingest.IngestHandler;
import org.invoiceflow.local.bench.Bench;
import org.invoiceflow.local.bench.BenchInput;
import org.invoiceflow.local.bench.BenchSettings;
import org.invoiceflow.local.bench.CpuClock;
import org.invoiceflow.local.bench.Figures;
import org.invoiceflow.local.bench.Figures.Column;
import org.invoiceflow.local.bench.NullStream;
import org.invoiceflow.local.gateway.Gateway;

/**
 * How many lines a second the loader sends to the gateway with the real handler behind it and a
 * stream that takes everything, beside what clients usually do. Gateway and handler run in this
 * JVM, which stays, each client in a JVM of its own, as a user starts it.
 */
public final class LoaderBench implements Bench {

  /** Enough for a second or more; all lines would take minutes. */
  private static final int SINGLE_ROWS = 5_000;

  @Override
  public Figures measure(BenchSettings settings) throws Exception {
    BenchInput input = BenchInput.of(settings);
    BenchInput few =
        BenchInput.of(
            new BenchSettings(
                settings.root(),
                settings.folder(),
                settings.rounds(),
                OptionalInt.of(Math.min(SINGLE_ROWS, input.lines()))));
    Figures figures =
        new Figures(
            "loader: "
                + input.text()
                + " to the local gateway with the handler and a null stream, median of "
                + settings.rounds(),
            new Column("seconds", "seconds", 2),
            new Column("  lines", "lines", 0),
            new Column("lines/s", "lines_per_second", 0),
            new Column("client's CPU us/line", "client_cpu_us_per_line", 2),
            new Column("gateway's CPU us/line", "gateway_cpu_us_per_line", 2));
    // The handler logs each request.
    System.setOut(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
    try (Gateway gateway =
        Gateway.start(
            0,
            new IngestHandler(new NullStream(), "stream"),
            (event, context) -> new APIGatewayV2HTTPResponse())) {
      for (int round = 0; round <= settings.rounds(); round++) {
        // The first round warms the gateway up.
        Figures into = round == 0 ? figures.uncounted() : figures;
        for (Client client : Client.values()) {
          run(client, gateway.address(), client.isSingleRows() ? few : input, into);
        }
      }
    }
    figures.note("\"From the start\" counts the JVM's own start and all that it compiles.");
    return figures;
  }

  private static void run(Client client, URI gateway, BenchInput input, Figures figures)
      throws Exception {
    CpuClock cpu = CpuClock.ofThisJvm();
    Process process = start(client, gateway, input.file());
    List<ClientRun> runs = new ArrayList<>();
    double before = cpu.ownSeconds();
    try (var answers = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = answers.readLine(); line != null; line = answers.readLine()) {
        ClientRun run = ClientRun.parse(line);
        double after = cpu.ownSeconds();
        if (run.lines() != input.lines()) {
          throw new IllegalStateException(run.lines() + " of " + input.lines() + " are accepted");
        }
        figures.run(
            client.text() + (runs.isEmpty() ? ", from the start" : ", again in the same JVM"),
            run.seconds(),
            run.lines(),
            run.lines() / run.seconds(),
            run.cpuSeconds() / run.lines() * 1e6,
            (after - before) / run.lines() * 1e6);
        runs.add(run);
        before = after;
      }
    }
    if (process.waitFor() != 0 || runs.isEmpty()) {
      throw new IllegalStateException(client.text() + " failed");
    }
  }

  private static Process start(Client client, URI gateway, Path file) throws Exception {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            // As bin/loader.
            "-XX:+UseSerialGC",
            client.jvmArgument(),
            "-cp",
            System.getProperty("java.class.path"),
            ClientProcess.class.getName(),
            client.name(),
            gateway.toString(),
            file.toString())
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }
}

package org.invoiceflow.local.standin;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.invoiceflow.local.endpoints.Endpoints;
import org.invoiceflow.local.endpoints.KinesisEndpoint;

/** Kinesis: kinesis-local, on Node, in memory. */
final class KinesisStandin {

  private static final String STREAM = "invoice-lines";

  private KinesisStandin() {}

  static Standin start(RunContext run) throws StandinException, IOException {
    int port = Ports.free();
    URI address = URI.create("http://127.0.0.1:" + port);
    Installation installation = run.installation();
    List<String> command =
        List.of(
            "node",
            // Its records live long; the default young generation copies them several times.
            "--max-semi-space-size=64",
            "--require",
            installation.loopbackScript().toString(),
            installation.kinesisScript().toString());
    Map<String, String> environment =
        Map.of(
            "KINESIS_MOCK_PLAIN_PORT",
            Integer.toString(port),
            // Cannot be switched off.
            "KINESIS_MOCK_TLS_PORT",
            Integer.toString(Ports.free()),
            "KINESIS_MOCK_CERT_PATH",
            installation.kinesisCertificate().toString(),
            "SHARD_LIMIT",
            "1000",
            "CREATE_STREAM_DURATION",
            "1ms",
            "LOG_LEVEL",
            "WARN");
    ChildProcess process =
        ChildProcess.start(
            "kinesis",
            command,
            environment,
            run.folder(),
            run.janitor(),
            address.resolve("/healthcheck"));
    return new ProcessStandin(
        process, Endpoints.of(new KinesisEndpoint(RunContext.access(address), STREAM)));
  }
}

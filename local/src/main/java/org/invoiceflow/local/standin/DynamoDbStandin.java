package org.invoiceflow.local.standin;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.invoiceflow.local.endpoints.DynamoDbEndpoint;
import org.invoiceflow.local.endpoints.Endpoints;

/**
 * DynamoDB: DynamoDB Local in a JVM of its own, in memory. It listens on all of the machine's
 * addresses and cannot be told otherwise.
 */
final class DynamoDbStandin {

  private DynamoDbStandin() {}

  static Standin start(RunContext run) throws StandinException, IOException {
    int port = Ports.free();
    URI address = URI.create("http://127.0.0.1:" + port);
    String libraries = run.installation().dynamoDbLibraries().toString();
    List<String> command =
        run.java(
            "-Xmx768m",
            "-Dsqlite4java.library.path=" + libraries,
            "-cp",
            libraries + "/*",
            "com.amazonaws.services.dynamodbv2.local.main.ServerRunner",
            "-inMemory",
            "-sharedDb",
            "-disableTelemetry",
            "-port",
            Integer.toString(port));
    ChildProcess process =
        ChildProcess.start("dynamodb", command, Map.of(), run.folder(), run.janitor(), address);
    return new ProcessStandin(
        process,
        Endpoints.of(new DynamoDbEndpoint(RunContext.access(address), "invoices", "customers")));
  }
}

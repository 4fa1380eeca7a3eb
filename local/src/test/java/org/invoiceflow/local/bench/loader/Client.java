package org.invoiceflow.local.bench.loader;

import java.io.IOException;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import org.invoiceflow.loader.input.LineSource;
import org.invoiceflow.loader.input.SourceFile;
import org.invoiceflow.loader.input.SourceLine;
import org.invoiceflow.loader.send.Loader;
import org.invoiceflow.loader.send.SendListener;
import org.invoiceflow.loader.send.SendOptions;
import org.invoiceflow.local.bench.BenchInput;
import org.invoiceflow.model.LineJson;

/** A way to send a file. */
enum Client {
  LOADER("the loader: 500 lines a request, 4 in flight") {
    @Override
    long send(URI gateway, Path file) throws IOException, InterruptedException {
      return Loader.create()
          .send(SendOptions.of(file, gateway).withCsv(BenchInput.csv()), SendListener.NONE)
          .accepted();
    }
  },
  LOADER_SINGLE("the loader: a line a request, 4 in flight") {
    @Override
    long send(URI gateway, Path file) throws IOException, InterruptedException {
      return Loader.create()
          .send(
              SendOptions.of(file, gateway).withCsv(BenchInput.csv()).withBatchLines(1),
              SendListener.NONE)
          .accepted();
    }
  },
  KEPT("a line a request, one kept connection") {
    @Override
    long send(URI gateway, Path file) throws IOException {
      return sendRows(gateway, file);
    }
  },
  NEW_CONNECTIONS("a line a request, a new connection each") {
    @Override
    long send(URI gateway, Path file) throws IOException {
      return sendRows(gateway, file);
    }
  };

  private final String text;

  Client(String text) {
    this.text = text;
  }

  /** Sends the file's lines; answers how many the API has accepted. */
  abstract long send(URI gateway, Path file) throws IOException, InterruptedException;

  String text() {
    return text;
  }

  /** For the client's JVM: whether HttpURLConnection keeps its connections. */
  String jvmArgument() {
    return "-Dhttp.keepAlive=" + (this != NEW_CONNECTIONS);
  }

  /** Whether a request carries one line. */
  boolean isSingleRows() {
    return this != LOADER;
  }

  /** What a script does: read a row, post it, wait for the answer, read on. */
  private static long sendRows(URI gateway, Path file) throws IOException {
    URL url = gateway.resolve("/v1/invoice-lines").toURL();
    long accepted = 0;
    try (LineSource lines = SourceFile.of(file).lines(BenchInput.csv())) {
      for (Optional<SourceLine> line = lines.next(); line.isPresent(); line = lines.next()) {
        String json = LineJson.toJson(line.get().result().line().orElseThrow());
        accepted += post(url, json.getBytes(StandardCharsets.UTF_8));
      }
    }
    return accepted;
  }

  private static int post(URL url, byte[] body) throws IOException {
    HttpURLConnection request = (HttpURLConnection) url.openConnection();
    request.setRequestMethod("POST");
    request.setDoOutput(true);
    request.setFixedLengthStreamingMode(body.length);
    request.setRequestProperty("Content-Type", "application/json");
    try (OutputStream out = request.getOutputStream()) {
      out.write(body);
    }
    if (request.getResponseCode() != 202) {
      return 0;
    }
    try (var answer = request.getInputStream()) {
      answer.readAllBytes();
    }
    return 1;
  }
}

package org.invoiceflow.http.coldstart;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Starts each function from its jar in Lambda's own Java runtime, with Lambda's settings of the
 * JVM, and takes the time to its first and second answer: as it starts without a snapshot, and as
 * it goes on after one for which it has primed itself. What a restore itself takes is Lambda's and
 * is not in it.
 */
public final class ColdStart {

  private static final int ROUNDS = 7;

  /** One function and a request for it; the first answer must have this status. */
  private record Function(String name, String handler, String jar, String event) {}

  /**
   * Of one start.
   *
   * @param init milliseconds from the start of the process to its being ready
   * @param firstCpu milliseconds of CPU of the process for its first answer
   * @param classes loaded when it was ready
   * @param later those that the first answer loaded
   */
  private record Start(
      double init, double first, double firstCpu, double second, double classes, double later) {}

  private static final String FORMAT = "%-8s %-8s %22s %22s %18s %18s %8s %14s%n";

  private static final Pattern STATUS = Pattern.compile("\"statusCode\":\\s*(\\d+)");

  private static final String LINE =
      "{\\\"InvoiceNo\\\":\\\"536365\\\",\\\"LineNo\\\":1,\\\"StockCode\\\":\\\"85123A\\\","
          + "\\\"Description\\\":\\\"WHITE HANGING HEART\\\",\\\"Quantity\\\":6,"
          + "\\\"InvoiceDate\\\":\\\"2010-12-01T08:26\\\",\\\"UnitPrice\\\":2.55,"
          + "\\\"CustomerID\\\":\\\"17850\\\",\\\"Country\\\":\\\"United Kingdom\\\"}";

  private final Path work;

  private ColdStart(Path work) {
    this.work = work;
  }

  /**
   * @param arguments the jar of the ingest function and that of the query function
   */
  public static void main(String[] arguments) throws Exception {
    List<Function> functions =
        List.of(
            new Function(
                "ingest",
                "org.invoiceflow.ingest.IngestHandler",
                arguments[0],
                event("POST", "/v1/invoice-lines", "[" + LINE + "]")),
            new Function(
                "query",
                "org.invoiceflow.query.QueryHandler",
                arguments[1],
                event("GET", "/v1/invoices/536365", "")));
    ColdStart bench = new ColdStart(Files.createTempDirectory("invoiceflow-cold-start-"));
    System.out.printf(
        FORMAT,
        "function",
        "snapshot",
        "init ms",
        "first answer ms",
        "CPU ms of it",
        "second answer ms",
        "classes",
        "more by first");
    for (Function function : functions) {
      List<Start> plain = new ArrayList<>();
      List<Start> primed = new ArrayList<>();
      for (int round = 0; round < ROUNDS; round++) {
        plain.add(bench.start(function, "on-demand"));
        primed.add(bench.start(function, "snap-start"));
      }
      print(function, "none", plain);
      print(function, "primed", primed);
    }
  }

  private static String event(String method, String path, String body) {
    return "{\"version\":\"2.0\",\"routeKey\":\"$default\",\"rawPath\":\""
        + path
        + "\",\"headers\":{\"content-type\":\"application/json\"},\"requestContext\":{"
        + "\"requestId\":\"1\",\"stage\":\"$default\",\"http\":{\"method\":\""
        + method
        + "\",\"path\":\""
        + path
        + "\"}},\"body\":\""
        + body
        + "\",\"isBase64Encoded\":false}";
  }

  private Start start(Function function, String initialization) throws Exception {
    Path classes = Files.createTempFile(work, "classes", ".txt");
    try (LambdaHost host = new LambdaHost(List.of(function.event, function.event))) {
      long begin = System.nanoTime();
      Process process = process(function, initialization, host, classes);
      try {
        long ready = initialization.equals("snap-start") ? await(host, "restore").nanos() : 0;
        LambdaHost.Moment next = await(host, "next");
        long cpu = cpuMillis(process);
        long loaded = lines(classes);
        LambdaHost.Moment first = await(host, "response");
        long cpuLater = cpuMillis(process);
        long loadedLater = lines(classes);
        LambdaHost.Moment nextAgain = await(host, "next");
        LambdaHost.Moment second = await(host, "response");
        return new Start(
            millis((ready == 0 ? next.nanos() : ready) - begin),
            millis(first.nanos() - next.nanos()),
            cpuLater - cpu,
            millis(second.nanos() - nextAgain.nanos()),
            loaded,
            loadedLater - loaded);
      } finally {
        process.destroyForcibly().waitFor();
      }
    }
  }

  private Process process(Function function, String initialization, LambdaHost host, Path classes)
      throws IOException {
    // The JVM's settings are those of Lambda's runtime for Java 17.
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx430m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Xshare:auto",
            "--add-opens=java.base/java.io=ALL-UNNAMED",
            "-Dorg.crac.Core.Compat=com.amazonaws.services.lambda.crac",
            "-Djava.net.preferIPv4Stack=true",
            "-Xlog:class+load:file=" + classes,
            "-cp",
            runtime() + File.pathSeparator + function.jar,
            "com.amazonaws.services.lambda.runtime.api.client.AWSLambda",
            function.handler);
    Map<String, String> variables = builder.environment();
    variables.put("AWS_LAMBDA_RUNTIME_API", host.address());
    variables.put("AWS_LAMBDA_INITIALIZATION_TYPE", initialization);
    variables.put("AWS_LAMBDA_FUNCTION_NAME", function.name);
    variables.put("AWS_REGION", "us-east-1");
    variables.put("AWS_ACCESS_KEY_ID", "nobody");
    variables.put("AWS_SECRET_ACCESS_KEY", "nothing");
    variables.put("AWS_ENDPOINT_URL", "http://" + host.address());
    variables.put("STREAM_NAME", "lines");
    variables.put("INVOICES_TABLE", "invoices");
    variables.put("CUSTOMERS_TABLE", "customers");
    return builder
        .redirectErrorStream(true)
        .redirectOutput(work.resolve(function.name + "-" + initialization + ".log").toFile())
        .start();
  }

  /** Lambda's runtime client and what it needs, out of this program's own class path. */
  private static String runtime() {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(jar -> jar.contains("aws-lambda-java"))
        .reduce((a, b) -> a + File.pathSeparator + b)
        .orElseThrow();
  }

  private LambdaHost.Moment await(LambdaHost host, String name) throws InterruptedException {
    LambdaHost.Moment moment = host.moments.poll(60, TimeUnit.SECONDS);
    boolean isRight = moment != null && moment.name().equals(name);
    if (isRight && name.equals("response")) {
      Matcher status = STATUS.matcher(moment.body());
      isRight = status.find() && status.group(1).startsWith("2");
    }
    if (!isRight) {
      throw new IllegalStateException("waited for " + name + ", got " + moment + "; see " + work);
    }
    return moment;
  }

  private static long lines(Path file) throws IOException {
    try (Stream<String> lines = Files.lines(file)) {
      return lines.count();
    }
  }

  private static long cpuMillis(Process process) {
    return process.info().totalCpuDuration().orElseThrow().toMillis();
  }

  private static double millis(long nanos) {
    return nanos / 1e6;
  }

  private static void print(Function function, String snapshot, List<Start> starts) {
    System.out.printf(
        FORMAT,
        function.name,
        snapshot,
        figure(starts, Start::init),
        figure(starts, Start::first),
        figure(starts, Start::firstCpu),
        figure(starts, Start::second),
        Math.round(median(starts, Start::classes)),
        Math.round(median(starts, Start::later)));
  }

  /** Median and range. */
  private static String figure(List<Start> starts, ToDoubleFunction<Start> of) {
    return String.format(
        Locale.ROOT,
        "%.0f (%.0f to %.0f)",
        median(starts, of),
        starts.stream().mapToDouble(of).min().orElseThrow(),
        starts.stream().mapToDouble(of).max().orElseThrow());
  }

  private static double median(List<Start> starts, ToDoubleFunction<Start> of) {
    return starts.stream()
        .mapToDouble(of)
        .sorted()
        .skip(starts.size() / 2)
        .findFirst()
        .orElseThrow();
  }
}

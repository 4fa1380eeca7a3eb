package org.invoiceflow.local.standin;

import java.io.IOException;
import java.io.Writer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.invoiceflow.local.endpoints.Endpoints;
import org.invoiceflow.local.endpoints.S3Endpoint;

/** S3: S3Proxy in a JVM of its own, with the objects as files of the run's folder. */
final class S3Standin {

  private static final String BUCKET = "invoiceflow";

  private static final String LOGBACK =
      """
      <configuration>
        <appender name="log" class="ch.qos.logback.core.ConsoleAppender">
          <encoder><pattern>%d %p %c{0} %m%n</pattern></encoder>
        </appender>
        <root level="WARN"><appender-ref ref="log"/></root>
      </configuration>
      """;

  private S3Standin() {}

  static Standin start(RunContext run) throws StandinException, IOException {
    URI address = URI.create("http://127.0.0.1:" + Ports.free());
    Path settings = writeSettings(run.folder(), address);
    Path logback = Files.writeString(run.folder().resolve("s3-logback.xml"), LOGBACK);
    List<String> command =
        run.java(
            "-Xmx512m",
            "-Dlogback.configurationFile=" + logback,
            "-cp",
            run.installation().s3ProxyLibraries() + "/*",
            "org.gaul.s3proxy.Main",
            "--properties",
            settings.toString());
    ChildProcess process =
        ChildProcess.start("s3", command, Map.of(), run.folder(), run.janitor(), address);
    return new ProcessStandin(
        process, Endpoints.of(new S3Endpoint(RunContext.access(address), BUCKET)));
  }

  private static Path writeSettings(Path folder, URI address) throws IOException {
    Path objects = Files.createDirectories(folder.resolve("s3"));
    Properties settings = new Properties();
    settings.setProperty("s3proxy.endpoint", address.toString());
    settings.setProperty("s3proxy.authorization", "aws-v2-or-v4");
    settings.setProperty("s3proxy.identity", RunContext.KEYS.accessKeyId());
    settings.setProperty("s3proxy.credential", RunContext.KEYS.secretAccessKey());
    settings.setProperty("jclouds.provider", "filesystem-nio2");
    settings.setProperty("jclouds.identity", "unused");
    settings.setProperty("jclouds.credential", "unused");
    settings.setProperty("jclouds.filesystem.basedir", objects.toString());
    Path file = folder.resolve("s3.properties");
    try (Writer writer = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
      settings.store(writer, null);
    }
    return file;
  }
}

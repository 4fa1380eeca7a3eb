package org.invoiceflow.local.standin;

import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where the build put what the stand-ins consist of.
 *
 * @param module folder of the Maven module {@code local}
 */
public record Installation(Path module) {

  /**
   * The installation that this class belongs to: below the folder that the system property {@code
   * invoiceflow.root} names, or else the checkout whose build made this class.
   */
  public static Installation find() throws StandinException {
    Optional<Path> root =
        Optional.ofNullable(System.getProperty("invoiceflow.root"))
            .map(Path::of)
            .or(Installation::checkout);
    Path module =
        root.map(folder -> folder.resolve("local"))
            .orElseThrow(
                () ->
                    new StandinException(
                        "The checkout cannot be found: set the system property"
                            + " invoiceflow.root to its folder."));
    Installation installation = new Installation(module.toAbsolutePath());
    installation.check();
    return installation;
  }

  private static Optional<Path> checkout() {
    Path folder;
    try {
      folder =
          Path.of(Installation.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
    // Both target/classes and target/local.jar lie below local/.
    for (Path above = folder; above != null; above = above.getParent()) {
      if (Files.isDirectory(above.resolve("local").resolve("standins"))) {
        return Optional.of(above);
      }
    }
    return Optional.empty();
  }

  private void check() throws StandinException {
    for (Path part : new Path[] {dynamoDbLibraries(), s3ProxyLibraries(), kinesisScript()}) {
      if (!Files.exists(part)) {
        throw new StandinException(
            "The stand-ins are not built (" + part + " is missing): run mvn package.");
      }
    }
  }

  Path dynamoDbLibraries() {
    return module.resolve("standins/dynamodb/target/lib");
  }

  Path s3ProxyLibraries() {
    return module.resolve("standins/s3proxy/target/lib");
  }

  Path kinesisScript() {
    return module.resolve("node_modules/kinesis-local/main.js");
  }

  Path kinesisCertificate() {
    return module.resolve("node_modules/kinesis-local/server.json");
  }

  /** Makes Node listen on the loopback only. */
  Path loopbackScript() {
    return module.resolve("standins/kinesis/loopback.cjs");
  }

  /** PostgreSQL's programs, unpacked once. */
  Path postgresPrograms() {
    return module.resolve("target/postgres");
  }

  /** Folder of Flink's plugins, with the S3 file system. */
  public Path flinkPlugins() {
    return module.resolve("target/plugins");
  }
}

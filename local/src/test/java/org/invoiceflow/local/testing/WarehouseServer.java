package org.invoiceflow.local.testing;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** PostgreSQL's server of a run, which is no child of the program that started it. */
public final class WarehouseServer {

  private WarehouseServer() {}

  /**
   * Looks nowhere else than where it is: other folders of a run lose files while it goes on.
   *
   * @param run folder of the run, whose stand-ins are up
   */
  public static ProcessHandle of(Path run) throws IOException {
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(run, "warehouse*")) {
      for (Path folder : folders) {
        Path file = folder.resolve("postmaster.pid");
        if (Files.exists(file)) {
          return ProcessHandle.of(Long.parseLong(Files.readAllLines(file).get(0))).orElseThrow();
        }
      }
    }
    throw new IllegalStateException("there is no server of PostgreSQL in " + run);
  }
}

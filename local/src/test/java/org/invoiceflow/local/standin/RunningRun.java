package org.invoiceflow.local.standin;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import org.invoiceflow.local.endpoints.Service;
import org.invoiceflow.local.testing.Limits;
import org.invoiceflow.local.testing.WarehouseServer;

/** A program of its own that runs all stand-ins until it is killed. */
final class RunningRun {

  private RunningRun() {}

  /** Starts the program and returns when its stand-ins are ready. */
  static Process start(Path folder) throws IOException {
    Process program =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "-Dinvoiceflow.root=" + System.getProperty("invoiceflow.root"),
                RunningRun.class.getName(),
                folder.toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (BufferedReader lines = program.inputReader(StandardCharsets.UTF_8)) {
      assertThat(lines.lines()).contains("ready");
    }
    return program;
  }

  /**
   * The five processes of the run in the folder: three stand-ins and the janitor, which are
   * descendants of the program, and PostgreSQL's server. {@code pg_ctl}, which starts that server,
   * may still be about to end when the server answers: hence the wait.
   *
   * @param others descendants of the program that have nothing to do with the run
   */
  static Set<ProcessHandle> processes(
      ProcessHandle program, Set<ProcessHandle> others, Path folder) {
    return await()
        .atMost(Limits.PATIENCE)
        .until(
            () -> {
              Set<ProcessHandle> all =
                  program.descendants().filter(ProcessHandle::isAlive).collect(toSet());
              all.removeAll(others);
              all.add(WarehouseServer.of(folder));
              return all;
            },
            all -> all.size() == 5);
  }

  public static void main(String[] args) throws Exception {
    Standins standins = Standins.start(EnumSet.allOf(Service.class), Path.of(args[0]));
    System.out.println(standins.endpoints().services().size() == 4 ? "ready" : "not ready");
    System.out.close();
    Thread.currentThread().join();
  }
}

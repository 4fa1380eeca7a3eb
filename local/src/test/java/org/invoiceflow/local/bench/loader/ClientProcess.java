package org.invoiceflow.local.bench.loader;

import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.file.Path;
import org.invoiceflow.local.bench.CpuClock;

/** Sends a file twice and prints a {@link ClientRun} after each time: from the start, and again. */
public final class ClientProcess {

  private static final int RUNS = 2;

  private ClientProcess() {}

  /** Takes a {@link Client}, the gateway's address and the file. */
  public static void main(String[] arguments) throws Exception {
    Client client = Client.valueOf(arguments[0]);
    URI gateway = URI.create(arguments[1]);
    Path file = Path.of(arguments[2]);
    CpuClock cpu = CpuClock.ofThisJvm();
    double cpuBefore = 0;
    double before = ManagementFactory.getRuntimeMXBean().getStartTime() / 1e3;
    for (int run = 0; run < RUNS; run++) {
      int accepted = (int) client.send(gateway, file);
      double now = System.currentTimeMillis() / 1e3;
      double cpuNow = cpu.ownSeconds();
      System.out.println(new ClientRun(now - before, cpuNow - cpuBefore, accepted).text());
      before = now;
      cpuBefore = cpuNow;
    }
    // Connections that are kept would keep the JVM for a while.
    System.exit(0);
  }
}

package org.invoiceflow.local.bench.demo;

import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.invoiceflow.local.bench.CpuClock;

/**
 * CPU seconds of the demo's processes, as they were at the last look at each: what a process uses
 * after it is missing, as are processes that begin and end between two looks. Those of PostgreSQL
 * are counted by their server.
 */
final class PartClock {

  static final long LOOK_MILLIS = 100;

  private final ProcessHandle demo;
  private final String folder;
  private final Map<Long, Part> parts = new HashMap<>();
  private final Map<Long, Double> seconds = new HashMap<>();
  private Optional<CpuClock> postgres = Optional.empty();
  private double postgresSeconds;

  /**
   * @param folder that PostgreSQL's server, which leaves its parent, names in its command line
   */
  PartClock(ProcessHandle demo, Path folder) {
    this.demo = demo;
    this.folder = folder.toString();
  }

  void look() {
    try (Stream<ProcessHandle> processes = Stream.concat(Stream.of(demo), demo.descendants())) {
      processes.forEach(this::look);
    }
    if (postgres.isEmpty()) {
      postgres = server();
    }
    postgres.ifPresent(clock -> postgresSeconds = Math.max(postgresSeconds, clock.serverSeconds()));
  }

  private void look(ProcessHandle process) {
    Optional<Duration> used = process.info().totalCpuDuration();
    if (used.isPresent()) {
      // The shell becomes the JVM, whose long command line the system does not tell.
      Part part = process.pid() == demo.pid() ? Part.JVM : Part.of(commandLine(process));
      // A process that is about to end has no command line any more.
      parts.merge(process.pid(), part, (known, now) -> now == Part.OTHERS ? known : now);
      seconds.put(process.pid(), used.get().toNanos() / 1e9);
    }
  }

  private Optional<CpuClock> server() {
    try (Stream<ProcessHandle> all = ProcessHandle.allProcesses()) {
      return all.filter(process -> isServer(commandLine(process)))
          .findFirst()
          .map(process -> CpuClock.ofPostmaster(process.pid()));
    }
  }

  private boolean isServer(String command) {
    return command.contains(folder) && command.split(" ", 2)[0].endsWith("/postgres");
  }

  private static String commandLine(ProcessHandle process) {
    ProcessHandle.Info info = process.info();
    return info.command().orElse("")
        + " "
        + String.join(" ", info.arguments().orElse(new String[0]));
  }

  double seconds(Part part) {
    if (part == Part.POSTGRESQL) {
      return postgresSeconds;
    }
    Map<Part, Double> sums = new EnumMap<>(Part.class);
    seconds.forEach((pid, used) -> sums.merge(parts.get(pid), used, Double::sum));
    return sums.getOrDefault(part, 0.0);
  }
}

package org.invoiceflow.local.bench;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** CPU seconds used so far, by this JVM and by a PostgreSQL server with all its children. */
public final class CpuClock {

  /** Of Linux on every machine that runs this: getconf CLK_TCK. */
  private static final double TICKS_PER_SECOND = 100;

  private final long postmaster;

  private CpuClock(long postmaster) {
    this.postmaster = postmaster;
  }

  /** Asked for {@link #ownSeconds} only. */
  public static CpuClock ofThisJvm() {
    return new CpuClock(-1);
  }

  /**
   * @param backend process id of any backend of the server
   */
  public static CpuClock ofServer(long backend) {
    return new CpuClock(parentOf(backend));
  }

  /**
   * @param pid of the server's first process
   */
  public static CpuClock ofPostmaster(long pid) {
    return new CpuClock(pid);
  }

  public double ownSeconds() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime()
        / 1e9;
  }

  /** NaN where there is no {@code /proc}. */
  public double serverSeconds() {
    if (postmaster < 0) {
      return Double.NaN;
    }
    try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
      double ended = ticks(postmaster, true);
      double running =
          processes
              .map(path -> path.getFileName().toString())
              .filter(name -> name.matches("[0-9]+"))
              .mapToLong(Long::parseLong)
              .filter(pid -> parentOf(pid) == postmaster)
              .mapToDouble(pid -> ticks(pid, false))
              .sum();
      return (ended + running) / TICKS_PER_SECOND;
    } catch (IOException e) {
      return Double.NaN;
    }
  }

  private static double ticks(long pid, boolean withEndedChildren) {
    String[] fields = stat(pid);
    double ticks = 0;
    // utime, stime, cutime, cstime: fields 14 to 17 of proc(5), counted behind the name.
    for (int field = 11; fields.length > 14 && field < (withEndedChildren ? 15 : 13); field++) {
      ticks += Double.parseDouble(fields[field]);
    }
    return ticks;
  }

  private static long parentOf(long pid) {
    String[] fields = stat(pid);
    return fields.length > 1 ? Long.parseLong(fields[1]) : -1;
  }

  /** The fields behind the process's name, which may hold blanks; none if it has ended. */
  private static String[] stat(long pid) {
    try {
      String line = Files.readString(Path.of("/proc/" + pid + "/stat"));
      return line.substring(line.lastIndexOf(')') + 2).split(" ");
    } catch (IOException e) {
      return new String[0];
    }
  }
}

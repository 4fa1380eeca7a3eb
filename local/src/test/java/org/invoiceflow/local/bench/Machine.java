package org.invoiceflow.local.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * On what a figure was taken, and how busy it was.
 *
 * @param processor as the kernel names it, or its architecture
 * @param load runnable processes, mean of the last minute; negative if unknown
 */
record Machine(
    Instant time, String processor, int processors, String system, String java, double load) {

  private static final Path CPU_INFO = Path.of("/proc/cpuinfo");

  static Machine now() {
    return new Machine(
        Instant.now().truncatedTo(ChronoUnit.SECONDS),
        processorName(),
        Runtime.getRuntime().availableProcessors(),
        System.getProperty("os.name") + " " + System.getProperty("os.version"),
        System.getProperty("java.vm.name") + " " + Runtime.version(),
        ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
  }

  /** One line for people. */
  String text() {
    return String.format(
        Locale.ROOT,
        "%s, %d x %s, %s, load %.1f before the start",
        time,
        processors,
        processor,
        java,
        load);
  }

  private static String processorName() {
    try (Stream<String> lines = Files.lines(CPU_INFO)) {
      return lines
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse(System.getProperty("os.arch"));
    } catch (IOException e) {
      return System.getProperty("os.arch");
    }
  }
}

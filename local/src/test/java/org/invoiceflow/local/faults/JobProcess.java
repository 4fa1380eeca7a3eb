package org.invoiceflow.local.faults;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;
import org.apache.flink.api.common.JobID;
import org.apache.flink.runtime.jobmaster.JobResult;
import org.invoiceflow.local.endpoints.Endpoints;

/**
 * The main of the processes that the tests kill: the real job in a cluster of this process. Ends
 * with the job, and at once when stdin ends, which it does when the test's JVM ends in whatever
 * way. On stdin it understands {@value #LOSE_TASK_MANAGER} and {@value #SAMPLE}.
 */
final class JobProcess {

  /** Written to stdout when the job has been handed to the cluster. */
  static final String STARTED = "started";

  static final String LOSE_TASK_MANAGER = "lose-task-manager";

  /** Answered by {@link Sample}'s text. */
  static final String SAMPLE = "sample";

  private static final String ENDPOINTS = "endpoints.properties";
  private static final String JOB = "job.properties";
  private static final String CLUSTER = "cluster.properties";

  private JobProcess() {}

  /** Writes what the process reads at its start. */
  static void write(
      Path folder, Properties endpoints, Map<String, Properties> groups, ClusterSettings settings)
      throws IOException {
    Properties job = new Properties();
    groups.forEach(
        (group, properties) ->
            properties.forEach((key, value) -> job.put(group + "/" + key, value)));
    store(endpoints, folder.resolve(ENDPOINTS));
    store(job, folder.resolve(JOB));
    store(settings.asProperties(), folder.resolve(CLUSTER));
  }

  /**
   * @param args folder that {@link #write} has filled; checkpoint to start from, if any
   */
  public static void main(String[] args) throws Exception {
    Path folder = Path.of(args[0]);
    BufferedReader commands =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    // Nothing is obeyed before the job runs, but the parent's end is.
    CommandReader reader = new CommandReader(commands);
    reader.start();
    ClusterSettings settings = ClusterSettings.of(load(folder.resolve(CLUSTER)));
    Endpoints endpoints = Endpoints.read(folder.resolve(ENDPOINTS));
    JobCluster cluster = JobCluster.start(endpoints, folder, settings);
    Optional<String> from = args.length > 1 ? Optional.of(args[1]) : Optional.empty();
    JobID job = cluster.submit(groups(load(folder.resolve(JOB))), from);
    System.out.println(STARTED);
    reader.obey(cluster, job);
    JobResult result = cluster.result(job).get();
    result
        .getSerializedThrowable()
        .ifPresent(failure -> System.err.println(failure.getFullStringifiedStackTrace()));
    Runtime.getRuntime().halt(result.isSuccess() ? 0 : 1);
  }

  private static Map<String, Properties> groups(Properties job) {
    Map<String, Properties> groups = new LinkedHashMap<>();
    for (String key : job.stringPropertyNames()) {
      int slash = key.indexOf('/');
      groups
          .computeIfAbsent(key.substring(0, slash), any -> new Properties())
          .setProperty(key.substring(slash + 1), job.getProperty(key));
    }
    return groups;
  }

  private static void store(Properties properties, Path file) throws IOException {
    try (Writer writer = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
      properties.store(writer, null);
    }
  }

  private static Properties load(Path file) throws IOException {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      properties.load(reader);
    }
    return properties;
  }

  /**
   * What the process measures of itself.
   *
   * @param heapBytes used after a full collection
   * @param openFiles descriptors, sockets included
   * @param stateBytes of the last checkpoint
   */
  record Sample(long heapBytes, long openFiles, long stateBytes) {

    private static final String NAME = "sample";

    static Sample take(JobCluster cluster, JobID job) throws Exception {
      System.gc();
      Runtime runtime = Runtime.getRuntime();
      long heap = runtime.totalMemory() - runtime.freeMemory();
      try (Stream<Path> files = Files.list(Path.of("/proc/self/fd"))) {
        return new Sample(heap, files.count(), cluster.stateBytes(job));
      }
    }

    String text() {
      return NAME + " " + heapBytes + " " + openFiles + " " + stateBytes;
    }

    static boolean isOne(String line) {
      return line.startsWith(NAME + " ");
    }

    static Sample parse(String line) {
      String[] words = line.split(" ");
      return new Sample(
          Long.parseLong(words[1]), Long.parseLong(words[2]), Long.parseLong(words[3]));
    }
  }

  /** Halts this process at the end of stdin. */
  private static final class CommandReader extends Thread {
    private final BufferedReader commands;
    private volatile Obedience obedience = command -> {};

    CommandReader(BufferedReader commands) {
      super("commands");
      setDaemon(true);
      this.commands = commands;
    }

    private interface Obedience {
      void obey(String command) throws Exception;
    }

    void obey(JobCluster cluster, JobID job) {
      obedience =
          command -> {
            switch (command) {
              case LOSE_TASK_MANAGER -> cluster.loseTaskManager();
              case SAMPLE -> System.out.println(Sample.take(cluster, job).text());
              default -> throw new IllegalArgumentException(command);
            }
          };
    }

    @Override
    public void run() {
      try {
        String command = commands.readLine();
        while (command != null) {
          obedience.obey(command);
          command = commands.readLine();
        }
      } catch (Exception e) {
        e.printStackTrace();
      }
      Runtime.getRuntime().halt(2);
    }
  }
}

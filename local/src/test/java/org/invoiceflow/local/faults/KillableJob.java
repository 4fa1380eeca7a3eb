package org.invoiceflow.local.faults;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.invoiceflow.local.endpoints.Endpoints;
import org.invoiceflow.local.testing.SharedStandins;

/**
 * The real job in a process of its own, which is killed and started again from the newest
 * checkpoint on disk. Measures how long each kill puts it back. One thread.
 */
final class KillableJob implements AutoCloseable {

  private static final Duration POLL = Duration.ofMillis(20);

  /** A process that lives for seconds is not worth the best compiler. */
  private static final List<String> SHORT_LIVED =
      List.of("-Xmx640m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

  private final Endpoints stores;
  private final Path folder;
  private final Map<String, Properties> groups;
  private final RetainedCheckpoints checkpoints;
  private final List<Long> openStrikes = new ArrayList<>();
  private final List<Duration> recoveries = new ArrayList<>();
  private Optional<ChildJvm> process = Optional.empty();
  private int starts;
  private long numberAtStart;

  /**
   * @param folder for checkpoints, logs and what the processes read
   * @param groups the job's runtime properties
   */
  KillableJob(Endpoints stores, Path folder, Map<String, Properties> groups) {
    this.stores = stores;
    this.folder = folder;
    this.groups = groups;
    this.checkpoints = new RetainedCheckpoints(folder.resolve("checkpoints"));
  }

  /** Starts from the newest complete checkpoint, or from nothing if there is none. */
  void start(ClusterSettings settings) throws Exception {
    startFrom(checkpoints.latest(), settings, SHORT_LIVED);
  }

  /** Returns when the process has handed the job to its cluster. */
  void startFrom(Optional<Path> checkpoint, ClusterSettings settings, List<String> options)
      throws Exception {
    JobProcess.write(folder, SharedStandins.asFile(stores), groups, settings);
    numberAtStart = checkpoints.latestNumber();
    starts++;
    List<String> arguments = new ArrayList<>(List.of(folder.toString()));
    checkpoint.map(path -> path.toUri().toString()).ifPresent(arguments::add);
    ChildJvm child = ChildJvm.start(folder, "job-" + starts, options, JobProcess.class, arguments);
    process = Optional.of(child);
    await(() -> child.lines().contains(JobProcess.STARTED));
  }

  /** SIGKILL. */
  void kill() throws IOException, InterruptedException {
    openStrikes.add(System.nanoTime());
    child().kill();
  }

  /** SIGKILL, unless the process has ended by itself: true if it was killed. */
  boolean killIfAlive() throws InterruptedException {
    return child().killIfAlive();
  }

  /** Takes all tasks away from the job, whose process lives on. */
  void loseTaskManager() throws IOException {
    openStrikes.add(System.nanoTime());
    numberAtStart = checkpoints.latestNumber();
    child().tell(JobProcess.LOSE_TASK_MANAGER);
  }

  /** What the process measures of itself, now. */
  JobProcess.Sample sample() throws IOException {
    long before = samples().count();
    child().tell(JobProcess.SAMPLE);
    await(() -> samples().count() > before);
    return samples().skip(before).findFirst().map(JobProcess.Sample::parse).orElseThrow();
  }

  private Stream<String> samples() throws IOException {
    return child().lines().stream().filter(JobProcess.Sample::isOne);
  }

  /** Returns when so many checkpoints came since the start or strike; the first ends a recovery. */
  void awaitCheckpoints(int count) throws IOException {
    await(() -> checkpoints.latestNumber() > numberAtStart);
    long now = System.nanoTime();
    openStrikes.forEach(strike -> recoveries.add(Duration.ofNanos(now - strike)));
    openStrikes.clear();
    await(() -> checkpoints.latestNumber() >= numberAtStart + count);
  }

  /** Returns when so many more checkpoints are complete than now. */
  void awaitMoreCheckpoints(int count) throws IOException {
    long due = checkpoints.latestNumber() + count;
    await(() -> checkpoints.latestNumber() >= due);
  }

  /**
   * Waits for something to come about while the process lives.
   *
   * @throws IllegalStateException with the process's last words, if it ends
   */
  void await(Callable<Boolean> condition) throws IOException {
    try {
      Awaitility.await()
          .pollDelay(Duration.ZERO)
          .pollInterval(POLL)
          .atMost(FaultSettings.PATIENCE)
          .until(() -> condition.call() || !child().isAlive());
    } catch (ConditionTimeoutException e) {
      throw new IllegalStateException("It did not come about. " + child().lastWords(), e);
    }
    if (!child().isAlive()) {
      throw new IllegalStateException("The job's process ended by itself. " + child().lastWords());
    }
  }

  ChildJvm child() {
    return process.orElseThrow();
  }

  RetainedCheckpoints checkpoints() {
    return checkpoints;
  }

  /** From each kill until a checkpoint was complete again, as far as that has come about. */
  List<Duration> recoveries() {
    return List.copyOf(recoveries);
  }

  @Override
  public void close() {
    process.ifPresent(ChildJvm::close);
  }
}

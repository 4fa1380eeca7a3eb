package org.invoiceflow.local.faults;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.apache.flink.api.common.JobID;

/** What a job's dashboard says about its checkpoints and failures, asked again and again. */
final class JobMonitor implements AutoCloseable {

  private static final Duration PAUSE = Duration.ofMillis(100);

  private final JobDashboard dashboard;
  private final Thread thread = new Thread(this::watch, "job-monitor");

  /** When checkpoints were complete, in milliseconds since 1970. Guarded by this. */
  private final TreeSet<Long> completed = new TreeSet<>();

  JobMonitor(URI webUi, JobID id) {
    this.dashboard = new JobDashboard(webUi, id);
    thread.setDaemon(true);
    thread.start();
  }

  private void watch() {
    try {
      while (true) {
        look();
        Thread.sleep(PAUSE.toMillis());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void look() throws InterruptedException {
    try {
      Optional<Long> latest = dashboard.latestCheckpoint();
      synchronized (this) {
        latest.ifPresent(completed::add);
      }
    } catch (IOException e) {
      // One answer that did not come, or the end of the job; whoever watches closes this.
    }
  }

  /** Number of different checkpoints seen so far. */
  synchronized int checkpoints() {
    return completed.size();
  }

  /** Since the last checkpoint; empty before the first. */
  synchronized Optional<Duration> sinceCheckpoint() {
    return completed.isEmpty()
        ? Optional.empty()
        : Optional.of(Duration.ofMillis(System.currentTimeMillis() - completed.last()));
  }

  /** The longest time between two checkpoints that followed each other. */
  synchronized Duration longestGap() {
    long longest = 0;
    long before = completed.isEmpty() ? 0 : completed.first();
    for (long at : completed) {
      longest = Math.max(longest, at - before);
      before = at;
    }
    return Duration.ofMillis(longest);
  }

  /** The job's failures so far, as its dashboard lists them: name of the task, first line. */
  List<String> failures() throws IOException, InterruptedException {
    return dashboard.failures().stream().map(JobDashboard.Failure::toString).toList();
  }

  /** From each failure that the job has seen to its next checkpoint. */
  List<Duration> recoveries() throws IOException, InterruptedException {
    List<Duration> recoveries = new ArrayList<>();
    for (JobDashboard.Failure failure : dashboard.failures()) {
      long failed = failure.millis();
      synchronized (this) {
        Optional.ofNullable(completed.higher(failed))
            .ifPresent(at -> recoveries.add(Duration.ofMillis(at - failed)));
      }
    }
    return recoveries;
  }

  @Override
  public void close() {
    thread.interrupt();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

package org.invoiceflow.local.demo;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.invoiceflow.local.report.Stage;

/** The stages of a run, which follow each other without gaps. One thread. */
final class Stopwatch {

  private final List<Stage> stages = new ArrayList<>();
  private final long start = System.nanoTime();
  private long last = start;

  /** Ends the stage that has been running since the last call. */
  void stageEnds(String name) {
    long now = System.nanoTime();
    stages.add(new Stage(name, Duration.ofNanos(now - last)));
    last = now;
  }

  /** The stages so far and their sum. */
  List<Stage> stages() {
    List<Stage> all = new ArrayList<>(stages);
    all.add(new Stage("all of it", Duration.ofNanos(last - start)));
    return all;
  }
}

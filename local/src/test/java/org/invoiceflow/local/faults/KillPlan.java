package org.invoiceflow.local.faults;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import java.util.stream.Collectors;
import org.invoiceflow.local.endpoints.Endpoints;
import org.invoiceflow.local.faults.ClusterSettings.Backend;
import org.invoiceflow.local.job.JobProperties;

/**
 * What a seed says about one run in which the job's process is killed: its settings, and the
 * progress at which each kill strikes.
 *
 * @param flushDelayMillis of the assembly
 * @param loadIntervalMillis of the warehouse
 */
record KillPlan(
    ClusterSettings settings, int flushDelayMillis, int loadIntervalMillis, List<Strike> strikes) {

  /** A kill comes once the progress is made, and a little later. */
  record Strike(Moment moment, int progress, Duration later) {
    @Override
    public String toString() {
      return String.format(Locale.ROOT, "%s %d + %d ms", moment.text, progress, later.toMillis());
    }
  }

  enum Moment {
    /** The job has written to the view and has no checkpoint at all. */
    BEFORE_FIRST_CHECKPOINT("view lines without a checkpoint"),
    /** So many checkpoints of this process are complete. */
    AFTER_CHECKPOINTS("checkpoints"),
    /** So many more lines lie in {@code raw/} than when the process started. */
    AFTER_RAW_LINES("more raw lines"),
    /**
     * So many more rows are in the warehouse. The newest checkpoint still holds the load as to be
     * done, so it is done again.
     */
    AFTER_LOAD("more warehouse rows"),
    /** The job has been started again and may not have a checkpoint of its own. */
    WHILE_RECOVERING("starts");

    private final String text;

    Moment(String text) {
      this.text = text;
    }
  }

  private static final int STRIKES = 2;
  private static final int MOST_CHECKPOINTS = 3;
  private static final int MOST_LINES = 100;

  /** More than the time between two checkpoints, so that every point in between can be hit. */
  private static final int MOST_MILLIS_LATER = 700;

  /** The next checkpoint knows that the load was done. */
  private static final int MOST_MILLIS_AFTER_LOAD = 100;

  private static final List<Moment> LATER_MOMENTS =
      List.of(
          Moment.AFTER_CHECKPOINTS,
          Moment.AFTER_RAW_LINES,
          Moment.AFTER_LOAD,
          Moment.AFTER_LOAD,
          Moment.WHILE_RECOVERING);

  static KillPlan of(long seed) {
    Random random = new Random(seed);
    Backend backend = random.nextInt(4) == 0 ? Backend.HEAP : Backend.ROCKSDB;
    List<Strike> strikes = new ArrayList<>();
    for (int i = 0; i < STRIKES; i++) {
      boolean isFirst = i == 0;
      Moment moment =
          isFirst && random.nextInt(3) == 0
              ? Moment.BEFORE_FIRST_CHECKPOINT
              : LATER_MOMENTS.get(random.nextInt(LATER_MOMENTS.size()));
      int most = moment == Moment.AFTER_LOAD ? MOST_MILLIS_AFTER_LOAD : MOST_MILLIS_LATER;
      strikes.add(new Strike(moment, progress(moment, random), millis(random, most)));
    }
    return new KillPlan(
        ClusterSettings.usual().on(backend).withParallelism(1 + random.nextInt(2)),
        100 + random.nextInt(900),
        random.nextInt(4) == 0 ? 1_000 : 0,
        List.copyOf(strikes));
  }

  private static int progress(Moment moment, Random random) {
    return switch (moment) {
      case BEFORE_FIRST_CHECKPOINT, AFTER_RAW_LINES, AFTER_LOAD -> 1 + random.nextInt(MOST_LINES);
      case AFTER_CHECKPOINTS -> 1 + random.nextInt(MOST_CHECKPOINTS);
      case WHILE_RECOVERING -> 1;
    };
  }

  private static Duration millis(Random random, int most) {
    return Duration.ofMillis(random.nextInt(most));
  }

  /** The job's runtime properties. */
  Map<String, Properties> properties(Endpoints stores) {
    Map<String, Properties> groups = JobProperties.stream(stores);
    groups.get("source").setProperty("poll.interval.ms", "200");
    groups.get("views").setProperty("flush.delay.ms", Integer.toString(flushDelayMillis));
    groups.get("warehouse").setProperty("load.interval.ms", Integer.toString(loadIntervalMillis));
    return groups;
  }

  @Override
  public String toString() {
    return settings.backend()
        + ", "
        + settings.parallelism()
        + ", killed after "
        + strikes.stream().map(Strike::toString).collect(Collectors.joining(" and after "));
  }
}

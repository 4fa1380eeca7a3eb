package org.invoiceflow.job.metrics;

import java.time.Duration;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MeterView;
import org.apache.flink.metrics.MetricGroup;

/**
 * Names of the job's own metrics. Managed Service for Apache Flink publishes custom metrics only
 * from the group {@value #GROUP}, each four times a minute.
 *
 * <p>Counters count from the start of their task, so a restart sets them back to 0. Gauges are
 * asked by a reporter's thread: they read one volatile value, and never throw. Both are registered
 * by each subtask: the sum over subtasks is what counts, except for the two ages of the warehouse,
 * of which there is one.
 *
 * <p>Meters, those whose names end in {@code PerSecond}, are what alarms and dashboard look at:
 * events a second in the last {@link #METERED}. The highest of all subtasks says whether there were
 * any, and a value that comes late changes little; the growth of counters that are published
 * together, as one metric, cannot be told. A meter takes stock every five seconds and ends with its
 * task: what happened in the last seconds before a restart, or was not published by then, is lost.
 */
public final class JobMetrics {

  public static final String GROUP = "kinesisanalytics";

  /**
   * Lines that keep all rules. Each is counted once more when it is decided: {@link
   * #LINES_DUPLICATE} when it is assembled, or {@link #LINES_ACCEPTED}, {@link
   * #LINES_ALREADY_STORED} or {@link #LINES_CONFLICTING} when it is merged.
   */
  public static final String LINES_READ = "linesRead";

  /** Lines or unreadable records that broke a rule of intake. */
  public static final String LINES_REJECTED = "linesRejected";

  /** Prefix of one counter for each rule; followed by the rule's name. */
  public static final String REJECTED_BY_RULE = "rejected_";

  /** Lines that contradict nothing and were not stored yet: what the run added to the views. */
  public static final String LINES_ACCEPTED = "linesAccepted";

  /**
   * Lines that were dropped because the keyed state has seen the same line before; also repeats of
   * a line that was rejected then.
   */
  public static final String LINES_DUPLICATE = "linesDuplicate";

  /** Duplicates that came from another file than the first; part of {@link #LINES_DUPLICATE}. */
  public static final String LINES_DUPLICATE_OTHER_FILE = "linesDuplicateFromOtherFile";

  /**
   * Lines that were new to the keyed state but are stored already, because state had expired or
   * another run stored them.
   */
  public static final String LINES_ALREADY_STORED = "linesAlreadyStored";

  /** Lines that contradict a stored line or name another customer. */
  public static final String LINES_CONFLICTING = "linesConflicting";

  /** Changes of invoices that were handed to the views. */
  public static final String INVOICE_CHANGES = "invoiceChanges";

  /** Items that were handed to the views' sinks. */
  public static final String VIEW_WRITES = "viewWrites";

  /**
   * Gauge, but never falling within a task: puts that DynamoDB did not take, each time that it did
   * not: throttled, left unprocessed, or failed as a whole request. The sinks repeat them, so
   * nothing is lost; puts that can never succeed fail the checkpoints. It is the connector's own
   * {@code numRecordsSendErrors}, of which the service publishes nothing.
   */
  public static final String VIEW_PUT_ERRORS = "viewPutErrors";

  /** Lines in files that are staged for the warehouse. */
  public static final String WAREHOUSE_LINES_STAGED = "warehouseLinesStaged";

  /** Lines that were not staged because the same file has them. */
  public static final String WAREHOUSE_LINES_LEFT_OUT = "warehouseLinesLeftOut";

  /** Lines that were new to the warehouse, in loads that are in its ledger. */
  public static final String WAREHOUSE_LINES_LOADED = "warehouseLinesLoaded";

  /** Lines that the warehouse had with the same content. */
  public static final String WAREHOUSE_LINES_REPEATED = "warehouseLinesRepeated";

  /** Lines that the warehouse has with other content, which stays. */
  public static final String WAREHOUSE_LINES_DIFFERING = "warehouseLinesDiffering";

  /** Loads that are in the ledger. */
  public static final String WAREHOUSE_LOADS = "warehouseLoads";

  /**
   * Attempts to load that came to nothing: no password, no connection, or rolled back. Each is
   * repeated. One that only waited for another load counts if it was the last before a restart.
   */
  public static final String WAREHOUSE_LOADS_FAILED = "warehouseLoadsFailed";

  /**
   * Attempts to load of which nobody knows whether the warehouse committed them, since the answer
   * was lost. The next attempt asks the ledger, so no line is lost or stored twice.
   */
  public static final String WAREHOUSE_LOADS_UNKNOWN = "warehouseLoadsUnknown";

  /**
   * Gauge, the one to be alarmed by: milliseconds since the checkpoint that staged the oldest line
   * that waits for its load; 0 when none waits, as in an idle stream. While loads fail it rises
   * without end. In good times it stays below the load interval and two or three checkpoints: a
   * load lets go of its lines when the checkpoint after it has completed, which is the first moment
   * at which its success is certain.
   *
   * <p>What waits is part of the checkpoint. So after a restart the age goes on from where it was;
   * it is absent only while no task runs. It comes from one task, without parallelism.
   */
  public static final String WAREHOUSE_OLDEST_WAITING_AGE = "warehouseOldestWaitingAgeMillis";

  /**
   * Gauge, to be looked at: milliseconds since the newest line that is loaded was staged; -1 before
   * the first load. It rises while no lines come, too, so it is no alarm. Like {@link
   * #WAREHOUSE_OLDEST_WAITING_AGE} it outlives restarts.
   */
  public static final String WAREHOUSE_NEWEST_LOADED_AGE = "warehouseNewestLoadedAgeMillis";

  /** Meter of {@link #LINES_READ}. */
  public static final String LINES_READ_RATE = "linesReadPerSecond";

  /** Meter of {@link #LINES_REJECTED}. */
  public static final String LINES_REJECTED_RATE = "linesRejectedPerSecond";

  /** Meter of {@link #LINES_ACCEPTED}. */
  public static final String LINES_ACCEPTED_RATE = "linesAcceptedPerSecond";

  /** Meter of {@link #LINES_DUPLICATE}. */
  public static final String LINES_DUPLICATE_RATE = "linesDuplicatePerSecond";

  /** Meter of {@link #LINES_CONFLICTING}. */
  public static final String LINES_CONFLICTING_RATE = "linesConflictingPerSecond";

  /** Meter of {@link #VIEW_WRITES}. */
  public static final String VIEW_WRITES_RATE = "viewWritesPerSecond";

  /** Meter of {@link #VIEW_PUT_ERRORS}. */
  public static final String VIEW_PUT_ERRORS_RATE = "viewPutErrorsPerSecond";

  /** Meter of {@link #WAREHOUSE_LINES_LOADED}. */
  public static final String WAREHOUSE_LINES_LOADED_RATE = "warehouseLinesLoadedPerSecond";

  /** Meter of {@link #WAREHOUSE_LINES_DIFFERING}. */
  public static final String WAREHOUSE_LINES_DIFFERING_RATE = "warehouseLinesDifferingPerSecond";

  /** Meter of {@link #WAREHOUSE_LOADS_FAILED}. */
  public static final String WAREHOUSE_LOADS_FAILED_RATE = "warehouseLoadsFailedPerSecond";

  /**
   * What a meter looks back at: some times the minute in which the service publishes, so that no
   * event falls between two publications.
   */
  public static final Duration METERED = Duration.ofMinutes(5);

  private JobMetrics() {}

  /** The group below which the job's own metrics are registered. */
  public static MetricGroup group(MetricGroup operatorGroup) {
    return operatorGroup.addGroup(GROUP);
  }

  /** A new counter and its meter. */
  public static Counter metered(MetricGroup group, String name, String rateName) {
    return metered(group, group.counter(name), rateName);
  }

  /** The meter of a counter that there is. */
  public static Counter metered(MetricGroup group, Counter counter, String rateName) {
    group.meter(rateName, new MeterView(counter, (int) METERED.toSeconds()));
    return counter;
  }
}

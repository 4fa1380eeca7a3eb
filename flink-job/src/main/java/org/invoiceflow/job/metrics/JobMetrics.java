package org.invoiceflow.job.metrics;

import org.apache.flink.metrics.MetricGroup;

/**
 * Names of the job's own metrics. Managed Service for Apache Flink publishes custom metrics only
 * from the group {@value #GROUP}.
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

  private JobMetrics() {}

  /** The group below which the job's own metrics are registered. */
  public static MetricGroup group(MetricGroup operatorGroup) {
    return operatorGroup.addGroup(GROUP);
  }
}

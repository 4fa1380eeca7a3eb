package org.invoiceflow.job;

import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.invoiceflow.job.config.ConfigException;
import org.invoiceflow.job.config.JobConfig;
import org.invoiceflow.job.config.RuntimeProperties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The main of the application. One jar serves stream, import and replay; the property {@code mode}
 * of group {@code job} says which, because Managed Service for Apache Flink takes the main class
 * from the jar's manifest.
 */
public final class InvoiceflowJob {

  private static final Logger LOG = LoggerFactory.getLogger(InvoiceflowJob.class);

  private InvoiceflowJob() {}

  /**
   * Parses the configuration, checks access, builds the graph, executes.
   *
   * @param args none on the service, {@code --config FILE} elsewhere
   * @throws ConfigException with every error, if the configuration or the access is wrong
   */
  public static void main(String[] args) throws Exception {
    JobConfig config = JobConfig.of(RuntimeProperties.forArguments(args));
    LOG.info("Configuration: {}", config);
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
    build(env, config);
    env.execute(jobName(config));
  }

  /**
   * Tries every store that the job would use; changes nothing there.
   *
   * @throws ConfigException with one sentence for each store that cannot be used
   */
  public static void checkAccess(JobConfig config) {
    AccessCheck.of(config).run();
  }

  /** Checks access and adds the whole job to the environment. */
  public static void build(StreamExecutionEnvironment env, JobConfig config) {
    checkAccess(config);
    addGraph(env, config);
  }

  /** Settings and graph; the only settings are such as Managed Service for Apache Flink allows. */
  static void addGraph(StreamExecutionEnvironment env, JobConfig config) {
    env.setRuntimeMode(config.runtimeMode());
    env.setMaxParallelism(config.maxParallelism());
    new Pipeline(config.flushDelay(), config.retention())
        .build(RecordSources.of(env, config), ConfiguredStores.of(config));
  }

  /** What people see in the dashboard. */
  public static String jobName(JobConfig config) {
    return "invoiceflow " + config.modeName();
  }
}

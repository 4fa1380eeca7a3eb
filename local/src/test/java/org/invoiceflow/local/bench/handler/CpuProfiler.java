package org.invoiceflow.local.bench.handler;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.Collection;
import java.util.List;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.InternalProfiler;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.ScalarResult;

/**
 * CPU time of the whole JVM for an operation: also what is collected and compiled meanwhile, and
 * unlike the time by the clock not what others take from a busy machine.
 */
public final class CpuProfiler implements InternalProfiler {

  /** Of the result. */
  static final String CPU = "cpu";

  private static final OperatingSystemMXBean PROCESS =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

  private long begin;

  @Override
  public String getDescription() {
    return "CPU time of the JVM for an operation";
  }

  @Override
  public void beforeIteration(BenchmarkParams benchmark, IterationParams iteration) {
    begin = PROCESS.getProcessCpuTime();
  }

  @Override
  public Collection<? extends Result<?>> afterIteration(
      BenchmarkParams benchmark, IterationParams iteration, IterationResult result) {
    double micros = (PROCESS.getProcessCpuTime() - begin) / 1e3;
    return List.of(
        new ScalarResult(
            CPU, micros / result.getMetadata().getAllOps(), "us/op", AggregationPolicy.AVG));
  }
}

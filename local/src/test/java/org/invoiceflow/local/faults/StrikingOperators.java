package org.invoiceflow.local.faults;

import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.streaming.api.functions.source.SourceFunction;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.apache.flink.streaming.api.graph.StreamNode;
import org.apache.flink.streaming.api.operators.AbstractStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.ChainingStrategy;
import org.apache.flink.streaming.api.operators.OneInputStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.SimpleOperatorFactory;
import org.apache.flink.streaming.api.operators.StreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorFactory;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.streaming.api.operators.UdfStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.YieldingOperatorFactory;
import org.apache.flink.streaming.runtime.tasks.ProcessingTimeService;
import org.apache.flink.streaming.runtime.tasks.ProcessingTimeServiceAware;

/**
 * Puts a strike point around every operator of a finished graph. The operators themselves, their
 * chains and their state stay as they are, and nothing in the product knows of it: each factory is
 * replaced by one that makes the same operator behind a proxy of its interfaces.
 */
final class StrikingOperators {

  private StrikingOperators() {}

  /** Names of the operators that can be struck, in the order of the graph. */
  static List<String> namesIn(StreamGraph graph) {
    return graph.getStreamNodes().stream()
        .filter(node -> isOneInput(node) || isSourceFunction(node))
        .sorted((a, b) -> Integer.compare(a.getId(), b.getId()))
        .map(StreamNode::getOperatorName)
        .toList();
  }

  static void addTo(StreamGraph graph, CrashPlan plan) {
    for (StreamNode node : graph.getStreamNodes()) {
      if (isSourceFunction(node)) {
        replaceSource(
            node,
            (SourceFunction<?>)
                ((UdfStreamOperatorFactory<?>) node.getOperatorFactory()).getUserFunction(),
            plan);
      } else if (isOneInput(node)) {
        replace(node, wrap(node.getOperatorFactory(), plan.number(), node.getOperatorName()));
      }
    }
  }

  /** Reads from somewhere else, for graphs whose source is a function. */
  static void replaceSource(StreamGraph graph, SourceFunction<?> source, CrashPlan plan) {
    StreamNode node =
        graph.getStreamNodes().stream()
            .filter(StrikingOperators::isSourceFunction)
            .findFirst()
            .orElseThrow();
    replaceSource(node, source, plan);
  }

  private static <T> void replaceSource(StreamNode node, SourceFunction<T> source, CrashPlan plan) {
    replace(
        node,
        SimpleOperatorFactory.of(
            new StrikingSource<>(source, plan.number(), node.getOperatorName())));
  }

  private static boolean isSourceFunction(StreamNode node) {
    return node.getOperatorFactory().isLegacySource();
  }

  private static boolean isOneInput(StreamNode node) {
    return node.getInEdges().stream().map(edge -> edge.getTypeNumber()).distinct().count() == 1;
  }

  /** Flink has no setter. */
  private static void replace(StreamNode node, StreamOperatorFactory<?> factory) {
    try {
      Field field = StreamNode.class.getDeclaredField("operatorFactory");
      field.setAccessible(true);
      field.set(node, factory);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("Flink has changed: no " + e.getMessage(), e);
    }
  }

  private static <T> StreamOperatorFactory<T> wrap(
      StreamOperatorFactory<T> real, int plan, String name) {
    return real instanceof YieldingOperatorFactory
        ? new YieldingFactory<>(real, plan, name)
        : new Factory<>(real, plan, name);
  }

  /** Makes what the real factory makes, with a proxy around it. */
  private static class Factory<T> extends AbstractStreamOperatorFactory<T>
      implements OneInputStreamOperatorFactory<Object, T> {

    private static final long serialVersionUID = 1L;

    private final StreamOperatorFactory<T> real;
    private final int plan;
    private final String name;

    Factory(StreamOperatorFactory<T> real, int plan, String name) {
      this.real = real;
      this.plan = plan;
      this.name = name;
    }

    @Override
    @SuppressWarnings("unchecked") // The proxy has all interfaces of the operator.
    public <O extends StreamOperator<T>> O createStreamOperator(
        StreamOperatorParameters<T> parameters) {
      StrikePoint point =
          new StrikePoint(
              CrashPlan.numbered(plan),
              name,
              parameters.getContainingTask().getEnvironment().getTaskInfo().getAttemptNumber());
      StreamOperator<T> operator = real.createStreamOperator(parameters);
      return (O)
          Proxy.newProxyInstance(
              StrikingOperators.class.getClassLoader(),
              interfacesOf(operator.getClass()),
              (proxy, method, arguments) -> call(operator, method, arguments, point));
    }

    @Override
    public void setProcessingTimeService(ProcessingTimeService service) {
      super.setProcessingTimeService(service);
      if (real instanceof ProcessingTimeServiceAware aware) {
        aware.setProcessingTimeService(service);
      }
    }

    @Override
    public void setMailboxExecutor(MailboxExecutor executor) {
      super.setMailboxExecutor(executor);
      if (real instanceof YieldingOperatorFactory<T> yielding) {
        yielding.setMailboxExecutor(executor);
      }
    }

    @Override
    public void setChainingStrategy(ChainingStrategy strategy) {
      real.setChainingStrategy(strategy);
    }

    @Override
    public ChainingStrategy getChainingStrategy() {
      return real.getChainingStrategy();
    }

    @Override
    @SuppressWarnings("rawtypes") // As Flink declares it.
    public Class<? extends StreamOperator> getStreamOperatorClass(ClassLoader loader) {
      return real.getStreamOperatorClass(loader);
    }
  }

  /** Flink chains such operators in another way. */
  private static final class YieldingFactory<T> extends Factory<T>
      implements YieldingOperatorFactory<T> {

    private static final long serialVersionUID = 1L;

    YieldingFactory(StreamOperatorFactory<T> real, int plan, String name) {
      super(real, plan, name);
    }
  }

  private static Object call(
      StreamOperator<?> operator, Method method, Object[] arguments, StrikePoint point)
      throws Throwable {
    switch (method.getName()) {
      case "processElement" -> point.beforeElement(arguments[0]);
      case "prepareSnapshotPreBarrier" -> point.beforeBarrier();
      case "notifyCheckpointComplete" -> point.beforeCommit();
      // Which of them does the work depends on the operator; the first is always before it.
      case "endInput", "finish" -> point.beforeEnd();
      default -> {}
    }
    Object result;
    try {
      result = method.invoke(operator, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
    switch (method.getName()) {
      case "prepareSnapshotPreBarrier" -> point.afterBarrier();
      case "snapshotState" -> point.afterSnapshot((long) arguments[0], (long) arguments[1]);
      case "notifyCheckpointComplete" -> point.afterCommit((long) arguments[0]);
      case "finish" -> point.afterEnd();
      default -> {}
    }
    return result;
  }

  private static Class<?>[] interfacesOf(Class<?> operator) {
    Set<Class<?>> all = new LinkedHashSet<>();
    for (Class<?> type = operator; type != null; type = type.getSuperclass()) {
      for (Class<?> one : type.getInterfaces()) {
        if (Modifier.isPublic(one.getModifiers())) {
          all.add(one);
        }
      }
    }
    return all.toArray(Class<?>[]::new);
  }
}

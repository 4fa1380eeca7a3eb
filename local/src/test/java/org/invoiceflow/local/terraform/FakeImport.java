package org.invoiceflow.local.terraform;

import static org.invoiceflow.local.terraform.StateMachine.object;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The import application and the services around it, as the state machine sees them. */
final class FakeImport implements StateMachine.Cloud {

  static final String LOG =
      """
      {"message":"failed","throwableInformation":"java.lang.RuntimeException: outer\\n\\tat a.B(C.java:1)\
      \\nCaused by: org.invoiceflow.Reason: the table is gone\\n\\tat d.E(F.java:2)"}""";

  /** Looks at the running application after which it is READY. */
  int looksUntilEnd = 3;

  /** Looks at the updating application that still show the properties of before. */
  int looksUntilUpdated = 1;

  boolean leavesRecord = true;
  boolean takenAfterUpdate;

  /** The job has ended, and before anybody looked another run began. */
  boolean takenWhileRunning;

  /** The job ends in the moment in which it is stopped. */
  boolean endsWhenStopped;

  int restarts;
  boolean logs = true;

  String status = "READY";
  boolean forced;
  int starts;
  List<String> calls = new ArrayList<>();
  Map<String, Map<String, Object>> groups =
      new HashMap<>(Map.of("job", new HashMap<>(Map.of("mode", "import"))));

  private Map<String, Map<String, Object>> updated = Map.of();
  private long version = 3;
  private int looks;
  private int looksAtUpdate;
  private boolean ended;

  @Override
  public Object call(String call, Map<String, Object> arguments) {
    calls.add(call);
    return switch (call) {
      case "kinesisanalyticsv2:describeApplication" -> describe();
      case "kinesisanalyticsv2:updateApplication" -> update(arguments);
      case "kinesisanalyticsv2:startApplication" -> start();
      case "kinesisanalyticsv2:stopApplication" -> stop(arguments);
      case "cloudwatch:getMetricData" ->
          Map.of(
              "MetricDataResults",
              List.of(Map.of("Values", restarts == 0 ? List.of() : List.of(1, restarts))));
      case "s3:listObjectsV2" -> Map.of("KeyCount", ended && leavesRecord ? 1 : 0);
      case "s3:getObject" -> Map.of("Body", "{\"run_id\":\"run-1\",\"mode\":\"import\"}");
      case "cloudwatchlogs:filterLogEvents" -> log(arguments);
      default -> throw new IllegalArgumentException(call);
    };
  }

  private Object describe() {
    if (status.equals("RUNNING")) {
      lookAtRun();
    } else if (status.equals("UPDATING")) {
      lookAtUpdate();
    }
    List<Object> described = new ArrayList<>();
    groups.forEach(
        (group, properties) ->
            described.add(Map.of("PropertyGroupId", group, "PropertyMap", properties)));
    return Map.of(
        "ApplicationDetail",
        Map.of(
            "ApplicationStatus",
            status,
            "ApplicationVersionId",
            version,
            "ApplicationConfigurationDescription",
            Map.of(
                "EnvironmentPropertyDescriptions",
                Map.of("PropertyGroupDescriptions", described))));
  }

  private void lookAtRun() {
    looks++;
    if (takenWhileRunning) {
      ended = true;
      takeOver();
    } else if (looks > looksUntilEnd) {
      ended = true;
      status = "READY";
    }
  }

  private void lookAtUpdate() {
    looksAtUpdate++;
    if (looksAtUpdate > looksUntilUpdated) {
      groups = updated;
      status = "READY";
      if (takenAfterUpdate) {
        takeOver();
      }
    }
  }

  private void takeOver() {
    groups.put("job", new HashMap<>(Map.of("run.id", "another-run")));
  }

  private Object update(Map<String, Object> arguments) {
    if (((Number) arguments.get("CurrentApplicationVersionId")).longValue() != version) {
      throw new IllegalStateException("ConcurrentModificationException");
    }
    version++;
    Map<String, Object> updates =
        object(
            object(arguments.get("ApplicationConfigurationUpdate"))
                .get("EnvironmentPropertyUpdates"));
    updated = new HashMap<>();
    for (Object one : (List<?>) updates.get("PropertyGroups")) {
      Map<String, Object> group = object(one);
      updated.put(String.valueOf(group.get("PropertyGroupId")), object(group.get("PropertyMap")));
    }
    status = "UPDATING";
    looksAtUpdate = 0;
    return Map.of();
  }

  private Object start() {
    starts++;
    status = "RUNNING";
    return Map.of();
  }

  private Object stop(Map<String, Object> arguments) {
    forced = Boolean.TRUE.equals(arguments.get("Force"));
    status = "FORCE_STOPPING";
    ended = endsWhenStopped;
    return Map.of();
  }

  /** The first page is empty, as happens where much was logged. */
  private Object log(Map<String, Object> arguments) {
    if (!logs) {
      return Map.of("Events", List.of());
    }
    return arguments.containsKey("NextToken")
        ? Map.of("Events", List.of(Map.of("Message", LOG)))
        : Map.of("Events", List.of(), "NextToken", "more");
  }
}

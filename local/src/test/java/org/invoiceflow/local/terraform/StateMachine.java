package org.invoiceflow.local.terraform;

import com.dashjoin.jsonata.Jsonata;
import com.dashjoin.jsonata.json.Json;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Runs a state machine of Step Functions: as much of the language as {@code machine.asl.json.tftpl}
 * uses, with JSONata for its expressions. An expression without a value is an error, as on the
 * service. Waiting takes no time.
 */
final class StateMachine {

  /** No run of a test takes more. */
  private static final int MAX_STEPS = 1_000;

  /** What a task asks of AWS. */
  @FunctionalInterface
  interface Cloud {
    /**
     * @param call service and action, such as {@code s3:getObject}
     * @throws IllegalStateException if the service refuses
     */
    Object call(String call, Map<String, Object> arguments);
  }

  /**
   * How an execution ended.
   *
   * @param error "" after success
   * @param cause "" after success
   * @param output null after a failure
   * @param way the states that were entered
   */
  record Ended(String error, String cause, @Nullable Object output, List<String> way) {}

  private final Map<String, Object> states;
  private final String start;

  StateMachine(String definition) {
    Map<String, Object> machine = object(Json.parseJson(definition));
    this.states = object(machine.get("States"));
    this.start = String.valueOf(machine.get("StartAt"));
  }

  Ended run(String executionName, Map<String, Object> input, Cloud cloud) {
    return new Execution(executionName, input, cloud).run();
  }

  @SuppressWarnings("unchecked") // JSON's objects have names.
  static Map<String, Object> object(@Nullable Object json) {
    if (json instanceof Map<?, ?> map) {
      return (Map<String, Object>) map;
    }
    throw new IllegalArgumentException("no object: " + json);
  }

  private final class Execution {
    private final String name;
    private final Cloud cloud;
    private final Map<String, Object> variables = new HashMap<>();
    private final List<String> way = new ArrayList<>();
    private Object current;

    Execution(String name, Map<String, Object> input, Cloud cloud) {
      this.name = name;
      this.current = input;
      this.cloud = cloud;
    }

    Ended run() {
      String next = start;
      while (way.size() < MAX_STEPS) {
        way.add(next);
        Map<String, Object> state = object(states.get(next));
        switch (String.valueOf(state.get("Type"))) {
          case "Fail" -> {
            return new Ended(text(state, "Error"), text(state, "Cause"), null, way);
          }
          case "Succeed" -> {
            return new Ended("", "", current, way);
          }
          case "Choice" -> next = choose(state);
          case "Task" -> next = perform(state);
          default -> {
            assign(state, null);
            next = text(state, "Next");
          }
        }
      }
      throw new IllegalStateException("no end after " + way);
    }

    private String choose(Map<String, Object> state) {
      for (Object one : (List<?>) state.getOrDefault("Choices", List.of())) {
        Map<String, Object> choice = object(one);
        if ((Boolean) value(choice.get("Condition"), null)) {
          assign(choice, null);
          return text(choice, "Next");
        }
      }
      return text(state, "Default");
    }

    private String perform(Map<String, Object> state) {
      String resource = text(state, "Resource");
      String call = resource.substring(resource.indexOf("aws-sdk:") + "aws-sdk:".length());
      Object result;
      try {
        result = cloud.call(call, object(value(state.get("Arguments"), null)));
      } catch (IllegalStateException e) {
        if (!state.containsKey("Catch")) {
          return fail(call + " was refused: " + e.getMessage());
        }
        return text(object(((List<?>) state.get("Catch")).get(0)), "Next");
      }
      assign(state, result);
      current = state.containsKey("Output") ? value(state.get("Output"), result) : result;
      return text(state, "Next");
    }

    private String fail(String message) {
      throw new IllegalStateException(message + " after " + way);
    }

    private void assign(Map<String, Object> state, @Nullable Object result) {
      Map<String, Object> assigned = new HashMap<>();
      object(state.getOrDefault("Assign", Map.of()))
          .forEach((variable, expression) -> assigned.put(variable, value(expression, result)));
      variables.putAll(assigned);
    }

    private String text(Map<String, Object> state, String field) {
      return String.valueOf(value(state.get(field), null));
    }

    private Object value(@Nullable Object json, @Nullable Object result) {
      if (json instanceof Map<?, ?> map) {
        Map<String, Object> values = new LinkedHashMap<>();
        map.forEach((key, item) -> values.put(String.valueOf(key), value(item, result)));
        return values;
      }
      if (json instanceof List<?> list) {
        return list.stream().map(item -> value(item, result)).toList();
      }
      if (json instanceof String text && text.startsWith("{%")) {
        return evaluate(text.substring(2, text.length() - 2), result);
      }
      if (json == null) {
        throw new IllegalStateException("a field is missing after " + way);
      }
      return json;
    }

    private Object evaluate(String expression, @Nullable Object result) {
      Jsonata jsonata = Jsonata.jsonata(expression);
      Jsonata.Frame frame = jsonata.createFrame();
      Map<String, Object> known = new HashMap<>();
      known.put("input", current);
      known.put("context", Map.of("Execution", Map.of("Name", name)));
      if (result != null) {
        known.put("result", result);
      }
      frame.bind("states", (Object) known);
      variables.forEach((variable, value) -> frame.bind(variable, (Object) value));
      // Step Functions' own addition to JSONata.
      Jsonata.Fn1<String, Object> parse = Json::parseJson;
      frame.bind("parse", parse);
      Object value = jsonata.evaluate(null, frame);
      if (value == null) {
        throw new IllegalStateException("no value: " + expression);
      }
      return value;
    }
  }
}

package org.invoiceflow.local.terraform;

import static org.invoiceflow.local.terraform.AppliedTerraform.list;
import static org.invoiceflow.local.terraform.StateMachine.object;

import com.dashjoin.jsonata.json.Json;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What stands in a policy of IAM. */
final class Policy {

  private Policy() {}

  static List<Map<String, Object>> statements(String policy) {
    return list(object(Json.parseJson(policy)).get("Statement")).stream()
        .map(StateMachine::object)
        .toList();
  }

  /** One text, or those of a list. */
  static Stream<String> texts(@Nullable Object json) {
    return json instanceof List<?> texts
        ? texts.stream().map(String::valueOf)
        : Stream.of(String.valueOf(json));
  }
}

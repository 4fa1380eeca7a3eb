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

  /** The policy of a function's role after a run of Terraform. */
  static String function(String run, String function) throws Exception {
    return of(run, "module.ingest.aws_iam_role_policy.function[\"" + function + "\"]");
  }

  /** The policy of an application's role after a run of Terraform. */
  static String application(String run, String application) throws Exception {
    return of(run, "module.job.aws_iam_role_policy.application[\"" + application + "\"]");
  }

  private static String of(String run, String address) throws Exception {
    return String.valueOf(AppliedTerraform.of(run).resource(address).get("policy"));
  }

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

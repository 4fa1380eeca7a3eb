package org.invoiceflow.local.terraform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.invoiceflow.local.terraform.Policy.statements;
import static org.invoiceflow.local.terraform.Policy.texts;
import static org.invoiceflow.local.terraform.StateMachine.object;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every policy that Terraform makes, of whatever kind: none is wider than it must be. */
class LeastPrivilegeITCase {

  /** Rights that know no resource, and a key's policy, which knows only its key. */
  private static final Set<String> FOR_ANY_RESOURCE =
      Set.of("LookAtNetwork", "CountRestarts", "Account", "Alarms");

  @ParameterizedTest
  @ValueSource(strings = {"by_default", "without_warehouse", "with_tokens"})
  void nobody_may_do_everything_or_anything_to_all(String run) throws Exception {
    List<String> tooMuch = new ArrayList<>();
    int statements = 0;
    for (Map<String, Object> resource : AppliedTerraform.of(run).allResources()) {
      Object policy = object(resource.get("values")).get("policy");
      if (policy instanceof String text && text.startsWith("{")) {
        for (Map<String, Object> statement : statements(text)) {
          statements++;
          tooMuch.addAll(tooMuchIn(statement, String.valueOf(resource.get("address"))));
        }
      }
    }

    assertThat(statements).isGreaterThan(20);
    assertThat(tooMuch).isEmpty();
  }

  private static List<String> tooMuchIn(Map<String, Object> statement, String address) {
    if ("Deny".equals(statement.get("Effect"))) {
      return List.of();
    }
    String sid = String.valueOf(statement.get("Sid"));
    List<String> found = new ArrayList<>();
    // The account's own right on its key, without which nobody could ever change it.
    if (!address.equals("module.monitoring.aws_kms_key.alarms") || !sid.equals("Account")) {
      texts(statement.get("Action"))
          .filter(action -> action.contains("*"))
          .forEach(action -> found.add(address + " allows " + action));
    }
    if (!FOR_ANY_RESOURCE.contains(sid)) {
      texts(statement.get("Resource"))
          .filter(resource -> resource.equals("*") || !resource.startsWith("arn:"))
          .forEach(resource -> found.add(address + " allows " + sid + " for " + resource));
    }
    Object principal = statement.get("Principal");
    Stream<String> who =
        principal instanceof Map<?, ?> kinds
            ? kinds.values().stream().flatMap(Policy::texts)
            : texts(principal);
    if (who.anyMatch("*"::equals)) {
      found.add(address + " allows " + sid + " to everybody");
    }
    return found;
  }
}

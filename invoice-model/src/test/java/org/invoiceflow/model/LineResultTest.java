package org.invoiceflow.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

class LineResultTest {

  @Test
  void a_rejection_names_a_rule() {
    assertThatIllegalArgumentException().isThrownBy(() -> LineResult.rejected(List.of()));
    LineResult rejected = LineResult.rejected(new Violation(Rule.MISSING, "LineNo", "m"));
    assertThat(rejected.line()).isEmpty();
    assertThat(rejected.violations()).hasSize(1);
    assertThat(rejected).hasToString("rejected [MISSING: m]");
  }
}

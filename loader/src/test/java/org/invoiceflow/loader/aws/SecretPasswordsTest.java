package org.invoiceflow.loader.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class SecretPasswordsTest {

  @Test
  void the_field_password_is_read() throws Exception {
    assertThat(SecretPasswords.passwordIn("s", "{\"username\":\"u\",\"password\":\"p\\\"w\"}"))
        .isEqualTo("p\"w");
  }

  @Test
  void a_secret_without_a_password_is_told_without_its_content() {
    assertThatThrownBy(() -> SecretPasswords.passwordIn("s", "hunter2"))
        .hasMessage("The secret s holds no JSON object.")
        .hasNoCause();
    assertThatThrownBy(() -> SecretPasswords.passwordIn("s", "{\"pass\":\"hunter2\"}"))
        .hasMessage("The secret s has no text field 'password'.");
  }
}

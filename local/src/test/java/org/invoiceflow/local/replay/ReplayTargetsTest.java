package org.invoiceflow.local.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.invoiceflow.local.console.CommandException;
import org.invoiceflow.local.endpoints.WarehouseEndpoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which password belongs to which warehouse. */
class ReplayTargetsTest {

  private static final Optional<String> URL = Optional.of("jdbc:postgresql://127.0.0.1:1/other");
  private static final Map<String, String> VARIABLE =
      Map.of("INVOICEFLOW_WAREHOUSE_PASSWORD", "of the variable");

  @TempDir Path folder;

  @Test
  void a_warehouse_of_the_file_keeps_the_files_password() throws Exception {
    assertThat(warehouse(file(), Optional.empty(), VARIABLE).password()).isEqualTo("of the file");
  }

  @Test
  void a_warehouse_of_the_options_has_the_variables_password() throws Exception {
    assertThat(warehouse(file(), URL, VARIABLE))
        .returns("of the variable", WarehouseEndpoint::password)
        .returns("user of the file", WarehouseEndpoint::user)
        .returns(URL.get(), WarehouseEndpoint::jdbcUrl);
  }

  @Test
  void a_password_that_is_nowhere_is_asked_for_by_the_variables_name() {
    assertThatThrownBy(() -> warehouse(Optional.empty(), URL, Map.of()))
        .isInstanceOf(CommandException.class)
        .hasMessageContaining("INVOICEFLOW_WAREHOUSE_PASSWORD");
  }

  private static WarehouseEndpoint warehouse(
      Optional<Path> file, Optional<String> url, Map<String, String> environment)
      throws CommandException {
    ReplayOptions options =
        new ReplayOptions(
            "s3://lake/raw/",
            file,
            Optional.of("eu-west-1"),
            Optional.of("invoices"),
            Optional.of("customers"),
            url,
            Optional.empty(),
            false,
            false);
    return ReplayTargets.of(options, RawPath.parse(options.from()), environment).warehouse();
  }

  private Optional<Path> file() throws Exception {
    return Optional.of(
        Files.writeString(
            folder.resolve("endpoints.properties"),
            """
            warehouse.jdbc-url=jdbc:postgresql://127.0.0.1:1/one
            warehouse.user=user of the file
            warehouse.password=of the file
            """));
  }
}

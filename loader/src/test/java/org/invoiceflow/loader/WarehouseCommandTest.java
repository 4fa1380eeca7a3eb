package org.invoiceflow.loader;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

/** {@code loader warehouse}: one clear sentence for each mistake. */
class WarehouseCommandTest {

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void a_command_is_needed() {
    assertThat(run("warehouse")).isEqualTo(2);
    assertThat(err.toString()).startsWith("loader: Say what to do: one of migrate, users");
  }

  @Test
  void one_way_to_the_warehouse_must_be_said() {
    assertThat(run("warehouse", "migrate")).isEqualTo(2);
    assertThat(run("warehouse", "migrate", "--workgroup", "w", "--cluster", "c")).isEqualTo(2);
    assertThat(err.toString())
        .hasLineCount(2)
        .contains("Say which warehouse, by one of --workgroup, --cluster and --url.");
  }

  @Test
  void a_direct_connection_needs_a_user_and_a_password_that_is_no_argument() {
    assertThat(run("warehouse", "migrate", "--url", "jdbc:redshift://h/d")).isEqualTo(2);
    assertThat(run("warehouse", "migrate", "--url", "jdbc:redshift://h/d", "--user", "admin"))
        .isEqualTo(2);
    assertThat(run("warehouse", "migrate", "--url", "jdbc:mysql://h/d", "--user", "admin"))
        .isEqualTo(2);
    assertThat(err.toString())
        .contains("--url needs --user too.")
        .contains(
            "No password for the user admin: name a secret, or set the environment variable"
                + " INVOICEFLOW_WAREHOUSE_PASSWORD.")
        .contains("--url must begin with jdbc:redshift: or jdbc:postgresql:.");
  }

  @Test
  void users_need_names_that_need_no_quotes() {
    assertThat(run("warehouse", "users", "--workgroup", "w")).isEqualTo(2);
    assertThat(run("warehouse", "users", "--workgroup", "w", "--reader", "x\"; drop")).isEqualTo(2);
    assertThat(run("warehouse", "users", "--workgroup", "w", "--reader", "a", "--loader", "a"))
        .isEqualTo(2);
    assertThat(run("warehouse", "users", "--workgroup", "w", "--loader", "a", "--iam-role", "role"))
        .isEqualTo(2);
    assertThat(err.toString())
        .contains("Name a user, by --loader, --reader or both.")
        .contains("'x\"; drop' cannot be a user")
        .contains("must be two users")
        .contains("'role' is not the ARN of an IAM role.");
  }

  @Test
  void an_age_is_days_or_hours() {
    assertThat(
            run(
                "warehouse",
                "orphans",
                "--workgroup",
                "w",
                "--staging",
                "s3://b/s",
                "--older-than",
                "soon"))
        .isEqualTo(2);
    assertThat(err.toString()).contains("'soon' is no age; say 14d or 36h");
  }

  @Test
  void help_tells_that_no_way_into_the_vpc_is_needed() {
    assertThat(run("warehouse", "migrate", "--help")).isZero();
    assertThat(out.toString()).contains("Redshift Data API", "--dry-run", "Exit codes:");
  }

  private int run(String... args) {
    return Main.run(new PrintWriter(out, true), new PrintWriter(err, true), args);
  }
}

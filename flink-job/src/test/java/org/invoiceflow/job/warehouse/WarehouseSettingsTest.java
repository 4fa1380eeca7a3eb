package org.invoiceflow.job.warehouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.Test;

class WarehouseSettingsTest {

  private static final AtomicInteger READS = new AtomicInteger();

  private final WarehouseSettings settings =
      WarehouseSettings.of(
          "jdbc:redshift://host:5439/dev?PWD=hush1&ssl=true&Secret_Key=hush2",
          "loader",
          () -> "hush" + READS.incrementAndGet(),
          "s3://bucket/staging/");

  @Test
  void no_secret_is_in_the_text_form() {
    assertThat(settings.withIamRole("arn:aws:iam::123456789012:role/copy").toString())
        .contains("jdbc:redshift://host:5439/dev?PWD=***&ssl=true&Secret_Key=***")
        .contains("loader", "role/copy", "PT10M")
        .doesNotContain("hush");
  }

  @Test
  void the_password_is_read_anew_each_time() {
    assertThat(settings.password()).isNotEqualTo(settings.password());
  }

  @Test
  void settings_and_sink_can_be_shipped() throws Exception {
    WarehouseSettings copy = InstantiationUtil.clone(settings);
    assertThat(copy.toString()).isEqualTo(settings.toString());
    assertThat(copy.password()).startsWith("hush");
    assertThat(InstantiationUtil.clone(WarehouseSink.of(settings))).isNotNull();
  }

  @Test
  void defaults_let_redshift_sleep_between_loads() {
    assertThat(settings.loadInterval()).isEqualTo(Duration.ofMinutes(10));
    assertThat(settings.stagingPath()).isEqualTo("s3://bucket/staging");
    assertThat(settings.iamRole()).isEmpty();
  }

  @Test
  void a_negative_interval_is_refused() {
    assertThatThrownBy(() -> settings.withLoadInterval(Duration.ofSeconds(-1)))
        .hasMessageContaining("load interval is negative");
  }
}

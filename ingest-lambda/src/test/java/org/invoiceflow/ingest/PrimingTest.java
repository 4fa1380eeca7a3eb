package org.invoiceflow.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.crac.Core;
import com.amazonaws.services.lambda.runtime.api.client.runtimeapi.JniHelper;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.invoiceflow.http.Snapshot;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import software.amazon.awssdk.services.kinesis.model.StreamStatus;

class PrimingTest {

  private final FakeStream stream = new FakeStream();

  @Test
  void priming_asks_the_stream_for_its_status_and_writes_nothing_to_it() {
    Priming.run(stream, "lines");

    assertThat(stream.described).isEqualTo(1);
    assertThat(stream.calls).isEmpty();
  }

  @Test
  void a_stream_that_is_not_ready_makes_priming_fail() {
    stream.status(StreamStatus.CREATING);

    assertThatThrownBy(() -> Priming.run(stream, "lines")).hasMessageContaining("503");
  }

  @Test
  @EnabledOnOs(OS.LINUX) // The runtime clears the system's cache of addresses by native code.
  void lambdas_own_runtime_primes_before_its_snapshot_and_starts_even_if_that_fails()
      throws Exception {
    // As Lambda starts its Java runtime.
    System.setProperty("org.crac.Core.Compat", "com.amazonaws.services.lambda.crac");
    JniHelper.load();
    ByteArrayOutputStream log = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(log, true, StandardCharsets.UTF_8);
    Snapshot good = Snapshot.prime(() -> Priming.run(stream, "lines"), out);
    Snapshot bad =
        Snapshot.prime(() -> Priming.run(new FakeStream().status(StreamStatus.DELETING), "x"), out);

    Core.getGlobalContext().beforeCheckpoint(Core.getGlobalContext());

    assertThat(stream.described).isEqualTo(1);
    assertThat(log.toString(StandardCharsets.UTF_8).lines())
        .hasSize(2)
        .anySatisfy(line -> assertThat(line).contains("\"INFO\"", "\"primed\""))
        .anySatisfy(line -> assertThat(line).contains("\"WARN\"", "priming failed", "503"));
    assertThat(good).isNotSameAs(bad);
  }
}

package org.invoiceflow.job.lake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.invoiceflow.job.intake.Origin;
import org.invoiceflow.job.intake.ReceivedRecord;
import org.invoiceflow.job.intake.Records;
import org.invoiceflow.job.intake.Rejection;
import org.invoiceflow.model.Rule;
import org.invoiceflow.model.Violation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LakeJsonTest {

  private static final Origin ORIGIN =
      new Origin("kinesis:invoice-lines", "shardId-0/49", 1_291_191_960_000L);

  @Property(tries = 300)
  void a_record_comes_back_exactly(@ForAll("records") ReceivedRecord record) throws IOException {
    byte[] line = line(record);

    assertThat(line).endsWith('\n');
    assertThat(new String(line, UTF_8).trim()).doesNotContain("\n");
    assertThat(LakeJson.readRecord(line)).usingRecursiveComparison().isEqualTo(record);
  }

  @Property(tries = 300)
  void a_rejection_comes_back_exactly(@ForAll("rejections") Rejection rejection)
      throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    LakeJson.write(rejection, out);

    assertThat(LakeJson.readRejection(out.toByteArray()))
        .usingRecursiveComparison()
        .isEqualTo(rejection);
  }

  @Test
  void a_line_has_the_field_names_of_the_contract() throws IOException {
    ReceivedRecord record = new ReceivedRecord(ORIGIN, "json", 0, "{\"a\":1}".getBytes(UTF_8));

    assertThat(new String(line(record), UTF_8))
        .isEqualTo(
            "{\"source\":\"kinesis:invoice-lines\",\"position\":\"shardId-0/49\","
                + "\"received_at\":\"2010-12-01T08:26:00Z\",\"format\":\"json\","
                + "\"payload\":\"{\\\"a\\\":1}\"}\n");
  }

  @Test
  void an_assigned_line_no_and_a_payload_that_is_not_utf_8_have_their_own_fields()
      throws IOException {
    ReceivedRecord record = new ReceivedRecord(ORIGIN, "csv;x", 7, new byte[] {(byte) 0xa3});

    assertThat(new String(line(record), UTF_8))
        .endsWith("\"format\":\"csv;x\",\"line_no\":7,\"payload_base64\":\"ow==\"}\n");
  }

  @Test
  void a_rejected_line_lists_every_violation() throws IOException {
    Rejection rejection =
        new Rejection(
            new ReceivedRecord(ORIGIN, "json", 0, "x".getBytes(UTF_8)),
            List.of(
                new Violation(Rule.UNREADABLE, "", "not JSON"),
                new Violation(Rule.MISSING, "Country", "Country is missing")));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    LakeJson.write(rejection, out);

    assertThat(out.toString(UTF_8))
        .endsWith(
            "\"payload\":\"x\",\"violations\":["
                + "{\"rule\":\"UNREADABLE\",\"field\":\"\",\"message\":\"not JSON\"},"
                + "{\"rule\":\"MISSING\",\"field\":\"Country\",\"message\":\"Country is missing\"}"
                + "]}\n");
  }

  @Test
  void half_a_surrogate_pair_in_a_message_does_not_stop_the_sink() throws IOException {
    ReceivedRecord record =
        ReceivedRecord.unreadable(ORIGIN, "Field '\ud83d' is unknown", new byte[0]);

    assertThat(LakeJson.readRecord(line(record)).unreadableReason())
        .contains("Field '?' is unknown");
  }

  @Test
  void a_rejection_can_be_read_as_the_record_that_was_rejected() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ReceivedRecord record = new ReceivedRecord(ORIGIN, "json", 0, "x".getBytes(UTF_8));
    LakeJson.write(
        new Rejection(record, List.of(new Violation(Rule.UNREADABLE, "", "not JSON"))), out);

    assertThat(LakeJson.readRecord(out.toByteArray())).usingRecursiveComparison().isEqualTo(record);
  }

  @Test
  void unknown_fields_are_passed_over() throws IOException {
    String line =
        "{\"source\":\"s\",\"later\":[{\"x\":1}],\"position\":\"p\",\"format\":\"json\","
            + "\"received_at\":\"2010-12-01T08:26:00.5Z\",\"payload\":\"\"}";

    assertThat(LakeJson.readRecord(line.getBytes(UTF_8)).origin().receivedAtMillis())
        .isEqualTo(1_291_191_960_500L);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "x",
        "[]",
        "{}",
        "{} {}",
        "{\"source\":\"s\"",
        "{\"source\":1}",
        "{\"source\":\"s\",\"source\":\"t\"}",
        "{\"payload_base64\":\"*\"}",
        "{\"payload_base64\":7}",
        "{\"line_no\":\"7\"}",
        "{\"line_no\":99999999999}",
        "{\"violations\":{}}",
        "{\"violations\":[1]}",
        "{\"violations\":[{}]}",
        "{\"violations\":[{\"rule\":\"NO_SUCH_RULE\",\"field\":\"\",\"message\":\"\"}]}",
        "{\"source\":\"s\",\"position\":\"p\",\"received_at\":\"noon\",\"format\":\"f\",\"payload\":\"\"}",
      })
  void what_the_lake_did_not_write_is_refused_with_one_sentence(String line) {
    assertThatThrownBy(() -> LakeJson.readRecord(line.getBytes(UTF_8)))
        .isInstanceOf(LakeJsonException.class)
        .message()
        .doesNotContain("\n")
        .hasSizeLessThan(200);
  }

  private static byte[] line(ReceivedRecord record) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    LakeJson.write(record, out);
    return out.toByteArray();
  }

  @Provide
  Arbitrary<ReceivedRecord> records() {
    return Records.any();
  }

  @Provide
  Arbitrary<Rejection> rejections() {
    return Records.anyRejection();
  }
}

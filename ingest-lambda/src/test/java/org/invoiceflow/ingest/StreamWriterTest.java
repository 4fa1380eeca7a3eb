package org.invoiceflow.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.invoiceflow.ingest.FakeStream.THROTTLED;
import static org.invoiceflow.ingest.FakeStream.failure;

import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkClientException;

class StreamWriterTest {

  private final FakeStream stream = new FakeStream();
  private final FakeWaiting waiting = new FakeWaiting();
  private final StreamWriter writer = new StreamWriter(stream, "lines", waiting);

  private static List<StreamRecord> records(String... keys) {
    return Arrays.stream(keys)
        .map(key -> new StreamRecord(key, SdkBytes.fromUtf8String("[]")))
        .toList();
  }

  @Test
  void records_that_the_stream_takes_need_one_call_and_no_waiting() {
    StreamWriter.Outcome outcome = writer.write(records("a", "b"));

    assertThat(outcome.state()).isEqualTo(StreamWriter.State.WRITTEN);
    assertThat(outcome.calls()).isEqualTo(1);
    assertThat(outcome.cause()).isEmpty();
    assertThat(stream.storedKeys()).containsExactly("a", "b");
    assertThat(waiting.sleeps).isEmpty();
  }

  @Test
  void only_the_failed_records_are_sent_again_in_their_order() {
    stream.refusing(THROTTLED, 1, 3, 4).refusing("InternalFailure", 1);

    StreamWriter.Outcome outcome = writer.write(records("a", "b", "c", "d", "e"));

    assertThat(outcome.state()).isEqualTo(StreamWriter.State.WRITTEN);
    assertThat(stream.keysOfCalls())
        .containsExactly(List.of("a", "b", "c", "d", "e"), List.of("b", "d", "e"), List.of("d"));
    assertThat(stream.storedKeys()).containsExactly("a", "c", "b", "e", "d");
    assertThat(waiting.sleeps).hasSize(2);
  }

  @Test
  void a_call_holds_at_most_500_records() {
    String[] keys = IntStream.range(0, 1_201).mapToObj(i -> "k" + i).toArray(String[]::new);

    writer.write(records(keys));

    assertThat(stream.calls).extracting(List::size).containsExactly(500, 500, 201);
    assertThat(stream.storedKeys()).containsExactly(keys);
  }

  @Test
  void a_call_holds_at_most_5_mb_with_the_keys() {
    byte[] data = new byte[1024 * 1024 - 1];
    List<StreamRecord> records =
        Collections.nCopies(6, new StreamRecord("k", SdkBytes.fromByteArray(data)));

    writer.write(records);

    assertThat(stream.calls).extracting(List::size).containsExactly(5, 1);
  }

  @Test
  void a_failed_record_goes_before_those_that_wait_for_the_next_call() {
    String[] keys = IntStream.range(0, 501).mapToObj(i -> "k" + i).toArray(String[]::new);
    stream.refusing(THROTTLED, 499);

    writer.write(records(keys));

    assertThat(stream.keysOfCalls().get(1)).containsExactly("k499", "k500");
  }

  @Test
  void a_stream_that_throttles_to_the_end_is_given_up_in_bounded_time() {
    stream.refusingAll(THROTTLED);

    StreamWriter.Outcome outcome = writer.write(records("a", "b"));

    assertThat(outcome.state()).isEqualTo(StreamWriter.State.THROTTLED);
    assertThat(outcome.cause()).contains(THROTTLED);
    assertThat(waiting.slept()).isLessThanOrEqualTo(StreamWriter.RETRY_FOR);
    assertThat(outcome.calls()).isBetween(8, 20).isEqualTo(waiting.sleeps.size() + 1);
  }

  @Test
  void waits_grow_to_a_second_and_half_of_each_is_chance() {
    stream.refusingAll(THROTTLED);
    waiting.random(0);

    writer.write(records("a"));

    assertThat(waiting.sleeps.stream().map(Duration::toMillis).limit(7))
        .containsExactly(25L, 50L, 100L, 200L, 400L, 500L, 500L);
  }

  @Test
  void a_call_throttled_as_a_whole_is_sent_again() {
    stream.down(failure(400, THROTTLED));

    assertThat(writer.write(records("a")).state()).isEqualTo(StreamWriter.State.THROTTLED);
    assertThat(stream.calls).hasSizeGreaterThan(5);
  }

  @Test
  void a_stream_that_cannot_be_reached_is_tried_until_time_is_up() {
    stream.down(SdkClientException.create("Connection refused"));

    StreamWriter.Outcome outcome = writer.write(records("a"));

    assertThat(outcome.state()).isEqualTo(StreamWriter.State.UNAVAILABLE);
    assertThat(outcome.cause().orElseThrow()).contains("Connection refused");
    assertThat(outcome.calls()).isGreaterThan(5);
  }

  @Test
  void a_fault_of_the_service_is_retried() {
    stream.down(failure(500, "InternalFailure"));

    assertThat(writer.write(records("a")).calls()).isGreaterThan(5);
  }

  @Test
  void a_stream_that_does_not_exist_or_lets_us_not_write_is_not_tried_again() {
    stream.down(failure(400, "ResourceNotFoundException"));
    assertThat(writer.write(records("a")).state()).isEqualTo(StreamWriter.State.UNAVAILABLE);
    assertThat(stream.calls).hasSize(1);

    stream.down(failure(400, "AccessDeniedException"));
    assertThat(writer.write(records("a")).state()).isEqualTo(StreamWriter.State.UNAVAILABLE);
    assertThat(stream.calls).hasSize(2);
    assertThat(waiting.sleeps).isEmpty();
  }

  @Test
  void an_interrupt_ends_the_waiting_and_is_kept() {
    stream.refusingAll(THROTTLED);
    waiting.interrupting();

    StreamWriter.Outcome outcome = writer.write(records("a"));

    assertThat(Thread.interrupted()).isTrue();
    assertThat(outcome.calls()).isEqualTo(1);
    assertThat(outcome.state()).isEqualTo(StreamWriter.State.THROTTLED);
  }
}

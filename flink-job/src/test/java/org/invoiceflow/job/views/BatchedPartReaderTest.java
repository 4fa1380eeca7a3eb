package org.invoiceflow.job.views;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.invoiceflow.job.testing.Lines.lines;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.invoiceflow.job.assembly.InvoiceChange;
import org.invoiceflow.job.testing.Lines;
import org.invoiceflow.model.ViewSchema;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;

class BatchedPartReaderTest {

  private static final String TABLE = "invoices";

  private final Table table = new Table();
  private final BatchedPartReader reader = new BatchedPartReader(table, TABLE);

  /** Sends nothing before a request is full. */
  private final BatchedPartReader patient = new BatchedPartReader(table, TABLE, Duration.ofDays(1));

  @AfterEach
  void close() {
    patient.close();
    reader.close();
  }

  @Test
  void an_unknown_invoice_has_no_parts() throws Exception {
    assertThat(get(reader.read("536365", Set.of(1)))).isEmpty();
  }

  @Test
  void parts_that_only_the_first_part_names_are_found() throws Exception {
    List<InvoicePart> stored = table.hold("573585", 1, 101, 201, 1_101);

    assertThat(get(reader.read("573585", Set.of(1, 2))))
        .containsExactlyInAnyOrderElementsOf(stored);
    assertThat(table.asked("573585")).containsExactlyInAnyOrder(1, 2, 3, 12);
  }

  @Test
  void the_first_part_is_read_even_if_nobody_expects_it() throws Exception {
    List<InvoicePart> stored = table.hold("573585", 1, 201);

    assertThat(get(reader.read("573585", Set.of(3)))).containsExactlyInAnyOrderElementsOf(stored);
  }

  @Test
  void keys_of_many_invoices_share_requests_of_a_hundred() throws Exception {
    List<CompletableFuture<List<InvoicePart>>> answers = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      table.hold("53" + i, 1);
      answers.add(patient.read("53" + i, Set.of(1)));
    }

    for (CompletableFuture<List<InvoicePart>> answer : answers) {
      assertThat(get(answer)).hasSize(1);
    }
    assertThat(table.requests).extracting(List::size).containsExactly(100, 100, 100);
  }

  @Test
  void an_invoice_of_more_parts_than_a_request_may_hold_is_read_in_several() throws Exception {
    int[] firstLines = IntStream.rangeClosed(0, 149).map(part -> part * 100 + 1).toArray();
    table.hold("573585", firstLines);

    assertThat(get(reader.read("573585", Set.of(1)))).hasSize(150);
    assertThat(table.requests).allMatch(keys -> keys.size() <= 100);
  }

  @Test
  void keys_that_were_left_unprocessed_are_asked_for_again() throws Exception {
    List<InvoicePart> stored = table.hold("573585", 1, 101, 201);
    table.answerAtMost = 1;

    assertThat(get(reader.read("573585", Set.of(1, 2, 3))))
        .containsExactlyInAnyOrderElementsOf(stored);
    assertThat(table.requests).hasSize(3);
  }

  @Test
  void two_who_want_the_same_key_are_both_answered_by_one_request() throws Exception {
    List<InvoicePart> stored = table.hold("536365", 1);

    CompletableFuture<List<InvoicePart>> first = patient.read("536365", Set.of(1));
    CompletableFuture<List<InvoicePart>> second = patient.read("536365", Set.of(1));
    for (int i = 0; i < 99; i++) {
      CompletableFuture<List<InvoicePart>> unused = patient.read("others-" + i, Set.of(1));
    }

    assertThat(get(first)).isEqualTo(stored);
    assertThat(get(second)).isEqualTo(stored);
    assertThat(table.requests).hasSize(1);
    assertThat(table.asked("536365")).containsExactly(1);
  }

  @Test
  void reads_are_strongly_consistent() throws Exception {
    get(reader.read("536365", Set.of(1)));

    assertThat(table.consistent).containsOnly(true);
  }

  @Test
  void a_failure_reaches_everybody_who_waits() {
    table.answers =
        CompletableFuture.failedFuture(
            DynamoDbException.builder().message("no such table").build());

    failsWith(reader.read("536365", Set.of(1)), "no such table");
    failsWith(reader.read("536366", Set.of(1, 2)), "no such table");
  }

  @Test
  void a_client_that_throws_at_once_fails_the_read_instead_of_hanging() {
    table.thrown = new IllegalStateException("the client is closed");

    failsWith(reader.read("536365", Set.of(1)), "the client is closed");
  }

  @Test
  void an_item_that_this_job_did_not_write_fails_the_read() {
    table.hold("536365", 1);
    table.items.replaceAll(
        (key, item) ->
            Map.of(
                ViewSchema.INVOICE_NO, item.get(ViewSchema.INVOICE_NO),
                ViewSchema.PART, item.get(ViewSchema.PART)));

    failsWith(reader.read("536365", Set.of(1)), "no attribute country");
  }

  private static void failsWith(CompletableFuture<?> answer, String message) {
    assertThatThrownBy(() -> get(answer))
        .isInstanceOf(ExecutionException.class)
        .hasStackTraceContaining(message);
  }

  private static <T> T get(CompletableFuture<T> answer) throws Exception {
    return answer.get(20, TimeUnit.SECONDS);
  }

  /** A table in memory that can be slow, overloaded or broken. */
  private static final class Table implements DynamoDbAsyncClient {
    private final Map<Map<String, AttributeValue>, Map<String, AttributeValue>> items =
        new ConcurrentHashMap<>();
    private final List<List<Map<String, AttributeValue>>> requests = new CopyOnWriteArrayList<>();
    private final List<Boolean> consistent = new CopyOnWriteArrayList<>();
    private volatile int answerAtMost = Integer.MAX_VALUE;
    private volatile CompletableFuture<Void> answers = CompletableFuture.completedFuture(null);
    private volatile RuntimeException thrown;

    List<InvoicePart> hold(String invoiceNo, int... lineNos) {
      InvoiceChange change =
          new InvoiceChange(invoiceNo, Lines.received(lines(invoiceNo, lineNos)), List.of());
      List<InvoicePart> parts = MergedInvoice.of(change, List.of()).parts();
      parts.forEach(part -> items.put(ViewItems.ofKey(part.key()), ViewItems.ofPart(part)));
      return parts;
    }

    List<Integer> asked(String invoiceNo) {
      return requests.stream()
          .flatMap(Collection::stream)
          .filter(key -> key.get(ViewSchema.INVOICE_NO).s().equals(invoiceNo))
          .map(key -> Integer.valueOf(key.get(ViewSchema.PART).s()))
          .collect(Collectors.toList());
    }

    @Override
    public CompletableFuture<BatchGetItemResponse> batchGetItem(BatchGetItemRequest request) {
      if (thrown != null) {
        throw thrown;
      }
      KeysAndAttributes asked = request.requestItems().get(TABLE);
      requests.add(asked.keys());
      consistent.add(asked.consistentRead());
      return answers.thenApplyAsync(ready -> answer(asked));
    }

    private BatchGetItemResponse answer(KeysAndAttributes asked) {
      int count = Math.min(answerAtMost, asked.keys().size());
      List<Map<String, AttributeValue>> found =
          asked.keys().subList(0, count).stream()
              .filter(items::containsKey)
              .map(items::get)
              .collect(Collectors.toList());
      BatchGetItemResponse.Builder response =
          BatchGetItemResponse.builder().responses(Map.of(TABLE, found));
      if (count < asked.keys().size()) {
        List<Map<String, AttributeValue>> left = asked.keys().subList(count, asked.keys().size());
        response.unprocessedKeys(Map.of(TABLE, KeysAndAttributes.builder().keys(left).build()));
      }
      return response.build();
    }

    @Override
    public String serviceName() {
      return "dynamodb";
    }

    @Override
    public void close() {
      items.clear();
    }
  }
}

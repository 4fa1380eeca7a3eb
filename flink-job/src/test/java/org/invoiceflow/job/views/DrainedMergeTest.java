package org.invoiceflow.job.views;

import static org.assertj.core.api.Assertions.assertThat;
import static org.invoiceflow.job.testing.Lines.lines;
import static org.invoiceflow.job.testing.Lines.received;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.invoiceflow.job.assembly.InvoiceChange;
import org.invoiceflow.job.assembly.InvoiceChangeCodec;
import org.invoiceflow.job.serialization.CodecSerializer;
import org.junit.jupiter.api.Test;

class DrainedMergeTest {

  private static final List<CompletableFuture<List<InvoicePart>>> ASKED = new ArrayList<>();

  @Test
  void before_a_checkpoint_all_changes_under_way_are_merged_and_handed_on() throws Exception {
    ASKED.clear();
    try (OneInputStreamOperatorTestHarness<InvoiceChange, MergedInvoice> merge =
        new OneInputStreamOperatorTestHarness<>(
            new DrainedMerge(new MergeWithStored(new Asked()), 60_000, 10),
            new CodecSerializer<>(InvoiceChangeCodec.class))) {
      merge.setup(new CodecSerializer<>(MergedInvoiceCodec.class));
      merge.open();
      merge.processElement(change("536365"), 0);
      merge.processElement(change("536366"), 0);
      ASKED.get(1).complete(List.of());
      ASKED.get(0).complete(List.of());
      assertThat(merge.extractOutputValues()).isEmpty();

      merge.prepareSnapshotPreBarrier(1);

      assertThat(merge.extractOutputValues())
          .extracting(merged -> merged.summary().invoiceNo())
          .containsExactly("536365", "536366");
    }
  }

  private static InvoiceChange change(String invoiceNo) {
    return new InvoiceChange(invoiceNo, received(lines(invoiceNo, 1)), List.of());
  }

  private static final class Asked implements StoredInvoices {
    private static final long serialVersionUID = 1L;

    @Override
    public Reader open() {
      return new Reader() {
        @Override
        public CompletableFuture<List<InvoicePart>> read(
            String invoiceNo, Set<Integer> likelyParts) {
          CompletableFuture<List<InvoicePart>> answer = new CompletableFuture<>();
          ASKED.add(answer);
          return answer;
        }

        @Override
        public void close() {
          // Nothing is open.
        }
      };
    }
  }
}

package org.invoiceflow.job.assembly;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.invoiceflow.job.intake.ReceivedLine;
import org.invoiceflow.job.intake.ReceivedLineCodec;
import org.invoiceflow.job.intake.ReceivedRecord;
import org.invoiceflow.job.intake.Records;
import org.invoiceflow.job.testing.Bytes;
import org.invoiceflow.job.testing.ExtremeLines;
import org.invoiceflow.model.InvoiceLine;

class InvoiceChangeCodecTest {

  @Property(tries = 200)
  void a_received_line_is_read_back_with_its_record(
      @ForAll("extremeLines") InvoiceLine line, @ForAll("records") ReceivedRecord record)
      throws IOException {
    ReceivedLine read = Bytes.through(new ReceivedLineCodec(), ReceivedLine.of(line, record));

    assertThat(read.line()).usingRecursiveComparison().isEqualTo(line);
    assertThat(read.record()).usingRecursiveComparison().isEqualTo(record);
  }

  @Property(tries = 100)
  void a_change_is_read_back_as_it_was_written(
      @ForAll("extremeLines") InvoiceLine fresh,
      @ForAll("records") ReceivedRecord record,
      @ForAll("severalExtremeLines") List<InvoiceLine> known)
      throws IOException {
    InvoiceChange change =
        new InvoiceChange(fresh.invoiceNo(), List.of(ReceivedLine.of(fresh, record)), known);

    assertThat(Bytes.through(new InvoiceChangeCodec(), change))
        .usingRecursiveComparison()
        .isEqualTo(change);
  }

  @Provide
  Arbitrary<InvoiceLine> extremeLines() {
    return ExtremeLines.any();
  }

  @Provide
  Arbitrary<List<InvoiceLine>> severalExtremeLines() {
    return ExtremeLines.any().list().ofMaxSize(4);
  }

  @Provide
  Arbitrary<ReceivedRecord> records() {
    return Records.any();
  }
}

package org.invoiceflow.job.serialization;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.arbitraries.StringArbitrary;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.invoiceflow.model.InvoiceLine;

class InvoiceLineCodecTest {

  private final InvoiceLineCodec codec = new InvoiceLineCodec();

  @Property
  void what_is_written_is_read_back(@ForAll("lines") InvoiceLine line) throws IOException {
    DataOutputSerializer out = new DataOutputSerializer(64);
    codec.write(line, out);
    DataInputDeserializer in = new DataInputDeserializer(out.getCopyOfBuffer());

    InvoiceLine read = codec.read(codec.version(), in);

    assertThat(read).isEqualTo(line);
    assertThat(read.unitPrice()).isEqualTo(line.unitPrice());
    assertThat(read.sourceFile()).isEqualTo(line.sourceFile());
    assertThat(in.available()).isZero();
  }

  @Provide
  Arbitrary<InvoiceLine> lines() {
    // No surrogates: half of a pair is refused before a line is made.
    StringArbitrary text = Arbitraries.strings().withCharRange(' ', '\ud7ff');
    Arbitrary<InvoiceLine> contents =
        Combinators.combine(
                text.ofMinLength(1).ofMaxLength(64),
                Arbitraries.integers().between(1, 999_900),
                text.ofMaxLength(64),
                text.ofMaxLength(300),
                Arbitraries.integers(),
                Arbitraries.longs().between(-2_208_988_800L, 253_402_300_799L),
                prices())
            .as(
                (invoice, no, code, description, quantity, second, price) ->
                    InvoiceLine.builder()
                        .invoiceNo(invoice)
                        .lineNo(no)
                        .stockCode(code)
                        .description(description)
                        .quantity(quantity)
                        .invoiceDate(LocalDateTime.ofEpochSecond(second, 0, ZoneOffset.UTC))
                        .unitPrice(price)
                        .country("EIRE")
                        .build());
    return Combinators.combine(
            contents,
            text.ofMinLength(1).ofMaxLength(64).injectNull(0.3),
            text.ofMaxLength(100),
            text.ofMinLength(1).ofMaxLength(100).injectNull(0.3))
        .as(
            (line, customer, country, file) ->
                line.toBuilder().customerId(customer).country(country).sourceFile(file).build());
  }

  private static Arbitrary<BigDecimal> prices() {
    return Combinators.combine(
            Arbitraries.longs().between(-9_999_999_999_999L, 9_999_999_999_999L),
            Arbitraries.integers().between(0, 4))
        .as((unscaled, scale) -> new BigDecimal(BigInteger.valueOf(unscaled), scale));
  }
}

package org.invoiceflow.job.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.invoiceflow.job.intake.Origin;
import org.invoiceflow.job.intake.ReceivedLine;
import org.invoiceflow.job.intake.ReceivedRecord;
import org.invoiceflow.model.InvoiceLine;
import org.invoiceflow.model.LineJson;

/** Ordinary lines: the same arguments always give the same line. */
public final class Lines {

  public static final String CUSTOMER = "17850";

  private static final long RECEIVED_AT = 1_291_191_960_000L;

  private Lines() {}

  /** A line of {@link #CUSTOMER}. */
  public static InvoiceLine line(String invoiceNo, int lineNo) {
    return InvoiceLine.builder()
        .invoiceNo(invoiceNo)
        .lineNo(lineNo)
        .stockCode("85123A")
        .description("WHITE HANGING HEART T-LIGHT HOLDER")
        .quantity(lineNo % 24 + 1)
        .invoiceDate(LocalDateTime.of(2010, 12, 1, 8, 26))
        .unitPrice(new BigDecimal("2.55"))
        .customerId(CUSTOMER)
        .country("United Kingdom")
        .build();
  }

  /** A line that names no customer. */
  public static InvoiceLine guest(String invoiceNo, int lineNo) {
    return line(invoiceNo, lineNo).toBuilder().customerId(null).build();
  }

  public static InvoiceLine ofCustomer(InvoiceLine line, String customer) {
    return line.toBuilder().customerId(customer).build();
  }

  /** The same identity, another content. */
  public static InvoiceLine changed(InvoiceLine line) {
    return line.toBuilder().quantity(line.quantity() + 1).build();
  }

  public static InvoiceLine fromFile(InvoiceLine line, String file) {
    return line.toBuilder().sourceFile(file).build();
  }

  public static List<InvoiceLine> lines(String invoiceNo, int... lineNos) {
    return Arrays.stream(lineNos).mapToObj(no -> line(invoiceNo, no)).collect(Collectors.toList());
  }

  /** As it comes from a stream. */
  public static ReceivedLine received(InvoiceLine line) {
    return ReceivedLine.of(line, record(LineJson.toJson(line)));
  }

  public static List<ReceivedLine> received(List<InvoiceLine> lines) {
    return lines.stream().map(Lines::received).collect(Collectors.toList());
  }

  /** A record of a stream. */
  public static ReceivedRecord record(String json) {
    return record(json.getBytes(UTF_8));
  }

  public static ReceivedRecord record(byte[] payload) {
    return new ReceivedRecord(
        new Origin("kinesis:lines", "shardId-000/" + payload.length, RECEIVED_AT),
        ReceivedRecord.JSON,
        ReceivedRecord.NO_LINE_NO,
        payload);
  }
}

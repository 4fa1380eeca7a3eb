package org.invoiceflow.loader.send;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.invoiceflow.loader.FakeApi;
import org.invoiceflow.loader.TestFiles;
import org.invoiceflow.loader.input.InputException;
import org.invoiceflow.model.CsvOptions;
import org.invoiceflow.model.DateFormat;
import org.invoiceflow.model.InvoiceLine;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoaderTest {

  @TempDir private Path folder;
  private final Loaders loaders = new Loaders();
  private FakeApi api;

  @BeforeEach
  void start() throws IOException {
    api = new FakeApi();
  }

  @AfterEach
  void stop() {
    api.close();
  }

  @Test
  void lines_arrive_as_they_stand_in_the_file() throws Exception {
    Path file =
        TestFiles.csv(
            folder,
            "two.csv",
            "1,85123A,\"A \"\"36\"\" GARLAND, RED \",6,12/31/2010 8:26,2.550,17850,EIRE",
            "2,85123a,,-2,12/31/2010 8:27,0.001,,France",
            "1,85123A,x,6,12/31/2010 8:26,0,17850,EIRE");

    SendResult result = send(file);

    assertThat(result.accepted()).isEqualTo(3);
    InvoiceLine first =
        InvoiceLine.builder()
            .invoiceNo("1")
            .lineNo(1)
            .stockCode("85123A")
            .description("A \"36\" GARLAND, RED ")
            .quantity(6)
            .invoiceDate(LocalDateTime.of(2010, 12, 31, 8, 26))
            .unitPrice(new BigDecimal("2.55"))
            .customerId("17850")
            .country("EIRE")
            .build();
    assertThat(api.lines())
        .containsExactly(
            first,
            first.toBuilder()
                .invoiceNo("2")
                .stockCode("85123a")
                .description("")
                .quantity(-2)
                .invoiceDate(LocalDateTime.of(2010, 12, 31, 8, 27))
                .unitPrice(new BigDecimal("0.001"))
                .customerId(null)
                .country("France")
                .build(),
            first.toBuilder().lineNo(2).description("x").unitPrice(BigDecimal.ZERO).build());
    assertThat(api.lines()).allMatch(l -> l.sourceFile().orElse("").equals("two.csv"));
  }

  @Test
  void every_line_of_the_sample_arrives_once_with_several_requests_in_flight() throws Exception {
    SendResult result =
        send(options(TestFiles.sample()).withBatchLines(100).withRejects(folder.resolve("r.csv")));

    assertThat(result.linesRead()).isEqualTo(5_000);
    assertThat(result.accepted()).isEqualTo(5_000);
    assertThat(result.rejectsFile()).isEmpty();
    assertThat(api.batches()).allMatch(batch -> batch.size() <= 100);
    assertThat(api.batches()).hasSize((int) result.requests());
    List<InvoiceLine> lines = api.lines();
    assertThat(new HashSet<>(lines)).hasSize(5_000);
    assertThat(lines.stream().map(InvoiceLine::amount).reduce(BigDecimal.ZERO, BigDecimal::add))
        .isEqualByComparingTo("114326.381");
  }

  @Test
  void one_request_at_a_time_keeps_the_order_of_the_file() throws Exception {
    send(options(TestFiles.sample()).withInFlight(1).withRejects(folder.resolve("r.csv")));

    List<LocalDateTime> dates = api.lines().stream().map(InvoiceLine::invoiceDate).toList();
    assertThat(dates).isSorted();
    assertThat(api.lines().get(0).lineNo()).isEqualTo(1);
  }

  @Test
  void gzip_is_told_by_content_not_by_name() throws Exception {
    Path plain = TestFiles.csv(folder, "plain.csv.gz", "1,a,b,1,12/31/2010 8:26,1,,x");
    Path packed = Files.write(folder.resolve("p.csv"), TestFiles.gzip(Files.readAllBytes(plain)));

    send(plain);
    send(packed);

    assertThat(api.lines()).hasSize(2);
    assertThat(api.lines().get(0)).isEqualTo(api.lines().get(1));
  }

  @Test
  void pound_signs_of_windows_1252_arrive_as_utf_8() throws Exception {
    send(TestFiles.csv(folder, "p.csv", "1,a,Voucher \u00a320.00,1,12/31/2010 8:26,1,,x"));

    assertThat(api.lines().get(0).description()).isEqualTo("Voucher \u00a320.00");
  }

  @Test
  void json_lines_keep_their_own_numbers() throws Exception {
    String line =
        "{\"InvoiceNo\":\"7\",\"LineNo\":%d,\"StockCode\":\"a\",\"Quantity\":1,"
            + "\"InvoiceDate\":\"2010-12-31T08:26\",\"UnitPrice\":1.5,\"Country\":\"x\"}\n";
    Path file = TestFiles.write(folder, "e.jsonl", line.formatted(9) + "\r\n" + line.formatted(4));

    SendResult result = send(file);

    assertThat(result.linesRead()).isEqualTo(2);
    assertThat(api.lines()).extracting(InvoiceLine::lineNo).containsExactly(9, 4);
    assertThat(api.lines().get(0).sourceFile()).contains("e.jsonl");
  }

  @Test
  void what_the_user_says_about_the_file_counts() throws Exception {
    Path file = TestFiles.csv(folder, "d.csv", "1,a,b,1,1/2/2010 8:26,1,,x");

    assertThatThrownBy(() -> send(file)).isInstanceOf(InputException.class);
    send(options(file).withCsv(CsvOptions.detectAll().withDateFormat(DateFormat.DAY_FIRST)));

    assertThat(api.lines().get(0).invoiceDate().getMonthValue()).isEqualTo(2);
  }

  @Test
  void a_line_that_the_api_refuses_is_named_with_its_line_in_the_file() throws Exception {
    Path file = sixLines();
    api.refusing(line -> line.stockCode().equals("c3") || line.stockCode().equals("c6"));

    SendResult result = send(options(file).withBatchLines(2));

    assertThat(result.accepted()).isEqualTo(4);
    assertThat(result.rejectedByApi()).isEqualTo(2);
    assertThat(result.rejectedByRule()).isEqualTo(Map.of("NO_SUCH_ARTICLE", 2L));
    assertThat(TestFiles.read(result.rejectsFile().orElseThrow()))
        .isEqualTo(
            """
            file_line,rule,field,message,row
            4,NO_SUCH_ARTICLE,StockCode,"Article is not known, ""really""\","3,c3,d,1,12/31/2010 8:26,1,,x"
            7,NO_SUCH_ARTICLE,StockCode,"Article is not known, ""really""\","6,c6,d,1,12/31/2010 8:26,1,,x"
            """);
  }

  @Test
  void a_request_of_refused_lines_only_is_no_failure() throws Exception {
    api.refusing(line -> true);

    SendResult result = send(sixLines());

    assertThat(result.rejectedByApi()).isEqualTo(6);
    assertThat(result.requests()).isEqualTo(1);
  }

  @Test
  void a_file_of_broken_lines_only_sends_nothing() throws Exception {
    SendResult result =
        send(TestFiles.csv(folder, "b.csv", "1,a,b,one,12/31/2010 8:26,1,,x", "2,a,b"));

    assertThat(result.rejectedByLoader()).isEqualTo(2);
    assertThat(result.requests()).isZero();
    assertThat(api.bodies()).isEmpty();
  }

  @Test
  void a_file_without_rows_is_done_at_once() throws Exception {
    Path file = TestFiles.csv(folder, "one.jsonl");
    Files.writeString(file, "{\n", StandardCharsets.UTF_8);

    SendResult result = send(file);

    assertThat(result.linesRead()).isEqualTo(1);
    assertThat(result.rejectedByRule()).containsOnlyKeys("UNREADABLE");
  }

  private Path sixLines() throws IOException {
    return TestFiles.csv(
        folder,
        "six.csv",
        "1,c1,d,1,12/31/2010 8:26,1,,x",
        "2,c2,d,1,12/31/2010 8:26,1,,x",
        "3,c3,d,1,12/31/2010 8:26,1,,x",
        "4,c4,d,1,12/31/2010 8:26,1,,x",
        "5,c5,d,1,12/31/2010 8:26,1,,x",
        "6,c6,d,1,12/31/2010 8:26,1,,x");
  }

  private SendOptions options(Path file) {
    return SendOptions.of(file, api.url());
  }

  private SendResult send(Path file) throws Exception {
    return send(options(file));
  }

  private SendResult send(SendOptions options) throws Exception {
    return loaders.withoutJitter().send(options, SendListener.NONE);
  }
}

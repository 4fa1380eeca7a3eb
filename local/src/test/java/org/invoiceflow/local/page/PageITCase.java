package org.invoiceflow.local.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import java.math.BigDecimal;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.invoiceflow.ingest.IngestHandler;
import org.invoiceflow.local.demo.RunningStream;
import org.invoiceflow.local.endpoints.Endpoints;
import org.invoiceflow.local.gateway.Gateway;
import org.invoiceflow.local.pipeline.PipelineStatus;
import org.invoiceflow.local.testing.SharedStandins;
import org.invoiceflow.model.InvoiceLine;
import org.invoiceflow.query.QueryHandler;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.kinesis.KinesisClient;

/**
 * The page in Chromium, over the real way of the data: gateway, handlers, Kinesis, job, views.
 * Pictures of what it showed lie in {@code target/page}.
 */
class PageITCase {

  private static final String TOKEN = "header.claims.signature";
  private static final Path PICTURES = Path.of("target", "page");

  /** An account as {@link org.invoiceflow.local.report.Report} writes it, as far as it is shown. */
  private static final String ACCOUNT =
      """
      {"balanced": true, "differences": [], "notes": [], "invoices": 2, "customers": 1,
       "lines": {"sent": 3, "accepted": 3, "rejected_by_loader": 0, "rejected_by_api": 0, "raw": 3,
                 "rejected_in_job": 0, "duplicates_by_stores": 0, "invoices_view": 3,
                 "customers_view": 3, "guests": 0, "warehouse": 3},
       "totals": {"invoices_view": 4.5, "customers_view": 4.5, "guests": 0, "warehouse": 4.5},
       "stages": [{"name": "send", "seconds": 1.5}]}
      """;

  @TempDir static Path temp;

  private static final PageData DATA = new PageData();
  private static final Queue<String> ANSWERED = new ConcurrentLinkedQueue<>();

  private static Chromium chromium;
  private static Endpoints stores;
  private static RunningStream stream;
  private static KinesisClient kinesis;
  private static DynamoDbClient dynamoDb;
  private static PipelineStatus pipeline;
  private static QueryHandler query;
  private static Gateway gateway;
  private static ApiClient api;

  private Browser browser;

  @BeforeAll
  static void run_the_pipeline() throws Exception {
    Optional<Path> program = Chromium.find();
    if (program.isEmpty() && "true".equals(System.getenv("CI"))) {
      throw new IllegalStateException(
          "The page is tested in Chromium, which is not installed: apt-get install chromium");
    }
    assumeTrue(
        program.isPresent(),
        "The page is not tested: there is no Chromium on the PATH (apt-get install chromium)");
    stores = SharedStandins.emptyStores();
    stream = RunningStream.start(stores, temp);
    kinesis = stores.kinesis().client();
    dynamoDb = stores.dynamoDb().client();
    pipeline = new PipelineStatus("stream", stores, stream.counters());
    query =
        new QueryHandler(
            dynamoDb, stores.dynamoDb().invoicesTable(), stores.dynamoDb().customersTable());
    gateway =
        Gateway.start(
            0,
            pipeline.counted(new IngestHandler(kinesis, stores.kinesis().stream())),
            PageITCase::answer,
            Optional.of(pipeline));
    api = new ApiClient(gateway.address());
    api.post(DATA.lines());
    stream.awaitLines(DATA.lines().size(), DATA.lines().size());
    chromium = Chromium.start(program.get());
  }

  /** Remembers what the API answered with. */
  private static APIGatewayV2HTTPResponse answer(
      APIGatewayV2HTTPEvent event, com.amazonaws.services.lambda.runtime.Context context) {
    APIGatewayV2HTTPResponse answer = query.handleRequest(event, context);
    ANSWERED.add(answer.getStatusCode() + " " + event.getRawPath());
    return answer;
  }

  @AfterAll
  static void stop() throws Exception {
    List<AutoCloseable> all = new ArrayList<>();
    for (AutoCloseable one :
        new AutoCloseable[] {chromium, gateway, pipeline, stream, kinesis, dynamoDb}) {
      if (one != null) {
        all.add(one);
      }
    }
    for (AutoCloseable one : all) {
      one.close();
    }
  }

  @BeforeEach
  void open_a_tab() throws Exception {
    browser = Browser.open(chromium);
  }

  @AfterEach
  void close_the_tab() {
    if (browser != null) {
      browser.close();
    }
  }

  private static InvoiceLine line(String invoiceNo, int lineNo, String price) {
    return DATA.lines().get(0).toBuilder()
        .invoiceNo(invoiceNo)
        .lineNo(lineNo)
        .customerId("77777")
        .quantity(1)
        .unitPrice(new BigDecimal(price))
        .build();
  }

  private static String grouped(long lines) {
    return String.format(Locale.ROOT, "%,d", lines);
  }

  private static String inUrl(String id) {
    return URLEncoder.encode(id, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private void show(String page) {
    browser.load(gateway.address() + "/#/" + page);
  }

  private void showInvoice(String invoiceNo) {
    show("invoice/" + inUrl(invoiceNo));
    browser.awaitText(".paper h1", invoiceNo);
  }

  private void showFaithful() {
    show("customer/" + PageData.FAITHFUL);
    browser.awaitText(".products", "latest 50 of 130 invoices");
  }

  @Test
  void a_customer_is_looked_up_an_invoice_opened_and_the_back_button_leads_back() {
    show("");
    browser.awaitText("h1", "penny");

    browser.click("#query");
    browser.type(PageData.FAITHFUL);
    browser.click("#search button");

    browser.awaitText("h1", PageData.FAITHFUL);
    browser.awaitText(".figures", PageData.text(DATA.netOf(PageData.FAITHFUL)));
    browser.awaitText(".figures", "130");
    browser.awaitText(".figures", "with 10 cancellations");

    browser.click(".history li a");
    browser.awaitText(".paper h1", "600129");
    assertThat(browser.text("location.hash")).isEqualTo("#/invoice/600129");
    assertThat(browser.text("document.title")).isEqualTo("600129 \u00b7 invoiceflow");

    browser.back();
    browser.awaitText("h1", PageData.FAITHFUL);
    browser.click("a.brand");
    browser.awaitText("h1", "penny");
  }

  @Test
  void a_total_below_the_cent_stands_there_to_the_last_digit() {
    showInvoice(PageData.SUB_CENT);

    assertThat(browser.textOf("#total")).isEqualTo("15.001");
    assertThat(browser.textsOf("tbody .amount")).containsExactly("15.000", "0.001");
    assertThat(browser.textOf(".paper-foot")).contains("2 amounts", "right to the last digit");
    assertThat(browser.textOf(".facts")).contains("26 September 2011, 17:01", "13405");
  }

  @Test
  void a_number_that_no_floating_point_holds_is_exact() {
    showInvoice(PageData.ODD_INVOICE);

    assertThat(browser.textOf("#total")).isEqualTo("999,999,999.9999");
  }

  @Test
  void cancellations_adjustments_and_guests_are_shown_as_such() {
    showInvoice(PageData.CANCELLATION);
    assertThat(browser.textOf(".eyebrow")).isEqualToIgnoringCase("Cancellation");
    assertThat(browser.textOf("#total")).isEqualTo("\u221277,183.60");
    assertThat(browser.textOf("tbody .quantity")).isEqualTo("\u221274,215");

    showInvoice(PageData.ADJUSTMENT);
    assertThat(browser.textOf(".eyebrow")).isEqualToIgnoringCase("Adjustment");
    assertThat(browser.textOf("#total")).isEqualTo("\u221211,062.06");
    assertThat(browser.textOf(".facts")).contains("Guest");

    showInvoice(PageData.GUEST);
    assertThat(browser.textOf("tbody .item")).isEqualTo("No description");
    assertThat(browser.textOf("#total")).isEqualTo("0.00");
  }

  @Test
  void what_looks_like_markup_in_the_data_is_text() {
    showInvoice(PageData.ODD_INVOICE);

    assertThat(browser.textOf("tbody .item")).isEqualTo(PageData.MARKUP);
    assertThat(browser.count("main img, main script")).isZero();
    assertThat(browser.text("typeof window.hacked")).isEqualTo("undefined");
    browser.click(".facts a");
    browser.awaitText("h1", PageData.ODD_CUSTOMER);
    browser.awaitText(".products", PageData.MARKUP);
    assertThat(browser.text("typeof window.hacked")).isEqualTo("undefined");
    assertThat(
            browser.text(
                "(() => { try { document.body.innerHTML = '<b>x</b>'; return 'taken'; }"
                    + " catch (e) { return e.name; } })()"))
        .as("the policy refuses markup from any script")
        .isEqualTo("TypeError");
  }

  @Test
  void a_long_history_is_paged_and_every_month_is_exact() {
    showFaithful();
    assertThat(browser.count(".history li")).isEqualTo(25);

    for (int shown = 25; shown < 130; shown = Math.min(130, shown + 50)) {
      browser.awaitText(".pager", shown + " of 130");
      browser.click(".pager button");
    }
    browser.awaitText(".history .end", "130 invoices");
    assertThat(browser.count(".history li")).isEqualTo(130);
    assertThat(browser.count(".history li.cancellation .tag")).isEqualTo(10);

    browser.click(".spend summary");
    Map<YearMonth, BigDecimal> months = DATA.months(PageData.FAITHFUL);
    List<String> expected = months.values().stream().map(PageData::text).toList();
    assertThat(browser.textsOf(".spend td.strong")).isEqualTo(expected);
    assertThat(browser.textsOf(".month h3 .amount")).isEqualTo(expected);
    assertThat(browser.textsOf(".spend th[scope=row]").get(0)).isEqualTo("December 2011");
    assertThat(browser.count(".spend canvas")).isEqualTo(1);
  }

  @Test
  void a_chart_that_is_open_takes_on_the_colours_when_they_change() {
    showFaithful();

    browser.colours("dark");

    browser.until(
        """
        (() => {
          const hex = getComputedStyle(document.documentElement).getPropertyValue('--accent').trim();
          const accent = [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16)).join();
          const canvas = document.querySelector('.spend canvas');
          const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
          let bars = 0;
          for (let at = 0; at < data.length; at += 4) {
            bars += data.slice(at, at + 3).join() === accent ? 1 : 0;
          }
          return hex === '#7cc7bb' && bars > 100;
        })()""");
  }

  @Test
  void top_products_are_added_up_exactly_from_some_invoices_and_from_all() {
    showFaithful();
    assertThat(browser.textOf(".products li"))
        .contains(PageData.text(DATA.spentOn(PageData.FAITHFUL, "85123A", 50)));

    browser.click(".products button");

    browser.awaitText(".products", "all 130 invoices");
    assertThat(browser.textOf(".products li"))
        .contains(
            "WHITE HANGING HEART", PageData.text(DATA.spentOn(PageData.FAITHFUL, "85123A", 130)));
  }

  @Test
  void an_invoice_of_several_parts_names_the_line_that_is_missing() {
    showInvoice(PageData.LONG_INVOICE);

    assertThat(browser.count("tbody tr")).isEqualTo(149);
    assertThat(browser.textOf(".paper-foot .notice")).startsWith("Line 77 is not here");
  }

  @Test
  void what_is_not_there_is_said_in_a_sentence() {
    show("find/nothing-like-it");
    browser.awaitText("main", "There is neither an invoice with this number");
    show("invoice/nope");
    browser.awaitText("main", "There is no invoice with this number.");
    show("customer/nope");
    browser.awaitText("main", "There is no invoice of a customer with this id.");
    show("invoice/" + "x".repeat(65));
    browser.awaitText("main", "An identifier has 1 to 64 bytes");
    assertThat(browser.text("document.activeElement.tagName")).isEqualTo("H1");
  }

  @Test
  void the_keyboard_alone_leads_everywhere_and_the_focus_is_seen() {
    show("");
    browser.awaitText("h1", "penny");
    browser.until("document.activeElement.id === 'query'");
    browser.type(PageData.CANCELLATION);
    browser.press("Enter");
    browser.awaitText(".paper h1", PageData.CANCELLATION);
    assertThat(browser.text("document.activeElement.tagName")).isEqualTo("H1");

    browser.press("Tab");
    assertThat(browser.text("document.activeElement.innerText")).isEqualTo("12346");
    assertThat(browser.text("getComputedStyle(document.activeElement).outlineStyle"))
        .isEqualTo("solid");
    browser.press("Enter");
    browser.awaitText(".page-head h1", "12346");
    browser.awaitText("#live", "Customer 12346");

    browser.load(gateway.address() + "/#/invoice/" + PageData.SUB_CENT);
    browser.awaitText(".paper h1", PageData.SUB_CENT);
    browser.press("Tab");
    assertThat(browser.text("document.activeElement.className")).isEqualTo("skip");
    browser.press("Enter");
    assertThat(browser.text("document.activeElement.id")).isEqualTo("main");
  }

  @ParameterizedTest
  @ValueSource(strings = {"light", "dark"})
  void every_page_fits_a_phone_and_can_be_read_in_both_colours(String scheme) throws Exception {
    browser.colours(scheme);
    for (boolean phone : new boolean[] {true, false}) {
      if (phone) {
        browser.phone();
      } else {
        browser.desktop();
      }
      String where = scheme + (phone ? "-phone" : "-desktop") + ".png";
      showFaithful();
      assertReadable("customer-" + where);
      showInvoice(PageData.LONG_INVOICE);
      assertReadable("invoice-" + where);
      showInvoice(PageData.ODD_INVOICE);
      assertReadable("odd-" + where);
      show("pipeline");
      browser.until("document.querySelector('#stage-warehouse .lines')?.innerText.length >= 3");
      assertReadable("pipeline-" + where);
      show("");
      browser.awaitText("h1", "penny");
      assertReadable("start-" + where);
    }
  }

  private void assertReadable(String picture) throws Exception {
    browser.picture(PICTURES.resolve(picture));
    assertThat(browser.fitsItsWidth()).as(picture).isTrue();
    assertThat(Double.parseDouble(browser.text(Contrast.LOWEST))).as(picture).isGreaterThan(4.5);
  }

  @Test
  void every_stage_moves_while_lines_are_sent_and_rejected_lines_show_their_reasons()
      throws Exception {
    show("pipeline");
    browser.awaitText("#stage-warehouse .lines", grouped(stored()));
    long before = stored();
    List<InvoiceLine> more = new ArrayList<>();
    for (int i = 1; i <= 300; i++) {
      more.add(line("990001", i, "1.00"));
    }

    api.post(more);
    stream.put(
        "990002",
        "[{\"InvoiceNo\":\"990002\",\"Quantity\":\"<b>many</b>\"}]"
            .getBytes(StandardCharsets.UTF_8));

    String after = grouped(before + 300);
    for (String stage : List.of("accepted", "invoices", "warehouse")) {
      browser.awaitText("#stage-" + stage + " .lines", after);
    }
    browser.awaitText("#stage-raw .lines", grouped(before + 301));
    browser.awaitText(".rejected", "NOT_A_NUMBER");
    browser.awaitText(".rejected pre", "<b>many</b>");
    browser.awaitText(".rejected", "MISSING");
    assertThat(browser.count(".rejected pre b")).isZero();

    browser.click(".rejected pre");
    api.post(List.of(line("990001", 301, "1.00")));
    browser.awaitText("#stage-accepted .lines", grouped(before + 301));
    assertThat(browser.text("document.activeElement.tagName"))
        .as("the focus stays where it is while figures change")
        .isEqualTo("PRE");
    browser.picture(PICTURES.resolve("pipeline-rejected.png"));
  }

  @Test
  void a_look_that_fails_is_said_once_takes_nothing_away_and_is_forgotten() throws Exception {
    AtomicInteger looks = new AtomicInteger();
    AtomicBoolean away = new AtomicBoolean();
    try (PipelineStatus ended = new PipelineStatus("stream", stores, stream.counters());
        Gateway shaky =
            Gateway.start(
                0,
                PageITCase::answer,
                PageITCase::answer,
                Optional.of(
                    (event, context) -> {
                      looks.incrementAndGet();
                      return away.get()
                          ? APIGatewayV2HTTPResponse.builder().withStatusCode(503).build()
                          : ended.handleRequest(event, context);
                    }))) {
      ended.show(ACCOUNT);
      browser.hurry();
      browser.load(shaky.address() + "/#/pipeline");
      browser.awaitText(".account", "Every line is accounted for");

      away.set(true);
      browser.awaitText("[role=alert]", "The demo does not answer");
      browser.text("document.querySelector('[role=alert]').dataset.seen = 'once'");
      int before = looks.get();
      Waiting.until("the page looks again").until(() -> looks.get() >= before + 3);

      assertThat(browser.count("[role=alert][data-seen]")).isEqualTo(1);
      assertThat(browser.textOf(".account")).contains("Every line is accounted for");
      browser.picture(PICTURES.resolve("pipeline-away.png"));
      away.set(false);
      browser.until("!document.querySelector('[role=alert]')");
      assertThat(browser.textOf(".account")).contains("Every line is accounted for");
    }
  }

  /** Lines that are stored by now; the tests of this class add some. */
  private static long stored() throws Exception {
    String status = api.get("/pipeline/status");
    return Long.parseLong(status.replaceAll(".*\"accepted\",\"lines\":([0-9]+).*", "$1"));
  }

  @Test
  void a_page_that_is_open_follows_and_asks_for_no_more_than_what_is_new() throws Exception {
    api.post(List.of(line("990100", 1, "10.01")));
    api.awaitAnswer("/v1/invoices/990100", "\"line_count\":1");
    browser.hurry();
    showInvoice("990100");
    assertThat(browser.textOf("#total")).isEqualTo("10.01");
    Waiting.until("the page asks with its entity tag")
        .until(() -> ANSWERED.contains("304 /v1/invoices/990100"));
    focus(".facts a");

    api.post(List.of(line("990100", 2, "0.005")));

    browser.awaitText("#total", "10.015");
    browser.awaitText("#live", "has 2 lines now");
    assertThat(browser.text("document.activeElement.innerText")).isEqualTo("77777");
  }

  private void focus(String selector) {
    browser.text("document.querySelector('" + selector + "').focus()");
  }

  @Test
  void a_history_that_is_open_is_brought_up_to_date_and_left_as_its_reader_has_it()
      throws Exception {
    List<InvoiceLine> lines = new ArrayList<>();
    for (int i = 0; i <= 30; i++) {
      InvoiceLine line = line("9903" + (10 + i), 1, "1.00");
      lines.add(
          line.toBuilder().customerId("77778").invoiceDate(line.invoiceDate().plusDays(i)).build());
    }
    api.post(lines.subList(0, 30));
    api.awaitAnswer("/v1/customers/77778", "\"invoices\":30");
    ShakyApi shaky = new ShakyApi(PageITCase::answer);
    shaky.shortHistories(2);
    try (Gateway own = Gateway.start(0, PageITCase::answer, shaky)) {
      browser.hurry();
      browser.load(own.address() + "/#/customer/77778");
      browser.awaitText(".pager", "Read older invoices");
      browser.click(".pager button");
      browser.awaitText(".history .end", "30 invoices");
      assertThat(browser.text("document.activeElement.getAttribute('href')"))
          .as("the first of the older ones")
          .isEqualTo("#/invoice/990319");
      browser.awaitText(".products", "all 30 invoices");
      browser.click(".spend summary");
      focus(".history li:nth-child(3) a");
      String focused = browser.text("document.activeElement.getAttribute('href')");

      shaky.fail("/v1/customers/77778/invoices");
      api.post(lines.subList(30, 31));
      Waiting.until("the page tries again what failed").until(() -> shaky.failed() >= 2);
      assertThat(browser.textOf("#live")).isEqualTo("Customer 77778");
      shaky.recover();

      browser.awaitText("#live", "brought up to date");
      assertThat(browser.textOf(".figures")).contains("31\nnone cancelled");
      assertThat(browser.count(".history li")).isEqualTo(31);
      assertThat(browser.textOf(".spend td.strong")).isEqualTo("31.00");
      assertThat(browser.text("document.activeElement.getAttribute('href')")).isEqualTo(focused);
      browser.awaitText(".products", "all 31 invoices");
      assertThat(browser.textOf(".products li")).contains("31.00");
    }
  }

  @Test
  void what_could_not_be_read_is_read_again_and_counts_once() throws Exception {
    ShakyApi shaky = new ShakyApi(PageITCase::answer);
    shaky.shortHistories(10);
    shaky.movesDown("600110");
    try (Gateway own = Gateway.start(0, PageITCase::answer, shaky)) {
      shaky.failOnly("/v1/invoices/600127", 1);
      browser.load(own.address() + "/#/customer/" + PageData.FAITHFUL);
      browser.awaitText(".products", "It broke");
      browser.click(".products button");
      browser.awaitText(".products", "latest 50 of 100 invoices");
      assertThat(browser.textOf(".products li"))
          .contains(PageData.text(DATA.spentOn(PageData.FAITHFUL, "85123A", 50)));

      for (String shown : List.of("25 of 100", "75 of 100")) {
        browser.awaitText(".pager", shown);
        browser.click(".pager button");
      }
      browser.awaitText(".pager", "Read older invoices");
      shaky.failOnly("/invoices\\?.*cursor", 2);
      browser.click(".pager button");
      browser.awaitText(".pager", "It broke. Try again");
      browser.click(".pager button");
      browser.awaitText(".history .end", "130 invoices");
      browser.click(".spend summary");
      assertThat(browser.textsOf(".spend td.strong"))
          .isEqualTo(DATA.months(PageData.FAITHFUL).values().stream().map(PageData::text).toList());

      shaky.failOnly("/v1/invoices/600003", 1);
      browser.awaitText(".products button", "Add the other 80 invoices");
      browser.click(".products button");
      browser.awaitText(".products", "It broke");
      browser.click(".products button");
      browser.awaitText(".products", "all 130 invoices");
      assertThat(browser.textOf(".products li"))
          .contains(PageData.text(DATA.spentOn(PageData.FAITHFUL, "85123A", 130)));
    }
  }

  @Test
  void an_invoice_that_comes_in_several_answers_counts_with_all_its_lines() throws Exception {
    ShakyApi shaky = new ShakyApi(PageITCase::answer);
    shaky.shortInvoices(100);
    try (Gateway own = Gateway.start(0, PageITCase::answer, shaky)) {
      browser.load(own.address() + "/#/customer/12748");
      browser.awaitText(".products", "the one invoice");
      assertThat(browser.textOf(".products li")).contains("LINE 150", "187.50");
      browser.click(".history li a");
      browser.awaitText(".paper-foot", "149 amounts");
    }
  }

  @Test
  void where_a_token_is_needed_the_page_asks_for_it_keeps_it_and_forgets_it() throws Exception {
    try (Gateway guarded = Gateway.start(0, PageITCase::answer, guard())) {
      browser.load(guarded.address() + "/#/invoice/" + PageData.SUB_CENT);
      browser.awaitText("h1", "A token is needed");
      browser.awaitText("main", "The service wants a token.");
      assertThat(browser.text("document.getElementById('pipeline-link').hidden")).isEqualTo("true");
      browser.picture(PICTURES.resolve("token.png"));

      browser.type("to\u20acken");
      browser.press("Enter");
      browser.awaitText(".token", "character 3 of it is a space or not ASCII");
      browser.type("wrong");
      browser.press("Enter");
      browser.awaitText("h1", "This token does not open it");

      browser.type(TOKEN);
      browser.click(".token button");
      browser.awaitText("#total", "15.001");
      browser.click(".facts a");
      browser.awaitText(".figures", "15.001");

      browser.load(guarded.address() + "/#/invoice/" + PageData.GUEST);
      browser.awaitText("h1", "This token does not open it");
      browser.awaitText("main", "The token does not give access to this.");

      browser.click("#forget-token");
      browser.awaitText("h1", "A token is needed");
      assertThat(browser.text("sessionStorage.length")).isEqualTo("0");
    }
  }

  /** As a JWT authoriser stands before the API, and not before the page's files. */
  private static RequestHandler<APIGatewayV2HTTPEvent, APIGatewayV2HTTPResponse> guard() {
    return (event, context) -> {
      if (!event.getRawPath().startsWith("/v1/")) {
        return answer(event, context);
      }
      boolean known = ("Bearer " + TOKEN).equals(event.getHeaders().get("authorization"));
      if (known && !event.getRawPath().endsWith(PageData.GUEST)) {
        return answer(event, context);
      }
      return APIGatewayV2HTTPResponse.builder()
          .withStatusCode(known ? 403 : 401)
          .withHeaders(Map.of("content-type", "application/json"))
          .withBody(known ? "{\"message\":\"Forbidden\"}" : "{\"message\":\"Unauthorized\"}")
          .build();
    };
  }

  @Test
  void a_service_that_is_busy_is_asked_again_and_one_that_is_gone_is_named() throws Exception {
    Queue<Integer> busy = new ConcurrentLinkedQueue<>(List.of(429, 503));
    Gateway flaky =
        Gateway.start(
            0,
            PageITCase::answer,
            (event, context) -> {
              Integer status = event.getRawPath().startsWith("/v1/") ? busy.poll() : null;
              return status == null
                  ? answer(event, context)
                  : APIGatewayV2HTTPResponse.builder()
                      .withStatusCode(status)
                      .withHeaders(Map.of("retry-after", "1"))
                      .withBody("{\"error\":\"throttled\",\"message\":\"Ask again\"}")
                      .build();
            });
    browser.hurry();
    browser.load(flaky.address() + "/#/invoice/" + PageData.SUB_CENT);
    browser.awaitText("#total", "15.001");
    assertThat(busy).isEmpty();

    flaky.close();
    browser.click(".facts a");
    browser.awaitText("main", "The service does not answer.");
    assertThat(browser.count("main button")).isEqualTo(1);
  }

  @Test
  void decimals_are_added_multiplied_and_written_as_exactly_as_java_does() {
    show("");
    Random random = new Random(20110926);
    List<BigDecimal> numbers = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      numbers.add(BigDecimal.valueOf(random.nextLong(), random.nextInt(8)));
    }
    BigDecimal sum = numbers.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
    List<String> expected = new ArrayList<>(numbers.stream().map(PageData::text).toList());
    expected.add(PageData.text(sum));
    expected.add(PageData.text(numbers.get(0).multiply(numbers.get(1))));

    String shown =
        browser.text(
            numbers.stream()
                .map(number -> "'" + number + "'")
                .collect(
                    Collectors.joining(
                        ",",
                        "import('/page/money.js').then(({Decimal, sum}) => { const all = [",
                        "].map(Decimal.of); return [...all, sum(all), all[0].times(all[1])]"
                            + ".map((d) => d.toText()).join('|'); })")));

    assertThat(List.of(shown.split("\\|", -1))).isEqualTo(expected);
  }

  @Test
  void an_invoice_may_have_hundreds_of_thousands_of_lines() {
    show("");

    assertThat(
            browser.text(
                "Promise.all([import('/page/invoice.js'), import('/page/money.js')])"
                    + ".then(([{missing}, {Decimal, decimalsOf}]) => {"
                    + " const numbers = Array.from({length: 300000}, (_, i) => i + 2);"
                    + " const price = Decimal.of('1.001');"
                    + " return missing(numbers) + ' ' + decimalsOf(numbers.map(() => price)); })"))
        .isEqualTo("1 3");
  }

  @Test
  void numbers_in_an_answer_are_read_to_the_last_digit() {
    show("");

    assertThat(
            browser.text(
                "import('/page/money.js').then(({parseExactly}) => JSON.stringify(parseExactly("
                    + "'{\"total\":12345678901234567.8901,\"n\":-0.10,\"t\":\"a\\\\\"1.5\",\"e\":1e3,"
                    + "\"list\":[1,true,null]}')))"))
        .isEqualTo(
            "{\"total\":\"12345678901234567.8901\",\"n\":\"-0.10\",\"t\":\"a\\\"1.5\",\"e\":\"1e3\","
                + "\"list\":[\"1\",true,null]}");
  }
}

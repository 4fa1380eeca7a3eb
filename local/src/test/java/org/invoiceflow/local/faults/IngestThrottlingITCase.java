package org.invoiceflow.local.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.invoiceflow.ingest.IngestHandler;
import org.invoiceflow.local.endpoints.Endpoints;
import org.invoiceflow.local.faults.proxy.HttpFaultProxy;
import org.invoiceflow.local.faults.proxy.KinesisFaults;
import org.invoiceflow.local.faults.proxy.Strikes;
import org.invoiceflow.local.gateway.Gateway;
import org.invoiceflow.local.testing.SharedStandins;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.kinesis.KinesisClient;

/** What a sender sees of a real stream that takes no more, or takes a part. */
class IngestThrottlingITCase {

  private static final int LINES = 40;

  private final HttpClient http = HttpClient.newHttpClient();

  /** Each line of another invoice, so that each is a record. */
  private static final String BODY =
      IntStream.range(0, LINES)
          .mapToObj(
              i ->
                  "{\"InvoiceNo\":\"%d\",\"LineNo\":1,\"StockCode\":\"85123A\",\"Quantity\":6,"
                          .formatted(536365 + i)
                      + "\"InvoiceDate\":\"2010-12-01T08:26\",\"UnitPrice\":2.55}")
          .collect(Collectors.joining(",", "[", "]"));

  @Test
  void a_stream_that_takes_no_more_is_429_until_it_takes_the_same_body() throws Exception {
    Endpoints stores = SharedStandins.emptyStores();
    Strikes strikes = new Strikes();
    try (HttpFaultProxy proxy =
            new HttpFaultProxy(stores.kinesis().access().endpoint().orElseThrow());
        JsonKinesis kinesis = new JsonKinesis(proxy, stores);
        Gateway gateway = gateway(kinesis.client(), stores)) {
      proxy.strike(KinesisFaults.refusingEveryRecord(strikes));

      HttpResponse<String> refused = send(gateway);

      assertThat(refused.statusCode()).isEqualTo(429);
      assertThat(refused.headers().firstValue("retry-after")).contains("2");
      assertThat(refused.body()).contains("\"throttled\"");
      assertThat(strikes.total()).as("the handler tries again before it refuses").isGreaterThan(1);
      assertThat(health(gateway)).isEqualTo(429);
      assertThat(StreamContent.read(stores).lines()).isZero();

      // A call that is taken in part is finished by the handler, and the sender sees nothing of it.
      proxy.strike(new KinesisFaults(100, 1, strikes));
      assertThat(send(gateway).body())
          .isEqualTo("{\"accepted\":%d,\"rejected\":[]}".formatted(LINES));
      assertThat(strikes.of("PutRecords in part")).isPositive();
      assertThat(StreamContent.read(stores).lines()).isEqualTo(LINES);

      proxy.heal();
      assertThat(send(gateway).statusCode()).isEqualTo(202);
      assertThat(health(gateway)).isEqualTo(200);
    }
  }

  private static Gateway gateway(KinesisClient client, Endpoints stores) throws Exception {
    IngestHandler ingest = new IngestHandler(client, stores.kinesis().stream());
    return Gateway.start(0, ingest, ingest);
  }

  private HttpResponse<String> send(Gateway gateway) throws Exception {
    return http.send(
        HttpRequest.newBuilder(uri(gateway, "/v1/invoice-lines"))
            .header("content-type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(BODY))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private int health(Gateway gateway) throws Exception {
    return http.send(
            HttpRequest.newBuilder(uri(gateway, "/v1/health")).build(),
            HttpResponse.BodyHandlers.discarding())
        .statusCode();
  }

  private static URI uri(Gateway gateway, String path) {
    return URI.create(gateway.address() + path);
  }
}

package org.invoiceflow.local.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Test;

class CountedIngestTest {

  private final Arrivals accepted = new Arrivals(System::nanoTime);
  private final LongAdder rejected = new LongAdder();

  private void answer(int status, String body) {
    APIGatewayV2HTTPResponse answer =
        APIGatewayV2HTTPResponse.builder().withStatusCode(status).withBody(body).build();
    CountedIngest counted = new CountedIngest((event, context) -> answer, accepted, rejected);

    assertThat(counted.handleRequest(new APIGatewayV2HTTPEvent(), null)).isSameAs(answer);
  }

  @Test
  void verdicts_are_counted_and_passed_on() {
    answer(202, "{\"accepted\":3,\"rejected\":[]}");
    answer(202, "{\"accepted\":1,\"rejected\":[{\"index\":0,\"violations\":[{\"rule\":\"X\"}]}]}");
    answer(422, "{\"accepted\":0,\"rejected\":[{\"index\":0},{\"index\":1}]}");

    assertThat(accepted.lines()).isEqualTo(4);
    assertThat(rejected.sum()).isEqualTo(3);
  }

  @Test
  void what_the_stream_did_not_take_is_not_counted() {
    answer(429, "{\"error\":\"throttled\",\"message\":\"later\"}");
    answer(200, "{\"status\":\"ok\"}");

    assertThat(accepted.lines()).isZero();
    assertThat(rejected.sum()).isZero();
  }
}

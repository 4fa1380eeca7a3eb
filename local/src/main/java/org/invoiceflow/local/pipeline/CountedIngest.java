package org.invoiceflow.local.pipeline;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.concurrent.atomic.LongAdder;

/** Counts what the ingest handler accepts and rejects, by its own answers, whoever sends. */
final class CountedIngest
    implements RequestHandler<APIGatewayV2HTTPEvent, APIGatewayV2HTTPResponse> {

  private static final JsonFactory JSON = new JsonFactory();

  private final RequestHandler<APIGatewayV2HTTPEvent, APIGatewayV2HTTPResponse> ingest;
  private final Arrivals accepted;
  private final LongAdder rejected;

  CountedIngest(
      RequestHandler<APIGatewayV2HTTPEvent, APIGatewayV2HTTPResponse> ingest,
      Arrivals accepted,
      LongAdder rejected) {
    this.ingest = ingest;
    this.accepted = accepted;
    this.rejected = rejected;
  }

  @Override
  public APIGatewayV2HTTPResponse handleRequest(APIGatewayV2HTTPEvent event, Context context) {
    APIGatewayV2HTTPResponse answer = ingest.handleRequest(event, context);
    if (answer.getStatusCode() == 202 || answer.getStatusCode() == 422) {
      count(answer.getBody());
    }
    return answer;
  }

  private void count(String verdict) {
    try (JsonParser parser = JSON.createParser(verdict)) {
      parser.nextToken();
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        JsonToken value = parser.nextToken();
        if (name.equals("accepted")) {
          long lines = parser.getLongValue();
          if (lines > 0) {
            accepted.add(lines);
          }
        } else if (name.equals("rejected") && value == JsonToken.START_ARRAY) {
          while (parser.nextToken() == JsonToken.START_OBJECT) {
            rejected.increment();
            parser.skipChildren();
          }
        } else {
          parser.skipChildren();
        }
      }
    } catch (IOException e) {
      throw new IllegalStateException("the ingest handler's answer is no verdict", e);
    }
  }
}

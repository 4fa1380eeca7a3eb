package org.invoiceflow.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.function.Function;

/**
 * Makes events of a fuzzer's inputs and has a handler answer them, never with a fault of ours. An
 * input that begins with a capital letter is an event's text ({@link EventText}), any other decides
 * over words ({@link EventWords}).
 */
public final class FuzzedHandler {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final ByteArrayOutputStream log;
  private final Function<Random, String> words;
  private final Function<APIGatewayV2HTTPEvent, APIGatewayV2HTTPResponse> handler;

  /**
   * @param route as the handler's log names it
   */
  public record Answered(String route, APIGatewayV2HTTPResponse answer) {}

  /**
   * @param log what the handler logs to; a line for each event
   * @param words an event's text, made of words by chance
   */
  public FuzzedHandler(
      ByteArrayOutputStream log,
      Function<Random, String> words,
      Function<APIGatewayV2HTTPEvent, APIGatewayV2HTTPResponse> handler) {
    this.log = log;
    this.words = words;
    this.handler = handler;
  }

  public Answered answerTo(byte[] input) throws IOException {
    boolean isText = input.length == 0 || (input[0] >= 'A' && input[0] <= 'Z');
    return answerToText(
        isText ? input : words.apply(new InputRandom(input)).getBytes(StandardCharsets.UTF_8));
  }

  public Answered answerToText(byte[] event) throws IOException {
    log.reset();
    APIGatewayV2HTTPResponse answer = handler.apply(EventText.parse(event));
    assertThat(answer.getStatusCode())
        .as("%s to %s", log, new String(event, StandardCharsets.UTF_8))
        .isBetween(200, 499);
    return new Answered(JSON.readTree(log.toByteArray()).get("route").asText(), answer);
  }
}

package org.invoiceflow.ingest;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import java.io.ByteArrayInputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;
import org.invoiceflow.http.Access;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kinesis.KinesisClient;

/**
 * The way of a request, walked once before the snapshot. Nothing is written to the stream: a sample
 * goes through everything up to a connection that is none, and the real client only asks for the
 * stream's status.
 */
final class Priming {

  /** A good line and one that breaks rules, so that both ways are walked. */
  private static final String SAMPLE =
      "[{\"InvoiceNo\":\"1\",\"LineNo\":1,\"StockCode\":\"1\",\"Description\":\"1\",\"Quantity\":1,"
          + "\"InvoiceDate\":\"2010-12-01T08:26\",\"UnitPrice\":2.55,\"CustomerID\":\"1\","
          + "\"Country\":\"1\"},{\"InvoiceNo\":\"1\"}]";

  /** CBOR: {@code {"Records": [{"SequenceNumber": "1", "ShardId": "1"}]}}. */
  private static final byte[] ONE_RECORD_TAKEN =
      HexFormat.of()
          .parseHex(
              "a1675265636f72647381a26e53657175656e63654e756d62657261316753" + "6861726449646131");

  private Priming() {}

  /**
   * @throws RuntimeException if the stream cannot be asked or the sample is not answered as it must
   */
  static void run(KinesisClient kinesis, String streamName) {
    IngestHandler real = handler(kinesis, streamName);
    try (KinesisClient nowhere = clientOfNowhere()) {
      expect(
          202,
          handler(nowhere, streamName).handleRequest(event("POST", "/v1/invoice-lines"), null));
    }
    expect(200, real.handleRequest(event("GET", "/v1/health"), null));
  }

  /** One of its own, since what it learns of the stream's health is old when an instance starts. */
  private static IngestHandler handler(KinesisClient kinesis, String streamName) {
    return new IngestHandler(
        kinesis,
        streamName,
        Access.DEFAULT,
        Waiting.REAL,
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
  }

  private static APIGatewayV2HTTPEvent event(String method, String path) {
    return APIGatewayV2HTTPEvent.builder()
        .withRawPath(path)
        .withHeaders(Map.of("content-type", "application/json"))
        .withRequestContext(
            APIGatewayV2HTTPEvent.RequestContext.builder()
                .withHttp(
                    APIGatewayV2HTTPEvent.RequestContext.Http.builder().withMethod(method).build())
                .build())
        .withBody(SAMPLE)
        .build();
  }

  private static void expect(int status, APIGatewayV2HTTPResponse answer) {
    if (answer.getStatusCode() != status) {
      throw new IllegalStateException(
          "priming was answered by " + answer.getStatusCode() + ": " + answer.getBody());
    }
  }

  static KinesisClient clientOfNowhere() {
    return KinesisClients.builder()
        .httpClient(new Nowhere())
        .region(Region.US_EAST_1)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("nobody", "nothing")))
        .build();
  }

  /** Answers every call as if one record had been taken; connects to nothing. */
  private static final class Nowhere implements SdkHttpClient {

    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
      return new ExecutableHttpRequest() {
        @Override
        public HttpExecuteResponse call() {
          return HttpExecuteResponse.builder()
              .response(
                  SdkHttpResponse.builder()
                      .statusCode(200)
                      .putHeader("Content-Type", "application/x-amz-cbor-1.1")
                      .build())
              .responseBody(AbortableInputStream.create(new ByteArrayInputStream(ONE_RECORD_TAKEN)))
              .build();
        }

        @Override
        public void abort() {}
      };
    }

    @Override
    public String clientName() {
      return "Nowhere";
    }

    @Override
    public void close() {}
  }
}

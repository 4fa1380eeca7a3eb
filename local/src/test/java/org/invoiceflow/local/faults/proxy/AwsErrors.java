package org.invoiceflow.local.faults.proxy;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Errors as services of AWS's JSON protocols write them, in JSON or CBOR as they were asked. */
final class AwsErrors {

  static final String THROUGHPUT = "ProvisionedThroughputExceededException";
  static final String THROTTLING = "ThrottlingException";
  static final String INVALID = "ValidationException";
  static final String INTERNAL = "InternalServerError";
  static final String EXPIRED_ITERATOR = "ExpiredIteratorException";

  private static final String MESSAGE = "broken on purpose";

  private AwsErrors() {}

  static HttpMessage answer(HttpMessage request, String code) {
    int status = code.equals(INTERNAL) ? 500 : 400;
    String contentType = request.header("content-type").orElse("application/x-amz-json-1.0");
    byte[] body =
        contentType.contains("cbor")
            ? cbor(code)
            : Json.write(Json.object().put("__type", code).put("message", MESSAGE));
    return HttpMessage.answer(status, contentType, body).plus("x-amzn-ErrorType", code);
  }

  /** A map of two short texts. */
  private static byte[] cbor(String code) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(0xA2);
    text(out, "__type");
    text(out, code);
    text(out, "message");
    text(out, MESSAGE);
    return out.toByteArray();
  }

  private static void text(ByteArrayOutputStream out, String value) {
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    out.write(0x78);
    out.write(bytes.length);
    out.writeBytes(bytes);
  }
}

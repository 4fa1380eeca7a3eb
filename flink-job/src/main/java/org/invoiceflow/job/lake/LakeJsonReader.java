package org.invoiceflow.job.lake;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.invoiceflow.job.intake.Origin;
import org.invoiceflow.job.intake.ReceivedRecord;
import org.invoiceflow.job.intake.Rejection;
import org.invoiceflow.model.Rule;
import org.invoiceflow.model.Violation;
import org.jspecify.annotations.Nullable;

/** The fields of one line of the lake, as far as they have been read. */
final class LakeJsonReader {

  private @Nullable String source;
  private @Nullable String position;
  private @Nullable String receivedAt;
  private @Nullable String format;
  private int lineNo = ReceivedRecord.NO_LINE_NO;
  private byte @Nullable [] payload;
  private final List<Violation> violations = new ArrayList<>(0);

  private LakeJsonReader() {}

  static LakeJsonReader read(JsonFactory factory, byte[] line) throws LakeJsonException {
    LakeJsonReader reader = new LakeJsonReader();
    try (JsonParser json = factory.createParser(line)) {
      expect(json.nextToken(), JsonToken.START_OBJECT, "an object");
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String name = json.currentName();
        json.nextToken();
        reader.readField(json, name);
      }
      if (json.nextToken() != null) {
        throw new LakeJsonException("The line holds more than one JSON object");
      }
    } catch (LakeJsonException e) {
      throw e;
    } catch (JsonProcessingException e) {
      throw new LakeJsonException("The line is not JSON: " + e.getOriginalMessage());
    } catch (IOException | IllegalArgumentException e) {
      throw new LakeJsonException("The line is not a line of the lake: " + e.getMessage());
    }
    return reader;
  }

  private void readField(JsonParser json, String name) throws IOException {
    switch (name) {
      case LakeJson.SOURCE:
        source = text(json, name);
        break;
      case LakeJson.POSITION:
        position = text(json, name);
        break;
      case LakeJson.RECEIVED_AT:
        receivedAt = text(json, name);
        break;
      case LakeJson.FORMAT:
        format = text(json, name);
        break;
      case LakeJson.LINE_NO:
        expect(json.currentToken(), JsonToken.VALUE_NUMBER_INT, "a whole number as " + name);
        lineNo = json.getIntValue();
        break;
      case LakeJson.PAYLOAD:
        payload = text(json, name).getBytes(StandardCharsets.UTF_8);
        break;
      case LakeJson.PAYLOAD_BASE64:
        expect(json.currentToken(), JsonToken.VALUE_STRING, "text as " + name);
        payload = json.getBinaryValue();
        break;
      case LakeJson.VIOLATIONS:
        readViolations(json);
        break;
      default:
        json.skipChildren();
        break;
    }
  }

  private void readViolations(JsonParser json) throws IOException {
    expect(json.currentToken(), JsonToken.START_ARRAY, "an array as " + LakeJson.VIOLATIONS);
    while (json.nextToken() == JsonToken.START_OBJECT) {
      violations.add(readViolation(json));
    }
    expect(json.currentToken(), JsonToken.END_ARRAY, "objects in " + LakeJson.VIOLATIONS);
  }

  private static Violation readViolation(JsonParser json) throws IOException {
    String rule = null;
    String field = null;
    String message = null;
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      json.nextToken();
      switch (name) {
        case LakeJson.RULE:
          rule = text(json, name);
          break;
        case LakeJson.FIELD:
          field = text(json, name);
          break;
        case LakeJson.MESSAGE:
          message = text(json, name);
          break;
        default:
          json.skipChildren();
          break;
      }
    }
    return new Violation(
        Rule.valueOf(required(rule, LakeJson.RULE)),
        required(field, LakeJson.FIELD),
        required(message, LakeJson.MESSAGE));
  }

  ReceivedRecord record() throws LakeJsonException {
    Origin origin =
        new Origin(
            required(source, LakeJson.SOURCE),
            required(position, LakeJson.POSITION),
            millis(required(receivedAt, LakeJson.RECEIVED_AT)));
    return new ReceivedRecord(
        origin,
        required(format, LakeJson.FORMAT),
        lineNo,
        required(payload, LakeJson.PAYLOAD + " or " + LakeJson.PAYLOAD_BASE64));
  }

  Rejection rejection() throws LakeJsonException {
    if (violations.isEmpty()) {
      throw new LakeJsonException("The line has no field " + LakeJson.VIOLATIONS);
    }
    return new Rejection(record(), violations);
  }

  private static long millis(String receivedAt) throws LakeJsonException {
    try {
      return Instant.parse(receivedAt).toEpochMilli();
    } catch (DateTimeException | ArithmeticException e) {
      throw new LakeJsonException(
          LakeJson.RECEIVED_AT
              + " is '"
              + receivedAt
              + "', which is no instant such as 2010-12-01T08:26:00Z");
    }
  }

  private static String text(JsonParser json, String name) throws IOException {
    expect(json.currentToken(), JsonToken.VALUE_STRING, "text as " + name);
    return json.getText();
  }

  private static void expect(@Nullable JsonToken found, JsonToken expected, String what)
      throws LakeJsonException {
    if (found != expected) {
      throw new LakeJsonException("The line is not a line of the lake: expected " + what);
    }
  }

  private static <T> T required(@Nullable T value, String name) throws LakeJsonException {
    if (value == null) {
      throw new LakeJsonException("The line has no field " + name);
    }
    return value;
  }
}

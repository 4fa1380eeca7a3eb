package org.invoiceflow.job.lake;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.StreamWriteFeature;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.invoiceflow.job.intake.Origin;
import org.invoiceflow.job.intake.ReceivedRecord;
import org.invoiceflow.job.intake.Rejection;
import org.invoiceflow.model.Violation;

/**
 * The lake's JSON Lines: one object a line, in UTF-8. A payload that is UTF-8 stands as text under
 * {@code payload}, any other as base64 under {@code payload_base64}, so that its bytes come back
 * exactly. The field names are a contract with whoever queries the lake: add, never rename.
 *
 * <p>Stateless; used from any thread.
 */
public final class LakeJson {

  static final String SOURCE = "source";
  static final String POSITION = "position";
  static final String RECEIVED_AT = "received_at";
  static final String FORMAT = "format";
  static final String LINE_NO = "line_no";
  static final String PAYLOAD = "payload";
  static final String PAYLOAD_BASE64 = "payload_base64";
  static final String VIOLATIONS = "violations";
  static final String RULE = "rule";
  static final String FIELD = "field";
  static final String MESSAGE = "message";

  private static final JsonFactory JSON =
      JsonFactory.builder()
          .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
          .disable(StreamWriteFeature.FLUSH_PASSED_TO_STREAM)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          // What was written must be readable again; the sources bound the size of a payload.
          .streamReadConstraints(
              StreamReadConstraints.builder().maxStringLength(Integer.MAX_VALUE).build())
          .build();

  private LakeJson() {}

  /** Appends one line, its line end included; neither flushes nor closes {@code out}. */
  public static void write(ReceivedRecord record, OutputStream out) throws IOException {
    try (JsonGenerator json = JSON.createGenerator(out)) {
      json.writeStartObject();
      writeRecord(json, record);
      json.writeEndObject();
      json.writeRaw('\n');
    }
  }

  /** Appends one line, its line end included; neither flushes nor closes {@code out}. */
  public static void write(Rejection rejection, OutputStream out) throws IOException {
    try (JsonGenerator json = JSON.createGenerator(out)) {
      json.writeStartObject();
      writeRecord(json, rejection.record());
      json.writeArrayFieldStart(VIOLATIONS);
      for (Violation violation : rejection.violations()) {
        json.writeStartObject();
        json.writeStringField(RULE, violation.rule().name());
        writeText(json, FIELD, violation.field());
        writeText(json, MESSAGE, violation.message());
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeEndObject();
      json.writeRaw('\n');
    }
  }

  /**
   * Fields that are unknown are passed over, so that an older release reads what a newer one wrote.
   *
   * @throws LakeJsonException if the line is no record in the form of {@link #write(ReceivedRecord,
   *     OutputStream)}; a rejection is one
   */
  public static ReceivedRecord readRecord(byte[] line) throws LakeJsonException {
    return LakeJsonReader.read(JSON, line).record();
  }

  /**
   * @throws LakeJsonException if the line is no rejection in the form of {@link #write(Rejection,
   *     OutputStream)}
   */
  public static Rejection readRejection(byte[] line) throws LakeJsonException {
    return LakeJsonReader.read(JSON, line).rejection();
  }

  private static void writeRecord(JsonGenerator json, ReceivedRecord record) throws IOException {
    Origin origin = record.origin();
    writeText(json, SOURCE, origin.source());
    writeText(json, POSITION, origin.position());
    json.writeStringField(RECEIVED_AT, Instant.ofEpochMilli(origin.receivedAtMillis()).toString());
    writeText(json, FORMAT, record.format());
    if (record.lineNo() != ReceivedRecord.NO_LINE_NO) {
      json.writeNumberField(LINE_NO, record.lineNo());
    }
    byte[] payload = record.payload();
    if (isUtf8(payload)) {
      json.writeFieldName(PAYLOAD);
      json.writeUTF8String(payload, 0, payload.length);
    } else {
      json.writeFieldName(PAYLOAD_BASE64);
      json.writeBinary(payload);
    }
  }

  /**
   * By way of bytes, because Jackson throws at half a surrogate pair and a sink must not: it
   * becomes a question mark.
   */
  private static void writeText(JsonGenerator json, String name, String text) throws IOException {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    json.writeFieldName(name);
    json.writeUTF8String(utf8, 0, utf8.length);
  }

  private static boolean isUtf8(byte[] bytes) {
    for (byte b : bytes) {
      if (b < 0) {
        return isDecodable(bytes);
      }
    }
    return true;
  }

  private static boolean isDecodable(byte[] bytes) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }
}

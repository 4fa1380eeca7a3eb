package org.invoiceflow.loader.run;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.util.Map;
import java.util.TreeMap;
import org.invoiceflow.model.CsvOptions;

/**
 * What the state machine of {@code terraform/modules/imports} is told.
 *
 * @param path what to read, {@code s3://BUCKET/...}: a file, a folder or a glob
 * @param mode {@code import} or {@code replay}
 * @param options further properties of the job's group {@code source}
 */
public record RunInput(String path, String mode, Map<String, String> options) {

  private static final JsonFactory JSON = new JsonFactory();

  public RunInput {
    options = Map.copyOf(options);
  }

  /** The job is told of a CSV file what the user says of it. */
  public static RunInput of(String path, String mode, CsvOptions csv) {
    Map<String, String> options = new TreeMap<>();
    csv.charset().ifPresent(charset -> options.put("encoding", charset.name()));
    csv.dateFormat().ifPresent(format -> options.put("date.format", format.optionName()));
    csv.separator().ifPresent(c -> options.put("separator", c == '\t' ? "tab" : String.valueOf(c)));
    return new RunInput(path, mode, options);
  }

  String toJson() {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.writeStartObject();
      json.writeStringField("path", path);
      json.writeStringField("mode", mode);
      json.writeObjectFieldStart("options");
      for (Map.Entry<String, String> option : new TreeMap<>(options).entrySet()) {
        json.writeStringField(option.getKey(), option.getValue());
      }
      json.writeEndObject();
      json.writeEndObject();
    } catch (IOException e) {
      throw new IllegalStateException("a text in memory cannot fail", e);
    }
    return text.toString();
  }
}

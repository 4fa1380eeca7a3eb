package org.invoiceflow.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.IdentityHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Holds answers to {@code docs/openapi.yaml}: the status must be declared for the route, the
 * headers that it requires must be there, and the body must keep its schema.
 */
public final class OpenApiContract {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final JsonNode document;
  private final IdentityHashMap<JsonNode, JsonSchema> schemas = new IdentityHashMap<>();

  private OpenApiContract(JsonNode document) {
    this.document = document;
  }

  /** The file below the project's root, which the build names in {@code invoiceflow.root}. */
  public static OpenApiContract load() {
    Path file = Path.of(System.getProperty("invoiceflow.root"), "docs", "openapi.yaml");
    try {
      String yaml = Files.readString(file);
      return new OpenApiContract(new ObjectMapper(new YAMLFactory()).readTree(yaml));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The paths that the file declares. */
  public Set<String> paths() {
    Set<String> paths = new TreeSet<>();
    document.get("paths").fieldNames().forEachRemaining(paths::add);
    return paths;
  }

  /**
   * Every answer that the file declares for a route, by status and, of an error, its code: {@code
   * 200}, {@code 413 body_too_large}.
   */
  public Set<String> answers(String method, String path) {
    Set<String> answers = new TreeSet<>();
    for (Map.Entry<String, JsonNode> response : responses(method, path).properties()) {
      JsonNode codes =
          resolved(response.getValue())
              .at("/content/application~1json/schema/properties/error/enum");
      codes.forEach(code -> answers.add(response.getKey() + " " + code.asText()));
      if (codes.isMissingNode()) {
        answers.add(response.getKey());
      }
    }
    return answers;
  }

  /** An answer as {@link #answers} names it. */
  public static String nameOf(APIGatewayV2HTTPResponse answer) {
    String body = answer.getBody();
    boolean isError = body.startsWith("{") && parse(body).has("error");
    return answer.getStatusCode() + (isError ? " " + parse(body).get("error").asText() : "");
  }

  /** What a request to a route may carry besides path and body: {@code query limit}. */
  public Set<String> parameters(String method, String path) {
    Set<String> parameters = new TreeSet<>();
    for (JsonNode parameter : operation(method, path).path("parameters")) {
      JsonNode declared = resolved(parameter);
      parameters.add(declared.get("in").asText() + " " + declared.get("name").asText());
    }
    return parameters;
  }

  /** Names of the object's properties, or of those that it requires. */
  public Set<String> properties(String schema, boolean required) {
    Set<String> names = new TreeSet<>();
    JsonNode declared = document.at("/components/schemas/" + schema);
    if (required) {
      declared.get("required").forEach(name -> names.add(name.asText()));
    } else {
      declared.get("properties").fieldNames().forEachRemaining(names::add);
    }
    return names;
  }

  /** The values that a schema of the file allows as an enumeration. */
  public Set<String> enumeration(String pointer) {
    Set<String> values = new TreeSet<>();
    document.at(pointer).forEach(value -> values.add(value.asText()));
    return values;
  }

  /** Fails unless the file allows this answer on this route. */
  public void check(String method, String path, APIGatewayV2HTTPResponse answer) {
    JsonNode declared = responses(method, path).path(Integer.toString(answer.getStatusCode()));
    assertThat(declared.isObject())
        .as("%s %s declares %d; %s", method, path, answer.getStatusCode(), answer.getBody())
        .isTrue();
    JsonNode response = resolved(declared);
    for (Map.Entry<String, JsonNode> header : response.path("headers").properties()) {
      assertThat(answer.getHeaders()).containsKey(header.getKey());
      JsonNode pattern = resolved(header.getValue()).at("/schema/pattern");
      if (!pattern.isMissingNode()) {
        assertThat(answer.getHeaders().get(header.getKey())).matches(pattern.asText());
      }
    }
    if (response.has("content")) {
      assertThat(answer.getHeaders()).containsEntry("content-type", "application/json");
      checkBody(response.at("/content/application~1json/schema"), answer.getBody());
    } else {
      assertThat(answer.getBody()).as("an answer that is declared without a body").isEmpty();
      assertThat(answer.getHeaders()).doesNotContainKey("content-type");
    }
  }

  /** Fails unless the body is an error of the contract; for paths that the file does not know. */
  public void checkError(APIGatewayV2HTTPResponse answer) {
    checkBody(document.at("/components/schemas/Error"), answer.getBody());
  }

  private void checkBody(JsonNode schema, String body) {
    assertThat(schema.isObject()).as("the answer has a schema").isTrue();
    JsonSchema compiled = schemas.computeIfAbsent(schema, this::compile);
    assertThat(compiled.validate(parse(body))).as(body).isEmpty();
  }

  /** A schema that can see the file's components. */
  private JsonSchema compile(JsonNode schema) {
    ObjectNode root = JSON.createObjectNode();
    root.set("components", document.get("components"));
    root.putArray("allOf").add(schema);
    return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(root);
  }

  private JsonNode responses(String method, String path) {
    return operation(method, path).get("responses");
  }

  private JsonNode operation(String method, String path) {
    JsonNode operation = document.path("paths").path(path).path(method.toLowerCase(Locale.ROOT));
    assertThat(operation.isObject()).as("%s %s is declared", method, path).isTrue();
    return operation;
  }

  private JsonNode resolved(JsonNode node) {
    return node.has("$ref") ? document.at(node.get("$ref").asText().substring(1)) : node;
  }

  private static JsonNode parse(String body) {
    try {
      return JSON.readTree(body);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

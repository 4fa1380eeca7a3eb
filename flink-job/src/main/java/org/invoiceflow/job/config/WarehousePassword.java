package org.invoiceflow.job.config;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.flink.util.function.SerializableSupplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/**
 * The warehouse's password: read from AWS Secrets Manager each time it is asked for, or fixed.
 * Never printed.
 */
final class WarehousePassword implements SerializableSupplier<String> {

  private static final long serialVersionUID = 1L;

  /** Field of the secret, as Redshift's own managed secrets have it. */
  private static final String FIELD = "password";

  private final @Nullable String secretArn;
  private final String fixed;

  private WarehousePassword(@Nullable String secretArn, String fixed) {
    this.secretArn = secretArn;
    this.fixed = fixed;
  }

  static WarehousePassword fixed(String password) {
    return new WarehousePassword(null, password);
  }

  static boolean isSecretArn(String text) {
    return text.startsWith("arn:aws")
        && text.contains(":secretsmanager:")
        && !regionOf(text).isEmpty();
  }

  /** The field {@code password} of the JSON object in this secret. */
  static WarehousePassword inSecret(String arn) {
    return new WarehousePassword(arn, "");
  }

  @Override
  public String get() {
    if (secretArn == null) {
      return fixed;
    }
    try (SecretsManagerClient client =
        SecretsManagerClient.builder()
            .region(Region.of(regionOf(secretArn)))
            .httpClientBuilder(UrlConnectionHttpClient.builder())
            .build()) {
      String secret = client.getSecretValue(r -> r.secretId(secretArn)).secretString();
      if (secret == null) {
        throw new IllegalStateException("The warehouse's secret is binary and no JSON object");
      }
      return passwordIn(secret);
    }
  }

  /** arn:aws:secretsmanager:REGION:... */
  private static String regionOf(String arn) {
    String[] parts = arn.split(":", -1);
    return parts.length > 3 ? parts[3] : "";
  }

  static String passwordIn(String secret) {
    try (JsonParser json = new JsonFactory().createParser(secret)) {
      while (json.nextToken() != null) {
        if (json.currentToken() == JsonToken.FIELD_NAME && json.currentName().equals(FIELD)) {
          String value = json.nextTextValue();
          if (value != null) {
            return value;
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(
          "The warehouse's secret is no JSON object", new IOException("unreadable secret"));
    }
    throw new IllegalStateException("The warehouse's secret has no text field " + FIELD);
  }

  @Override
  public String toString() {
    return secretArn == null ? "*****" : "password in " + secretArn;
  }
}

package org.invoiceflow.loader.aws;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Optional;
import org.invoiceflow.loader.input.InputException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClientBuilder;

/** Reads passwords that stand in Secrets Manager as a JSON object with a field {@code password}. */
public final class SecretPasswords {

  private static final String FIELD = "password";

  private SecretPasswords() {}

  /**
   * @param secret ARN or name
   * @param region that of the secret; if absent that of the ARN, else of the SDK's default chain
   * @throws InputException if it cannot be read, or holds no password
   */
  public static String read(String secret, Optional<String> region) throws InputException {
    SecretsManagerClientBuilder builder =
        SecretsManagerClient.builder().httpClientBuilder(UrlConnectionHttpClient.builder());
    region.or(() -> regionOf(secret)).map(Region::of).ifPresent(builder::region);
    try (SecretsManagerClient client = builder.build()) {
      return passwordIn(
          secret, client.getSecretValue(request -> request.secretId(secret)).secretString());
    } catch (SdkException e) {
      throw new InputException("The secret " + secret + " cannot be read: " + e.getMessage(), e);
    }
  }

  static String passwordIn(String secret, String content) throws InputException {
    try (JsonParser json = new JsonFactory().createParser(content)) {
      while (json.nextToken() != null) {
        if (json.currentToken() == JsonToken.FIELD_NAME && json.currentName().equals(FIELD)) {
          String value = json.nextTextValue();
          if (value != null && !value.isEmpty()) {
            return value;
          }
        }
      }
    } catch (IOException e) {
      // The parser's message may quote the secret.
      throw new InputException("The secret " + secret + " holds no JSON object.");
    }
    throw new InputException("The secret " + secret + " has no text field '" + FIELD + "'.");
  }

  /** arn:aws:secretsmanager:REGION:... */
  private static Optional<String> regionOf(String secret) {
    String[] parts = secret.split(":", -1);
    return parts.length > 3 && parts[0].equals("arn") ? Optional.of(parts[3]) : Optional.empty();
  }
}

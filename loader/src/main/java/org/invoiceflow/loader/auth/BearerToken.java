package org.invoiceflow.loader.auth;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.invoiceflow.loader.input.InputException;

/**
 * Carries a token as {@code Authorization: Bearer}. It comes from a file, which is read for each
 * request so that somebody else can renew it, or from the environment. It is never taken from the
 * command line, where every user of the machine can see it, and goes unencrypted only to this
 * machine.
 */
public final class BearerToken implements Authorization {

  /** The variable that holds the token. */
  public static final String VARIABLE = "INVOICEFLOW_TOKEN";

  private interface Source {
    String read() throws AuthorizationException;
  }

  private final Source source;

  private BearerToken(Source source) {
    this.source = source;
  }

  /**
   * @param file holds the token and nothing else; outer white space does not count
   * @throws InputException if there is no token, or if it would be sent in the open
   */
  public static BearerToken in(Path file, URI service) throws InputException {
    return checked(() -> readFile(file), service);
  }

  /**
   * @param value that of {@link #VARIABLE}
   * @throws InputException if there is no token, or if it would be sent in the open
   */
  public static BearerToken of(Optional<String> value, URI service) throws InputException {
    return checked(() -> sound(value.orElse(""), "The variable " + VARIABLE), service);
  }

  private static BearerToken checked(Source source, URI service) throws InputException {
    if ("http".equalsIgnoreCase(service.getScheme()) && !isThisMachine(service)) {
      throw new InputException(
          "A token is sent unencrypted only to this machine; use https for " + service + ".");
    }
    try {
      String unused = source.read();
    } catch (AuthorizationException e) {
      throw new InputException(e.getMessage() + ".", e);
    }
    return new BearerToken(source);
  }

  @Override
  public Map<String, String> headers(URI endpoint, byte[] body) throws AuthorizationException {
    return Map.of("Authorization", "Bearer " + source.read());
  }

  private static String readFile(Path file) throws AuthorizationException {
    try {
      return sound(Files.readString(file, StandardCharsets.ISO_8859_1), "The file " + file);
    } catch (AuthorizationException e) {
      throw e;
    } catch (IOException e) {
      throw new AuthorizationException("The token cannot be read from " + file + ": " + e, e);
    }
  }

  /** RFC 6750, 2.1; says nothing of what stands there. */
  private static String sound(String text, String place) throws AuthorizationException {
    String token = text.strip();
    if (token.isEmpty()) {
      throw new AuthorizationException(place + " holds no token");
    }
    if (!token.matches("[A-Za-z0-9._~+/-]+=*")) {
      throw new AuthorizationException(place + " holds something that is no bearer token");
    }
    return token;
  }

  private static boolean isThisMachine(URI service) {
    try {
      return InetAddress.getByName(service.getHost()).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }
}

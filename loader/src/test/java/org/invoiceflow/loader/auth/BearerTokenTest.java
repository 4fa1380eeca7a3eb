package org.invoiceflow.loader.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.invoiceflow.loader.input.InputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BearerTokenTest {

  private static final URI SERVICE = URI.create("https://api.example.org");

  @TempDir private Path folder;

  @Test
  void a_token_from_the_environment_stands_in_the_header() throws IOException {
    assertThat(BearerToken.of(Optional.of("abc.DEF-_1=="), SERVICE).headers(SERVICE, new byte[0]))
        .containsEntry("Authorization", "Bearer abc.DEF-_1==");
  }

  @Test
  void a_token_file_that_is_renewed_counts_from_the_next_request_on() throws IOException {
    Path file = Files.writeString(folder.resolve("token"), "first\n");
    BearerToken token = BearerToken.in(file, SERVICE);
    assertThat(token.headers(SERVICE, new byte[0])).containsValue("Bearer first");

    Files.writeString(file, "second\n");

    assertThat(token.headers(SERVICE, new byte[0])).containsValue("Bearer second");
    Files.writeString(file, "");
    assertThatThrownBy(() -> token.headers(SERVICE, new byte[0]))
        .isInstanceOf(AuthorizationException.class)
        .hasMessage("The file " + file + " holds no token");
  }

  @Test
  void what_is_no_token_is_refused_and_not_shown() throws IOException {
    Path file = Files.writeString(folder.resolve("token"), "two words");

    assertThatThrownBy(() -> BearerToken.in(file, SERVICE))
        .isInstanceOf(InputException.class)
        .hasMessage("The file " + file + " holds something that is no bearer token.");
    assertThatThrownBy(() -> BearerToken.of(Optional.empty(), SERVICE))
        .isInstanceOf(InputException.class)
        .hasMessage("The variable INVOICEFLOW_TOKEN holds no token.");
    assertThatThrownBy(() -> BearerToken.in(folder.resolve("none"), SERVICE))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith("The token cannot be read from ");
  }

  @Test
  void a_token_goes_unencrypted_only_to_this_machine() throws IOException {
    Optional<String> value = Optional.of("abc");

    assertThatThrownBy(() -> BearerToken.of(value, URI.create("http://192.0.2.1/x")))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("use https");
    assertThat(BearerToken.of(value, URI.create("http://127.0.0.1:8080"))).isNotNull();
    assertThat(BearerToken.of(value, URI.create("http://localhost:8080"))).isNotNull();
  }
}

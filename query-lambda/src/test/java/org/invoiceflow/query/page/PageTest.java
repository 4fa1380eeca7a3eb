package org.invoiceflow.query.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.invoiceflow.http.Events.request;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.invoiceflow.http.Answer;
import org.invoiceflow.http.Events;
import org.invoiceflow.http.HttpFront;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PageTest {

  private static final Pattern NAMED =
      Pattern.compile("(?:href|src)=\"page/([^\"]+)\"|from \"\\./([^\"]+)\"");

  private final HttpFront front =
      new HttpFront(
          new PrintStream(new ByteArrayOutputStream(), true),
          (request, log) -> Page.answer(request, log).orElse(Answer.noSuchPath("none")));

  private APIGatewayV2HTTPResponse get(String path) {
    return front.answer(request("GET", path).build());
  }

  @Test
  void the_root_is_the_page_and_lets_no_foreign_code_in() {
    APIGatewayV2HTTPResponse answer = get("/");

    assertThat(answer.getStatusCode()).isEqualTo(200);
    assertThat(answer.getBody()).startsWith("<!doctype html>");
    assertThat(answer.getHeaders())
        .containsEntry("content-type", "text/html; charset=utf-8")
        .containsEntry("x-content-type-options", "nosniff")
        .containsKey("etag");
    assertThat(answer.getHeaders().get("content-security-policy"))
        .contains("default-src 'none'", "script-src 'self'", "require-trusted-types-for 'script'")
        .doesNotContain("unsafe");
  }

  @Test
  void every_file_that_the_page_names_is_served_with_its_type() {
    Set<String> seen = new HashSet<>();
    Deque<String> open = new ArrayDeque<>(Set.of("/"));
    while (!open.isEmpty()) {
      String path = open.remove();
      APIGatewayV2HTTPResponse answer = get(path);
      assertThat(answer.getStatusCode()).as(path).isEqualTo(200);
      Matcher named = NAMED.matcher(answer.getBody());
      while (named.find()) {
        String name = named.group(1) != null ? named.group(1) : named.group(2);
        if (seen.add(name)) {
          open.add("/page/" + name);
        }
      }
    }
    assertThat(seen)
        .contains("page.css", "main.js", "money.js", "icon.svg", "uPlot.iife.min.js")
        .allSatisfy(
            name ->
                assertThat(get("/page/" + name).getHeaders().get("content-type"))
                    .isEqualTo(
                        Map.of(
                                "css", "text/css; charset=utf-8",
                                "js", "text/javascript; charset=utf-8",
                                "svg", "image/svg+xml")
                            .get(name.substring(name.lastIndexOf('.') + 1))));
  }

  @Test
  void a_browser_that_holds_the_file_is_told_so() {
    String tag = get("/page/main.js").getHeaders().get("etag");

    APIGatewayV2HTTPResponse again =
        front.answer(request("GET", "/page/main.js").header("if-none-match", tag).build());

    assertThat(again.getStatusCode()).isEqualTo(304);
    assertThat(again.getBody()).isEmpty();
    assertThat(again.getHeaders()).containsEntry("etag", tag);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/page/nothing.js", "/page/", "/page/..%2Findex.html", "/page/PageFile.class"})
  void what_is_no_file_of_the_page_is_404(String path) {
    assertThat(get(path).getStatusCode()).isEqualTo(404);
    assertThat(get(path).getBody()).contains("no_such_file");
  }

  @Test
  void only_get_is_answered() {
    Events post = request("POST", "/");

    assertThat(front.answer(post.build()).getStatusCode()).isEqualTo(405);
  }

  @Test
  void a_stage_in_front_of_the_path_changes_nothing() {
    Events event = request("GET", "/prod/page/main.js").stage("prod");

    assertThat(front.answer(event.build()).getStatusCode()).isEqualTo(200);
  }
}

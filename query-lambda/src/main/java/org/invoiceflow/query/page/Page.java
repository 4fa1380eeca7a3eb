package org.invoiceflow.query.page;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.invoiceflow.http.Answer;
import org.invoiceflow.http.Request;
import org.invoiceflow.http.RequestLog;

/**
 * Answers {@code GET /} and {@code GET /page/{file}} with the page's static files. They hold no
 * data and need no token; the page itself asks the API, with the token that its user gives it.
 *
 * <p>Only the files that are listed here can be asked for. Each is revalidated by its entity tag on
 * every use, so that a browser never mixes the files of two releases. Thread-safe.
 */
public final class Page {

  /** Named in the page's markup, so that a new release of the library is a new file. */
  private static final String UPLOT = "/META-INF/resources/webjars/uplot/1.6.30/dist/";

  private static final List<String> OWN_FILES =
      List.of(
          "page.css",
          "icon.svg",
          "main.js",
          "api.js",
          "dom.js",
          "renew.js",
          "money.js",
          "dates.js",
          "search.js",
          "token.js",
          "customer.js",
          "history.js",
          "products.js",
          "invoice.js",
          "spend.js",
          "pipeline.js");

  private static final List<String> UPLOT_FILES = List.of("uPlot.iife.min.js", "uPlot.min.css");

  /**
   * Nothing but the page's own files and its own API; text can become markup nowhere, whatever an
   * invoice's description holds.
   */
  private static final String CONTENT_SECURITY_POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
          + " base-uri 'none'; form-action 'none'; frame-ancestors 'none';"
          + " require-trusted-types-for 'script'; trusted-types 'none'";

  /** Read at the first request for the page: most invocations of the function never need it. */
  private static final class Files {
    static final Map<String, PageFile> BY_PATH = read();

    private static Map<String, PageFile> read() {
      Map<String, PageFile> files = new HashMap<>();
      files.put("", PageFile.read("/org/invoiceflow/query/page/index.html"));
      OWN_FILES.forEach(
          name -> files.put("page/" + name, PageFile.read("/org/invoiceflow/query/page/" + name)));
      UPLOT_FILES.forEach(name -> files.put("page/" + name, PageFile.read(UPLOT + name)));
      return Map.copyOf(files);
    }
  }

  private Page() {}

  /** The answer, if the request is for the page. */
  public static Optional<Answer> answer(Request request, RequestLog.Line log) {
    List<String> path = request.path();
    boolean root = path.equals(List.of(""));
    if (!root && !(path.size() == 2 && path.get(0).equals("page"))) {
      return Optional.empty();
    }
    log.route(root ? "/" : "/page/{file}");
    PageFile file = Files.BY_PATH.get(String.join("/", path));
    if (file == null) {
      return Optional.of(
          Answer.error(404, "no_such_file", "The page has no file of this name; it begins at /"));
    }
    return Optional.of(
        request.method().equals("GET")
            ? answer(file).revalidated(request)
            : Answer.methodNotAllowed("GET"));
  }

  private static Answer answer(PageFile file) {
    return new Answer(
        200,
        Map.of(
            "content-type",
            file.type(),
            "content-security-policy",
            CONTENT_SECURITY_POLICY,
            "x-content-type-options",
            "nosniff",
            "referrer-policy",
            "no-referrer"),
        file.text());
  }
}

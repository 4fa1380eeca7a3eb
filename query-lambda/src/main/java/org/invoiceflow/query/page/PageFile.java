package org.invoiceflow.query.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * One static file of the page, read from the class path. Immutable.
 *
 * @param type media type with its charset
 * @param text content; all files are text
 */
record PageFile(String type, String text) {

  /**
   * @param resource absolute name on the class path
   * @throws IllegalStateException if it is missing: the jar was put together wrongly
   */
  static PageFile read(String resource) {
    try (InputStream in = PageFile.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("the page's file " + resource + " is not in the jar");
      }
      return new PageFile(typeOf(resource), new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String typeOf(String name) {
    return switch (name.substring(name.lastIndexOf('.') + 1)) {
      case "html" -> "text/html; charset=utf-8";
      case "css" -> "text/css; charset=utf-8";
      case "js" -> "text/javascript; charset=utf-8";
      case "svg" -> "image/svg+xml";
      default -> throw new IllegalArgumentException("the page has no files such as " + name);
    };
  }
}

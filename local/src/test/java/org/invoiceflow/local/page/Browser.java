package org.invoiceflow.local.page;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.databind.JsonNode;
import org.awaitility.core.ConditionTimeoutException;

/**
 * A tab as a person uses it: looks at what is shown, presses keys, clicks where something is. All
 * waiting is for conditions. One thread.
 */
final class Browser implements AutoCloseable {

  private static final Map<String, Integer> KEYS = Map.of("Tab", 9, "Enter", 13, "Escape", 27);

  private final DevTools tab;

  private Browser(DevTools tab) {
    this.tab = tab;
  }

  /** A new tab of a desktop in light colours. */
  static Browser open(Chromium chromium) throws IOException, InterruptedException {
    Browser browser = new Browser(DevTools.openTab(chromium.devTools()));
    browser.tab.send("Page.enable", Map.of());
    browser.tab.send("Page.bringToFront", Map.of());
    browser.desktop();
    browser.colours("light");
    return browser;
  }

  void desktop() {
    size(1280, 900, 1, false);
  }

  void phone() {
    size(390, 844, 1, true);
  }

  /**
   * @param scale device pixels for each of the page's
   */
  void size(int width, int height, double scale, boolean mobile) {
    tab.send(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", scale, "mobile", mobile));
  }

  /**
   * @param scheme {@code light} or {@code dark}, as the machine's owner prefers it
   */
  void colours(String scheme) {
    tab.send(
        "Emulation.setEmulatedMedia",
        Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
  }

  /** Pages that are loaded from now on wait for a twentieth of the time that they would wait. */
  void hurry() {
    tab.send(
        "Page.addScriptToEvaluateOnNewDocument",
        Map.of(
            "source",
            "{ const wait = setTimeout; window.setTimeout = (work, ms) => wait(work, ms / 20); }"));
  }

  /** Loads an address anew, also if only what follows # differs. */
  void load(String address) {
    tab.send("Page.navigate", Map.of("url", "about:blank"));
    until("location.href === 'about:blank'");
    tab.send("Page.navigate", Map.of("url", address));
    until("document.readyState === 'complete' && location.href !== 'about:blank'");
  }

  /** Returns when a JavaScript expression is true. */
  void until(String expression) {
    await(expression, () -> text(expression).equals("true"));
  }

  /** The value of a JavaScript expression as text; a promise is awaited. */
  String text(String expression) {
    JsonNode answer =
        tab.send(
            "Runtime.evaluate",
            Map.of(
                "expression", "Promise.resolve(" + expression + ").then(String)",
                "awaitPromise", true,
                "returnByValue", true));
    if (answer.has("exceptionDetails")) {
      throw new IllegalStateException(expression + ": " + answer.get("exceptionDetails"));
    }
    return answer.get("result").path("value").asText();
  }

  /** What an element says; "" if there is none. */
  String textOf(String selector) {
    return text("document.querySelector(" + quoted(selector) + ")?.innerText ?? ''");
  }

  /** What all such elements say. */
  List<String> textsOf(String selector) {
    String joined =
        text(
            "[...document.querySelectorAll("
                + quoted(selector)
                + ")].map(e => e.innerText).join('\\u0001')");
    return joined.isEmpty() ? List.of() : List.of(joined.split("\u0001", -1));
  }

  int count(String selector) {
    return Integer.parseInt(text("document.querySelectorAll(" + quoted(selector) + ").length"));
  }

  /** Returns when an element says this. */
  void awaitText(String selector, String words) {
    await(selector + " says " + words, () -> textOf(selector).contains(words));
  }

  private void await(String what, Callable<Boolean> condition) {
    try {
      Waiting.until(what).until(condition);
    } catch (ConditionTimeoutException e) {
      throw new AssertionError(e.getMessage() + " The page says: " + textOf("body"), e);
    }
  }

  /** Clicks with the mouse in the middle of the first such element. */
  void click(String selector) {
    until("!!document.querySelector(" + quoted(selector) + ")");
    String[] at =
        text("(e => { e.scrollIntoView({block: 'center', behavior: 'instant'});"
                + " const r = e.getBoundingClientRect();"
                + " return (r.x + r.width / 2) + ' ' + (r.y + r.height / 2); })"
                + "(document.querySelector("
                + quoted(selector)
                + "))")
            .split(" ", -1);
    for (String type : List.of("mouseMoved", "mousePressed", "mouseReleased")) {
      tab.send(
          "Input.dispatchMouseEvent",
          Map.of(
              "type",
              type,
              "x",
              Double.valueOf(at[0]),
              "y",
              Double.valueOf(at[1]),
              "button",
              type.equals("mouseMoved") ? "none" : "left",
              "clickCount",
              type.equals("mouseMoved") ? 0 : 1));
    }
  }

  /** Types into what has the focus. */
  void type(String words) {
    tab.send("Input.insertText", Map.of("text", words));
  }

  /** Presses Tab, Enter or Escape. */
  void press(String key) {
    int code = KEYS.getOrDefault(key, 0);
    String typed = key.equals("Enter") ? "\r" : "";
    tab.send(
        "Input.dispatchKeyEvent",
        Map.of(
            "type", typed.isEmpty() ? "rawKeyDown" : "keyDown",
            "key", key,
            "code", key,
            "text", typed,
            "windowsVirtualKeyCode", code));
    tab.send(
        "Input.dispatchKeyEvent",
        Map.of("type", "keyUp", "key", key, "code", key, "windowsVirtualKeyCode", code));
  }

  /** The browser's own back button. */
  void back() {
    text("history.back()");
  }

  /** Whether all of the page can be seen without moving it sideways. */
  boolean fitsItsWidth() {
    return Boolean.parseBoolean(text("document.documentElement.scrollWidth <= innerWidth"));
  }

  /** A picture of what the window shows. */
  void picture(Path file) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    String png = tab.send("Page.captureScreenshot", Map.of("format", "png")).get("data").asText();
    Files.write(file, Base64.getDecoder().decode(png));
  }

  private static String quoted(String text) {
    return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
  }

  @Override
  public void close() {
    tab.close();
  }
}

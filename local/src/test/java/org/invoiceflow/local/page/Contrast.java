package org.invoiceflow.local.page;

/** How well text can be told from its ground (WCAG 2, contrast ratio; AA asks for 4.5). */
final class Contrast {

  /**
   * JavaScript: the lowest contrast of all text that is shown, against the nearest ground that is
   * painted behind it.
   */
  static final String LOWEST =
      """
      (() => {
        const light = (rgb) => {
          const [r, g, b] = rgb.match(/[\\d.]+/g).slice(0, 3).map((v) => {
            const c = v / 255;
            return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
          });
          return 0.2126 * r + 0.7152 * g + 0.0722 * b;
        };
        const ground = (e) => {
          for (let at = e; at; at = at.parentElement) {
            const colour = getComputedStyle(at).backgroundColor;
            if (!/, 0\\)$/.test(colour)) { return colour; }
          }
          return 'rgb(255, 255, 255)';
        };
        const shown = [...document.querySelectorAll('body *')].filter((e) =>
          e.checkVisibility() && !e.disabled &&
          [...e.childNodes].some((n) => n.nodeType === 3 && n.textContent.trim()));
        return Math.min(...shown.map((e) => {
          const [a, b] = [light(getComputedStyle(e).color), light(ground(e))];
          return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
        }));
      })()""";

  private Contrast() {}
}

// Spend per month: exact sums, a chart of them, and the same as a table.
import { day, monthName, monthOf, monthsBetween, shortMonth } from "./dates.js";
import { count, h } from "./dom.js";
import { Decimal } from "./money.js";

/** More bars than this are too thin to tell apart: a bar is a year then. */
const MAX_MONTHS = 120;

/** Sums by period, the oldest first, with nothing left out between the first and the last. */
export function spendOf(invoices) {
  const months = monthsBetween(monthOf(invoices.at(-1).date), monthOf(invoices[0].date));
  const yearly = months.length > MAX_MONTHS;
  const keyOf = yearly ? (month) => month.slice(0, 4) : (month) => month;
  const periods = new Map(months.map((month) => [keyOf(month), { key: keyOf(month), invoices: 0, bought: Decimal.ZERO, back: Decimal.ZERO }]));
  for (const invoice of invoices) {
    const period = periods.get(keyOf(monthOf(invoice.date)));
    const total = Decimal.of(invoice.total);
    period.invoices++;
    if (total.isNegative()) {
      period.back = period.back.plus(total);
    } else {
      period.bought = period.bought.plus(total);
    }
  }
  return {
    yearly,
    periods: [...periods.values()].map((period) => ({ ...period, net: period.bought.plus(period.back), name: yearly ? period.key : monthName(period.key) })),
  };
}

/** A section with the chart; the signal takes it down. */
export function spendSection(invoices, complete, signal) {
  const { periods, yearly } = spendOf(invoices);
  const unit = yearly ? "year" : "month";
  const readout = h("p", { class: "readout" });
  const plot = h("div", { class: "plot", role: "img", "aria-label": summary(periods, unit) });
  const section = h(
    "section",
    { class: "spend", "aria-labelledby": "spend-title" },
    h("div", { class: "section-head" }, h("h2", { id: "spend-title" }, `Spend per ${unit}`), readout),
    plot,
    complete ? null : h("p", { class: "quiet" }, `Of the latest ${count(invoices.length, "invoice")}, back to ${day(invoices.at(-1).date)}.`),
    h("details", {}, h("summary", {}, "The same as a table"), table(periods, unit)),
  );
  draw(plot, readout, periods, yearly, signal);
  return section;
}

function summary(periods, unit) {
  const best = periods.reduce((a, b) => (a.net.compare(b.net) < 0 ? b : a));
  return `Bar chart of the spend per ${unit}, ${periods[0].name} to ${periods.at(-1).name}; most in ${best.name} with ${best.net.toText()}. The table below says the same.`;
}

function table(periods, unit) {
  const filled = periods.filter((period) => period.invoices > 0).reverse();
  return h(
    "div",
    { class: "scroll", tabindex: "0", role: "region", "aria-label": `Spend per ${unit}` },
    h(
      "table",
      {},
      h(
        "thead",
        {},
        h(
          "tr",
          {},
          h("th", { scope: "col" }, unit === "year" ? "Year" : "Month"),
          ["Invoices", "Bought", "Taken back", "Net"].map((name) => h("th", { scope: "col", class: "number" }, name)),
        ),
      ),
      h(
        "tbody",
        {},
        filled.map((period) =>
          h(
            "tr",
            {},
            h("th", { scope: "row" }, period.name),
            h("td", { class: "number" }, period.invoices),
            h("td", { class: "number" }, period.bought.toText()),
            h("td", { class: period.back.isNegative() ? "number back" : "number" }, period.back.toText()),
            h("td", { class: "number strong" }, period.net.toText()),
          ),
        ),
      ),
    ),
  );
}

function tell(readout, period) {
  readout.replaceChildren(
    h("span", {}, period.name),
    h("b", {}, period.net.toText()),
    h("span", { class: "quiet" }, period.back.isNegative() ? `${period.bought.toText()} bought, ${period.back.toText()} taken back` : count(period.invoices, "invoice")),
  );
}

/** The colour that the style sheet has for a name, as it is now: light or dark. */
export function colour(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

function draw(plot, readout, periods, yearly, signal) {
  const last = periods.length - 1;
  tell(readout, periods[last]);
  const xs = periods.map((_, i) => i);
  const bars = window.uPlot.paths.bars({ size: [0.72, 44], radius: 0.12 });
  const series = (name, label) => ({ label, fill: () => colour(name), stroke: () => colour(name), width: 0, paths: bars, points: { show: false } });
  const axis = { stroke: () => colour("--quiet"), font: `12px ${getComputedStyle(document.body).fontFamily}` };
  const chart = new window.uPlot(
    {
      width: 600,
      height: 220,
      padding: [12, 0, 0, 0],
      legend: { show: false },
      select: { show: false },
      cursor: { y: false, points: { show: false }, drag: { x: false, y: false } },
      scales: { x: { time: false, range: () => [-0.6, last + 0.6] }, y: { range: (_, min, max) => roomFor(min, max) } },
      axes: [
        {
          ...axis,
          grid: { show: false },
          ticks: { show: false },
          size: 40,
          splits: (u) => labelled(periods, u.width),
          values: (_, splits) => splits.map((i) => label(periods, i, yearly)),
        },
        {
          ...axis,
          size: 62,
          gap: 8,
          ticks: { show: false },
          grid: { stroke: () => colour("--line"), width: 1 },
          values: (_, splits) => splits.map((y) => y.toLocaleString("en-GB").replace("-", "\u2212")),
        },
      ],
      series: [{}, series("--accent", "Bought"), series("--back", "Taken back")],
      hooks: {
        setCursor: [(u) => tell(readout, periods[u.cursor.idx ?? last])],
      },
    },
    [xs, periods.map((p) => p.bought.toPixels()), periods.map((p) => p.back.toPixels())],
    plot,
  );
  follow(chart, plot, 220, signal);
}

function roomFor(min, max) {
  const low = Math.min(0, min);
  const high = Math.max(0, max);
  const room = (high - low || 1) * 0.06;
  return [low < 0 ? low - room : 0, high + room];
}

/** As many labels as there is room for, always of whole steps. */
function labelled(periods, width) {
  const step = [1, 2, 3, 6, 12, 24, 60, 120, 600, 1200].find((s) => (periods.length / s) * 44 < width - 62) ?? 6000;
  return periods.map((_, i) => i).filter((i) => i % step === 0);
}

function label(periods, i, yearly) {
  const { key } = periods[i];
  if (yearly) {
    return key;
  }
  return i === 0 || key.endsWith("-01") ? `${shortMonth(key)}\n${key.slice(0, 4)}` : shortMonth(key);
}

/** Keeps a chart as wide as its place and in the colours of the moment. */
export function follow(chart, plot, height, signal) {
  const fit = () => plot.clientWidth > 0 && chart.setSize({ width: plot.clientWidth, height });
  const observer = new ResizeObserver(fit);
  observer.observe(plot);
  const scheme = matchMedia("(prefers-color-scheme: dark)");
  // The paths too: those of bars hold their colour.
  const redraw = () => chart.redraw(true, true);
  scheme.addEventListener("change", redraw);
  signal.addEventListener("abort", () => {
    observer.disconnect();
    scheme.removeEventListener("change", redraw);
    chart.destroy();
  });
}

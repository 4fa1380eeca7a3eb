// Spend per month: exact sums, a chart of them, and the same as a table.
import { day, monthName, monthOf, monthsBetween, shortMonth } from "./dates.js";
import { count, h } from "./dom.js";
import { Decimal } from "./money.js";
import { renew } from "./renew.js";

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

/** The section, and show(invoices, complete), which fills it. The signal takes its chart down. */
export function spendSection(signal) {
  const title = h("h2", { id: "spend-title" });
  const readout = h("p", { class: "readout" });
  const plot = h("div", { class: "plot", role: "img" });
  const reach = h("div", {});
  const rows = h("div", { class: "scroll", tabindex: "0", role: "region" });
  const section = h(
    "section",
    { class: "spend", "aria-labelledby": "spend-title" },
    h("div", { class: "section-head" }, title, readout),
    plot,
    reach,
    h("details", {}, h("summary", {}, "The same as a table"), rows),
  );
  let spend;
  let chart;
  const show = (invoices, complete) => {
    spend = spendOf(invoices);
    const { periods } = spend;
    const unit = spend.yearly ? "year" : "month";
    title.textContent = `Spend per ${unit}`;
    plot.setAttribute("aria-label", summary(periods, unit));
    rows.setAttribute("aria-label", `Spend per ${unit}`);
    renew(reach, complete ? null : h("p", { class: "quiet" }, `Of the latest ${count(invoices.length, "invoice")}, back to ${day(invoices.at(-1).date)}.`));
    renew(rows, table(periods, unit));
    if (chart) {
      chart.setData(columns(periods));
    } else {
      chart = draw(plot, readout, () => spend, signal);
    }
    tell(readout, periods[chart.cursor.idx] ?? periods.at(-1));
  };
  return { section, show };
}

function summary(periods, unit) {
  const best = periods.reduce((a, b) => (a.net.compare(b.net) < 0 ? b : a));
  return `Bar chart of the spend per ${unit}, ${periods[0].name} to ${periods.at(-1).name}; most in ${best.name} with ${best.net.toText()}. The table below says the same.`;
}

function table(periods, unit) {
  const filled = periods.filter((period) => period.invoices > 0).reverse();
  return h(
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
    h("tbody", {}, filled.map(row)),
  );
}

function row(period) {
  return h(
    "tr",
    { "data-key": period.key },
    h("th", { scope: "row" }, period.name),
    h("td", { class: "number" }, period.invoices),
    h("td", { class: "number" }, period.bought.toText()),
    h("td", { class: period.back.isNegative() ? "number back" : "number" }, period.back.toText()),
    h("td", { class: "number strong" }, period.net.toText()),
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

function columns(periods) {
  return [periods.map((_, i) => i), periods.map((period) => period.bought.toPixels()), periods.map((period) => period.back.toPixels())];
}

/** @param current what is to be seen at the moment: the chart outlives it */
function draw(plot, readout, current, signal) {
  const last = () => current().periods.length - 1;
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
      scales: { x: { time: false, range: () => [-0.6, last() + 0.6] }, y: { range: (_, min, max) => roomFor(min, max) } },
      axes: [
        {
          ...axis,
          grid: { show: false },
          ticks: { show: false },
          size: 40,
          splits: (u) => labelled(current().periods, u.width),
          values: (_, splits) => splits.map((i) => label(current(), i)),
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
        setCursor: [(u) => tell(readout, current().periods[u.cursor.idx ?? last()])],
      },
    },
    columns(current().periods),
    plot,
  );
  follow(chart, plot, 220, signal);
  return chart;
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

function label({ periods, yearly }, i) {
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

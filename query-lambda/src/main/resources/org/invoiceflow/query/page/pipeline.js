// The pipeline at work, where the local gateway tells of it: counts of every stage, what waits, what was rejected and why.
import { ApiError, ask, poll } from "./api.js";
import { announce, count, fill, grouped, h, heading, loading } from "./dom.js";
import { Decimal } from "./money.js";
import { renew } from "./renew.js";
import { colour, follow } from "./spend.js";

const POLL_MILLIS = 1000;

/** Seconds of the chart. */
const WINDOW = 240;

const STAGES = {
  accepted: ["Accepted by the API", "", "--accent"],
  read: ["Read by the job", "", "--firm"],
  raw: ["raw/", "every record as received, on S3", "--third"],
  invoices: ["Invoices view", "DynamoDB", "--second"],
  customers: ["Customers view", "DynamoDB; lines that name a customer", "--firm"],
  warehouse: ["Warehouse", "Redshift, here PostgreSQL", "--back"],
};

const DRAWN = ["accepted", "raw", "invoices", "warehouse"];

/** Samples outlive a visit to another page: [seconds, lines of each drawn stage]. */
const samples = [];

export async function showPipeline(view, signal, ready) {
  fill(view, head(), loading("Looking at the stages."));
  let data;
  try {
    ({ data } = await ask("pipeline/status", signal));
  } catch (failure) {
    if (failure instanceof ApiError && failure.status === 404) {
      throw new ApiError(0, "", "Only a pipeline that runs on one machine can be watched here. On AWS, look at the dashboard of the application.");
    }
    throw failure;
  }
  const parts = { notice: h("div", {}), flow: h("div", {}), aside: h("div", {}), rejected: h("div", {}), account: h("div", {}) };
  const legend = h("ul", { class: "legend", "aria-hidden": "true" }, DRAWN.map((name) => h("li", { class: `dot ${name}` }, STAGES[name][0])));
  const plot = h("div", { class: "plot", role: "img", "aria-label": "Line chart of the lines in each stage over the last minutes. The table above holds the figures of the moment." });
  fill(
    view,
    head(),
    parts.notice,
    parts.account,
    parts.flow,
    h("section", { class: "spend", "aria-labelledby": "over-time" }, h("div", { class: "section-head" }, h("h2", { id: "over-time" }, "Lines over time"), legend), plot),
    h("div", { class: "columns" }, parts.rejected, parts.aside),
  );
  const chart = draw(plot, signal);
  const render = (status, changed) => {
    sample(status);
    chart.setData(columns());
    if (changed) {
      renew(parts.flow, stages(status));
      renew(parts.aside, setAside(status));
      renew(parts.rejected, rejected(status.rejected));
      renew(parts.account, status.account ? account(status.account) : []);
    }
  };
  render(data, true);
  ready("Pipeline");
  await poll(POLL_MILLIS, signal, async () => {
    try {
      const { data: latest, changed } = await ask("pipeline/status", signal, { patient: false });
      if (latest.account && !data.account) {
        announce(latest.account.balanced ? "The run has ended. Every line is accounted for." : "The run has ended. Not every line is accounted for.");
      }
      data = latest;
      render(latest, changed);
      if (parts.notice.hasChildNodes()) {
        fill(parts.notice);
        announce("The demo answers again.");
      }
    } catch (failure) {
      if (!(failure instanceof ApiError) || failure.wantsToken) {
        throw failure;
      }
      if (!parts.notice.hasChildNodes()) {
        fill(parts.notice, h("p", { class: "notice away", role: "alert" }, "The demo does not answer: it has ended, or is being ended. The figures are those of the last moment."));
      }
    }
  });
}

function head() {
  return h("header", { class: "page-head" }, h("p", { class: "eyebrow" }, "On this machine"), heading("The pipeline"));
}

function stages(status) {
  const most = Math.max(1, ...status.stages.map((stage) => Number(stage.lines)));
  return h(
    "div",
    { class: "scroll" },
    h(
      "table",
      { class: "stages" },
      h("caption", { class: "hidden" }, "Lines in each stage"),
      h("thead", {}, h("tr", {}, h("th", { scope: "col" }, "Stage"), h("th", { scope: "col", class: "number" }, "Lines"), h("th", { scope: "col" }, h("span", { class: "hidden" }, "Share")), h("th", { scope: "col", class: "number" }, "Oldest waiting"))),
      h("tbody", {}, status.stages.filter((stage) => status.mode === "stream" || stage.stage !== "accepted").map((stage) => stageRow(stage, most))),
    ),
  );
}

function stageRow(stage, most) {
  const [name, note] = STAGES[stage.stage];
  const bar = h("span", { class: `bar ${stage.stage}`, "aria-hidden": "true" });
  bar.style.setProperty("--share", String(Number(stage.lines) / most));
  return h(
    "tr",
    { id: `stage-${stage.stage}` },
    h("th", { scope: "row" }, name, note ? h("small", {}, note) : null, stage.problem ? h("small", { class: "back" }, `cannot be looked at: ${stage.problem}`) : null),
    h("td", { class: "number lines" }, grouped(stage.lines)),
    h("td", { class: "share" }, bar),
    h("td", { class: "number waiting" }, waiting(stage)),
  );
}

function waiting(stage) {
  if (stage.waiting_seconds) {
    return `${stage.waiting_seconds} s`;
  }
  return stage.age_seconds ? h("span", { class: "quiet" }, `seen ${stage.age_seconds} s ago`) : h("span", { class: "quiet" }, "\u2013");
}

function setAside(status) {
  const { set_aside: aside } = status;
  const rows = [
    ["Rejected by the API", aside.rejected_by_api, "told to the sender"],
    ["Rejected in the job", aside.rejected, "a rule was broken"],
    ["In conflict", aside.conflicting, "contradict a stored line"],
    ["Duplicates", aside.duplicates, "sent again, dropped"],
    ["of them from another file", aside.duplicates_from_other_file, "listed in duplicates/"],
  ];
  return h(
    "section",
    { "aria-labelledby": "aside-title" },
    h("h2", { id: "aside-title" }, "Set aside"),
    h("table", {}, h("caption", { class: "hidden" }, "Lines that were not stored"), h("tbody", {}, rows.map(([name, lines, note]) => h("tr", {}, h("th", { scope: "row" }, name, h("small", {}, note)), h("td", { class: "number" }, grouped(lines)))))),
  );
}

function rejected(found) {
  const rules = Object.entries(found.by_rule);
  return h(
    "section",
    { class: "rejected", "aria-labelledby": "rejected-title" },
    h("h2", { id: "rejected-title" }, "Rejected lines"),
    rules.length === 0
      ? h("p", { class: "quiet" }, "None. What breaks a rule shows here with every reason and its original text.")
      : [
          h("p", { class: "rules" }, rules.map(([rule, lines]) => h("span", { class: "tag" }, `${rule} ${grouped(lines)}`))),
          h("ol", {}, found.latest.slice(0, 20).map(rejection)),
          found.latest.length < Number(found.count) || found.latest.length > 20 ? h("p", { class: "quiet" }, `The latest of ${count(found.count, "rejection")}; all are in rejected/.`) : null,
        ],
  );
}

function rejection(one) {
  return h(
    "li",
    { "data-key": `${one.source} ${one.position}` },
    one.reasons.map((reason) => h("p", {}, h("b", {}, reason.rule), " ", reason.message)),
    h("pre", { tabindex: "0", "aria-label": "Original text" }, one.text),
    h("small", {}, `${one.source}, ${one.position}`),
  );
}

function account(report) {
  const { lines, totals } = report;
  const rows = [
    ["Sent", lines.sent],
    ["Accepted", lines.accepted],
    ["Rejected by the loader", lines.rejected_by_loader],
    ["Rejected by the API", lines.rejected_by_api],
    ["raw/", lines.raw],
    ["Rejected in the job", lines.rejected_in_job],
    ["Duplicates", lines.duplicates_by_stores],
    ["Invoices view", lines.invoices_view, totals.invoices_view],
    ["Customers view", lines.customers_view, totals.customers_view],
    ["Guests\u2019 invoices", lines.guests, totals.guests],
    ["Warehouse", lines.warehouse, totals.warehouse],
  ];
  const seconds = Number(report.stages.at(-1)?.seconds ?? 0).toFixed(1);
  return h(
    "section",
    { class: report.balanced ? "account balanced" : "account", "aria-labelledby": "account-title" },
    h("h2", { id: "account-title" }, report.balanced ? "Every line is accounted for" : "Not every line is accounted for"),
    h("p", { class: "quiet" }, `Read back from every store when the file had arrived: ${count(report.invoices, "invoice")} of ${count(report.customers, "customer")}, ${seconds} s in all.`),
    report.differences.map((sentence) => h("p", { class: "notice" }, `${sentence}.`)),
    report.notes.map((sentence) => h("p", { class: "quiet" }, `${sentence}.`)),
    h(
      "table",
      {},
      h("caption", { class: "hidden" }, "The account of the run"),
      h("thead", {}, h("tr", {}, h("th", { scope: "col" }, "Where"), h("th", { scope: "col", class: "number" }, "Lines"), h("th", { scope: "col", class: "number" }, "Total"))),
      h("tbody", {}, rows.map(([name, number, total]) => h("tr", {}, h("th", { scope: "row" }, name), h("td", { class: "number" }, grouped(number)), h("td", { class: "number" }, total === undefined ? "" : Decimal.of(total).toText(3))))),
    ),
  );
}

function sample(status) {
  const now = Date.now() / 1000;
  const lines = Object.fromEntries(status.stages.map((stage) => [stage.stage, Number(stage.lines)]));
  samples.push([now, ...DRAWN.map((name) => lines[name])]);
  while (samples[0][0] < now - WINDOW) {
    samples.shift();
  }
}

function columns() {
  return Array.from({ length: DRAWN.length + 1 }, (_, i) => samples.map((one) => one[i]));
}

function draw(plot, signal) {
  const axis = { stroke: () => colour("--quiet"), font: `12px ${getComputedStyle(document.body).fontFamily}`, ticks: { show: false } };
  const chart = new window.uPlot(
    {
      width: 600,
      height: 220,
      padding: [12, 12, 0, 0],
      legend: { show: false },
      select: { show: false },
      cursor: { show: false },
      scales: { x: { time: true, range: (_, min, max) => [Math.min(min, max - 30), max] }, y: { range: (_, _min, max) => [0, Math.max(10, max * 1.06)] } },
      axes: [
        { ...axis, grid: { show: false }, values: (_, splits) => splits.map((s) => new Date(s * 1000).toLocaleTimeString("en-GB")), space: 90 },
        { ...axis, size: 70, gap: 8, grid: { stroke: () => colour("--line"), width: 1 }, values: (_, splits) => splits.map((y) => grouped(Math.round(y))) },
      ],
      series: [{}, ...DRAWN.map((name) => ({ label: STAGES[name][0], stroke: () => colour(STAGES[name][2]), width: 2, points: { show: false } }))],
    },
    columns(),
    plot,
  );
  follow(chart, plot, 220, signal);
  return chart;
}

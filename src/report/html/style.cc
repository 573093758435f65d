#include "report/html/style.h"

namespace assay::report {

std::string_view StyleSheet() {
  return R"css(
:root {
  color-scheme: light dark;
  --page: #f7f7f5; --card: #ffffff; --line: #e4e4df; --ink: #1d1f23; --soft: #63666d;
  --faint: #8d9097; --track: #ecece7; --accent: #3b6fb6; --accent-soft: #b9cde8;
  --good: #2f7d4f; --good-soft: #e3f1e8; --bad: #b3372f; --bad-soft: #fbe7e4;
  --warning: #96650f; --warning-soft: #f8eed7;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #141517; --card: #1c1e21; --line: #2d3035; --ink: #e6e7e9; --soft: #a3a7ae;
    --faint: #7c8088; --track: #2b2e33; --accent: #7ba9e6; --accent-soft: #3a557b;
    --good: #72c294; --good-soft: #1d3226; --bad: #f08d84; --bad-soft: #42211f;
    --warning: #dcb05f; --warning-soft: #39301b;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0; background: var(--page); color: var(--ink);
  font: 15px/1.5 Inter, system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", sans-serif;
  font-variant-numeric: tabular-nums; -webkit-text-size-adjust: 100%;
}
main { max-width: 1120px; margin: 0 auto; padding: 48px 24px 64px; }
h1, h2, h3, h4, p { margin: 0; font-weight: 600; }
h1 { font-size: 28px; line-height: 1.25; letter-spacing: -0.015em; }
h2 { font-size: 20px; line-height: 1.3; letter-spacing: -0.01em; overflow-wrap: anywhere; }
h3 { font-size: 15px; overflow-wrap: anywhere; }
h4 { font-size: 12px; color: var(--soft); font-weight: 500; margin: 16px 0 6px; }
p { font-weight: 400; }
a { color: inherit; text-decoration-color: var(--line); text-underline-offset: 3px; }
a:hover { text-decoration-color: currentColor; }
code, .mono { font-family: ui-monospace, "SF Mono", "JetBrains Mono", Menlo, "DejaVu Sans Mono", monospace; font-size: 0.88em; }
.soft { color: var(--soft); } .faint { color: var(--faint); }
.good { color: var(--good); } .bad { color: var(--bad); } .warning { color: var(--warning); }
.small { font-size: 13px; }
.value { unicode-bidi: isolate; overflow-wrap: anywhere; white-space: pre-wrap; }

header { margin-bottom: 32px; }
header .made { color: var(--faint); font-size: 13px; margin-bottom: 8px; }
header .subtitle { color: var(--soft); margin-top: 4px; overflow-wrap: anywhere; }
.figures { display: flex; flex-wrap: wrap; gap: 12px 40px; margin: 0 0 40px; }
.figures > div { min-width: 72px; }
.figures .number { font-size: 24px; line-height: 1.2; font-weight: 600; letter-spacing: -0.015em; }
.figures .label { color: var(--soft); font-size: 13px; }

section { margin-top: 56px; }
section > .facts { color: var(--soft); margin: 2px 0 20px; }
.card { background: var(--card); border: 1px solid var(--line); border-radius: 10px; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: 14px; }
th { font-weight: 500; color: var(--soft); font-size: 12px; text-align: left; white-space: nowrap; }
th, td { padding: 8px 12px; border-bottom: 1px solid var(--line); vertical-align: middle; }
tr:last-child > td { border-bottom: 0; }
th:first-child, td:first-child { padding-left: 16px; }
th:last-child, td:last-child { padding-right: 16px; }
th.number, td.number { text-align: right; white-space: nowrap; }
td.name { font-weight: 500; max-width: 280px; overflow-wrap: anywhere; }
td.cut { max-width: 170px; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
td.spark { width: 108px; } td.spark svg { display: block; width: 96px; height: 22px; }

.cards { display: grid; grid-template-columns: repeat(auto-fill, minmax(330px, 1fr)); gap: 16px; margin-top: 16px; }
.field { padding: 18px 20px 20px; display: flex; flex-direction: column; content-visibility: auto; contain-intrinsic-size: auto 420px; }
.field .head { display: flex; align-items: baseline; justify-content: space-between; gap: 12px; }
.field .type { color: var(--soft); font-size: 12px; white-space: nowrap; }
.meter { display: flex; align-items: center; gap: 10px; margin-top: 10px; font-size: 12px; color: var(--soft); white-space: nowrap; }
.track { flex: 1; height: 4px; border-radius: 2px; background: var(--track); overflow: hidden; }
.track > i { display: block; height: 100%; border-radius: 2px; background: var(--accent); }
.track > i.gap { background: var(--warning); }
.histogram { display: block; width: 100%; height: 76px; margin-top: 16px; }
.histogram .bar { fill: var(--accent); } .histogram .bar:hover { fill: var(--ink); }
.quartiles { display: block; width: 100%; height: 12px; margin-top: 4px; overflow: visible; }
.quartiles .whisker { stroke: var(--faint); } .quartiles .box { fill: var(--accent-soft); } .quartiles .median { stroke: var(--ink); stroke-width: 2; }
.spark .bar { fill: var(--accent); }
.ends { display: flex; justify-content: space-between; gap: 16px; font-size: 12px; color: var(--soft); margin-top: 4px; }
.ends span { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.bars { margin-top: 14px; display: grid; grid-template-columns: minmax(0, 5fr) minmax(0, 6fr) auto; gap: 5px 10px; align-items: center; font-size: 13px; }
.bars .label { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; unicode-bidi: isolate; }
.bars .share { text-align: right; color: var(--soft); font-size: 12px; }
.bars .track { height: 8px; }
.bars .rest { grid-column: 1 / -1; color: var(--faint); font-size: 12px; }
.statistics { margin: 16px 0 0; font-size: 13px; }
.statistics div { display: flex; justify-content: space-between; gap: 16px; padding: 3px 0; }
.statistics dt { color: var(--soft); white-space: nowrap; }
.statistics dd { margin: 0; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; unicode-bidi: isolate; }
.notes { display: flex; flex-wrap: wrap; gap: 6px; margin-top: 16px; }
.note { font-size: 12px; padding: 1px 8px; border-radius: 999px; background: var(--warning-soft); color: var(--warning); }
.note.plain { background: var(--track); color: var(--soft); }

.pill { display: inline-block; font-size: 12px; font-weight: 500; line-height: 1.5; padding: 1px 9px; border-radius: 999px; white-space: nowrap; background: var(--track); color: var(--soft); }
.pill.good { background: var(--good-soft); color: var(--good); }
.pill.bad { background: var(--bad-soft); color: var(--bad); }
.pill.warning { background: var(--warning-soft); color: var(--warning); }
.verdict { display: flex; align-items: center; gap: 14px; padding: 16px 20px; border-radius: 10px; margin-bottom: 32px; font-size: 17px; font-weight: 600; }
.verdict.good { background: var(--good-soft); } .verdict.bad { background: var(--bad-soft); } .verdict.warning { background: var(--warning-soft); }
.anomaly { margin-top: 16px; }
.anomaly .head { padding: 16px 20px 14px; }
.anomaly .head p { overflow-wrap: anywhere; }
.anomaly .head .where { color: var(--soft); font-size: 13px; margin-top: 4px; }
.anomaly table { font-size: 13px; border-top: 1px solid var(--line); }
.anomaly td { white-space: nowrap; max-width: 320px; overflow: hidden; text-overflow: ellipsis; unicode-bidi: isolate; }
.anomaly td.failing { background: var(--bad-soft); color: var(--bad); font-weight: 500; }
.anomaly th.failing { color: var(--bad); }
.null { color: var(--faint); font-style: italic; }
.failing .null { color: inherit; }
.failures { padding: 14px 20px; margin-top: 16px; }
.failures li { margin: 4px 0; overflow-wrap: anywhere; }
.failures ul { margin: 6px 0 0; padding-left: 18px; font-size: 14px; }
h3.list { margin: 32px 0 0; }
.checks { margin-top: 16px; }
footer { margin-top: 64px; color: var(--faint); font-size: 13px; }
@media (max-width: 640px) { main { padding: 28px 16px 48px; } .cards { grid-template-columns: 1fr; } }
@media print { body { background: none; } .card { break-inside: avoid; } .field { content-visibility: visible; } }
)css";
}

}  // namespace assay::report

/** The style that all pages share: light and dark, from a phone to a desk. */
export const pageStyle = `
:root {
  color-scheme: light dark;
  --page: #f5f6f8; --card: #ffffff; --text: #1b2430; --soft: #55606e; --rule: #d9dee5;
  --line: #2a5bb8; --band-1: #c3d3ee; --band-2: #d9e4f5; --band-3: #ecf1fa; --actual: #1f4a9c; --mark: #1b2430;
  --good: #17693a; --good-tint: #e2f3e8; --warn: #855300; --warn-tint: #fdf0d5; --bad: #a8201a; --bad-tint: #fce8e6; --info-tint: #e6edf9;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #12161c; --card: #1b2129; --text: #e8ecf1; --soft: #a6b0bd; --rule: #343d49;
    --line: #8ab4f8; --band-1: #3d5275; --band-2: #2f3f5a; --band-3: #263346; --actual: #a9c8fb; --mark: #ffffff;
    --good: #7fd6a0; --good-tint: #173524; --warn: #f2c063; --warn-tint: #3a2d10; --bad: #ff9d94; --bad-tint: #43201e; --info-tint: #22304a;
  }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--text); font: 16px/1.45 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; }
header, main, footer { max-width: 80rem; margin: 0 auto; padding: 1rem clamp(.75rem, 3vw, 2rem); }
header { padding-top: 1.75rem; }
h1, h2, h3, p, ul, dl, dd, figure { margin: 0; padding: 0; }
h1 { font-size: 1.75rem; line-height: 1.2; }
h2 { font-size: 1.1rem; margin: 1.5rem 0 .75rem; }
h3 { font-size: 1rem; }
ul { list-style: none; }
.soft, figcaption, .period { color: var(--soft); font-size: .875rem; }
.badge { display: inline-flex; gap: .35rem; align-items: center; border-radius: 1rem; padding: .1rem .6rem; font-size: .875rem; font-weight: 600; white-space: nowrap; }
.badge svg { width: .75rem; height: .75rem; fill: currentColor; flex: none; }
.met, .on_track { color: var(--good); background: var(--good-tint); }
.at_risk, .warning { color: var(--warn); background: var(--warn-tint); }
.off_track, .critical { color: var(--bad); background: var(--bad-tint); }
.unknown, .info { color: var(--text); background: var(--info-tint); }
.better { color: var(--good); font-weight: 600; }
.worse { color: var(--bad); font-weight: 600; }
.neutral { font-weight: 600; }
figure { display: grid; gap: .25rem; }
figure svg { display: block; width: 100%; height: auto; }
table { width: 100%; border-collapse: collapse; font-size: .9rem; font-variant-numeric: tabular-nums; }
th, td { text-align: left; padding: .3rem .35rem; border-top: 1px solid var(--rule); vertical-align: top; overflow-wrap: anywhere; }
thead th { border-top: 0; color: var(--soft); font-weight: 600; font-size: .8rem; overflow-wrap: normal; }
tbody th { font-weight: 500; }
.number { text-align: right; white-space: nowrap; }
details { font-size: .9rem; }
summary { cursor: pointer; color: var(--soft); }
details[open] > summary { margin-bottom: .4rem; }
dl { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: .2rem .75rem; }
dt { color: var(--soft); }
code { font: .85em ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; white-space: pre-wrap; overflow-wrap: anywhere; }
.hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
@media print { body { background: #fff; } }
`;

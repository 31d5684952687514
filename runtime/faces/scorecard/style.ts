/** The style of a scorecard, beside that of all pages. */
export const scorecardStyle = `
.cards { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 21rem), 1fr)); gap: 1rem; align-items: start; }
.card { background: var(--card); border: 1px solid var(--rule); border-radius: .6rem; padding: 1rem; min-width: 0; display: grid; gap: .6rem; }
.card > * { min-width: 0; overflow-wrap: anywhere; }
.top { display: flex; flex-wrap: wrap; gap: .25rem .75rem; justify-content: space-between; align-items: start; }
.value { font-size: 2rem; font-weight: 650; line-height: 1.1; font-variant-numeric: tabular-nums; }
.line path { stroke: var(--line); } .line circle { fill: var(--line); }
.band-1 { fill: var(--band-1); } .band-2 { fill: var(--band-2); } .band-3 { fill: var(--band-3); }
.actual { fill: var(--actual); } .target { fill: var(--mark); } .expected { fill: var(--mark); }
.share { display: block; width: 100%; height: .35rem; margin-top: .2rem; } .share rect { fill: var(--line); }
.alerts { display: grid; gap: .5rem; }
.alerts li { background: var(--card); border: 1px solid var(--rule); border-radius: .6rem; padding: .6rem .8rem; display: grid; gap: .3rem; min-width: 0; overflow-wrap: anywhere; }
.alerts p { display: flex; flex-wrap: wrap; gap: .25rem .6rem; align-items: baseline; }
.note { border-left: 3px solid var(--rule); padding-left: .6rem; }
@media print { .card, .alerts li { break-inside: avoid; } }
`;

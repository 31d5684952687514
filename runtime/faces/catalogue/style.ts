/** The style of the catalogue, beside that of all pages. */
export const catalogueStyle = `
:root { --link: #1f4fa3; --token: #6a3fa0; --string: #17693a; --code: #eef1f5; }
@media (prefers-color-scheme: dark) { :root { --link: #8ab4f8; --token: #c9a7f5; --string: #7fd6a0; --code: #232b35; } }
[hidden] { display: none !important; }
a { color: var(--link); text-underline-offset: .15em; }
a:focus-visible, input:focus-visible, select:focus-visible, summary:focus-visible, [tabindex]:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; border-radius: .2rem; }
.skip { position: absolute; left: -100rem; }
.skip:focus { left: 1rem; top: .5rem; background: var(--card); padding: .4rem .8rem; z-index: 1; }
.bar { display: flex; flex-wrap: wrap; gap: .6rem 1.25rem; align-items: center; padding-top: 1rem; border-bottom: 1px solid var(--rule); }
.home { font-weight: 650; }
.search { flex: 1 1 14rem; max-width: 32rem; }
.bar nav { display: flex; gap: 1rem; margin-left: auto; }
input, select { font: inherit; color: inherit; background: var(--card); border: 1px solid var(--soft); border-radius: .4rem; padding: .4rem .6rem; min-height: 2.5rem; max-width: 100%; }
input { width: 100%; }
.filters { display: flex; flex-wrap: wrap; gap: .5rem 1rem; align-items: end; }
.filters p { flex: 1 0 100%; }
.filters label { display: grid; gap: .15rem; font-size: .875rem; color: var(--soft); min-width: 0; }
.filters select { color: var(--text); }
#found { min-height: 1.3rem; margin-top: .5rem; }
.head { display: grid; gap: .35rem; margin-bottom: 1rem; }
.head .kind { color: var(--soft); font-weight: 600; font-size: .875rem; }
.head .names { display: flex; flex-wrap: wrap; gap: .5rem; align-items: center; }
.lead { font-size: 1.1rem; max-width: 48rem; }
main > section { background: var(--card); border: 1px solid var(--rule); border-radius: .6rem; padding: .25rem 1rem 1rem; margin-top: 1rem; }
main section h2 { margin: .75rem 0 .5rem; }
main section h3 { margin: .9rem 0 .35rem; }
#all { display: grid; gap: 1rem; margin-top: 1rem; }
#all > section { background: var(--card); border: 1px solid var(--rule); border-radius: .6rem; padding: .25rem 1rem .75rem; }
h2 code { font-weight: 400; }
.entries { display: grid; gap: .7rem; }
.entries li { min-width: 0; overflow-wrap: anywhere; }
.entries li > p + p { max-width: 60rem; }
.entries a { font-weight: 600; }
.badge { background: var(--info-tint); color: var(--text); font-size: .8rem; padding: 0 .5rem; }
.badge.is-certified { color: var(--good); background: var(--good-tint); }
.badge.is-draft { color: var(--warn); background: var(--warn-tint); }
.badge.is-deprecated { color: var(--bad); background: var(--bad-tint); }
.notice { border-left: 4px solid var(--bad); background: var(--bad-tint); padding: .6rem .8rem; border-radius: .3rem; }
.block { background: var(--code); border-radius: .4rem; padding: .7rem .9rem; overflow-x: auto; margin: .5rem 0; }
.block code { white-space: pre-wrap; font-size: .875rem; }
.is-function, .is-word { color: var(--token); }
.is-text { color: var(--string); }
.is-number { color: var(--warn); }
.is-comment { color: var(--soft); }
.links { display: flex; flex-wrap: wrap; gap: .3rem 1.25rem; }
.names { display: flex; flex-wrap: wrap; gap: .3rem .9rem; }
.wide { overflow-x: auto; }
.wide table { width: auto; min-width: min(100%, 30rem); }
.wide td, .wide th { overflow-wrap: normal; padding-right: 1rem; }
.wide td { min-width: 6rem; }
.wide th code { white-space: nowrap; }
.date { white-space: nowrap; }
td p + p { margin-top: .2rem; }
dl { margin-top: .75rem; }
dd { min-width: 0; overflow-wrap: anywhere; }
.picture { overflow-x: auto; margin: .5rem 0; }
.lineage { display: block; max-width: none; }
.lineage text { font: 12.5px system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; fill: var(--text); }
.lineage text.is-code { font: 11.5px ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; fill: var(--soft); }
.lineage .edge { fill: none; stroke: var(--soft); stroke-width: 1.25; opacity: .6; }
.box { fill: var(--page); stroke: var(--rule); stroke-width: 1.25; }
.box.self { fill: var(--info-tint); stroke: var(--link); stroke-width: 2; }
.box.table { stroke: var(--good); }
.box.measure { stroke-dasharray: 4 3; }
.box.goal, .box.baseline { stroke: var(--token); }
.box.alert { stroke: var(--bad); }
.box.role { stroke: var(--warn); }
.lineage a:hover .box { stroke: var(--link); }
details { margin-top: .4rem; }
@media (max-width: 40rem) {
  dl { grid-template-columns: minmax(0, 1fr); gap: 0; }
  dd { margin-bottom: .4rem; }
  .wide table { min-width: 34rem; }
}
`;

/**
 * A file's text in, its `Node` tree out. Strict YAML 1.2: no anchors, tags, merge keys, duplicate keys or second documents.
 * The parser's events are used rather than its values, since they have places, and say nothing that is not in the text.
 */
import {
  EVENT_ID,
  type Event,
  getScalarValue,
  type MappingEvent,
  parseEvents,
  SCALAR_STYLE,
  type ScalarEvent,
  type SequenceEvent,
  YAMLException,
} from 'js-yaml';
import {
  duplicateKey,
  type Fix,
  fileTooLarge,
  nestedTooDeeply,
  notText,
  type Report,
  severalDocuments,
  textSwallowed,
  wrongShape,
  yamlFeature,
  yamlSyntax,
} from '../diagnostics/index.ts';
import type { Source, Span } from '../source.ts';
import type { MapEntry, Node, Range, ScalarNode, ScalarStyle } from './node.ts';

const largestFile = 2 * 1024 * 1024;
const deepestNesting = 64;

/** Null when the text is no YAML at all; then at least one error has been reported. */
export function readYaml(source: Source, report: Report): Node | null {
  const { text, path } = source;
  const span = (start: number, end: number): Span => ({ file: path, start, end });
  if (text.length > largestFile) {
    const what = `the file has ${(text.length / 1024 / 1024).toFixed(1)} MB`;
    report(fileTooLarge(span(0, 0), { what, limit: `${largestFile / 1024 / 1024} MB` }));
    return null;
  }
  const control = /[[\p{Cc}\ufffd]--[\t\n\r]]/v.exec(text);
  if (control !== null) {
    const detail =
      control[0] === '\ufffd' ? 'the file is not UTF-8 text here' : 'the file holds a control character here';
    report(notText(span(control.index, control.index + 1), { detail }));
    return null;
  }
  try {
    return new YamlReader(source, parseEvents(text, { maxDepth: deepestNesting }), report).document();
  } catch (error) {
    if (!(error instanceof YAMLException)) throw error;
    const at = Math.min(error.mark?.position ?? 0, text.length);
    if (/maxDepth/.test(error.reason)) report(nestedTooDeeply(span(at, at + 1), { limit: deepestNesting }));
    else report(yamlSyntax(span(at, at + 1), sentence(error.reason, text, at)));
    return null;
  }
}

/** Reads the tree from its events, in one pass. */
class YamlReader {
  private next = 0;
  private isBroken = false;
  /** The names of anchors, each of which has been reported. */
  private readonly anchors = new Set<string>();

  constructor(
    private readonly source: Source,
    private readonly events: readonly Event[],
    private readonly report: Report,
  ) {}

  document(): Node | null {
    let root: Node | null = null;
    for (let isFirst = true; this.next < this.events.length; isFirst = false) {
      this.next += 1;
      const node = this.node();
      this.next += 1;
      if (isFirst) root = node;
      else this.report(severalDocuments(this.span([node.at[0], node.at[0] + 1]), {}));
      this.isBroken ||= !isFirst;
    }
    return this.isBroken ? null : (root ?? { kind: 'map', at: [0, 0], entries: [] });
  }

  private span([start, end]: Range): Span {
    return { file: this.source.path, start, end };
  }

  private feature(range: Range, feature: string, help: string): void {
    this.report(yamlFeature(this.span(range), { feature, help }));
    this.isBroken = true;
  }

  private node(): Node {
    const event = this.events[this.next];
    if (event === undefined || event.type === EVENT_ID.POP || event.type === EVENT_ID.DOCUMENT) return nothing(0);
    this.next += 1;
    if (event.type === EVENT_ID.ALIAS) {
      const range: Range = [event.anchorStart - 1, event.anchorEnd];
      const isTold = this.anchors.has(this.text([event.anchorStart, event.anchorEnd]));
      const help = 'write the value out; metrics are shared by name';
      if (!isTold) this.feature(range, `the alias \`${this.text(range)}\` is`, help);
      return nothing(range[0]);
    }
    this.refuseProperties(event);
    switch (event.type) {
      case EVENT_ID.SCALAR:
        return this.scalar(event);
      case EVENT_ID.SEQUENCE:
        return this.list(event);
      case EVENT_ID.MAPPING:
        return this.map(event);
    }
  }

  private text([start, end]: Range): string {
    return this.source.text.slice(start, end);
  }

  private refuseProperties(event: ScalarEvent | SequenceEvent | MappingEvent): void {
    if (event.anchorStart >= 0) {
      const range: Range = [event.anchorStart - 1, event.anchorEnd];
      this.anchors.add(this.text([event.anchorStart, event.anchorEnd]));
      this.feature(range, `the anchor \`${this.text(range)}\` is`, 'write the value out; metrics are shared by name');
    }
    if (event.tagStart >= 0) {
      const range: Range = [event.tagStart, event.tagEnd];
      this.feature(range, `the tag \`${this.text(range)}\` is`, 'leave the tag out');
    }
  }

  private scalar(event: ScalarEvent): ScalarNode {
    if (event.valueStart < 0) return nothing(this.endOfLast());
    const at: Range = [event.valueStart, event.valueEnd];
    const style = styles[event.style] ?? 'plain';
    const text = event.fast ? this.text(at) : getScalarValue(this.source.text, event);
    return { kind: 'scalar', at, style, type: style === 'plain' ? plainType(text) : 'string', text };
  }

  /** Where the event before this one ends: the place of a value that is not there. */
  private endOfLast(): number {
    const before = this.events[this.next - 2];
    if (before?.type === EVENT_ID.SCALAR) return Math.max(0, before.valueEnd);
    return before?.type === EVENT_ID.MAPPING || before?.type === EVENT_ID.SEQUENCE ? before.start : 0;
  }

  private list(event: SequenceEvent): Node {
    const items: Node[] = [];
    while (!this.atEnd()) items.push(this.node());
    this.next += 1;
    return { kind: 'list', at: [event.start, items.at(-1)?.at[1] ?? event.start + 1], items };
  }

  private atEnd(): boolean {
    const event = this.events[this.next];
    return event === undefined || event.type === EVENT_ID.POP;
  }

  private map(event: MappingEvent): Node {
    const entries = new Map<string, MapEntry>();
    while (!this.atEnd()) {
      const key = this.node();
      const value = this.node();
      if (key.kind === 'scalar') this.add(key, value, entries);
      else {
        this.report(
          wrongShape(this.span(key.at), { expected: 'a name before the colon', found: 'a list or a mapping' }),
        );
        this.isBroken = true;
      }
    }
    this.next += 1;
    const all = [...entries.values()];
    this.reportSwallowed(all);
    return { kind: 'map', at: [event.start, all.at(-1)?.value.at[1] ?? event.start + 1], entries: all };
  }

  private add(key: ScalarNode, value: Node, entries: Map<string, MapEntry>): void {
    const first = entries.get(key.text);
    if (key.text === '<<' || key.text === '__proto__') {
      this.feature(key.at, key.text === '<<' ? 'merge keys are' : 'the key `__proto__` is', 'write the keys out');
    } else if (first !== undefined) {
      const related = [{ message: 'it stands first here', span: this.span(first.keyAt) }];
      this.report(duplicateKey(this.span(key.at), { key: key.text }, { related }));
    } else {
      entries.set(key.text, { key: key.text, keyAt: key.at, value });
    }
  }

  /** `{ formula: coalesce(a, b) }` is read by YAML as the keys `formula` and `b)`. */
  private reportSwallowed(entries: readonly MapEntry[]): void {
    const cut = entries.findIndex((entry, index) => isPlainText(entry.value) && this.isBare(entries[index + 1]));
    const [first, ...rest] = cut < 0 ? [] : entries.slice(cut);
    if (first?.value.kind !== 'scalar') return;
    const end = rest.findIndex(entry => !this.isBare(entry));
    const tail = end < 0 ? rest : rest.slice(0, end);
    const text = [first.value.text, ...tail.map(entry => entry.key)].join(', ');
    const last = tail.at(-1)?.keyAt[1] ?? first.value.at[1];
    const span = this.span([first.value.at[0], last]);
    this.report(
      textSwallowed(span, { text }, { fixes: quotedFix(span, this.source.text.slice(span.start, span.end)) }),
    );
    this.isBroken = true;
  }

  /** Whether a key stands in `{ }` without a colon. */
  private isBare(entry: MapEntry | undefined): boolean {
    return entry !== undefined && /^\s*[,}]/.test(this.source.text.slice(entry.keyAt[1], entry.keyAt[1] + 200));
  }
}

/** What was cut up, as it stands, in quotes. */
function quotedFix(span: Span, text: string): readonly Fix[] {
  if (/[\n#]/.test(text)) return [];
  const quoted = /["\\]/.test(text) ? `'${text.replaceAll("'", "''")}'` : `"${text}"`;
  return [{ title: 'put it in quotes', safe: true, edits: [{ span, text: quoted }] }];
}

const styles: Readonly<Record<number, ScalarStyle>> = {
  [SCALAR_STYLE.PLAIN]: 'plain',
  [SCALAR_STYLE.SINGLE_QUOTED]: 'single',
  [SCALAR_STYLE.DOUBLE_QUOTED]: 'double',
  [SCALAR_STYLE.LITERAL_BLOCK]: 'literal',
  [SCALAR_STYLE.FOLDED_BLOCK]: 'folded',
};

/** YAML 1.2's core schema. */
function plainType(text: string): ScalarNode['type'] {
  if (/^(?:~|null|Null|NULL|)$/.test(text)) return 'null';
  if (/^(?:true|True|TRUE|false|False|FALSE)$/.test(text)) return 'boolean';
  return /^[-+]?(?:\.\d+|\d+(?:\.\d*)?)(?:[eE][-+]?\d+)?$/.test(text) ? 'number' : 'string';
}

function isPlainText(value: Node): boolean {
  return value.kind === 'scalar' && value.style === 'plain' && value.text !== '';
}

function nothing(at: number): ScalarNode {
  return { kind: 'scalar', at: [at, at], style: 'plain', type: 'null', text: '' };
}

/** What the parser says, and a cure for the common slips. */
function sentence(reason: string, text: string, at: number): { readonly detail: string; readonly help?: string } {
  const lineStart = text.lastIndexOf('\n', Math.max(0, at - 1)) + 1;
  if (/^ *\t/.test(text.slice(lineStart, at + 1)))
    return { detail: 'a tab indents this line', help: 'indent with spaces' };
  const line = text.slice(at, text.indexOf('\n', at) < 0 ? text.length : text.indexOf('\n', at));
  const said = sayings.find(([pattern]) => pattern.test(reason));
  if (said !== undefined) return said[1](line, text.slice(lineStart, at));
  return { detail: `${reason.charAt(0).toLowerCase()}${reason.slice(1)}` };
}

type YamlSaying = (rest: string, before: string) => { readonly detail: string; readonly help?: string };

/** What the parser means, by its words; `before` and `rest` are the line before the place and from it on. */
const sayings: readonly (readonly [RegExp, YamlSaying])[] = [
  [
    /deficient indentation|end of the stream within/,
    () => ({
      detail: 'the quote or bracket that was opened before is not closed',
      help: 'close it, or put text that begins with one in quotes',
    }),
  ],
  [
    /bad indentation of a mapping entry/,
    (rest, before) =>
      rest.startsWith(': ') && /\S\s*:|[({,]/.test(before)
        ? { detail: 'a second colon stands in this line', help: 'put text that holds `: ` in quotes' }
        : {
            detail: 'this line is indented otherwise than the keys that it stands with',
            help: 'keys of one mapping stand in one column',
          },
  ],
  [
    /indentation/,
    () => ({
      detail: 'this line is indented otherwise than those that it stands with',
      help: 'keys of one mapping and items of one list stand in one column',
    }),
  ],
  [
    /missed comma|reserved/,
    rest => ({
      detail: /^[@`%]/.test(rest)
        ? `text cannot begin with \`${rest[0]}\` here`
        : 'a comma or a bracket is missing here',
      help: 'put text that begins with a sign, or goes on behind a quote, in quotes as a whole',
    }),
  ],
];

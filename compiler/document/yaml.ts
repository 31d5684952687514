/** A file's text in, its `Node` tree out. Strict YAML 1.2: no anchors, tags, merge keys, duplicate keys or second documents. */
import {
  isAlias,
  isMap,
  isScalar,
  isSeq,
  type ParsedNode,
  parseAllDocuments,
  Scalar,
  type Document as YamlDocument,
} from 'yaml';
import {
  duplicateKey,
  fileTooLarge,
  formulaSwallowed,
  nestedTooDeeply,
  notText,
  type Report,
  severalDocuments,
  wrongShape,
  yamlFeature,
  yamlSyntax,
} from '../diagnostics/index.ts';
import type { Source, Span } from '../source.ts';
import { deepestNesting, tooDeepAt } from './nesting.ts';
import type { MapEntry, MapNode, Node, Range, ScalarNode, ScalarStyle } from './node.ts';

const largestFile = 2 * 1024 * 1024;
const mostNodes = 400_000;

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
  const deep = tooDeepAt(text);
  if (deep !== null) {
    report(nestedTooDeeply(span(deep, deep + 1), { limit: deepestNesting }));
    return null;
  }
  const documents = parseAllDocuments(text, {
    version: '1.2',
    schema: 'core',
    strict: true,
    uniqueKeys: false,
    merge: false,
    intAsBigInt: true,
    prettyErrors: false,
    logLevel: 'silent',
  });
  const [first, second] = Array.isArray(documents) ? documents : [];
  if (second !== undefined) {
    const at = second.contents?.range?.[0] ?? second.range[0];
    report(severalDocuments(span(at, at + 1), {}));
    return null;
  }
  if (first === undefined || first.contents === null) return { kind: 'map', at: [0, 0], entries: [] };
  return new YamlReader(source, report).document(first);
}

class YamlReader {
  private nodes = 0;
  private broken = false;

  constructor(
    private readonly source: Source,
    private readonly report: Report,
  ) {}

  document(document: YamlDocument.Parsed): Node | null {
    const [problem] = [...document.errors, ...document.warnings];
    if (problem !== undefined && document.contents !== null && !this.swallowedFormula(document.contents)) {
      const [start, end] = problem.pos;
      const said = sentence(problem.code, problem.message);
      this.report(yamlSyntax(this.span([start, Math.max(end, start + 1)]), said));
    }
    if (problem !== undefined) return null;
    const node = this.node(document.contents);
    return this.broken ? null : node;
  }

  private span([start, end]: Range): Span {
    return { file: this.source.path, start, end };
  }

  private feature(range: Range, feature: string, help: string): void {
    this.report(yamlFeature(this.span(range), { feature, help }));
    this.broken = true;
  }

  private node(yaml: ParsedNode | null): Node {
    const at: Range = yaml === null ? [0, 0] : [yaml.range[0], yaml.range[1]];
    this.nodes += 1;
    if (this.nodes === mostNodes) {
      this.report(fileTooLarge(this.span(at), { what: 'the file has too many values', limit: `${mostNodes}` }));
      this.broken = true;
    }
    if (yaml === null || this.nodes >= mostNodes) return nothing(at);
    if (isAlias(yaml)) {
      this.feature(at, `the alias \`*${yaml.source}\` is`, 'write the value out; metrics are shared by name');
      return nothing(at);
    }
    if (yaml.anchor !== undefined) {
      this.feature(at, `the anchor \`&${yaml.anchor}\` is`, 'write the value out; metrics are shared by name');
    }
    if (yaml.tag !== undefined) this.feature(at, `the tag \`${yaml.tag}\` is`, 'leave the tag out');
    if (isScalar(yaml)) return scalarNode(yaml, at);
    if (isSeq(yaml)) return { kind: 'list', at, items: yaml.items.map(item => this.node(item)) };
    return this.map(yaml, at);
  }

  private map(yaml: Extract<ParsedNode, { items: unknown[] }>, at: Range): Node {
    if (!isMap<ParsedNode, ParsedNode | null>(yaml)) return nothing(at);
    const entries: MapEntry[] = [];
    const firstPlaces = new Map<string, Range>();
    for (const pair of yaml.items) {
      const keyAt: Range = [pair.key.range[0], pair.key.range[1]];
      if (!isScalar(pair.key)) {
        this.report(
          wrongShape(this.span(keyAt), { expected: 'a name before the colon', found: 'a list or a mapping' }),
        );
        this.broken = true;
        continue;
      }
      const key = keyText(pair.key);
      const first = firstPlaces.get(key);
      if (key === '<<' || key === '__proto__') {
        this.feature(keyAt, key === '<<' ? 'merge keys are' : 'the key `__proto__` is', 'write the keys out');
      } else if (first !== undefined) {
        const related = [{ message: 'it stands first here', span: this.span(first) }];
        this.report(duplicateKey(this.span(keyAt), { key }, { related }));
      } else {
        firstPlaces.set(key, keyAt);
        entries.push({
          key,
          keyAt,
          value: pair.value === null ? nothing([keyAt[1], keyAt[1]]) : this.node(pair.value),
        });
      }
    }
    const map: MapNode = { kind: 'map', at, entries };
    this.reportSwallowed(map);
    return map;
  }

  /** `{ formula: coalesce(a, b) }` is read by YAML as the keys `formula` and `b)`. */
  private reportSwallowed(map: MapNode): void {
    map.entries.forEach((entry, index) => {
      const follower = map.entries[index + 1];
      if (follower === undefined || !isCutFormula(entry.value, follower)) return;
      const formula = `${entry.value.kind === 'scalar' ? entry.value.text : ''}, ${follower.key}`;
      this.report(formulaSwallowed(this.span([entry.value.at[0], follower.keyAt[1]]), { formula }));
      this.broken = true;
    });
  }

  /** The same slip where what follows the comma is no YAML at all. */
  private swallowedFormula(contents: ParsedNode): boolean {
    const before = this.broken;
    const probe = new YamlReader(this.source, diagnostic => {
      if (diagnostic.code === formulaSwallowed.code) {
        this.report(diagnostic);
        this.broken = true;
      }
    });
    probe.node(contents);
    return this.broken !== before;
  }
}

/** The first half has an opening bracket too many, and what follows it is a key without a value. */
function isCutFormula(value: Node, follower: MapEntry): boolean {
  if (value.kind !== 'scalar' || value.style !== 'plain') return false;
  const open = value.text.split('(').length - value.text.split(')').length;
  return open > 0 && follower.value.kind === 'scalar' && follower.value.type === 'null';
}

function nothing(at: Range): ScalarNode {
  return { kind: 'scalar', at, style: 'plain', type: 'null', text: '' };
}

function scalarNode(yaml: Scalar.Parsed, at: Range): ScalarNode {
  const { value } = yaml;
  const style = styleOf(yaml.type);
  if (typeof value === 'string') return { kind: 'scalar', at, style, type: 'string', text: value };
  if (value === null) return { kind: 'scalar', at, style, type: 'null', text: yaml.source ?? '' };
  const type = typeof value === 'boolean' ? 'boolean' : 'number';
  return { kind: 'scalar', at, style, type, text: yaml.source };
}

function keyText(yaml: Scalar.Parsed): string {
  return typeof yaml.value === 'string' ? yaml.value : (yaml.source ?? '');
}

function styleOf(type: Scalar.Type | undefined): ScalarStyle {
  switch (type) {
    case Scalar.QUOTE_SINGLE:
      return 'single';
    case Scalar.QUOTE_DOUBLE:
      return 'double';
    case Scalar.BLOCK_LITERAL:
      return 'literal';
    case Scalar.BLOCK_FOLDED:
      return 'folded';
    default:
      return 'plain';
  }
}

/** The library's message without its closing full stop and position, and a cure for the common slips. */
function sentence(code: string, message: string): { readonly detail: string; readonly help?: string } {
  const [line = ''] = message.split('\n');
  const detail = `${line.charAt(0).toLowerCase()}${line.slice(1)}`.replace(/[.:]$/, '');
  switch (code) {
    case 'TAB_AS_INDENT':
      return { detail, help: 'indent with spaces' };
    case 'BLOCK_AS_IMPLICIT_KEY':
    case 'MULTILINE_IMPLICIT_KEY':
      return { detail, help: 'put text that holds `: ` in quotes, or below `|`' };
    case 'BAD_INDENT':
      return { detail, help: 'keys of one mapping stand in one column' };
    default:
      return { detail };
  }
}

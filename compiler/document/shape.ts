/** A `Node` tree held against its JSON Schema: the schema's findings in, diagnostics at the very key or value out. */
import type { ErrorObject } from 'ajv';
import {
  badName,
  didYouMean,
  missingKey,
  nearest,
  notOneOf,
  type Report,
  unknownKey,
  wrongShape,
} from '../diagnostics/index.ts';
import type { Span } from '../source.ts';
import { entryOf, type Node, plainValue, type Range } from './node.ts';
import type { Validator } from './validator.ts';

/** Reports what the schema does not allow; `file` is the name of the text that `root` was read from. */
export function checkShape(root: Node, file: string, validator: Validator, report: Report): void {
  const errors = validator(plainValue(root));
  for (const error of errors.filter(error => !isMisspelt(error, errors))) {
    const words = error.instancePath.split('/').slice(1).map(decodePointer);
    const place = placeOf(root, words);
    describe(error, place, words, range => ({ file, start: range[0], end: range[1] }), report);
  }
}

/** Whether a missing key stands there after all, misspelt: that is one mistake, told at the key. */
function isMisspelt(error: ErrorObject, errors: readonly ErrorObject[]): boolean {
  if (error.keyword !== 'required') return false;
  const missing = String(error.params.missingProperty);
  return errors.some(
    ({ keyword, instancePath, params, parentSchema }) =>
      keyword === 'additionalProperties' &&
      instancePath === error.instancePath &&
      meantKey(String(params.additionalProperty), Object.keys(parentSchema?.properties ?? {})) === missing,
  );
}

/** The key that a foreign or misspelt one stands for. */
function meantKey(key: string, allowed: readonly string[]): string | null {
  const meant = nearest(key, allowed) ?? foreignKeys.get(key) ?? null;
  return meant !== null && allowed.includes(meant) ? meant : null;
}

interface Place {
  readonly node: Node;
  /** The key under which the node stands, or the node itself where it stands under none. */
  readonly keyAt: Range;
}

function placeOf(root: Node, words: readonly string[]): Place {
  let place: Place = { node: root, keyAt: [root.at[0], root.at[0] + 1] };
  for (const word of words) {
    const { node } = place;
    if (node.kind === 'list') {
      const item = node.items[Number(word)];
      if (item !== undefined) place = { node: item, keyAt: item.at };
    } else {
      const entry = entryOf(node, word);
      if (entry !== undefined) place = { node: entry.value, keyAt: entry.keyAt };
    }
  }
  return place;
}

function decodePointer(word: string): string {
  return decodeURIComponent(word).replaceAll('~1', '/').replaceAll('~0', '~');
}

function describe(
  error: ErrorObject,
  place: Place,
  words: readonly string[],
  span: (range: Range) => Span,
  report: Report,
): void {
  const { node, keyAt } = place;
  const path = words.join('.');
  const owner = ownerOf(error);
  if (error.propertyName !== undefined) {
    const name = error.propertyName;
    const at = span(entryOf(node, name)?.keyAt ?? node.at);
    const owner = words.at(-1);
    if (owner === 'label' || owner === 'description')
      report(wrongShape(at, { expected: 'a language such as `en` or `es`', found: `\`${name}\`` }, { path }));
    else report(badName(at, { name, help: renamed(name, owner) }, { path }));
    return;
  }
  switch (error.keyword) {
    case 'if':
    case 'propertyNames':
      return;
    case 'additionalProperties': {
      const key = String(error.params.additionalProperty);
      const allowed = Object.keys(error.parentSchema?.properties ?? {});
      const at = entryOf(node, key)?.keyAt ?? node.at;
      const meant = meantKey(key, allowed);
      const fixes = meant === null || entryOf(node, meant) !== undefined ? [] : [rename(span(at), meant)];
      report(unknownKey(span(at), { key, owner, allowed }, { path, fixes, help: didYouMean(meant) }));
      return;
    }
    case 'required':
      report(missingKey(span(keyAt), { key: String(error.params.missingProperty), owner }, { path }));
      return;
    case 'enum': {
      const allowed = (Array.isArray(error.params.allowedValues) ? error.params.allowedValues : []).map(String);
      const value = textOf(node);
      const suggestion = nearest(value, allowed) ?? foreignTypes.get(value.toLowerCase()) ?? null;
      const fits = suggestion !== null && allowed.includes(suggestion) ? suggestion : null;
      const fixes = fits === null ? [] : [rename(span(node.at), fits)];
      report(notOneOf(span(node.at), { value, allowed }, { path, fixes, help: didYouMean(fits) }));
      return;
    }
    default:
      if (error.keyword === 'pattern' && error.parentSchema?.title === 'a name') {
        report(badName(span(node.at), { name: textOf(node) }, { path }));
        return;
      }
      report(wrongShape(span(node.at), { expected: expectation(error), found: found(node) }, { path }));
  }
}

/** Words of other tools, and what they are here. */
const foreignKeys: ReadonlyMap<string, string> = new Map([
  ['expr', 'formula'],
  ['expression', 'formula'],
  ['measure', 'formula'],
  ['name', 'label'],
  ['display_name', 'label'],
  ['title', 'label'],
  ['sql_table', 'from'],
  ['sql_table_name', 'from'],
  ['source', 'from'],
  ['table', 'from'],
  ['primary_key', 'key'],
  ['dimensions', 'columns'],
  ['fields', 'columns'],
  ['relationships', 'joins'],
  ['meta', 'tags'],
  ['direction', 'good'],
  ['timestamp', 'time'],
]);

const foreignTypes: ReadonlyMap<string, string> = new Map([
  ['text', 'string'],
  ['varchar', 'string'],
  ['char', 'string'],
  ['uuid', 'string'],
  ['int', 'integer'],
  ['bigint', 'integer'],
  ['smallint', 'integer'],
  ['number', 'decimal'],
  ['numeric', 'decimal'],
  ['money', 'decimal'],
  ['double', 'float'],
  ['real', 'float'],
  ['bool', 'boolean'],
  ['datetime', 'timestamp'],
  ['timestamptz', 'timestamp'],
  ['time', 'timestamp'],
]);

/** The name in snake_case, and how a column keeps the name that the warehouse has. */
function renamed(name: string, owner: string | undefined): string | undefined {
  const words = name.replace(/([a-z0-9])([A-Z])/g, '$1_$2').toLowerCase();
  const snake = words.replace(/[^a-z0-9]+/g, '_').replace(/^[_0-9]+|_+$/g, '');
  if (snake === '') return undefined;
  const physical = /^[\w$]+$/.test(name) ? name : JSON.stringify(name);
  return owner === 'columns' ? `write \`${snake}: { type: ..., column: ${physical} }\`` : `write \`${snake}\``;
}

function rename(span: Span, text: string) {
  return { title: `write \`${text}\``, safe: true, edits: [{ span, text }] };
}

function ownerOf(error: ErrorObject): string {
  const title = error.parentSchema?.title;
  return typeof title === 'string' ? title : 'this mapping';
}

function textOf(node: Node): string {
  return node.kind === 'scalar' ? node.text : found(node);
}

function found(node: Node): string {
  if (node.kind === 'list') return node.items.length === 0 ? 'an empty list' : 'a list';
  if (node.kind === 'map') return node.entries.length === 0 ? 'an empty mapping' : 'a mapping';
  switch (node.type) {
    case 'null':
      return 'nothing';
    case 'string':
      return `the text \`${node.text.length > 40 ? `${node.text.slice(0, 40)}…` : node.text}\``;
    case 'number':
      return `the number ${node.text}`;
    case 'boolean':
      return `\`${node.text}\``;
  }
}

const typeNames: Readonly<Record<string, string>> = {
  object: 'a mapping',
  array: 'a list',
  string: 'text',
  number: 'a number',
  integer: 'a whole number',
  boolean: '`true` or `false`',
};

function expectation(error: ErrorObject): string {
  const title = error.parentSchema?.title;
  if (error.keyword === 'type') {
    const types = Array.isArray(error.params.type) ? error.params.type : String(error.params.type).split(',');
    const names = types.map(type => typeNames[String(type)] ?? String(type));
    return names.length === 1 && typeof title === 'string' && names[0] === 'text' ? title : names.join(' or ');
  }
  if (error.keyword === 'pattern' && typeof title === 'string') return examples[title] ?? title;
  return limitOf(error) ?? `a value that ${(error.message ?? 'fits').replace(/^must /, 'would ')}`;
}

/** A limit of the schema in words. */
function limitOf({ keyword, params, parentSchema }: ErrorObject): string | null {
  const limit = Number(params.limit);
  const items = `${limit} item${limit === 1 ? '' : 's'}`;
  switch (keyword) {
    case 'minItems':
    case 'maxItems':
      if (parentSchema?.minItems === parentSchema?.maxItems) return `a list of ${items}`;
      return `a list of at ${keyword === 'minItems' ? 'least' : 'most'} ${items}`;
    case 'minProperties':
      return limit === 1 ? 'at least one entry' : `at least ${limit} entries`;
    case 'minimum':
      return `a number from ${limit} upwards`;
    case 'minLength':
      return `text of at least ${limit} character${limit === 1 ? '' : 's'}`;
    default:
      return null;
  }
}

const examples: Readonly<Record<string, string>> = {
  'a date': 'a date such as 2026-01-31',
  'a column': 'a column, or a path such as `account.owner.region`',
  'a currency code': 'a currency code such as EUR',
  'a variable of the environment': `a variable of the environment, such as \`\${env:TOKEN_SECRET}\``,
  'a delimiter': 'one character such as `;` (a tab is `"\\t"`, in double quotes)',
};

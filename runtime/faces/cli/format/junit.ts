/** Results of tests as JUnit's XML, which CI servers read. */
import type { Diagnostic, Source } from '../../../../compiler/index.ts';
import type { TestResult } from '../../../index.ts';
import { conciseFindings } from './findings.ts';
import { positionOf, prettyResult, reason, type Shown } from './tests.ts';

/** `diagnostics` are those of definitions that keep every test from being run: one case, which is an error. */
export function junitResults(
  name: string,
  results: readonly TestResult[],
  diagnostics: readonly Diagnostic[],
  shown: Shown,
): string {
  const plain: Shown = { ...shown, paint: (_, text) => text };
  const failed = results.filter(({ outcome }) => outcome.kind !== 'passed').length;
  const errors = diagnostics.length === 0 ? 0 : 1;
  const time = results.reduce((sum, { milliseconds }) => sum + milliseconds, 0);
  const counts = { tests: results.length + errors, failures: failed, errors, time: seconds(time) };
  const cases = results.map(result => `    ${testCase(result, plain)}\n`);
  const broken = errors === 0 ? [] : [`    ${definitionsCase(diagnostics, shown.sources)}\n`];
  return [
    '<?xml version="1.0" encoding="UTF-8"?>\n',
    `<testsuites${attributes({ name, ...counts })}>\n`,
    `  <testsuite${attributes({ name: 'metrics test', ...counts })}>\n`,
    ...broken,
    ...cases,
    '  </testsuite>\n</testsuites>\n',
  ].join('');
}

function testCase(result: TestResult, shown: Shown): string {
  const { test, outcome, milliseconds } = result;
  const { line } = positionOf(test.at, shown.sources);
  const classname = test.at.file.replace(/\.ya?ml$/, '').replaceAll('/', '.');
  const place = attributes({ name: test.name, classname, file: test.at.file, line, time: seconds(milliseconds) });
  if (outcome.kind === 'passed') return `<testcase${place}/>`;
  const kind = outcome.kind === 'refused' ? 'refused' : outcome.kind;
  const message = attributes({ message: reason(outcome), type: kind });
  return `<testcase${place}><failure${message}>${escaped(prettyResult(result, shown).trimEnd())}</failure></testcase>`;
}

function definitionsCase(diagnostics: readonly Diagnostic[], sources: readonly Source[]): string {
  const message = attributes({ message: 'the definitions cannot be read', type: 'invalid' });
  const text = escaped(conciseFindings(diagnostics, sources).trimEnd());
  return `<testcase${attributes({ name: 'definitions', classname: 'metrics' })}><error${message}>${text}</error></testcase>`;
}

function seconds(milliseconds: number): string {
  return (milliseconds / 1000).toFixed(4);
}

function attributes(values: Readonly<Record<string, string | number>>): string {
  return Object.entries(values)
    .map(([name, value]) => ` ${name}="${escaped(String(value)).replaceAll('\n', '&#10;')}"`)
    .join('');
}

/** Text for XML 1.0: markup as entities, and characters that it does not have as question marks. */
function escaped(text: string): string {
  return text
    .replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '?')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

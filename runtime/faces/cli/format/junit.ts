/** Results of tests, and findings, as JUnit's XML, which CI servers read. */
import type { Diagnostic, Source } from '../../../../compiler/index.ts';
import type { TestResult } from '../../../index.ts';
import { rangeOf } from '../../data/finding.ts';
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

/** A suite for each file, and in it a case for each finding, which fails where it is an error; a file without any has one that passes. */
export function junitFindings(name: string, diagnostics: readonly Diagnostic[], sources: readonly Source[]): string {
  const isError = ({ severity }: Diagnostic) => severity === 'error';
  const nowhere = diagnostics.filter(({ span }) => span === null);
  const groups = [
    ...(nowhere.length > 0 ? [{ file: name, found: nowhere }] : []),
    ...sources.map(({ path: file }) => ({ file, found: diagnostics.filter(({ span }) => span?.file === file) })),
  ];
  const cases = (file: string, found: readonly Diagnostic[]) =>
    found.length === 0
      ? [`    <testcase${attributes({ name: 'no findings', classname: file, file })}/>\n`]
      : found.map(diagnostic => findingCase(diagnostic, file, sources));
  const suites = groups.map(({ file, found }) => {
    const counts = { tests: Math.max(1, found.length), failures: found.filter(isError).length, errors: 0 };
    return `  <testsuite${attributes({ name: file, ...counts })}>\n${cases(file, found).join('')}  </testsuite>\n`;
  });
  const tests = groups.reduce((sum, { found }) => sum + Math.max(1, found.length), 0);
  const all = attributes({ name, tests, failures: diagnostics.filter(isError).length, errors: 0 });
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites${all}>\n${suites.join('')}</testsuites>\n`;
}

function findingCase(diagnostic: Diagnostic, file: string, sources: readonly Source[]): string {
  const { code, severity, message, span, help } = diagnostic;
  const range = rangeOf(span, sources);
  const place = range === null ? '' : ` ${range.start.line}:${range.start.column}`;
  const line = range === null ? {} : { line: range.start.line };
  const opening = `    <testcase${attributes({ name: `${code}${place}`, classname: file, file, ...line })}>`;
  const text = escaped(help === null ? message : `${message}\n${help}`);
  const body =
    severity === 'error'
      ? `<failure${attributes({ message, type: code })}>${text}</failure>`
      : `<system-out>${escaped(severity)}: ${text}</system-out>`;
  return `${opening}${body}</testcase>\n`;
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

/** What an editor says of the generated client: names are offered, and what definitions say of them is shown where they are used. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';

const root = path.join(import.meta.dirname, '../..');
const file = path.join(import.meta.dirname, 'calls/edited.ts');

/** A file of an author, who is still writing its last question. */
const text = `import { connect } from 'sextant/client';
import { m, model } from '../golden/shop.gen.js';

const client = connect(model, { url: '' });
export async function edited() {
  const { rows } = await client.query({ metrics: [m.win_rate, 'deal_count', 'won_revenue'], by: ['stage'], where: { stage: 'won' } });
  for (const row of rows) console.log(row.win_rate, row.won_revenue);
  await client.query({ metrics: ['won_revenue'], by: ['stage', ''] });
}
`;

const options: ts.CompilerOptions = {
  ...{ target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext, strict: true, skipLibCheck: true, types: [] },
  ...{ moduleResolution: ts.ModuleResolutionKind.Bundler, lib: ['lib.es2022.d.ts'] },
  paths: { 'sextant/client': [path.join(root, 'client/client.d.ts')] },
};

const read = (name: string) => (name === file ? text : ts.sys.readFile(name));
const service = ts.createLanguageService({
  getCompilationSettings: () => options,
  getScriptFileNames: () => [file],
  getScriptVersion: () => '1',
  getScriptSnapshot: name => {
    const found = read(name);
    return found === undefined ? undefined : ts.ScriptSnapshot.fromString(found);
  },
  getCurrentDirectory: () => root,
  getDefaultLibFileName: ts.getDefaultLibFilePath,
  fileExists: name => name === file || ts.sys.fileExists(name),
  readFile: read,
});

/** The offset behind the last word of a piece of the text. */
function behind(piece: string): number {
  const start = text.indexOf(piece);
  expect(start).toBeGreaterThan(-1);
  return start + piece.length;
}

function shown(piece: string): string {
  const info = service.getQuickInfoAtPosition(file, behind(piece) - 1);
  const tags = (info?.tags ?? []).map(tag => `@${tag.name} ${ts.displayPartsToString(tag.text)}`);
  return [ts.displayPartsToString(info?.documentation), ...tags].join('\n');
}

function offered(piece: string): readonly string[] {
  const found = service.getCompletionsAtPosition(file, behind(piece), {});
  return (found?.entries ?? []).map(({ name }) => name);
}

describe('what definitions say', () => {
  test.each(['[m.win_rate', 'console.log(row.win_rate'])('is shown at %s', piece => {
    const said = shown(piece);
    expect(said).toContain('Share of all.');
    expect(said).toContain("Formula: `count(deals where stage = 'won') / count(deals)`");
    expect(said).toContain('@deprecated use `win_share`; ends 2027-01-31');
  });

  test('leads to the line of the client', () => {
    const [found] = service.getDefinitionAtPosition(file, behind('console.log(row.win_rate')) ?? [];
    const source = readFileSync(found?.fileName ?? '', 'utf8');
    const { start = 0, length = 0 } = found?.textSpan ?? {};
    expect(path.basename(found?.fileName ?? '')).toBe('shop.gen.d.ts');
    expect(source.slice(start, start + length)).toBe('win_rate');
  });

  test('what is deprecated is struck out where it is used', () => {
    const struck = service
      .getSuggestionDiagnostics(file)
      .filter(({ reportsDeprecated }) => reportsDeprecated !== undefined);
    expect(struck.map(({ start = 0, length = 0 }) => text.slice(start, start + length))).toEqual([
      'win_rate',
      'win_rate',
    ]);
  });
});

describe('names are offered', () => {
  test('of metrics', () => {
    expect(offered('[m.')).toEqual(expect.arrayContaining(['won_revenue', 'deal_count', 'win_share']));
    expect(offered("[m.win_rate, '")).toEqual(expect.arrayContaining(['won_revenue', 'won_goal.pace']));
  });

  test('of the dimensions and grains that the metrics share', () => {
    expect(offered("['stage', '")).toEqual(expect.arrayContaining(['rep.region', 'stage', 'month']));
    expect(offered("['stage', '")).not.toContain('part_id');
    expect(offered('where: { ')).toEqual(expect.arrayContaining(['"rep.region"', 'urgent']));
  });

  test('of the values that a dimension has', () => {
    expect(offered("where: { stage: '")).toEqual(expect.arrayContaining(['lost', 'open', 'won']));
  });

  test('of the columns that were asked for', () => {
    expect(offered('console.log(row.').toSorted()).toEqual(['deal_count', 'stage', 'win_rate', 'won_revenue']);
  });
});

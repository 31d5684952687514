/** Ten rules a reviewer can check, those of them that a machine can. */
import ts from 'typescript';
import { expect, test } from 'vitest';
import { nodesWhere, sourceFiles } from './source.ts';

const product = sourceFiles('client', 'compiler', 'runtime');
const everything = [...product, ...sourceFiles('test')];

test('no `any`', () => {
  expect(everything.flatMap(file => nodesWhere(file, node => node.kind === ts.SyntaxKind.AnyKeyword))).toEqual([]);
});

test('no `!` after a value', () => {
  expect(everything.flatMap(file => nodesWhere(file, ts.isNonNullExpression))).toEqual([]);
});

test('no cast but `as const`', () => {
  const isCast = (node: ts.Node) =>
    ts.isTypeAssertionExpression(node) || (ts.isAsExpression(node) && node.type.getText() !== 'const');
  expect(product.flatMap(file => nodesWhere(file, isCast))).toEqual([]);
});

test('no boolean parameters: a reader of the call could not tell what `true` means', () => {
  const isBoolean = (node: ts.Node) => ts.isParameter(node) && node.type?.kind === ts.SyntaxKind.BooleanKeyword;
  expect(product.flatMap(file => nodesWhere(file, isBoolean))).toEqual([]);
});

test('no drawers: a file is named for what it defines', () => {
  const drawers = product.filter(
    file =>
      /(?:^|\/)(?:utils?|helpers?|common|types?|manager|misc)\.ts$/.test(file.path) &&
      !file.path.endsWith('diagnostics/types.ts') &&
      !file.path.endsWith('duckdb/types.ts'),
  );
  expect(drawers.map(file => file.path)).toEqual([]);
});

test('a file opens with what it is for', () => {
  const silent = product.filter(file => !file.text.replace(/^#!.*\n/, '').startsWith('/**'));
  expect(silent.map(file => file.path)).toEqual([]);
});

test('no file is so long that it holds two ideas', () => {
  const long = product
    .map(file => [file.path, file.text.split('\n').length] as const)
    .filter(([, lines]) => lines > 480);
  expect(long).toEqual([]);
});

test('nothing is skipped, forced or put off', () => {
  const marks = /\b(?:it|test|describe)\.(?:skip|only|todo)\b|@ts-(?:ignore|nocheck|expect-error)|\b(?:TODO|FIXME)\b/;
  const found = everything
    .filter(file => !file.path.endsWith('architecture/style.test.ts'))
    // Questions that must not compile, each of which says so.
    .filter(file => !file.path.startsWith('test/client/calls/'))
    .filter(file => marks.test(file.text));
  expect(found.map(file => file.path)).toEqual([]);
});

/** The folder of the pages: what is ours is replaced and removed, what is not stays and is said. */
import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { writeSite } from '../../runtime/index.ts';
import { projectFolder } from '../support/project.ts';

const page = (name: string, text = name) => ({ path: name, text });
const filesIn = (folder: string) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => path.relative(folder, path.join(entry.parentPath, entry.name)))
    .sort();

test('a new folder, and one below it, are made', () => {
  const folder = path.join(projectFolder({}), 'a/site');
  expect(writeSite(folder, 'site', [page('index.html'), page('en/index.html')])).toBeNull();
  expect(filesIn(folder)).toEqual(['.sextant-catalogue.json', 'en/index.html', 'index.html']);
});

test('pages that are not there any more are taken away with the folder that is empty then; others stay', () => {
  const folder = projectFolder({});
  writeSite(folder, 'site', [page('index.html'), page('en/metric-a.html'), page('es/metric-a.html')]);
  writeFileSync(path.join(folder, 'en/notes.html'), 'mine');
  writeFileSync(path.join(folder, 'mine.txt'), 'mine');
  expect(writeSite(folder, 'site', [page('index.html', 'new'), page('en/metric-b.html')])).toBeNull();
  expect(filesIn(folder)).toEqual([
    '.sextant-catalogue.json',
    'en/metric-b.html',
    'en/notes.html',
    'index.html',
    'mine.txt',
  ]);
  expect(existsSync(path.join(folder, 'es'))).toBe(false);
  expect(readFileSync(path.join(folder, 'index.html'), 'utf8')).toBe('new');
});

test('a folder of something else is refused and left alone', () => {
  const folder = projectFolder({ 'notes.txt': 'mine' });
  expect(writeSite(folder, 'docs', [page('index.html')])).toMatchObject({
    code: 'M8070',
    message: expect.stringContaining('`notes.txt`'),
  });
  expect(filesIn(folder)).toEqual(['notes.txt']);
});

test('a file in the place of a new page is refused, and no page is written', () => {
  const folder = projectFolder({});
  writeSite(folder, 'site', [page('index.html')]);
  mkdirSync(path.join(folder, 'en'));
  writeFileSync(path.join(folder, 'en/metric-a.html'), 'mine');
  const refused = writeSite(folder, 'site', [page('index.html', 'new'), page('en/metric-a.html')]);
  expect(refused).toMatchObject({ code: 'M8071', message: expect.stringContaining('site/en/metric-a.html') });
  expect(readFileSync(path.join(folder, 'index.html'), 'utf8')).toBe('index.html');
  expect(readFileSync(path.join(folder, 'en/metric-a.html'), 'utf8')).toBe('mine');
});

test('a list that names what is no page takes nothing away, whoever wrote it', () => {
  const root = projectFolder({ 'precious.html': 'mine', 'site/deep/a/b.html': 'mine', 'site/metrics.yaml': 'mine' });
  const folder = path.join(root, 'site');
  const named = ['../precious.html', '/etc/passwd', 'deep/a/b.html', 'metrics.yaml', 'en/../../precious.html', 7, null];
  writeFileSync(path.join(folder, '.sextant-catalogue.json'), JSON.stringify({ files: named }));
  expect(writeSite(folder, 'site', [page('index.html')])).toBeNull();
  expect(filesIn(root)).toEqual([
    'precious.html',
    'site/.sextant-catalogue.json',
    'site/deep/a/b.html',
    'site/index.html',
    'site/metrics.yaml',
  ]);
});

test('through a link nothing is written and nothing taken away', () => {
  const root = projectFolder({ 'other/metric-a.html': 'mine' });
  const folder = path.join(root, 'site');
  mkdirSync(folder);
  symlinkSync(path.join(root, 'other'), path.join(folder, 'en'));
  writeFileSync(path.join(folder, '.sextant-catalogue.json'), JSON.stringify({ files: ['en/metric-a.html'] }));
  expect(writeSite(folder, 'site', [page('index.html')])).toBeNull();
  expect(readFileSync(path.join(root, 'other/metric-a.html'), 'utf8')).toBe('mine');
  expect(writeSite(folder, 'site', [page('index.html'), page('en/metric-b.html')])).toMatchObject({ code: 'M8071' });
  expect(filesIn(path.join(root, 'other'))).toEqual(['metric-a.html']);
});

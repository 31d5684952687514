/**
 * A page of the documents as data: the files, commands and tables that it shows.
 *
 * A code block whose info string ends in a file name (`yaml sales.yaml`) is a file of the page's project, from there on and
 * until a block of that name replaces it; a file with `mistake` in its name stands only for the next console block.
 * A `console` block holds commands, each behind `$ `, and below each what it prints: findings first, then the answer.
 */

export type Files = Readonly<Record<string, string>>;

export interface Command {
  /** The words behind `$ `. */
  readonly line: string;
  readonly printed: string;
}

export interface Console {
  /** The line of the page on which the block begins. */
  readonly line: number;
  /** The block with its fences, as it stands in the page. */
  readonly text: string;
  readonly files: Files;
  readonly commands: readonly Command[];
}

export interface Page {
  readonly consoles: readonly Console[];
  /** For each YAML file without a mistake, the files of the page up to it. */
  readonly states: readonly { readonly name: string; readonly line: number; readonly files: Files }[];
  /** The files as they stand at the end. */
  readonly files: Files;
  readonly tables: readonly Table[];
  /** Commands of `sh` blocks: what a person does, and no test repeats. */
  readonly shell: readonly string[];
}

/** Rows by the names of their columns, backquotes around a whole cell taken away. */
export interface Table {
  readonly columns: readonly string[];
  readonly rows: readonly { readonly line: number; readonly cells: Files }[];
}

export function readPage(text: string): Page {
  const consoles: Console[] = [];
  const states: { name: string; line: number; files: Files }[] = [];
  const shell: string[] = [];
  let files: Files = {};
  let mistakes: Files = {};
  for (const match of text.matchAll(/^```(.*)\n([\s\S]*?)^```$/gm)) {
    const [block, info = '', body = ''] = match;
    const line = lineAt(text, match.index);
    const file = /^\w+ (\S+)$/.exec(info)?.[1];
    if (file?.includes('mistake')) mistakes = { ...mistakes, [file]: body };
    else if (file !== undefined) {
      files = { ...files, [file]: body };
      if (file.endsWith('.yaml')) states.push({ name: file, line, files });
    } else if (info === 'console') {
      consoles.push({ line, text: block, files: { ...files, ...mistakes }, commands: commandsIn(body) });
      mistakes = {};
    } else if (info === 'sh') shell.push(...body.split('\n').filter(each => each !== ''));
  }
  return { consoles, states, files, tables: tablesIn(text), shell };
}

function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length;
}

function commandsIn(body: string): readonly Command[] {
  const [, ...parts] = `\n${body}`.split('\n$ ');
  return parts.map(part => {
    const [line = '', ...rest] = part.split('\n');
    return { line, printed: rest.join('\n').trimEnd() };
  });
}

export function consoleText(commands: readonly Command[]): string {
  const parts = commands.map(({ line, printed }) => (printed === '' ? `$ ${line}` : `$ ${line}\n${printed}`));
  return `\`\`\`console\n${parts.join('\n\n')}\n\`\`\``;
}

function tablesIn(text: string): readonly Table[] {
  const tables: { columns: readonly string[]; rows: { line: number; cells: Files }[] }[] = [];
  let open: (typeof tables)[number] | null = null;
  for (const [index, line] of withoutCode(text).split('\n').entries()) {
    const cells = cellsIn(line);
    if (cells === null) open = null;
    else if (open === null) {
      open = { columns: cells, rows: [] };
      tables.push(open);
    } else if (!cells.every(cell => /^:?-+:?$/.test(cell))) {
      const named = open.columns.map((column, place) => [column, cells[place] ?? ''] as const);
      open.rows.push({ line: index + 1, cells: Object.fromEntries(named) });
    }
  }
  return tables;
}

/** The page with its code blocks emptied, line by line. */
function withoutCode(text: string): string {
  return text.replace(/^```(.*)\n([\s\S]*?)^```$/gm, block => '\n'.repeat(block.split('\n').length - 1));
}

function cellsIn(line: string): readonly string[] | null {
  if (!line.startsWith('|')) return null;
  const cells = line
    .slice(1)
    .replace(/\|\s*$/, '')
    .split(/(?<!\\)\|/);
  return cells.map(cell => cell.trim().replaceAll('\\|', '|')).map(cell => /^`([^`]*)`$/.exec(cell)?.[1] ?? cell);
}

export interface Heading {
  readonly text: string;
  readonly anchor: string;
}

/** The headings with the anchors that Git hosts give them. */
export function headingsIn(text: string): readonly Heading[] {
  const lines = withoutCode(text).split('\n');
  return lines.flatMap(line => {
    const heading = /^#+ (.*)$/.exec(line)?.[1];
    if (heading === undefined) return [];
    const anchor = heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}_ -]/gu, '')
      .replaceAll(' ', '-');
    return [{ text: heading, anchor }];
  });
}

/** Where its links lead, those to other sites left out. */
export function linksIn(text: string): readonly string[] {
  const links = [...withoutCode(text).matchAll(/\]\(([^)\s]+)\)/g)].map(match => match[1] ?? '');
  return links.filter(link => !/^[a-z]+:/.test(link));
}

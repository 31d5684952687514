/** What `git log --patch` prints, with whole files as context, in; the commits with both sides of each changed file out. */

/** A file in a commit: what it said before and after, as whoever reads it has made of its text. */
export interface FileChange<T> {
  readonly path: string;
  readonly before: T;
  readonly after: T;
}

export interface Commit<T> {
  readonly commit: string;
  readonly day: string;
  readonly author: string;
  readonly subject: string;
  readonly files: readonly FileChange<T>[];
}

interface OpenFile {
  path: string;
  ids: readonly [string, string];
  before: string[];
  after: string[];
  isInHunk: boolean;
}

/** Takes the text in pieces of any size; commits are in the order in which they come. Each version of a file is read once, and not kept. */
export class PatchReader<T> {
  readonly commits: Commit<T>[] = [];
  private rest = '';
  private files: FileChange<T>[] = [];
  private file: OpenFile | null = null;
  /** What has been made of versions, by the hashes of their contents. */
  private readonly made = new Map<string, { readonly value: T }>();

  /** `make` is given the text of a file, which is empty where there is none. */
  constructor(private readonly make: (text: string) => T) {}

  read(piece: string): void {
    const lines = `${this.rest}${piece}`.split('\n');
    this.rest = lines.pop() ?? '';
    for (const line of lines) this.line(line);
  }

  end(): void {
    if (this.rest !== '') this.line(this.rest);
    this.rest = '';
    this.endFile();
  }

  private line(line: string): void {
    const { file } = this;
    if (line.startsWith('\0')) this.beginCommit(line.slice(1));
    else if (line.startsWith('diff --git ')) {
      this.endFile();
      this.file = { path: '', ids: ['', ''], before: [], after: [], isInHunk: false };
    } else if (file === null) return;
    else if (file.isInHunk) this.content(file, line);
    else if (line.startsWith('index ')) {
      const [before = '', after = ''] = line.slice(6).split(' ')[0]?.split('..') ?? [];
      file.ids = [before, after];
    } else if (line.startsWith('--- a/') || line.startsWith('+++ b/')) file.path = line.slice(6).replace(/\t$/, '');
    else if (line.startsWith('@@')) file.isInHunk = true;
  }

  private content(file: OpenFile, line: string): void {
    const text = line.slice(1);
    if (line.startsWith(' ') || line.startsWith('-')) file.before.push(text);
    if (line.startsWith(' ') || line.startsWith('+')) file.after.push(text);
  }

  private beginCommit(line: string): void {
    this.endFile();
    const [commit = '', day = '', author = '', ...subject] = line.split('\x1f');
    this.files = [];
    this.commits.push({ commit, day, author, subject: subject.join(' '), files: this.files });
  }

  private endFile(): void {
    const { file } = this;
    this.file = null;
    if (file === null || file.path === '') return;
    const [before, after] = file.ids;
    this.files.push({
      path: file.path,
      before: this.once(before, file.before),
      after: this.once(after, file.after),
    });
  }

  private once(id: string, lines: readonly string[]): T {
    const made = this.made.get(id) ?? { value: this.make(lines.join('\n')) };
    this.made.set(id, made);
    return made.value;
  }
}

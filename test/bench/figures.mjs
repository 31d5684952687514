// Figures for people: what many measurements come to, and tables of them.

export function median(values) {
  return percentile(values, 50);
}

/** The value that `share` percent of the values do not exceed. */
export function percentile(values, share) {
  if (values.length === 0) throw new Error('no measurements');
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil((share / 100) * sorted.length) - 1)];
}

export function geometricMean(values) {
  if (values.length === 0) throw new Error('no measurements');
  return Math.exp(values.reduce((sum, value) => sum + Math.log(value), 0) / values.length);
}

/** Milliseconds with as many digits as can be told apart. */
export function milliseconds(value) {
  return `${value.toFixed(value < 1 ? 3 : value < 10 ? 2 : value < 100 ? 1 : 0)} ms`;
}

export function megabytes(bytes) {
  return `${(bytes / 1024 / 1024).toFixed(bytes < 10 * 1024 * 1024 ? 1 : 0)} MB`;
}

export function kilobytes(bytes) {
  return `${(bytes / 1024).toFixed(1)} KB`;
}

export function times(ratio) {
  return `${ratio.toFixed(2)} x`;
}

/** A figure beside its aim: whether it is met is for the reader to weigh, since machines differ. */
export function against(figure, aim, format) {
  return `${format(figure)} (aim ${format(aim)}${figure <= aim ? '' : ', MISSED'})`;
}

/** Rows of cells below a head; columns of which every cell is a figure stand to the right. */
export function table(head, rows) {
  const all = [head, ...rows];
  const widths = head.map((_, column) => Math.max(...all.map(row => row[column].length)));
  const isFigure = head.map((_, column) => rows.every(row => /^\d|^$/.test(row[column])));
  const lines = all.map(row =>
    row
      .map((cell, column) => (isFigure[column] ? cell.padStart(widths[column]) : cell.padEnd(widths[column])))
      .join('   ')
      .trimEnd(),
  );
  const [first, ...others] = lines;
  return [first, widths.map(width => '─'.repeat(width)).join('   '), ...others].map(line => `  ${line}`).join('\n');
}

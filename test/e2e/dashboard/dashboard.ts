/** An example dashboard: it asks `metrics serve` by the generated client, and shows what it is told, errors and drift among it. */
import { connect, MetricsError, type Money, type Percent, type PlainDate } from 'sextant/client';
import { m, model } from './start.gen.js';

const settings: { readonly url: string; readonly token: string } = JSON.parse(at('settings').textContent ?? '');

const metrics = connect(model, {
  ...settings,
  onDrift: found => {
    at('drift').textContent =
      `Not what they were when this page was made: ${found.map(({ metric }) => metric).join(', ')}`;
  },
});

const sources = ['inbound', 'outbound', 'partner'] as const;

async function show(signal: AbortSignal): Promise<void> {
  at('error').textContent = '';
  const source = sources.find(each => each === chosenIn('source'));
  const where = source === undefined ? {} : { source };
  const { rows } = await metrics.query(
    { metrics: [m.won_revenue, m.win_rate], by: ['rep.region'], where, order: ['won_revenue desc'] },
    { signal },
  );
  at('regions').replaceChildren(
    ...rows.map(row => line('tr', [row['rep.region'] ?? 'none', euros(row.won_revenue), share(row.win_rate)])),
  );
  const total = await metrics.query({ metrics: [m.won_revenue], where }, { signal });
  at('total').textContent = total.rows.map(row => euros(row.won_revenue)).join();
  const months: PlainDate[] = [];
  for await (const row of metrics.stream({ metrics: [m.won_deals], by: ['month'], where }, { signal }))
    if (row.month !== null && row.won_deals > 0) months.push(row.month);
  at('months').replaceChildren(...months.map(month => line('li', [month.slice(0, 7)])));
}

function euros(amount: Money<'EUR'>): string {
  return new Intl.NumberFormat('en', { style: 'currency', currency: 'EUR' }).format(Number(amount));
}

function share(rate: Percent | null): string {
  return rate === null ? '–' : new Intl.NumberFormat('en', { style: 'percent' }).format(rate);
}

function line(kind: 'tr' | 'li', texts: readonly string[]): HTMLElement {
  const made = document.createElement(kind);
  if (kind === 'li') made.textContent = texts.join();
  else
    for (const [index, text] of texts.entries()) {
      const cell = document.createElement('td');
      if (index > 0) cell.className = 'number';
      cell.textContent = text;
      made.append(cell);
    }
  return made;
}

function at(id: string): HTMLElement {
  const found = document.getElementById(id);
  if (found === null) throw new Error(`the page has no ${id}`);
  return found;
}

function chosenIn(id: string): string {
  const field = at(id);
  return field instanceof HTMLSelectElement ? field.value : '';
}

let asking = new AbortController();

/** What was asked before is called off: its answer would come over the newer one. */
function refresh(): void {
  asking.abort();
  asking = new AbortController();
  const { signal } = asking;
  show(signal).catch((error: unknown) => {
    if (signal.aborted) return;
    const isKnown = error instanceof MetricsError;
    at('error').textContent = isKnown ? `${error.code}: ${error.message}` : 'This page has a fault.';
    if (!isKnown) throw error;
  });
}

at('source').addEventListener('change', refresh);
at('refresh').addEventListener('click', refresh);
refresh();

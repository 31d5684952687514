/**
 * Where too few can be compared, nothing of others is told, and nothing is made of what is not told: each value is the one that
 * there is without others, or none.
 */
import { bindQuery, plan } from '../../compiler/index.ts';
import { now } from '../oracle/check.ts';
import { pick } from '../oracle/generate/choose.ts';
import { generateQuery } from '../oracle/generate/query.ts';
import { forms as everyForm } from '../oracle/generate/written.ts';
import { modelOfFiles } from './asker.ts';
import { shape } from './forms.ts';
import { expectSameOrder, type Groups } from './groups.ts';
import { chosen, type Law } from './law.ts';
import { attributes, listed, replied } from './seen.ts';

/** What makes a number of what is not known. */
const masks = (metric: string) => [
  `coalesce(total(${metric}), -7)`,
  `coalesce(share(${metric}), -7)`,
  `coalesce(avg(${metric} per rep), -7)`,
  `coalesce(rank(${metric} across rep), -7)`,
  `if(total(${metric}) > 0, 1, -7)`,
  `greatest(median(${metric} per every rep), -7)`,
  `nullif(-7, total(${metric}))`,
  `sum(total(${metric} within time) per month)`,
  `count(${metric} per month having total(${metric} within time) > 0)`,
  `total(sum(${metric} per account))`,
];

export const few: Law = {
  name: 'where too few can be compared, nothing is told of others, and nothing is made of that',
  seed: 1_731_902_114,
  cases: { duckdb: 40, postgres: 5 },
  forms: everyForm,
  longest: 260,
  claim: (g, scene) => {
    const { definitions } = scene.world;
    const numbers = Object.entries(scene.metrics).flatMap(([name, { kind }]) => (kind === 'number' ? [name] : []));
    if (numbers.length === 0) return null;
    const written = masks(pick(g, ...numbers));
    const masked = Object.fromEntries(chosen(g, written, 2).map((formula, index) => [`masked_${index}`, { formula }]));
    const open = { sees: 'rep = user.rep_id', unrestricted: ['teams', 'accounts', 'rates'] };
    // Two others at most are added to whoever asks.
    const benchmark = pick(g, "rep in ('r1', 'R4')", "rep = 'r2' or rep = 'r3'");
    const roles = { alone: open, among: { ...open, benchmark } };
    const { model } = modelOfFiles([
      { ...definitions, users: { attributes }, roles },
      { version: 1, metrics: masked },
    ]);
    const asked = { ...generateQuery(g, scene.metrics, everyForm, [], shape), where: undefined };
    const isFit = (name: string) => bindQuery(model, { ...asked, metrics: [name] }, now).query !== null;
    const also = Object.keys(masked).filter(isFit);
    const query = {
      ...asked,
      metrics: [...asked.metrics, ...also],
      having: undefined,
      limit: undefined,
      order: undefined,
    };
    if (also.length === 0) return null;
    const user = { rep_id: pick(g, 'r1', 'r2', 'r3') };
    return async asker => {
      const alone = await replied(asker, model, { ...query, as: 'alone', user }, plan);
      const among = await replied(asker, model, { ...query, as: 'among', user }, plan);
      if (alone.kind !== 'answered' || among.kind !== 'answered') return 0;
      expectNothingElse(listed(among.answer), listed(alone.answer));
      // What is planned alike proves nothing.
      const [first, second] = asker.asked.map(text => text.replace(/^.*\n/, ''));
      return first === second ? 0 : 1;
    };
  },
};

function expectNothingElse(found: Groups, wanted: Groups): void {
  const rows = found.rows.map((row, index) => {
    const values = Object.entries(wanted.rows[index] ?? {});
    return Object.fromEntries(values.map(([name, value]) => [name, row[name] === null ? null : value]));
  });
  expectSameOrder(found, { ...wanted, rows });
}

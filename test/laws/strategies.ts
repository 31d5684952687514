/** The two ways to plan a question: what is shared, added up early or gathered from small buckets moves no number. */
import { asked, family } from './family.ts';
import { expectSameOrder, groupsOf } from './groups.ts';
import type { Law } from './law.ts';

export const strategies: Law = {
  name: 'the optimised plan answers as the plain one does, row by row',
  seed: 402_991_377,
  cases: { duckdb: 200, postgres: 20 },
  longest: 400,
  also: g => family(g),
  claim: (g, { metrics, model }) => {
    const query = asked(g, metrics);
    return async asker => {
      const optimised = asker.compile(model, query, 'optimised').statement;
      // What is planned alike proves nothing.
      if (optimised.sql === asker.compile(model, query, 'plain').statement.sql) return 0;
      const plain = groupsOf(await asker.ask(model, query, 'plain'));
      expectSameOrder(groupsOf(await asker.askAlso(model, query)), plain);
      return 1;
    };
  },
};

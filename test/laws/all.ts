/** All laws, by what they are about. */
import { alone } from './alone.ts';
import { few } from './few.ts';
import { kept } from './kept.ts';
import { comparisons, likeForLikePeriod, priorBucket, priorPeriod } from './moved.ts';
import { names } from './names.ts';
import { orderOfDefinitions, orderOfQuestion, orderOfRows } from './orders.ts';
import { groupParts, timeParts } from './parts.ts';
import { bucketAlone, cut } from './periods.ts';
import { placed, seen } from './seen.ts';
import { conditions, filters, orderAndLimit } from './shown.ts';
import { split } from './splits.ts';
import { strategies } from './strategies.ts';
import { additions, omissions } from './unused.ts';
import { shares, totals } from './wholes.ts';

export const laws = {
  sets: [alone, strategies],
  periods: [cut, bucketAlone],
  added: [groupParts, timeParts, split, shares],
  texts: [orderOfQuestion, orderOfDefinitions, orderOfRows, additions, omissions, names],
  forms: [priorPeriod, priorBucket, comparisons, likeForLikePeriod, totals],
  shown: [filters, conditions, orderAndLimit],
  roles: [seen, kept, placed, few],
} as const;

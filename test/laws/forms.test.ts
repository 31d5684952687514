/** Laws of forms: what they say can be asked in other words. */
import { openDuckDB } from '../oracle/warehouse.ts';
import { testLaws } from './law.ts';
import { comparisons, likeForLikePeriod, priorBucket, priorPeriod } from './moved.ts';
import { shares, totals } from './wholes.ts';

testLaws('duckdb', openDuckDB, [priorPeriod, priorBucket, comparisons, likeForLikePeriod, totals, shares]);

/** Laws of time. */
import { openDuckDB } from '../oracle/warehouse.ts';
import { testLaws } from './law.ts';
import { bucketAlone, cut } from './periods.ts';

testLaws('duckdb', openDuckDB, [cut, bucketAlone]);

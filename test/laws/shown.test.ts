/** Laws of conditions, order and limit. */
import { openDuckDB } from '../oracle/warehouse.ts';
import { testLaws } from './law.ts';
import { conditions, filters, orderAndLimit } from './shown.ts';

testLaws('duckdb', openDuckDB, [filters, conditions, orderAndLimit]);

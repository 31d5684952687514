/** Laws of what is asked beside each other, and of how it is planned. */
import { openDuckDB } from '../oracle/warehouse.ts';
import { alone } from './alone.ts';
import { testLaws } from './law.ts';
import { strategies } from './strategies.ts';

testLaws('duckdb', openDuckDB, [alone, strategies]);

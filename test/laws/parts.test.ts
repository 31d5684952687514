/** Laws of what adds up. */
import { openDuckDB } from '../oracle/warehouse.ts';
import { testLaws } from './law.ts';
import { groupParts, timeParts } from './parts.ts';
import { split } from './splits.ts';

testLaws('duckdb', openDuckDB, [groupParts, timeParts, split]);

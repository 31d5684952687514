/** The laws on PostgreSQL, each a little: its SQL is another. */
import { openPostgres } from '../oracle/engines.ts';
import { laws } from './all.ts';
import { testLaws } from './law.ts';

testLaws('postgres', openPostgres, Object.values(laws).flat());

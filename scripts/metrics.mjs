// `npm run -s metrics -- ...` in a clone: the command, built afresh when its sources have changed.
import { ready } from './ready.mjs';

await ready();
await import('../dist/metrics.js');

// `npm run -s metrics -- ...` in a clone: the command, built afresh when its sources have changed.
import { ready } from './ready.mjs';

// npm runs scripts at the root of the package; the command belongs where its user is.
if (process.env.INIT_CWD !== undefined) process.chdir(process.env.INIT_CWD);

await ready();
await import('../dist/metrics.js');

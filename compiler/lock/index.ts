/** The lock: what metrics and goals meant when somebody last said so. */
export { lockFindings } from './check.ts';
export { lockFile, lockText, type ReadLock, readLock } from './file.ts';
export { goalMeanings, type Lock, lockOf } from './lock.ts';

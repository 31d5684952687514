/** The face of the server: what a project says about serving, and listening. */
export { sessionLimits } from './limits.ts';
export { type RunningServer, type ServerOptions, startServer } from './server.ts';

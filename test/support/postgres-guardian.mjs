// Runs a server for as long as somebody holds the other end of our input: whatever ends the tests, and however, ends the
// server as well, and its folder goes with it. Words: the folder, the program, its account (`-` for our own), its words.
import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';

const [folder, program, uid, gid, ...words] = process.argv.slice(2);
const account = uid === '-' ? {} : { uid: Number(uid), gid: Number(gid) };
const server = spawn(program, words, { cwd: folder, stdio: ['ignore', 'inherit', 'inherit'], ...account });

// A fast shutdown, and the hard way for a server that does not go.
const end = () => {
  server.kill('SIGINT');
  setTimeout(() => server.kill('SIGQUIT'), 10_000).unref();
};

server.on('exit', code => {
  rmSync(folder, { recursive: true, force: true });
  process.exit(code ?? 1);
});
process.stdin.on('end', end).on('error', end).resume();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, end);

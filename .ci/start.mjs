// npm start: installs if needed, builds, serves, prints the address.
import { spawn } from 'node:child_process';
import { ensurePackages, root, run } from './setup.mjs';

ensurePackages();
run('npx', ['vite', 'build', '--logLevel', 'warn']);
const port = process.env.PORT ?? '4173';
const server = spawn('npx', ['vite', 'preview', '--host', '127.0.0.1', '--port', port, ...(process.env.PORT ? ['--strictPort'] : [])], {
  cwd: root,
  stdio: 'inherit',
  shell: process.platform === 'win32',
});
server.on('exit', (status) => process.exit(status ?? 0));
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => server.kill(signal));

import { createReadStream, existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';

const DIST = join(import.meta.dirname, '..', 'dist');
const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.ttf': 'font/ttf',
};

/** How a host changes a file before it serves it; null: it has no such file. */
export type Change = (body: Buffer) => Buffer | null;

export interface Host {
  readonly address: string;
  /** Another folder takes the built application's place: a deploy. */
  serve(folder: string): void;
  /** Paths that match are served changed; null serves everything as built. */
  damage(change: { readonly path: RegExp; readonly change: Change } | null): void;
  close(): Promise<void>;
}

/** A host of the built application whose files can be damaged: requests of workers cannot be intercepted in the page. */
export async function startHost({ under = '/' }: { /** The path the application stands at. */ readonly under?: string } = {}): Promise<Host> {
  let folder = DIST;
  let damage: { readonly path: RegExp; readonly change: Change } | null = null;
  const server = createServer((request, response) => {
    const asked = normalize(new URL(request.url ?? '/', 'http://localhost').pathname);
    const path = asked.slice(under.length - 1).replace(/\/$/, '/index.html');
    const file = join(folder, path);
    const type = TYPES[extname(path)] ?? 'application/octet-stream';
    if (!asked.startsWith(under) || !existsSync(file)) return void response.writeHead(404).end('Not found');
    if (damage === null || !damage.path.test(path)) {
      response.writeHead(200, { 'content-type': type, 'cache-control': 'no-store' });
      return void createReadStream(file).pipe(response);
    }
    const body = damage.change(readFileSync(file));
    if (body === null) return void response.writeHead(404).end('Not found');
    response.writeHead(200, { 'content-type': type, 'cache-control': 'no-store' }).end(body);
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}${under.slice(0, -1)}`,
    serve: (next) => (folder = next),
    damage: (next) => (damage = next),
    close: () =>
      new Promise((closed) => {
        server.closeAllConnections();
        server.close(() => closed());
      }),
  };
}

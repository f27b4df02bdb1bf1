// After `npm install`: adds the optional platform packages that npm leaves out of the lock file, without which `npm ci` refuses it on other machines.
import { readFileSync, writeFileSync } from 'node:fs';

const file = new URL('../package-lock.json', import.meta.url);
const lock = JSON.parse(readFileSync(file, 'utf8'));
let added = 0;
for (const owner of Object.values({ ...lock.packages })) {
  for (const [name, version] of Object.entries(owner.optionalDependencies ?? {})) {
    const key = `node_modules/${name}`;
    const platform = /(android|darwin|freebsd|linux|netbsd|openbsd|openharmony|sunos|aix|win32)-(arm64|x64|ia32|arm|ppc64|riscv64|s390x|loong64|mips64el)/.exec(
      name,
    );
    if (lock.packages[key] !== undefined || platform === null) continue;
    const entry = { version, optional: true, os: [platform[1]], cpu: [platform[2]] };
    if (/musl/.test(name)) entry.libc = ['musl'];
    else if (/-gnu/.test(name)) entry.libc = ['glibc'];
    if (owner.dev) entry.dev = true;
    lock.packages[key] = entry;
    added++;
  }
}
lock.packages = Object.fromEntries(Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : 1)));
writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`);
console.log(`package-lock.json: ${added} optional packages added`);

import { parseArgs } from 'node:util';

/** The options of a tool, each with its value or what it has without one. Asked for `--help`, or given what it does not know, it prints how it is used and ends. */
export function toolOptions<Name extends string>(usage: string, defaults: Readonly<Record<Name, string>>): Readonly<Record<Name, string>> {
  const options = Object.fromEntries(Object.entries<string>(defaults).map(([name, value]) => [name, { type: 'string', default: value } as const]));
  try {
    const { help, ...values } = parseArgs({ options: { ...options, help: { type: 'boolean', default: false } } }).values;
    if (help !== true) return values as Readonly<Record<Name, string>>;
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : String(error)}\n${usage}`);
    process.exit(2);
  }
  console.log(usage);
  process.exit(0);
}

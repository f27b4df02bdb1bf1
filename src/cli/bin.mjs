#!/usr/bin/env node
// The command line. tsx compiles the sources as they are loaded; nothing is built beforehand.
import { register } from 'tsx/esm/api';

register();
const { main } = await import('./main.ts');
process.exitCode = await main(process.argv.slice(2));

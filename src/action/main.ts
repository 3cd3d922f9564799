import { run } from './run.ts';

process.exitCode = await run(process.env, new Date(), new URL('../docs/rules/', import.meta.url));

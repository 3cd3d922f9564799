import { main } from './main.ts';

/** More than any set of manifests; a stream without end must not fill the memory. Bytes. */
const MOST_STDIN = 256 * 1024 * 1024;

async function readStdin(): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of process.stdin as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MOST_STDIN) break;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

// Whoever reads our output may have seen enough (`| head`): that is no failure of ours.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
}

process.exitCode = await main(process.argv.slice(2), {
  stdout: process.stdout,
  stderr: process.stderr,
  stdin: readStdin,
  cwd: process.cwd(),
  env: process.env,
  now: new Date(),
  rulePages: new URL('../docs/rules/', import.meta.url),
});

import { mkdir, open, rename } from 'node:fs/promises';
import { join } from 'node:path';

const text = 'x'.repeat(3_000);

/** How often a second this disk takes write, fsync, rename, fsync of the folder, for 3 kB, so many at once. */
export async function diskRate(
  folder: string,
  { seconds, atOnce }: { seconds: number; atOnce: number },
): Promise<number> {
  await mkdir(folder, { recursive: true });
  const start = performance.now();
  let written = 0;
  const writer = async (_: unknown, number: number) => {
    while (performance.now() - start < seconds * 1000) {
      await writeDurably(folder, `${number}.json`);
      written += 1;
    }
  };
  await Promise.all(Array.from({ length: atOnce }, writer));
  return written / ((performance.now() - start) / 1000);
}

async function writeDurably(folder: string, name: string): Promise<void> {
  const path = join(folder, name);
  const file = await open(`${path}.tmp`, 'w');
  await file.writeFile(text);
  await file.sync();
  await file.close();
  await rename(`${path}.tmp`, path);
  const directory = await open(folder, 'r');
  await directory.sync();
  await directory.close();
}

import { basename, join } from 'node:path';
import type { SetAside } from '#ports/store.ts';
import { type DurableFs, syncFolder, systemErrorCode } from './durable-fs.ts';

/** Where damaged documents go, so that a start can go on without them and nobody loses them. */
export class SetAsideFolder {
  readonly entries: SetAside[] = [];
  readonly #fs: DurableFs;
  readonly #path: string;
  readonly #now: () => Date;

  constructor(fs: DurableFs, path: string, now: () => Date) {
    this.#fs = fs;
    this.#path = path;
    this.#now = now;
  }

  /**
   * Reports `<folder>/<name>` and moves it here, if it is still there.
   * @example people/p1.json → set-aside/people.p1.json.20260612T081500123Z
   */
  async take(folder: string, name: string, reason: string): Promise<void> {
    this.report(folder, name, reason);
    const target = await this.#freeName(`${basename(folder)}.${name}.${compact(this.#now())}`);
    try {
      await this.#fs.rename(join(folder, name), join(this.#path, target));
    } catch (error) {
      if (systemErrorCode(error) !== 'ENOENT') throw error;
    }
    await syncFolder(this.#fs, this.#path);
    await syncFolder(this.#fs, folder);
  }

  /** Reports a file that stays where it is. */
  report(folder: string, name: string, reason: string): void {
    this.entries.push({ file: `${basename(folder)}/${name}`, reason });
  }

  /** A rename overwrites, so a name that is taken gets a number. One process owns the folder: nobody comes between. */
  async #freeName(wanted: string): Promise<string> {
    const taken = new Set(await this.#fs.readdir(this.#path));
    let name = wanted;
    for (let number = 2; taken.has(name); number += 1) name = `${wanted}.${number}`;
    return name;
  }
}

function compact(moment: Date): string {
  return moment.toISOString().replaceAll(/[-:.]/g, '');
}

import { basename, join } from 'node:path';
import type { SetAside } from '#ports/store.ts';
import { type DurableFs, syncFolder, systemErrorCode } from './durable-fs.ts';

export interface SetAsideOptions {
  readonly fs: DurableFs;
  readonly path: string;
  readonly now: () => Date;
  /** Hears of each, also of those that are met while people are served. */
  readonly report?: ((entry: SetAside) => void) | undefined;
}

/**
 * Where damaged documents go, so that a start can go on without them and nobody loses them. What lies here stands on the
 * administrator's page and in `/halsa` until somebody has taken it away (docs/how-to/set-aside.md).
 */
export class SetAsideFolder {
  readonly entries: SetAside[] = [];
  readonly #options: SetAsideOptions;

  constructor(options: SetAsideOptions) {
    this.#options = options;
  }

  /**
   * Reports `<folder>/<name>` and moves it here. Where it is gone, a note of that is what lies here.
   * @example people/p1.json → set-aside/people.p1.json.20260612T081500123Z
   */
  async take(folder: string, name: string, reason: string): Promise<void> {
    const { fs, path, now } = this.#options;
    this.report(folder, name, reason);
    try {
      const target = await this.#freeName(`${basename(folder)}.${name}.${compact(now())}`);
      try {
        await fs.rename(join(folder, name), join(path, target));
      } catch (error) {
        if (systemErrorCode(error) !== 'ENOENT') throw error;
        await this.note(`${basename(folder)}.${name}`);
      }
      await syncFolder(fs, path);
      await syncFolder(fs, folder);
    } catch (error) {
      // A disk that takes nothing: the file stays where it is, and is found again at the next start. Others are served.
      if (systemErrorCode(error) === undefined) throw error;
    }
  }

  /** Reports a file that stays where it is. */
  report(folder: string, name: string, reason: string): void {
    const entry = { file: `${basename(folder)}/${name}`, reason };
    this.entries.push(entry);
    this.#options.report?.(entry);
  }

  /**
   * Writes down that a document is gone, until somebody has seen to it.
   * @example people/p1.json → set-aside/people.p1.json.gone
   */
  async note(document: string): Promise<void> {
    const { fs, path, now } = this.#options;
    try {
      const file = await fs.create(join(path, `${document}${goneEnding}`));
      try {
        await file.writeFile(`${JSON.stringify({ gone: document, found: now().toISOString() })}\n`);
        await file.sync();
      } finally {
        await file.close();
      }
    } catch (error) {
      // It has been written down before.
      if (systemErrorCode(error) !== 'EEXIST') throw error;
    }
  }

  /** What lies here: files, and notes of what is gone. */
  async count(): Promise<{
    readonly files: number;
    readonly gone: readonly string[];
    has: (document: string) => boolean;
  }> {
    const names = (await this.#options.fs.readdir(this.#options.path)).filter((name) => !name.startsWith('.'));
    const notes = names.filter((name) => name.endsWith(goneEnding));
    return {
      files: names.length - notes.length,
      gone: notes.map((name) => name.slice(0, -goneEnding.length)),
      has: (document) => names.some((name) => name.startsWith(`${document}.`)),
    };
  }

  async removeNote(document: string): Promise<void> {
    await this.#options.fs.unlink(join(this.#options.path, `${document}${goneEnding}`));
  }

  /** A rename overwrites, so a name that is taken gets a number. One process owns the folder: nobody comes between. */
  async #freeName(wanted: string): Promise<string> {
    const taken = new Set(await this.#options.fs.readdir(this.#options.path));
    let name = wanted;
    for (let number = 2; taken.has(name); number += 1) name = `${wanted}.${number}`;
    return name;
  }
}

const goneEnding = '.gone';

function compact(moment: Date): string {
  return moment.toISOString().replaceAll(/[-:.]/g, '');
}

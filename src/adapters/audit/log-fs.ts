import { constants, open } from 'node:fs/promises';
import { type DurableFs, nodeDurableFs, type OpenFolder } from '#adapters/lowdb/durable-fs.ts';

/** A file that grows at its end. */
export interface GrowingFile extends OpenFolder {
  append(text: string): Promise<void>;
  /** Cuts off everything from here on, in bytes. */
  truncate(size: number): Promise<void>;
}

/** What a log needs of a disk beside what documents need. */
export interface LogFs extends DurableFs {
  /** @throws ENOENT */
  openToAppend(path: string): Promise<GrowingFile>;
  /** @throws ENOENT */
  openToRead(path: string): Promise<ReadableFile>;
}

export interface ReadableFile {
  /** The bytes from here on; fewer where the file ends. */
  read(position: number, length: number): Promise<Uint8Array>;
  close(): Promise<void>;
}

export const nodeLogFs: LogFs = {
  ...nodeDurableFs,
  openToAppend: async (path) => {
    // Not 'a', which would make the file where it is missing.
    const handle = await open(path, constants.O_WRONLY | constants.O_APPEND);
    return {
      append: (text) => handle.appendFile(text),
      truncate: (size) => handle.truncate(size),
      sync: () => handle.sync(),
      close: () => handle.close(),
    };
  },
  openToRead: async (path) => {
    const handle = await open(path, 'r');
    return {
      read: async (position, length) => {
        const bytes = Buffer.allocUnsafe(length);
        let filled = 0;
        while (filled < length) {
          const { bytesRead } = await handle.read(bytes, filled, length - filled, position + filled);
          if (bytesRead === 0) break;
          filled += bytesRead;
        }
        return bytes.subarray(0, filled);
      },
      close: () => handle.close(),
    };
  },
};

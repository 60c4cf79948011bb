import { mkdtemp, rmdir, symlink, unlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';

/** What `sockaddr_un` holds: 108 bytes on Linux, 104 on macOS, with a closing zero. */
const longest = 103;

/**
 * Lets `use` bind or connect to the Unix socket `path`, however long the path is. A path that is too long is reached
 * through a symbolic link to its folder, in a private folder (mode 700) under the system's temporary one, which is
 * removed again at once: the socket itself always lies where `path` says, and no guessable name in `/tmp` decides
 * whom one talks to.
 */
export async function withShortSocketPath<R>(path: string, use: (short: string) => Promise<R>): Promise<R> {
  if (Buffer.byteLength(path) <= longest) return use(path);
  const folder = await mkdtemp(join(tmpdir(), 'sk-'));
  const link = join(folder, 'd');
  try {
    await symlink(dirname(path), link);
    try {
      return await use(join(link, basename(path)));
    } finally {
      await unlink(link);
    }
  } finally {
    await rmdir(folder);
  }
}

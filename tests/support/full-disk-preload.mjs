// For a machine on which nothing may be mounted: files take nothing as long as the file of this name is there.
import { existsSync } from 'node:fs';
import { open } from 'node:fs/promises';

const sign = process.env['DISK_IS_FULL'] ?? '';
const handle = await open('/dev/null');
const files = Object.getPrototypeOf(handle);
await handle.close();
for (const name of ['writeFile', 'appendFile', 'write']) {
  const write = files[name];
  files[name] = function (...args) {
    if (!existsSync(sign)) return write.apply(this, args);
    const error = new Error('ENOSPC: no space left on device, write');
    return Promise.reject(Object.assign(error, { code: 'ENOSPC', syscall: 'write', errno: -28 }));
  };
}

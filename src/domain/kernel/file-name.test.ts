import { expect, test } from 'vitest';
import { fileNamePart } from './file-name.ts';

test.each([
  ['Hemtjänst Söder', 'hemtjanst-soder'],
  ['a"; filename="elak.exe', 'a-filename-elak-exe'],
  ['rad\r\nSet-Cookie: a=b', 'rad-set-cookie-a-b'],
  ['../../etc/passwd', 'etc-passwd'],
  ['.htaccess', 'htaccess'],
  ['C:\\con', 'c-con'],
  ['%0d%0a', '0d-0a'],
  ['محمد', ''],
  ['å'.repeat(200), 'a'.repeat(60)],
])(
  'ASVS 5.4.1, 5.4.2: what a place is called gets into a file’s name as letters, digits and hyphens: %j',
  (name, part) => {
    expect(fileNamePart(name)).toBe(part);
  },
);

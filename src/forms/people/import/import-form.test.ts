import { expect, test } from 'vitest';
import { readUpload } from './import-form.ts';

const boundary = 'x1x';
const part = (name: string, value: string, filename?: string) =>
  `--${boundary}\r\nContent-Disposition: form-data; name="${name}"${filename === undefined ? '' : `; filename="${filename}"`}\r\n\r\n${value}\r\n`;
const end = `--${boundary}--\r\n`;
const send = (body: string, type = `multipart/form-data; boundary=${boundary}`) =>
  readUpload(
    new Request('https://sekretess.lindala.example/', { method: 'POST', headers: { 'content-type': type }, body }),
  );
const reasonOf = async (...sent: Parameters<typeof send>) => {
  const upload = await send(...sent);
  return upload.ok ? 'none' : upload.reason;
};

test('the file and what is chosen about it are read', async () => {
  const upload = await send(part('file', 'a;b\n1;2\n', 'Personal 2026.CSV') + part('full', 'ja') + end);
  expect(upload.ok && new TextDecoder().decode(upload.bytes)).toBe('a;b\n1;2\n');
  expect(upload.ok && upload.form.get('full')).toBe('ja');
});

test('no file chosen is an empty one', async () => {
  expect(await send(part('file', '', '') + end)).toMatchObject({ ok: true, bytes: new Uint8Array() });
});

test.for<[name: string, reason: string]>([
  ['lista.csv', 'none'],
  ['lista.TXT', 'none'],
  ['lista.tsv', 'none'],
  ['lista.xlsx', 'import-workbook'],
  ['x.exe', 'import-file-name'],
  ['lista.csv.exe', 'import-file-name'],
  ['lista', 'import-file-name'],
  ['csv', 'import-file-name'],
])('ASVS 5.2.2: a file that is called %s: %s', async ([name, reason]) => {
  expect(await reasonOf(part('file', 'a;b\n1;2\n', name) + end)).toBe(reason);
});

test.for<[what: string, body: string]>([
  ['a hundred thousand small parts', part('full', '').repeat(100_000) + end],
  ['a part whose head does not end', `--${boundary}\r\n${'X: y\r\n'.repeat(1_200_000)}`],
  ['two files', part('file', 'a', 'a.csv') + part('file', 'b', 'b.csv') + end],
  ['a choice of a megabyte', part('file', 'a', 'a.csv') + part('otherCategory', 'x'.repeat(1_000_000)) + end],
])('ASVS 5.2.1: %s: refused with little work', async ([, body]) => {
  const before = process.threadCpuUsage().user;
  expect(await reasonOf(body)).toBe('import-form');
  expect((process.threadCpuUsage().user - before) / 1000).toBeLessThan(100);
});

test.for([
  ['another kind of form', 'full=ja', 'application/x-www-form-urlencoded'],
  ['no boundary', end, 'multipart/form-data'],
  ['a form cut off', part('file', 'a', 'a.csv').slice(0, -1), `multipart/form-data; boundary=${boundary}`],
] as const)('%s did not come through', async ([, body, type]) => {
  expect(await reasonOf(body, type)).toBe('import-not-sent');
});

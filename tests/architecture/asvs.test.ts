import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

const page = readFileSync('docs/security/asvs.md', 'utf8');

/** The requirements of OWASP ASVS 5.0.0 by level: `10.4: 1-5` stands for 10.4.1 to 10.4.5. Their texts are OWASP's, and not here. */
const levels: Readonly<Record<number, string>> = {
  1: `1.2: 1-5; 1.3: 1-2; 1.5: 1; 2.1: 1; 2.2: 1-2; 2.3: 1; 3.2: 1-2; 3.3: 1; 3.4: 1-2; 3.5: 1-3; 4.1: 1; 4.4: 1;
    5.2: 1-2; 5.3: 1-2; 6.1: 1; 6.2: 1-8; 6.3: 1-2; 6.4: 1-2; 7.2: 1-4; 7.4: 1-2; 8.1: 1; 8.2: 1-2; 8.3: 1; 9.1: 1-3;
    9.2: 1; 10.4: 1-5; 11.3: 1-2; 11.4: 1; 12.1: 1; 12.2: 1-2; 13.4: 1; 14.2: 1; 14.3: 1; 15.1: 1; 15.2: 1; 15.3: 1`,
  2: `1.1: 1-2; 1.2: 6-9; 1.3: 3-11; 1.4: 1-3; 1.5: 2; 2.1: 2-3; 2.2: 3; 2.3: 2-4; 2.4: 1; 3.3: 2-4; 3.4: 3-6; 3.5: 4-5;
    3.7: 1-2; 4.1: 2-3; 4.2: 1; 4.3: 1-2; 4.4: 2-4; 5.1: 1; 5.2: 3; 5.4: 1-3; 6.1: 2-3; 6.2: 9-12; 6.3: 3-4; 6.4: 3-4;
    6.5: 1-5; 6.6: 1-3; 6.8: 1-4; 7.1: 1-3; 7.3: 1-2; 7.4: 3-5; 7.5: 1-2; 7.6: 1-2; 8.1: 2; 8.2: 3; 8.4: 1; 9.2: 2-4;
    10.1: 1-2; 10.2: 1-2; 10.3: 1-4; 10.4: 6-11; 10.5: 1-5; 10.6: 1-2; 10.7: 1-3; 11.1: 1-2; 11.2: 1-3; 11.3: 3; 11.4: 2-4;
    11.5: 1; 11.6: 1; 12.1: 2-3; 12.3: 1-4; 13.1: 1; 13.2: 1-5; 13.3: 1-2; 13.4: 2-5; 14.1: 1-2; 14.2: 2-4; 14.3: 2-3;
    15.1: 2-3; 15.2: 2-3; 15.3: 2-7; 16.1: 1; 16.2: 1-5; 16.3: 1-4; 16.4: 1-3; 16.5: 1-3; 17.1: 1; 17.2: 1-4; 17.3: 1-2`,
};

const required = new Map(
  Object.entries(levels).flatMap(([level, sections]) =>
    sections.split(';').flatMap((part) => {
      const [section = '', range = ''] = part.split(':').map((text) => text.trim());
      const [first = 0, last = first] = range.split('-').map(Number);
      return Array.from({ length: last - first + 1 }, (_, place) => [`${section}.${first + place}`, level] as const);
    }),
  ),
);

const statuses = ['met', 'n/a', 'not met'] as const;

interface Row {
  readonly id: string;
  readonly level: string;
  readonly status: string;
  readonly says: string;
}

const rows: readonly Row[] = page
  .slice(page.indexOf('## Row by row'))
  .split('\n')
  .filter((line) => /^\| \d+\.\d+\.\d+ \|/.test(line))
  .map((line) => {
    const [id = '', level = '', status = '', says = ''] = line.slice(2).split(' | ');
    return { id, level, status, says };
  });

/** What stands in code: a path, or a path and the name of a test in it. */
function named(says: string): readonly { readonly path: string; readonly name: string | undefined }[] {
  return [...says.matchAll(/`([^`]+)`/g)].flatMap(([, text = '']) => {
    const [path = '', ...name] = text.split(': ');
    const isPath = /^(src|tests|docs|content)\/\S+\.\w+$/.test(path) || /^[\w.-]+\.(md|json|mjs)$/.test(path);
    return isPath ? [{ path, name: name.length > 0 ? name.join(': ') : undefined }] : [];
  });
}

describe('OWASP ASVS 5.0, levels 1 and 2', () => {
  test('has 253 requirements, 70 of level 1', () => {
    expect(required.size).toBe(253);
    expect([...required.values()].filter((level) => level === '1')).toHaveLength(70);
  });

  test('each has one row, with its level, in order', () => {
    expect(rows.map(({ id, level }) => `${id} ${level}`)).toEqual(
      [...required].map(([id, level]) => `${id} ${level}`).sort(inOrder),
    );
  });

  test('each row is met, not applicable or not met', () => {
    expect(rows.filter(({ status }) => !(statuses as readonly string[]).includes(status))).toEqual([]);
  });

  test('the head of the page has the numbers of each', () => {
    for (const status of statuses) {
      const count = rows.filter((row) => row.status === status).length;
      expect(page).toContain(`| ${status} | ${count} |`);
    }
  });

  test('what is met names a file that is there, and a test that is in it', () => {
    const met = rows.filter(({ status }) => status === 'met');
    const wrong = met.flatMap(({ id, says }) => {
      const places = named(says);
      if (places.length === 0) return [`${id}: names no file`];
      return places.flatMap(({ path, name }) => {
        if (!existsSync(path)) return [`${id}: ${path} is not there`];
        return name && !readFileSync(path, 'utf8').includes(name) ? [`${id}: ${path} has no test “${name}”`] : [];
      });
    });
    expect(wrong).toEqual([]);
  });

  test('what is to be done in code is shown by code or by a test: a document alone shows only what is to be written down', () => {
    const written = /^(2\.1|5\.1|6\.1|7\.1|8\.1|11\.1|11\.2|13\.1|14\.1|15\.1|16\.1)\./;
    const isCode = (path: string) => /^(src|tests)\//.test(path) || /\.(json|mjs)$/.test(path);
    const onPaperOnly = rows
      .filter(({ id, status }) => status === 'met' && !written.test(id))
      .filter(({ says }) => !named(says).some(({ path }) => isCode(path)));
    expect(onPaperOnly.map(({ id }) => id)).toEqual([]);
  });

  test('what is not applicable says why, in words', () => {
    const words = (says: string) => says.split(/\s+/).filter((word) => /\p{L}{2}/u.test(word)).length;
    expect(rows.filter(({ status, says }) => status === 'n/a' && words(says) < 3)).toEqual([]);
  });

  test('every file that any row names is there, and every test that it names is in it', () => {
    const wrong = rows.flatMap(({ id, says }) =>
      named(says).flatMap(({ path, name }) => {
        if (!existsSync(path)) return [`${id}: ${path}`];
        return name && !readFileSync(path, 'utf8').includes(name) ? [`${id}: ${path}: ${name}`] : [];
      }),
    );
    expect(wrong).toEqual([]);
  });

  test('what is not met says why, and the owner’s decisions at the head are those of these rows, and no other', () => {
    const decisions = page.slice(page.indexOf('## What the owner decides'), page.indexOf('## Row by row'));
    const wrong = rows
      .filter(({ status }) => status === 'not met')
      .filter(({ id, says }) => says.length < 40 || !decisions.includes(`| ${id} |`));
    expect(wrong).toEqual([]);
    const decided = [...decisions.matchAll(/^\| (\d+\.\d+\.\d+) \| (.*) \|$/gm)];
    expect(decided.map(([, id]) => id)).toEqual(rows.flatMap(({ id, status }) => (status === 'not met' ? [id] : [])));
    expect(decided.filter(([, , text = '']) => text.length < 40)).toEqual([]);
  });
});

test('every other page about security that is named is there', () => {
  const pages = readdirSync('docs/security');
  expect(pages.length).toBeGreaterThan(10);
  const texts = pages.map((name) => readFileSync(`docs/security/${name}`, 'utf8'));
  const broken = texts.flatMap((text) => {
    const links = [...text.matchAll(/\]\(([^)#\s]+\.(?:md|ts))(?:#[^)]*)?\)/g)].map(([, link = '']) => link);
    const paths = [...text.matchAll(/`((?:src|tests|content|docs)\/[^`\s:]*)`/g)].map(([, path = '']) => path);
    return [
      ...links.filter((link) => !existsSync(`docs/security/${link}`)),
      ...paths.filter((path) => !existsSync(path)),
    ];
  });
  expect(broken).toEqual([]);
});

function inOrder(one: string, other: string): number {
  const [a = [], b = []] = [one, other].map((text) => text.split(/[. ]/).map(Number));
  const place = a.findIndex((number, index) => number !== b[index]);
  return (a[place] ?? 0) - (b[place] ?? 0);
}

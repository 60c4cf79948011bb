import { describe, expect, test } from 'vitest';
import { papers } from './papers.ts';

const decisions = papers.filter(({ path }) => path.startsWith('docs/decisions/'));
const index = papers.find(({ path }) => path === 'docs/README.md')?.text ?? '';

interface Head {
  readonly number: string;
  readonly date: string;
  readonly state: string;
  /** `Changes` to the numbers of the decisions it changes … */
  readonly ties: ReadonlyMap<string, readonly string[]>;
}

const opposite: Readonly<Record<string, string>> = {
  Changes: 'Changed by',
  'Changed by': 'Changes',
  Replaces: 'Replaced by',
  'Replaced by': 'Replaces',
};

const link = String.raw`\[\d{4}\]\(\d{4}-[a-z0-9-]+\.md\)`;
const links = `${link}(?:, ${link})*`;
const form = new RegExp(
  String.raw`^# (\d{4}) [^#\s][^\n]*\n\n(20\d\d-\d\d-\d\d) · (Holds|Replaced by ${links})((?: · (?:Changes|Changed by|Replaces) ${links})*)\n\n\S`,
);

function headOf(text: string): Head | undefined {
  const [, number, date, state, others = ''] = form.exec(text) ?? [];
  if (!number || !date || !state) return undefined;
  const ties = `${state}${others}`
    .split(' · ')
    .filter((tie) => tie !== '' && tie !== 'Holds')
    .map((tie) => {
      const [kind = ''] = /^\D+(?= \[)/.exec(tie) ?? [];
      return [
        kind,
        [...tie.matchAll(/\[(\d{4})\]\((\d{4})/g)].map(([, shown = '', led]) =>
          shown === led ? shown : `${shown} leads to ${led}`,
        ),
      ] as const;
    });
  return { number, date, state, ties: new Map(ties) };
}

/** What is wrong with the heads of these decisions, with what to do about it. */
function wrongHeads(all: readonly { readonly path: string; readonly text: string }[]): string[] {
  const heads = new Map(all.map(({ path, text }) => [path, headOf(text)] as const));
  const numbers = new Map([...heads.values()].flatMap((head) => (head ? [[head.number, head] as const] : [])));
  return [...heads].flatMap(([path, head]) => {
    if (!head) {
      return `${path}: begin with “# 0042 Title”, an empty line, “2026-11-30 · Holds”, an empty line (docs/README.md says how a replaced one looks)`;
    }
    const own = path.startsWith(`docs/decisions/${head.number}-`)
      ? []
      : [`${path}: its heading has the number ${head.number}`];
    const ties = [...head.ties].flatMap(([kind, others]) =>
      others
        .filter(
          (other) =>
            !numbers
              .get(other)
              ?.ties.get(opposite[kind] ?? '')
              ?.includes(head.number),
        )
        .map(
          (other) => `${path}: says “${kind} ${other}”, and ${other} does not say “${opposite[kind]} ${head.number}”`,
        ),
    );
    return [...own, ...ties];
  });
}

describe('decisions', () => {
  test('each has its number, its date and its state at the head, and what one says of another, the other says too', () => {
    expect(decisions.length).toBeGreaterThan(20);
    expect(wrongHeads(decisions)).toEqual([]);
  });

  test('no two have the same number', () => {
    const numbers = decisions.map(({ path }) => path.slice('docs/decisions/'.length, 'docs/decisions/'.length + 4));
    expect(numbers.filter((number, place) => numbers.indexOf(number) !== place)).toEqual([]);
  });

  test('a wrong head is found', () => {
    const path = (number: string) => `docs/decisions/${number}-x.md`;
    const wrong = (...texts: readonly string[]) =>
      wrongHeads(texts.map((text, place) => ({ path: path(`000${place + 1}`), text })));
    expect(wrong('# 0001 A\n\n2026-11-22 · Holds\n\nText')).toEqual([]);
    expect(wrong('# 1. A\n\n2026-11-22 · Holds\n\nText')[0]).toContain('begin with');
    expect(wrong('# 0001 A\n\nNovember 2026. In force.\n\nText')[0]).toContain('begin with');
    expect(wrong('# 0001 A\n\nText')[0]).toContain('begin with');
    expect(wrong('# 0002 A\n\n2026-11-22 · Holds\n\nText')).toEqual([
      'docs/decisions/0001-x.md: its heading has the number 0002',
    ]);
    const newer = '# 0002 B\n\n2026-11-30 · Holds · Replaces [0001](0001-x.md)\n\nText';
    expect(wrong('# 0001 A\n\n2026-11-22 · Replaced by [0002](0002-x.md)\n\nText', newer)).toEqual([]);
    expect(wrong('# 0001 A\n\n2026-11-22 · Holds\n\nText', newer)[0]).toContain('does not say “Replaced by 0002”');
  });
});

test('docs/README.md leads to every page in docs', () => {
  const led = new Set([...index.matchAll(/\]\(([^)#]+)\)/g)].map(([, target]) => `docs/${target}`));
  const below = papers.filter(({ path }) => path.startsWith('docs/') && path !== 'docs/README.md');
  expect(
    below.filter(({ path }) => !led.has(path)).map(({ path }) => `add a line about ${path} to docs/README.md`),
  ).toEqual([]);
});

import { describe, expect, test } from 'vitest';
import sv from '../../content/ui/sv.json' with { type: 'json' };
import { fieldValue, readGroup, readInvitee, readLanguage, readName, readNameAndEmail } from './fields.ts';

function form(fields: Readonly<Record<string, string>>): FormData {
  const sent = new FormData();
  for (const [name, value] of Object.entries(fields)) sent.append(name, value);
  return sent;
}

/** Half past eleven in the evening in Stockholm on the tenth of June. */
const now = new Date('2026-06-10T21:30:00Z');

/** Which fields were wrong. */
const wrong = (result: { ok: boolean; errors?: Readonly<Record<string, string>> }) =>
  Object.keys(result.errors ?? {}).sort();

test('ASVS 15.3.7: of a field that is sent twice the first counts, whatever the others are', () => {
  const sent = form({ name: 'Åsa Öberg' });
  sent.append('name', 'Elak');
  sent.append('name', new File(['x'], 'x.txt'));
  expect(fieldValue(sent, 'name')).toBe('Åsa Öberg');
  expect(readName(sent)).toEqual({ ok: true, value: { name: 'Åsa Öberg' } });
});

describe('a name', () => {
  test.for(['Åsa Öberg', 'Bo', 'Nguyễn Thị Minh', 'محمد علي', '李 小龍', "Siobhán O'Neill-Åkesson", 'a'.repeat(100)])(
    '“%s” is one',
    (name) => {
      expect(readName(form({ name }))).toEqual({ ok: true, value: { name } });
    },
  );

  test('loses blanks around it and doubled', () => {
    expect(readName(form({ name: '  Åsa \n  Öberg\t' }))).toEqual({ ok: true, value: { name: 'Åsa Öberg' } });
  });

  test.for(['', ' ', 'A', ' A ', 'a'.repeat(101), '<script>alert(1)</script>', 'Åsa\u0000Öberg', 'Åsa\u001bÖberg'])(
    '%j is none',
    (name) => {
      expect(wrong(readName(form({ name })))).toEqual(['name']);
    },
  );
});

describe('an e-mail address', () => {
  const read = (email: string) => readNameAndEmail(form({ name: 'Åsa Öberg', email }));

  test('is kept in lower case, without blanks around it', () => {
    expect(read('  Asa.Oberg@Lindala.Example ')).toEqual({
      ok: true,
      value: { name: 'Åsa Öberg', email: 'asa.oberg@lindala.example' },
    });
  });

  test.for([
    '',
    'asa',
    'asa@',
    '@lindala.example',
    'asa@lindala',
    'a b@lindala.example',
    'asa@lindala.example, bo@lindala.example',
    'asa@lindala.example\nbcc: bo@lindala.example',
    `${'a'.repeat(250)}@b.se`,
  ])('%j is none', (email) => {
    expect(wrong(read(email))).toEqual(['email']);
  });

  test('every field that is wrong is named at once', () => {
    expect(wrong(readNameAndEmail(form({ name: '', email: 'x' })))).toEqual(['email', 'name']);
  });
});

/** For an administrator of everything, where there are no units. */
const anywhere = { units: [], mayBeNowhere: true };

describe('whoever is invited', () => {
  const anna = { name: 'Anna Andersson', email: 'anna@lindala.example', category: 'new-employee', to: '' };
  const read = (fields: Partial<typeof anna>) => readInvitee(form({ ...anna, ...fields }), now, anywhere);

  test('as an employee needs no last day', () => {
    expect(read({})).toEqual({ ok: true, value: { ...anna, unit: undefined, from: undefined, to: undefined } });
  });

  test.for(['temporary-staff', 'student', 'summer-worker'])(
    'as %s needs a last day, for the certificate ends with it',
    (category) => {
      expect(wrong(read({ category }))).toEqual(['to']);
      expect(read({ category, to: '2026-08-14' })).toEqual({
        ok: true,
        value: { ...anna, unit: undefined, from: undefined, category, to: '2026-08-14' },
      });
    },
  );

  test('may have today as last day, by the date in Stockholm, but no day that has been', () => {
    expect(read({ category: 'student', to: '2026-06-10' }).ok).toBe(true);
    expect(wrong(read({ category: 'student', to: '2026-06-09' }))).toEqual(['to']);
    expect(wrong(readInvitee(form({ ...anna, to: '2026-06-10' }), new Date('2026-06-10T22:00:00Z'), anywhere))).toEqual(
      ['to'],
    );
  });

  test.for(['2026-02-30', '14/8 2026', '2026-8-14', 'snart'])('has no last day “%s”', (to) => {
    expect(wrong(read({ category: 'student', to }))).toEqual(['to']);
  });

  test('is of a category that there is', () => {
    expect(wrong(read({ category: 'manager' }))).toEqual(['category']);
  });

  test('gets every mistake named at once, each with a text', () => {
    const read = readInvitee(form({ name: 'A', email: 'x', category: 'y', to: '2020-01-01' }), now, anywhere);
    expect(wrong(read)).toEqual(['category', 'email', 'name', 'to']);
    const texts: Readonly<Record<string, string>> = sv;
    for (const key of Object.values(read.ok ? {} : read.errors)) expect(texts[key], key).toBeTruthy();
  });
});

describe('a group', () => {
  const summer = { group: 'Feriearbetare vecka 25', category: 'summer-worker', lastDay: '2026-08-14', size: '20' };
  const read = (fields: Partial<typeof summer>) => readGroup(form({ ...summer, ...fields }), now);

  test('has a name, a category, a last day and a size', () => {
    expect(read({})).toEqual({ ok: true, value: { ...summer, size: 20 } });
  });

  test.for(['', '0', '-1', '501', '20.5', '2e1', 'tjugo', ' 20', '0x14'])('has no size “%s”', (size) => {
    expect(wrong(read({ size }))).toEqual(['size']);
  });

  test('has between 1 and 500 places', () => {
    expect(read({ size: '1' }).ok).toBe(true);
    expect(read({ size: '500' }).ok).toBe(true);
  });

  test('has a last day that has not been', () => {
    expect(wrong(read({ lastDay: '' }))).toEqual(['lastDay']);
    expect(wrong(read({ lastDay: '2026-06-09' }))).toEqual(['lastDay']);
    expect(read({ lastDay: '2026-06-10' }).ok).toBe(true);
  });

  test('gets every mistake named at once, each with a text', () => {
    const empty = readGroup(form({}), now);
    expect(wrong(empty)).toEqual(['category', 'group', 'lastDay', 'size']);
    const texts: Readonly<Record<string, string>> = sv;
    for (const key of Object.values(empty.ok ? {} : empty.errors)) expect(texts[key], key).toBeTruthy();
  });
});

test('a language that is not there is Swedish', () => {
  expect(readLanguage(form({ language: 'en' }))).toBe('en');
  expect(readLanguage(form({ language: 'sv-simple' }))).toBe('sv-simple');
  for (const language of ['de', '', 'constructor', '__proto__']) expect(readLanguage(form({ language }))).toBe('sv');
});

test('a file where words should be counts as nothing typed', () => {
  const sent = new FormData();
  sent.append('name', new File(['x'], 'x'));
  expect(fieldValue(sent, 'name')).toBe('');
  expect(fieldValue(sent, 'other')).toBe('');
});

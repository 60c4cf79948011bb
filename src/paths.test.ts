import { describe, expect, test } from 'vitest';
import { languages } from '#domain/kernel/language.ts';
import { languageOfPath, languagePaths, paths, safeReturnPath, splitLanguage, translated } from './paths.ts';

describe('a path to go back to', () => {
  test.for(['/', '/min-sida', '/prov/ABC123', '/prov/ABC#fraga-3', '/intyg?kod=A&b=%C3%A5'])(
    '%s is followed',
    (path) => {
      expect(safeReturnPath(path)).toBe(path);
    },
  );

  test.for([
    '//elak.example',
    '/\\elak.example',
    '\\\\elak.example',
    'https://elak.example',
    'http:/elak.example',
    'javascript:alert(1)',
    'elak.example',
    '',
    ' /min-sida',
    '/\t/elak.example',
    '/\n/elak.example',
    '/min sida',
    '/min-sida\r\nset-cookie: a=b',
    '/å',
    '/\u0000',
  ])('%j leads to Min sida', (path) => {
    expect(safeReturnPath(path)).toBe(paths.myPage());
  });

  test('there may be none', () => {
    expect(safeReturnPath(null)).toBe(paths.myPage());
    expect(safeReturnPath(undefined)).toBe(paths.myPage());
  });

  test('is on this site however it is read: no text made of signs that browsers take for slashes leads away', () => {
    const signs = ['/', '\\', '.', '\t', '\n', '@', ':', '?', '#', '%2f', 'elak.example', ';'];
    for (let round = 0; round < signs.length ** 4; round++) {
      const text = `/${[0, 1, 2, 3].map((place) => signs[Math.floor(round / signs.length ** place) % signs.length]).join('')}`;
      expect(new URL(safeReturnPath(text), 'https://sekretess.example').host, JSON.stringify(text)).toBe(
        'sekretess.example',
      );
    }
  });
});

describe('the language of an address', () => {
  test.for([
    ['/', 'sv', '/'],
    ['/latt', 'sv-simple', '/'],
    ['/en', 'en', '/'],
    ['/latt/sla-upp', 'sv-simple', '/sla-upp'],
    ['/en/kurser/sekretess/i-vardagen', 'en', '/kurser/sekretess/i-vardagen'],
    ['/enhet', 'sv', '/enhet'],
    ['/latthund/x', 'sv', '/latthund/x'],
    ['/kurser/sekretess', 'sv', '/kurser/sekretess'],
  ] as const)('%s: %s', ([address, language, path]) => {
    expect(splitLanguage(address)).toEqual({ language, path });
    expect(languageOfPath(address)).toBe(language);
  });

  test.for(languages)('in %s an address is made and read back', (language) => {
    const made = [paths.home, paths.course, paths.lookUp, paths.accessibility, paths.privacy].map((path) =>
      path(language),
    );
    for (const address of [...made, paths.lesson('i-vardagen', language)]) {
      const { path } = splitLanguage(address);
      expect(languageOfPath(address)).toBe(language);
      expect(translated(path, language)).toBe(address);
    }
  });

  test('the routes built ahead are these three', () => {
    const homes = languagePaths().map(({ prefix, language }) => [
      prefix === undefined ? '/' : `/${prefix}`,
      paths.home(language),
    ]);
    expect(homes).toEqual([
      ['/', '/'],
      ['/latt', '/latt'],
      ['/en', '/en'],
    ]);
  });
});

test('the addresses that others link to stay as they are', () => {
  expect([
    paths.home(),
    paths.course(),
    paths.lesson('i-vardagen'),
    paths.lookUp(),
    paths.accessibility(),
    paths.privacy(),
    paths.signIn(),
    paths.welcome('TOKEN'),
    paths.joinGroup(),
    paths.joinGroup('ABCD1234'),
    paths.myPage(),
    paths.exam(),
    paths.certificate('CODE'),
    paths.certificatePdf('CODE'),
    paths.certificateJson('CODE'),
    paths.admin(),
    paths.health(),
  ]).toEqual([
    '/',
    '/kurser/sekretess',
    '/kurser/sekretess/i-vardagen',
    '/sla-upp',
    '/tillganglighet',
    '/personuppgifter',
    '/logga-in',
    '/valkommen/TOKEN',
    '/grupp',
    '/grupp/ABCD1234',
    '/min-sida',
    '/prov',
    '/intyg/CODE',
    '/intyg/CODE.pdf',
    '/intyg/CODE.json',
    '/admin',
    '/halsa',
  ]);
});

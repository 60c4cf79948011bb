import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Language, languages, languageTag } from '#domain/kernel/language.ts';
import { translate } from '#i18n/translate.ts';
import { paths, splitLanguage, translated } from '#src/paths.ts';
import { type RunningApp, removeDataDir, startApp } from '../support/app.ts';
import {
  makeAdministrator,
  makeEmployee,
  readLessons,
  type StartedExam,
  startExam,
  type WithPassword,
} from '../support/people.ts';
import { builtAddresses } from '../support/routes.ts';
import { Visitor } from '../support/visitor.ts';

let app: RunningApp;
let person: WithPassword;
let exam: StartedExam;

beforeAll(async () => {
  app = await startApp();
  const admin = await makeAdministrator(app);
  person = await makeEmployee(app, admin, { name: 'Bo Ek', email: 'bo@lindala.example' });
  await readLessons(person);
  exam = await startExam(person);
});

afterAll(async () => {
  await app.stop();
  await removeDataDir(app.dataDir);
});

/** Built ahead, and looked up on the server. */
const publicPaths = [
  ...new Set([...builtAddresses(), paths.lookUp()].map((address) => splitLanguage(address).path)),
].sort();

describe.each(publicPaths)('%s', (path) => {
  test.each(languages)('in %s leads to itself in every language', async (language) => {
    const { status, text } = await new Visitor(app.url).get(translated(path, language));
    expect(status).toBe(200);
    expect(text).toContain(`<html lang="${languageTag(language)}"`);
    for (const other of languages) expect(text).toContain(`href="${translated(path, other)}"`);
    expect(text).not.toContain(translate(language)('fallback.text'));
  });
});

const personal: Readonly<Record<string, () => string>> = {
  'Min sida': paths.myPage,
  'an exam under way': () => paths.attempt(exam.attempt),
  'the review of an exam': () => paths.attemptReview(exam.attempt),
  'the check of a certificate': paths.checkCertificate,
};

describe.each(Object.keys(personal))('%s', (name) => {
  test('changes language where it stands, and back', async () => {
    const address = personal[name]?.() ?? '';
    const questions: string[][] = [];
    for (const language of ['en', 'sv-simple', 'sv'] satisfies Language[]) {
      const changed = await person.visitor.post(paths.language(), { language, return: address });
      expect(changed.status).toBe(303);
      expect(changed.headers.get('location')).toBe(address);
      const { status, text } = await person.visitor.get(address);
      expect(status).toBe(200);
      expect(text).toContain(`<html lang="${languageTag(language)}"`);
      expect(text).not.toContain(translate(language)('fallback.text'));
      questions.push([...text.matchAll(/name="(?:q|path)\.([\w-]+)/g)].map((match) => match[1] ?? ''));
    }
    expect(questions[1]).toEqual(questions[0]);
    expect(questions[2]).toEqual(questions[0]);
  });
});

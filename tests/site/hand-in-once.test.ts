import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Scenario } from '#domain/course/scenario.ts';
import { paths } from '#src/paths.ts';
import { answerFields, rightAnswer, wrongAnswer } from '../support/answers.ts';
import { type RunningApp, removeDataDir, startApp } from '../support/app.ts';
import {
  answerExam,
  makeAdministrator,
  makeEmployee,
  readLessons,
  type SignedIn,
  startExam,
  type WithPassword,
} from '../support/people.ts';
import { expectStatus, Visitor } from '../support/visitor.ts';

/** What the person may see of their own record, as far as this test needs it. */
interface PersonRecord {
  readonly id: string;
  readonly attempts: readonly {
    readonly id: string;
    readonly handedInAt?: string;
    readonly result?: { readonly passed: boolean };
  }[];
  readonly certificates: readonly { readonly code: string }[];
}

let app: RunningApp;
let admin: SignedIn;

beforeAll(async () => {
  app = await startApp();
  admin = await makeAdministrator(app);
});

afterAll(async () => {
  await app.stop();
  await removeDataDir(app.dataDir);
});

async function readyEmployee(email: string): Promise<WithPassword> {
  const person = await makeEmployee(app, admin, { name: 'Anna Andersson', email });
  await readLessons(person);
  return person;
}

async function recordOf(person: SignedIn): Promise<PersonRecord> {
  const record: PersonRecord = JSON.parse(
    expectStatus(await person.visitor.get(paths.myRecord()), 200, 'own record').text,
  );
  return record;
}

/** The codes of certificates in the person's own file, as it lies on the disk. */
async function certificatesOnDisk(id: string): Promise<string[]> {
  const folder = join(app.dataDir, 'people');
  const file = (await readdir(folder)).find((name) => name.startsWith(id)) ?? '';
  return (await readFile(join(folder, file), 'utf8')).match(/(?<="code":\s*")[0-9A-Z]{20}(?=")/g) ?? [];
}

/** The exam's form with every answer in it and “Lämna in” pressed. */
function wholeForm(scenarios: readonly Scenario[], answerOf: typeof rightAnswer): URLSearchParams {
  const form = new URLSearchParams({ action: 'hand-in' });
  for (const scenario of scenarios)
    for (const [name, value] of answerFields(scenario, answerOf(scenario))) form.append(name, value);
  return form;
}

describe('one attempt handed in fifty times at once', () => {
  test('gives one result and one certificate, and every reply leads there; a restart changes nothing', async () => {
    const anna = await readyEmployee('anna@lindala.example');
    const exam = await startExam(anna);
    await answerExam(anna, exam);

    const form = { action: 'hand-in' };
    const replies = await Promise.all(
      Array.from({ length: 50 }, () => anna.visitor.post(paths.attempt(exam.attempt), form)),
    );

    const { id, attempts, certificates } = await recordOf(anna);
    expect(attempts).toHaveLength(1);
    expect(attempts[0]).toMatchObject({ id: exam.attempt, result: { passed: true } });
    expect(certificates).toHaveLength(1);
    const [{ code } = { code: '' }] = certificates;
    // Whoever comes late is led by way of the result, which is the certificate.
    const leads = new Set(replies.map(({ status, location }) => `${status} ${location}`));
    expect(
      [...leads].filter(
        (lead) => ![`303 ${paths.certificate(code)}`, `303 ${paths.attemptResult(exam.attempt)}`].includes(lead),
      ),
    ).toEqual([]);
    expect((await anna.visitor.get(paths.attemptResult(exam.attempt))).location).toBe(paths.certificate(code));
    expect(await certificatesOnDisk(id)).toEqual([code]);

    const port = Number(new URL(app.url).port);
    await app.kill();
    app = await startApp({ dataDir: app.dataDir, port });
    const later = await recordOf(anna);
    expect(later.certificates).toEqual(certificates);
    expect(later.attempts).toEqual(attempts);
  });

  test('from ten phones, each with the answers in the form, gives one certificate', async () => {
    const bo = await readyEmployee('bo@lindala.example');
    const exam = await startExam(bo);
    const phones = await Promise.all(
      Array.from({ length: 10 }, async () => {
        const phone = new Visitor(app.url);
        expectStatus(await phone.post(paths.signIn(), { email: bo.email, password: bo.password }), 303, 'signing in');
        return phone;
      }),
    );
    const form = wholeForm(exam.scenarios, rightAnswer);
    const replies = await Promise.all(
      phones.flatMap((phone) => Array.from({ length: 5 }, () => phone.post(paths.attempt(exam.attempt), form))),
    );
    expect(replies.map(({ status }) => status)).toEqual(Array(50).fill(303));
    const { id, attempts, certificates } = await recordOf(bo);
    expect(attempts).toHaveLength(1);
    expect(certificates).toHaveLength(1);
    expect(await certificatesOnDisk(id)).toEqual([certificates[0]?.code]);
  });

  test('half of them with right and half with wrong answers gives the one result that came first', async () => {
    const eva = await readyEmployee('eva@lindala.example');
    const exam = await startExam(eva);
    const forms = [wholeForm(exam.scenarios, wrongAnswer), wholeForm(exam.scenarios, rightAnswer)];
    await Promise.all(
      Array.from({ length: 50 }, (_, one) => eva.visitor.post(paths.attempt(exam.attempt), forms[one % 2])),
    );
    const { attempts, certificates } = await recordOf(eva);
    expect(attempts).toHaveLength(1);
    expect(attempts[0]?.result).toBeDefined();
    expect(certificates).toHaveLength(attempts[0]?.result?.passed ? 1 : 0);
  });
});

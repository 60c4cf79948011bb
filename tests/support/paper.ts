import { answerFields, rightAnswer, wrongAnswer } from './answers.ts';
import { course, type MadeGroup, type SignedIn } from './people.ts';
import { expectStatus } from './visitor.ts';

/** Prints exams for a group that can be joined. */
export async function printPaper(by: SignedIn, group: MadeGroup, count: number): Promise<void> {
  const printed = await by.visitor.post(`/enhet/grupper/${group.id}/papper`, { count: String(count) });
  expectStatus(printed, 303, 'printing exams');
}

/** The fields of a sheet that somebody new has filled in, vouched for by who enters it. */
export async function paperFields(
  by: SignedIn,
  group: MadeGroup,
  sheet: number,
  name: string,
  isRight: boolean,
): Promise<URLSearchParams> {
  const page = expectStatus(await by.visitor.get(`/enhet/grupper/${group.id}/papper/${sheet}`), 200, 'a sheet').text;
  const scenarios = new Set([...page.matchAll(/name="q\.([a-z0-9-]+)/g)].map(([, id = '']) => id));
  const voucher = /<select id="voucher"[^>]*>\s*<option value="(\w+)"/.exec(page)?.[1] ?? '';
  const takenOn = /name="takenOn"[^>]*max="([\d-]+)"/.exec(page)?.[1] ?? '';
  const fields = new URLSearchParams({ who: 'ny', name, takenOn, voucher, vouched: '1' });
  for (const id of scenarios) {
    const scenario = course.scenarios.get(id);
    if (!scenario) throw new Error(`no scenario ${id}`);
    const answer = (isRight ? rightAnswer : wrongAnswer)(scenario);
    for (const [field, value] of answerFields(scenario, answer)) fields.append(field, value);
  }
  return fields;
}

/** Enters a sheet. @returns the certificate's code, if it was passed */
export async function enterPaper(
  by: SignedIn,
  group: MadeGroup,
  sheet: number,
  name: string,
  isRight: boolean,
): Promise<string | undefined> {
  const fields = await paperFields(by, group, sheet, name, isRight);
  fields.set('action', 'hand-in');
  const path = `/enhet/grupper/${group.id}/papper/${sheet}`;
  expectStatus(await by.visitor.post(path, fields), 303, 'entering a sheet');
  return /href="\/intyg\/([0-9A-Z]{20})"/.exec((await by.visitor.get(path)).text)?.[1];
}

import { z } from 'zod';
import type { Course } from '#domain/course/course.ts';
import { paths } from '#src/paths.ts';
import { rightAnswer } from '../support/answers.ts';
import type { Connections, RawReply } from '../support/connections.ts';
import type { ReadyPerson } from '../support/ready-people.ts';

export interface ExamsTaken {
  /** Exams a second. */
  readonly rate: number;
  /** Milliseconds of each request, and of each exam from starting it to its result on the screen. */
  readonly steps: readonly number[];
  readonly exams: readonly number[];
}

const examProps = z.object({ questions: z.array(z.object({ id: z.string() })) });

/** Whole exams, each by somebody else: start, open the page, save each answer, hand in, see the result. So many at once. */
export async function takeExams(
  server: Connections,
  people: ReadyPerson[],
  course: Course,
  { seconds, atOnce }: { readonly seconds: number; readonly atOnce: number },
): Promise<ExamsTaken> {
  const steps: number[] = [];
  const exams: number[] = [];
  const start = performance.now();
  await Promise.all(Array.from({ length: atOnce }, takeOneAfterAnother));
  return { rate: exams.length / ((performance.now() - start) / 1000), steps, exams };

  async function takeOneAfterAnother(): Promise<void> {
    while (performance.now() - start < seconds * 1000) {
      const person = people.pop();
      if (!person) throw new Error('too few people for a machine as fast as this');
      const began = performance.now();
      await takeExam(person.cookie);
      exams.push(performance.now() - began);
    }
  }

  async function takeExam(cookie: string): Promise<void> {
    const started = await step(() => server.post(paths.exam(), { cookie }), 303);
    const address = started.headers.location ?? '';
    const page = await step(() => server.get(address, cookie), 200);
    for (const id of questionsIn(page.text)) {
      const scenario = course.scenarios.get(id);
      if (!scenario) throw new Error(`no scenario ${id}`);
      const json = { scenario: id, answer: rightAnswer(scenario) };
      await step(() => server.post(`${address}/svar`, { cookie, json }), 200);
    }
    const handedIn = await step(() => server.post(address, { cookie, form: { action: 'hand-in' } }), 303);
    await step(() => server.get(handedIn.headers.location ?? '', cookie), 200);
  }

  async function step(send: () => Promise<RawReply>, status: number): Promise<RawReply> {
    const began = performance.now();
    const reply = await send();
    steps.push(performance.now() - began);
    if (reply.status !== status) throw new Error(`${reply.status} instead of ${status}: ${reply.text.slice(0, 300)}`);
    return reply;
  }
}

/** The exam's island has its questions as JSON beside it. */
function questionsIn(html: string): string[] {
  const json = /<script type="application\/json">(.*?)<\/script>/s.exec(html)?.[1] ?? '';
  return examProps.parse(JSON.parse(json)).questions.map(({ id }) => id);
}

import { join } from 'node:path';
import { languages } from '#domain/language.ts';
import { paths } from '#src/paths.ts';
import { startApp } from '../support/app.ts';
import { launchBrowser } from '../support/browser.ts';
import { Connections } from '../support/connections.ts';
import { addReadyPeople } from '../support/ready-people.ts';
import { type Figure, withLimit } from './figure.ts';
import { type FirstVisit, firstVisit } from './first-visit.ts';
import { type Measure, rounds } from './measuring.ts';

const limits = {
  lesson: { bytes: 30_000, requests: 6, scripts: 1, scriptBytes: 12_000 },
  exam: { bytes: 35_000, requests: 6, scripts: 1, scriptBytes: 15_000 },
} as const;

/** Bytes on the wire, requests and JavaScript of every lesson page, and of the exam page with several draws. */
export const measureFirstVisits: Measure = async ({ course, folder, afterwards }) => {
  const dataDir = join(folder, 'first-visits');
  const people = await addReadyPeople(dataDir, course, rounds);
  const app = await startApp({ dataDir });
  afterwards(app.stop);
  const browser = await launchBrowser();
  afterwards(() => browser.close());
  const server = new Connections(app.url);
  afterwards(() => server.close());
  const figures: Figure[] = [];
  for (const language of languages) {
    for (const slug of course.lessons) {
      const path = paths.lesson(slug, language);
      figures.push(...figuresOf(path, [await firstVisit(browser, app.url + path)], limits.lesson));
    }
  }
  const exams: FirstVisit[] = [];
  for (const { cookie } of people) {
    const { headers } = await server.post(paths.exam(), { cookie });
    exams.push(await firstVisit(browser, app.url + headers.location, cookie));
  }
  return [...figures, ...figuresOf(paths.attempt('…'), exams, limits.exam)];
};

function figuresOf(path: string, visits: readonly FirstVisit[], limit: FirstVisit): Figure[] {
  return [
    withLimit(
      `${path}: on the wire`,
      'kB',
      visits.map(({ bytes }) => bytes / 1000),
      limit.bytes / 1000,
    ),
    withLimit(
      `${path}: requests`,
      '',
      visits.map(({ requests }) => requests),
      limit.requests,
    ),
    withLimit(
      `${path}: JavaScript`,
      'kB',
      visits.map(({ scriptBytes }) => scriptBytes / 1000),
      limit.scriptBytes / 1000,
    ),
    withLimit(
      `${path}: script files`,
      '',
      visits.map(({ scripts }) => scripts),
      limit.scripts,
    ),
  ];
}

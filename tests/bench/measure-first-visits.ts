import { join } from 'node:path';
import { languages } from '#domain/kernel/language.ts';
import { paths } from '#src/paths.ts';
import { startApp } from '../support/app.ts';
import { launchBrowser } from '../support/browser.ts';
import { Connections } from '../support/connections.ts';
import { addReadyPeople } from '../support/ready-people.ts';
import { type Figure, table, withLimit } from './figure.ts';
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

  const lessons: FirstVisit[] = [];
  const rows = [['page', 'on the wire', 'requests', 'JavaScript', 'script files']];
  for (const path of languages.flatMap((language) => course.lessons.map((slug) => paths.lesson(slug, language)))) {
    const visit = await firstVisit(browser, app.url + path);
    lessons.push(visit);
    rows.push(rowOf(path, visit, limits.lesson));
  }
  const exams: FirstVisit[] = [];
  for (const { cookie } of people) {
    const { headers } = await server.post(paths.exam(), { cookie });
    const visit = await firstVisit(browser, app.url + headers.location, cookie);
    exams.push(visit);
    rows.push(rowOf(`exam page, draw ${exams.length}`, visit, limits.exam));
  }
  console.log(`${table(rows)}\n`);
  return [...figuresOf('lesson pages', lessons, limits.lesson), ...figuresOf('exam page', exams, limits.exam)];
};

function rowOf(page: string, visit: FirstVisit, limit: FirstVisit): string[] {
  const kilobytes = (bytes: number) => (bytes / 1000).toFixed(1);
  return [
    page,
    `${kilobytes(visit.bytes)} of ${kilobytes(limit.bytes)} kB: ${(visit.bytes / limit.bytes).toFixed(2)}`,
    `${visit.requests} of ${limit.requests}`,
    `${kilobytes(visit.scriptBytes)} of ${kilobytes(limit.scriptBytes)} kB: ${(visit.scriptBytes / limit.scriptBytes).toFixed(2)}`,
    `${visit.scripts} of ${limit.scripts}`,
  ];
}

/** What counts is the worst of them. */
function figuresOf(pages: string, visits: readonly FirstVisit[], limit: FirstVisit): Figure[] {
  const most = (what: keyof FirstVisit) => Math.max(...visits.map((visit) => visit[what]));
  return [
    withLimit(`${pages}, most on the wire`, 'kB', [most('bytes') / 1000], limit.bytes / 1000),
    withLimit(`${pages}, most requests`, '', [most('requests')], limit.requests),
    withLimit(`${pages}, most JavaScript`, 'kB', [most('scriptBytes') / 1000], limit.scriptBytes / 1000),
    withLimit(`${pages}, most script files`, '', [most('scripts')], limit.scripts),
  ];
}
